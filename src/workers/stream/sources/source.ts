import type { Image, ImageSpec, LabErrorInfo, PixelFormatId } from '../../../kernels/index.ts';

/** One picture of a source. Its bytes stay as they are until the source is asked for the next frame, moved or closed. */
export interface SourceFrame {
  /** Counts the source's frames from 0; a live source counts those it dropped too. */
  readonly index: number;
  /** Microseconds since the source's first frame. */
  readonly timestamp: number;
  /** In the source's own format, with its own strides. */
  readonly image: Image;
}

export type SourceKind = 'pattern' | 'raw' | 'y4m' | 'video' | 'animation' | 'camera' | 'screen';

export interface SourceInfo {
  readonly kind: SourceKind;
  /** What a person calls it: a file's name, a camera's label. */
  readonly title: string;
  /** Of the first frame; later ones may differ where the source is live. */
  readonly spec: ImageSpec;
  /** Frames a second as the source has them; 0: unknown. */
  readonly fps: number;
  /** Undefined for sources without an end, or whose number is not known. */
  readonly frames: number | undefined;
  /** False for what is live: it cannot be stepped back, looped or moved to a frame. */
  readonly isSeekable: boolean;
}

/** Where frames come from. Asked one frame at a time; never ask again before the last answer came. */
export interface FrameSource {
  readonly info: SourceInfo;
  /** The next frame, or undefined at the end. A live source waits for one, and gives the newest. @throws LabError */
  next(): Promise<SourceFrame | undefined>;
  /** The frame that `next` gives next. @throws LabError `source/live` where the source is not seekable */
  seek(frame: number): Promise<void>;
  /** Live frames that came while nobody asked. */
  readonly dropped: number;
  /** Why a live source came to its end by itself, in words. */
  readonly ending: LabErrorInfo | undefined;
  /** Frees what it holds; a waiting `next` gives undefined. A second call does nothing. */
  close(): void;
}

/** What to open; crosses to the worker (`frames` is transferred). */
export type SourceRequest =
  | { readonly kind: 'pattern'; readonly width: number; readonly height: number; readonly fps: number; readonly format: PixelFormatId; readonly frames?: number | undefined; readonly strides?: readonly number[] | undefined }
  | { readonly kind: 'raw'; readonly file: Blob; readonly name: string; readonly spec: ImageSpec; readonly headerOffset: number; readonly fps: number }
  | { readonly kind: 'y4m' | 'video' | 'animation'; readonly file: Blob; readonly name: string }
  | { readonly kind: 'camera' | 'screen'; readonly frames: ReadableStream<VideoFrame>; readonly title: string; readonly fps: number };
