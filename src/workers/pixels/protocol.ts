/** What crosses between the app and its workers: handles and numbers, never images. */
import type { NameHint } from '../../kernels/codecs/rawName.ts';
import type { ValueMapping } from '../../kernels/codecs/writing.ts';
import type { ImageFix } from '../../kernels/codecs/jpeg/device/lint.ts';
import type { Fidelity } from '../../kernels/codecs/reading.ts';
import type { ColorSpec, ConvertOptions, ImageSpec, PixelFormatId, PixelSample, Rect, TraceRow } from '../../kernels/index.ts';
import type { ComponentDifference } from '../../kernels/analysis/compare.ts';
import type { PixelPlace } from '../../kernels/analysis/differingPixels.ts';
import type { ComponentHistogram } from '../../kernels/analysis/histogram.ts';
import type { SettingsSearch } from '../../kernels/search/settingsSearch.ts';
import type { WireImage } from '../line/wire.ts';
import type { JobId, Reply } from '../line/reply.ts';

export type { JobId, Reply };

export type ImageId = string & { readonly brand: 'ImageId' };
/** A loaded file's bytes, kept so that they can be read again with another geometry. */
export type FileId = string & { readonly brand: 'FileId' };

/**
 * How the numbers came to be; `fromColor`: what was said over the source's own colours. `exact`: the file's own numbers; `scaled`: brought to another
 * scale; `damaged`: the file is cut or contradicts itself, and they may not be what was stored; `browser`: what the browser's decoder made of them.
 * `warnings`: what is odd about the file, a sentence each; those of an exact reading do not touch the numbers.
 */
export type Provenance =
  | { readonly kind: 'decoded'; readonly decoder: string; readonly fidelity: Fidelity | 'browser'; readonly warnings: readonly string[]; readonly made?: string | undefined }
  | { readonly kind: 'raw'; readonly headerOffset: number; readonly paddedBytes: number }
  | { readonly kind: 'converted'; readonly from: ImageId; readonly fromColor: Partial<ColorSpec> | undefined; readonly options: ConvertOptions; readonly wrapped: number; readonly backend: string; readonly ms: number }
  | { readonly kind: 'encoded'; readonly encoder: string; readonly fromColor?: Partial<ColorSpec> | undefined; readonly bytes: number }
  | { readonly kind: 'sample'; readonly sample: string };

export interface ImageInfo {
  readonly id: ImageId;
  readonly name: string;
  /** With the strides of the image as it lies in memory. */
  readonly spec: ImageSpec;
  /** Bytes of the image's planes. */
  readonly bytes: number;
  readonly provenance: Provenance;
  /** Every plane's place when the planes are written one after another; bytes. */
  readonly planes: readonly { readonly offset: number; readonly stride: number; readonly rowBytes: number; readonly rows: number }[];
}

/** Another way to see a file, made when it is first wanted. */
export interface FileWay {
  readonly id: string;
  /** On the button. */
  readonly title: string;
  /** What it does to the numbers. */
  readonly says: string;
}

export interface FileFacts {
  readonly id: FileId;
  readonly name: string;
  readonly bytes: number;
  /** What the content is, e.g. `png`, `jpeg`, `raw`. */
  readonly type: string;
  /** Set when the name says something else than the content. */
  readonly mismatch?: string | undefined;
  /** What the name of a raw dump hints at. */
  readonly hint?: NameHint | undefined;
  /** Further ways to see it than the images it opened as. */
  readonly ways?: readonly FileWay[] | undefined;
}

export interface GuessRow {
  readonly spec: ImageSpec;
  readonly headerOffset: number;
  /** 0 … 1. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/** A file that decodes gives images, the first the one to show (a JPEG: as RGB exactly, and as the browser's own YUV planes); an unknown one gives guesses. */
export interface Opened {
  readonly file: FileFacts;
  readonly images: readonly ImageInfo[];
  readonly guesses: readonly GuessRow[];
}

export interface OpenOptions {
  /** Set once the person agreed to an allocation above 512 MiB. */
  readonly allowLarge?: boolean;
  /** `raw`: as raw pixels whatever it begins like; `file`: as what it begins like. Left out: raw where name and length fit a format to the byte. */
  readonly reading?: 'raw' | 'file' | undefined;
}

export interface RawGeometry {
  readonly spec: ImageSpec;
  readonly headerOffset: number;
  /** Missing bytes at the end are taken as 0 instead of refused. */
  readonly padShort: boolean;
  /** Set once the person agreed to an allocation above 512 MiB. */
  readonly allowLarge?: boolean | undefined;
}

export interface Converted {
  readonly image: ImageInfo;
  readonly ms: number;
  readonly backend: 'reference' | 'scalar' | 'simd';
  /** Threads that made it. */
  readonly threads: number;
  /** Why a faster backend was not used, where that is so. */
  readonly fallback?: string | undefined;
  /** Samples that a cast wrapped: undefined in C. */
  readonly wrapped: number;
  /** Indices past the palette. */
  readonly outsidePalette: number;
}

/** What the stage shows of an image. Display only: read-outs never use it. */
export interface Display {
  /** Only these components, each as gray; empty: colour. */
  readonly solo: readonly string[];
  /** Component values shown as black and white, in the format's own numbers (of YUV: of luma); undefined: as `ownLevels` has them. */
  readonly black?: number | undefined;
  readonly white?: number | undefined;
  /** How its colours are to be read, where that differs from what the image says of itself. */
  readonly color?: Partial<ColorSpec> | undefined;
}

export interface TileRequest {
  readonly image: ImageId;
  /** Pixels of the image. */
  readonly rect: Rect;
  /** Every n-th pixel in x and y: 1, 2, 4, … */
  readonly step: number;
  readonly display: Display;
  /** Show the difference to this image instead. */
  readonly against?: { readonly image: ImageId; readonly mode: 'difference' | 'heat'; readonly gain: number; readonly reading?: PairReading | undefined } | undefined;
}

export interface Tile {
  readonly width: number;
  readonly height: number;
  /** R,G,B,A, straight. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Values of every component in a small rectangle, for read-outs: rows × columns × components, in stored numbers. */
export interface Region {
  readonly rect: Rect;
  readonly components: readonly string[];
  readonly values: Float64Array;
}

export type Histogram = ComponentHistogram;

export interface Comparison extends ComponentDifference {
  /** Structural similarity, at most 1; undefined below 11×11 samples, and where it was not asked for. */
  readonly ssim?: number | undefined;
}

/** How two images that were opened on their own are to be read, where that differs from what they say of themselves. Without it, the second was made of the first. */
export interface PairReading {
  readonly first?: Partial<ColorSpec> | undefined;
  readonly second?: Partial<ColorSpec> | undefined;
}

/** One pixel of two images, both in the first's format. */
export interface PairSamples {
  readonly first: readonly PixelSample[];
  readonly second: readonly PixelSample[];
}

export interface CompareRequest {
  readonly reading?: PairReading | undefined;
  /** Whether SSIM is wanted too: it takes some ten times as long as the rest. */
  readonly similarity: boolean;
}

export interface DifferenceRequest {
  readonly reading?: PairReading | undefined;
  /** Where to go on, itself left out; undefined: at the beginning, or backwards at the end. */
  readonly after: PixelPlace | undefined;
  readonly direction: 1 | -1;
}

/** Which settings make of an image what a reference is. */
export interface SearchRequest {
  /** What to begin with; its destination is the format in which both are compared. */
  readonly conversion: Conversion;
  readonly referenceColor?: Partial<ColorSpec> | undefined;
  /** Formats of the same layout as which the image's bytes may be read. */
  readonly twins: readonly PixelFormatId[];
}

export type ExportKind = 'raw' | 'png' | 'jpeg' | 'ppm' | 'y4m' | 'qoi';

export interface ExportOptions {
  /** How float, signed and 32-bit values, which have no white of their own, become a picture file’s; raw files keep them. */
  readonly values?: ValueMapping | undefined;
  /** Whether the file may hold something else than the picture does (`changes` of what is returned). Left out: a Y4M may not, other kinds may. */
  readonly allowChanges?: boolean | undefined;
  /** Bytes of which each row of a raw file takes a multiple, 1 where left out; other kinds have no say in it. */
  readonly rowAlignment?: RowAlignment | undefined;
  /** How its colours are to be read, where that differs from what the image says of itself. */
  readonly color?: Partial<ColorSpec> | undefined;
  /** Set once the person agreed to the memory it takes. */
  readonly allowLarge?: boolean | undefined;
}

export type RowAlignment = 1 | 16 | 32 | 64 | 128 | 256;

export interface Exported {
  /** One file, or several (raw bytes and their sidecar). */
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
  /** What the file does not hold as the picture has it, a phrase each. */
  readonly changes: readonly string[];
}

/** What to make of an image. */
export interface Conversion {
  readonly to: PixelFormatId | ImageSpec;
  readonly options: ConvertOptions;
  /** How the source is to be read, where that differs from what the image says of itself. */
  readonly fromColor?: Partial<ColorSpec> | undefined;
  /** Set once the person agreed to an allocation above 512 MiB. */
  readonly allowLarge?: boolean | undefined;
}

/** The verbs of the worker that owns the pixels. */
export interface PixelsApi {
  open(job: JobId, file: Blob, name: string, options: OpenOptions): Promise<Reply<Opened>>;
  /** The file in one of its further ways. */
  openAs(job: JobId, file: FileId, way: string): Promise<Reply<ImageInfo>>;
  openRaw(job: JobId, file: FileId, geometry: RawGeometry): Promise<Reply<ImageInfo>>;
  /** Keeps bytes handed over (automation, samples) as if they were a file. */
  keep(name: string, bytes: Uint8Array | Blob): Promise<Reply<FileFacts>>;
  guess(file: FileId): Promise<Reply<readonly GuessRow[]>>;
  sample(id: string): Promise<Reply<Opened>>;
  convert(job: JobId, image: ImageId, conversion: Conversion): Promise<Reply<Converted>>;
  pixel(image: ImageId, x: number, y: number): Promise<Reply<readonly PixelSample[]>>;
  trace(image: ImageId, x: number, y: number, conversion: Conversion): Promise<Reply<readonly TraceRow[]>>;
  region(image: ImageId, rect: Rect): Promise<Reply<Region>>;
  tile(request: TileRequest): Promise<Reply<Tile>>;
  histogram(job: JobId, image: ImageId, region: Rect | undefined, bins: number): Promise<Reply<readonly Histogram[]>>;
  /** The second is brought to the first's format, size and colours; as these were read when it was made, where it was made of the first. */
  compare(job: JobId, first: ImageId, second: ImageId, request: CompareRequest): Promise<Reply<readonly Comparison[]>>;
  /** The next pixel, row after row, that differs between the two, compared as by `compare`. */
  nextDifference(job: JobId, first: ImageId, second: ImageId, request: DifferenceRequest): Promise<Reply<PixelPlace | undefined>>;
  pairSamples(first: ImageId, second: ImageId, reading: PairReading | undefined, x: number, y: number): Promise<Reply<PairSamples>>;
  searchSettings(job: JobId, image: ImageId, reference: ImageId, request: SearchRequest): Promise<Reply<SettingsSearch>>;
  /** Bytes of one plane as they lie in memory, padding included. */
  bytes(image: ImageId, plane: number, from: number, length: number): Promise<Reply<Uint8Array>>;
  export(image: ImageId, kind: ExportKind, options: ExportOptions): Promise<Reply<Exported>>;
  /** A copy for another worker, which encodes it. @param allowLarge set once the person agreed to the memory that this takes */
  handOver(image: ImageId, allowLarge?: boolean): Promise<Reply<WireImage>>;
  /** Takes in what another worker made. */
  adopt(name: string, image: WireImage, provenance: Provenance): Promise<Reply<ImageInfo>>;
  /** What a file consists of, as it was opened. */
  fileBytes(file: FileId): Promise<Reply<Uint8Array>>;
  /** The image with one thing mended that a device would refuse, as a source of its own. @param color as in `ExportOptions` */
  fix(image: ImageId, fix: ImageFix, color: Partial<ColorSpec> | undefined): Promise<Reply<Opened>>;
  /** Keeps the bytes of an image with U and V exchanged as if they were a file: planes one after another, strides as they are. */
  exchangeChroma(image: ImageId): Promise<Reply<FileFacts>>;
  /** @returns bytes that nothing holds any more */
  release(ids: readonly (ImageId | FileId)[]): Promise<number>;
  cancel(job: JobId): void;
  /** Bytes held by images and files. */
  memory(): Promise<number>;
}
