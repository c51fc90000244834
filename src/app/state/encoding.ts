import type { ColorSpec, LabErrorInfo } from '../../kernels/index.ts';
import type { Absences, ChannelView, EncodePoint, EncodeResult, EncoderId, OptionValues, SizePrediction } from '../../workers/encode/client.ts';
import type { ImageId } from '../../workers/pixels/protocol.ts';

/** What a person chose; undone and linked with the other parameters. */
export interface EncodeChoice {
  readonly encoder: EncoderId;
  /** Only what differs from the encoder's defaults. */
  readonly options: Partial<Readonly<Record<EncoderId, OptionValues>>>;
}

/** How one encoder fared with the active image. */
export type Attempt =
  | { readonly state: 'running'; readonly last: EncodeResult | undefined }
  | { readonly state: 'failed'; readonly error: LabErrorInfo; readonly last: EncodeResult | undefined }
  | { readonly state: 'done'; readonly result: EncodeResult };

/** Something long that can be cancelled. */
export type Progress<T> =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly done: number; readonly total: number; readonly so: T }
  | { readonly state: 'cancelled'; readonly done: number; readonly total: number; readonly so: T }
  | { readonly state: 'failed'; readonly error: LabErrorInfo; readonly so: T }
  | { readonly state: 'done'; readonly so: T };

export interface Target {
  readonly measure: 'bytes' | 'ssim';
  readonly value: number;
}

export interface BatchEntry {
  readonly name: string;
  readonly outcome: { readonly ok: true; readonly bytes: number; readonly ssim: number | undefined; readonly file: string } | { readonly ok: false; readonly error: LabErrorInfo };
}

/** Frames a second of so many channels at once. */
export interface LoadPoint {
  readonly channels: number;
  readonly fps: number;
}

/** What was done to the channel, or refused by it. */
export interface ChannelLine {
  readonly key: number;
  readonly says: string;
  /** Why it was refused. */
  readonly error: LabErrorInfo | undefined;
}

export interface ChannelPanel {
  readonly view: ChannelView | undefined;
  readonly memory: 'system' | 'user';
  readonly buffers: number;
  /** Parameters as they stand in the form, only what differs from JPEGE's; undefined before there was a channel. What is in use the view says. */
  readonly params: OptionValues | undefined;
  /** Sizes of a frame of this image with the parameters in use. */
  readonly prediction: (SizePrediction & { readonly of: ImageId }) | undefined;
  /** Of the last command; it stays until the next one. */
  readonly error: LabErrorInfo | undefined;
  /** The newest first. */
  readonly lines: readonly ChannelLine[];
}

export interface EncodeDocument {
  readonly absences: Absences | undefined;
  /** The image that attempts and curves are of. */
  readonly of: ImageId | undefined;
  /** What was said over that image's own colours. */
  readonly ofColor: Partial<ColorSpec> | undefined;
  readonly attempts: Partial<Readonly<Record<EncoderId, Attempt>>>;
  readonly all: Progress<undefined>;
  readonly sweep: Progress<readonly EncodePoint[]>;
  readonly search: Progress<readonly EncodePoint[]>;
  readonly target: Target;
  /** Of the last search: the attempt that fits what was asked then. */
  readonly found: { readonly option: string; readonly point: EncodePoint; readonly target: Target } | undefined;
  readonly prediction: SizePrediction | undefined;
  readonly channel: ChannelPanel;
  readonly load: Progress<readonly LoadPoint[]>;
  readonly batch: Progress<readonly BatchEntry[]>;
}

export const START_CHOICE: EncodeChoice = { encoder: 'ours', options: {} };

export const START_ENCODING: EncodeDocument = {
  absences: undefined, of: undefined, ofColor: undefined, attempts: {},
  all: { state: 'none' }, sweep: { state: 'none' }, search: { state: 'none' }, load: { state: 'none' }, batch: { state: 'none' },
  target: { measure: 'bytes', value: 50_000 },
  found: undefined, prediction: undefined,
  channel: { view: undefined, memory: 'system', buffers: 2, params: undefined, prediction: undefined, error: undefined, lines: [] },
};

/** The result of an attempt, also while a newer one is made. */
export function resultOf(attempt: Attempt | undefined): EncodeResult | undefined {
  if (attempt === undefined) return undefined;
  return attempt.state === 'done' ? attempt.result : attempt.last;
}
