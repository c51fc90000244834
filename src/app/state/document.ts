import type { BenchPlan } from '../../workers/bench/client.ts';
import { START_PLAN } from './benchPlan.ts';
import type { EncodeChoice } from './encoding.ts';
import { START_CHOICE } from './encoding.ts';
import type { ColorSpec, ConvertOptions, LabErrorInfo, PixelFormatId } from '../../kernels/index.ts';
import type { Comparison, Converted, FileFacts, GuessRow, ImageId, ImageInfo, RawGeometry } from '../../workers/pixels/protocol.ts';

/** Something the person opened. `views`: the ways its file can be seen; a raw dump has one, by its geometry. */
export interface Source {
  readonly key: string;
  readonly file: FileFacts;
  readonly views: readonly ImageInfo[];
  readonly active: ImageId | undefined;
  /** What its bytes may be; undefined while nobody has looked. */
  readonly guesses: readonly GuessRow[] | undefined;
  readonly sample: string | undefined;
  /** The geometry that a raw dump's bytes were last read with, or could not be. */
  readonly reading: RawGeometry | undefined;
  /** What became of the sidecar that was opened beside it, where it was not used. */
  readonly unused: string | undefined;
  /** Whether the person has set its width or height: then a change of format leaves them. */
  readonly hasOwnSize?: boolean | undefined;
  /** How the size was found with the last change of format. */
  readonly solved?: string | undefined;
  /** What stands between the file and a picture. */
  readonly error: LabErrorInfo | undefined;
}

/** What a link says of its source alone. */
export interface SourceSettings {
  readonly geometry?: RawGeometry | undefined;
  readonly fromColor?: Partial<ColorSpec> | undefined;
}

/** A file that a link was made with: what the link says of it is kept until it is opened. */
export interface Awaited extends SourceSettings {
  readonly name: string;
}

/** Parameters a person can undo. */
export interface Parameters {
  /** Undefined until a person chooses one: a likely one for the source. */
  readonly to: PixelFormatId | undefined;
  readonly options: ConvertOptions;
  /** The result's size where a person chose one; undefined: the source's, or what decimation makes of it. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
  /** What a person said over what a source says of its own colours; by `colorKey`. */
  readonly fromColor: Readonly<Record<string, Partial<ColorSpec>>>;
  readonly toColor: Partial<ColorSpec>;
  /** Geometry of each raw source, by its key. */
  readonly geometry: Readonly<Record<string, RawGeometry>>;
  readonly encode: EncodeChoice;
  /** What the Bench view measures. */
  readonly bench: BenchPlan;
}

/** How far a result is from its source. They come after the picture, without SSIM at first. */
export type Figures =
  | { readonly state: 'running'; readonly rows: readonly Comparison[] | undefined }
  | { readonly state: 'stopped'; readonly rows: readonly Comparison[] | undefined }
  | { readonly state: 'done'; readonly rows: readonly Comparison[] }
  | { readonly state: 'failed'; readonly error: LabErrorInfo };

/** How the current source was last converted. */
export type Result =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly since: number; readonly last: Converted | undefined }
  | { readonly state: 'failed'; readonly error: LabErrorInfo; readonly last: Converted | undefined }
  | { readonly state: 'done'; readonly converted: Converted; readonly figures: Figures };

export type ViewId = 'inspect' | 'convert' | 'encode' | 'stream' | 'bench';
export type Notation = 'dec' | 'hex' | 'bin' | 'norm';
/** What of two pictures is on the stage: one alone, or both. */
export type Comparing = 'result' | 'source' | 'reference' | 'swipe' | 'difference' | 'heat';
export type DrawerTab = 'derivation' | 'bytes' | 'scopes' | 'log' | 'encoders' | 'rates' | 'jpeg';
export type Theme = 'system' | 'light' | 'dark';

export interface View {
  readonly id: ViewId;
  /** Screen pixels per image pixel: a whole number, or 1 over one; 0: fit. */
  readonly zoom: number;
  /** Image pixel at the middle of the stage. */
  readonly center: { readonly x: number; readonly y: number };
  readonly pixel: { readonly x: number; readonly y: number } | undefined;
  readonly solo: string | undefined;
  /** Levels in numbers of `levelsOf`: pictures of other formats are shown by their own. */
  readonly black: number | undefined;
  readonly white: number | undefined;
  readonly levelsOf: PixelFormatId | undefined;
  readonly notation: Notation;
  readonly comparing: Comparing;
  /** Where the swipe stands, 0 … 1 of the stage. */
  readonly swipe: number;
  readonly gain: number;
  readonly drawer: DrawerTab | undefined;
  readonly panel: boolean;
  readonly theme: Theme;
}

export interface LogEntry {
  readonly at: number;
  readonly level: 'info' | 'error';
  readonly text: string;
}

/** A question that must be answered before something goes on. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly run: () => void;
}

export const START_VIEW: View = { id: 'inspect', zoom: 0, center: { x: 0, y: 0 }, pixel: undefined, solo: undefined, black: undefined, white: undefined, levelsOf: undefined, notation: 'dec', comparing: 'result', swipe: 0.5, gain: 8, drawer: undefined, panel: true, theme: 'system' };
export const START_PARAMETERS: Parameters = { to: undefined, options: {}, size: undefined, fromColor: {}, toColor: {}, geometry: {}, encode: START_CHOICE, bench: START_PLAN };

