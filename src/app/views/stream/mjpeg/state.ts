import { create } from 'zustand';
import type { LabErrorInfo, PixelFormatId } from '../../../../kernels/index.ts';
import type { FileFrame, MjpegSettings, MjpegSnapshot, PartView, SourceKind } from '../../../../workers/mjpeg/client.ts';

/** Where the pictures are to come from. */
export interface SourceChoice {
  readonly kind: Extract<SourceKind, 'pattern' | 'camera' | 'screen' | 'video' | 'y4m' | 'animation'>;
  /** Of the test pattern. */
  readonly format: PixelFormatId;
  readonly width: number;
  readonly height: number;
}

/** Who shows the stream. `service`: an `<img>` whose response the service worker gives; `canvas`: this page, and why. */
export type Player = { readonly kind: 'service'; readonly url: string } | { readonly kind: 'canvas'; readonly why: string };

export interface OpenedFile {
  readonly name: string;
  readonly frames: readonly FileFrame[];
  readonly at: number;
  readonly isPlaying: boolean;
  readonly url: string | undefined;
  readonly part: PartView | undefined;
}

export interface HeapSample {
  /** Seconds since the start. */
  readonly at: number;
  readonly bytes: number;
}

export interface BenchState {
  readonly choice: SourceChoice;
  readonly settings: MjpegSettings;
  readonly snapshot: MjpegSnapshot | undefined;
  readonly player: Player | undefined;
  readonly isStarting: boolean;
  readonly error: LabErrorInfo | undefined;
  /** A part of the stream, taken apart. */
  readonly part: PartView | undefined;
  readonly file: OpenedFile | undefined;
  /** What page and workers hold, as the browser measures it now and then. */
  readonly heap: readonly HeapSample[];
}

/** The size and the decimation of the question that the bench answers. */
export const START: BenchState = {
  choice: { kind: 'pattern', format: 'rgba', width: 1024, height: 600 },
  settings: { preset: 'both', fps: 0, ceiling: 0, crop: undefined, decimate: 4, filter: 'nearest', chroma: 'nearest', quality: 75 },
  snapshot: undefined,
  player: undefined,
  isStarting: false,
  error: undefined,
  part: undefined,
  file: undefined,
  heap: [],
};

export const useBench = create<BenchState>()(() => START);

/** Nothing was started or opened yet: the view says what it is for. */
export const isUntouched = ({ player, isStarting, file }: BenchState): boolean => player === undefined && !isStarting && file === undefined;
