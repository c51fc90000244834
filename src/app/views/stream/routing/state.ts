import { create } from 'zustand';
import type { LabErrorInfo, PixelFormatId } from '../../../../kernels/index.ts';
import type { SourceKind, StreamSettings, StreamSnapshot, WindowSetup } from '../../../../workers/stream/client.ts';
import { VIDEO_CODECS } from '../../../../workers/stream/client.ts';

/** Where the pictures are to come from, before it is opened. */
export interface SourceChoice {
  readonly kind: SourceKind;
  /** Of the test pattern and of raw dumps. */
  readonly format: PixelFormatId;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Bytes from row to row of a dump's first plane; 0: tight. */
  readonly stride: number;
  readonly headerOffset: number;
}

export interface RoutingState {
  readonly choice: SourceChoice;
  readonly settings: StreamSettings;
  readonly windows: readonly WindowSetup[];
  /** The window whose settings the panel shows. */
  readonly selected: number;
  readonly snapshot: StreamSnapshot | undefined;
  /** What kept a source from opening, or a verb from being done. */
  readonly error: LabErrorInfo | undefined;
  readonly isOpening: boolean;
  readonly list: 'frames' | 'log';
  /** The row of the list whose reasons are shown in full. */
  readonly openRow: number | undefined;
  /** Milliseconds that the tab was last in the background; undefined until it was. */
  readonly hiddenMs: number | undefined;
}

export const FIRST_WINDOW: WindowSetup = { id: 1, width: 640, height: 360, encoding: 'rgb32', rgbFormat: 'BGRX', rowAlign: 64, quality: 75, speed: -1, scaling: [1, 1], depth: 24, dstFormats: ['YUV420P'], proxy: true, codec: undefined, isLost: false };

export const START: RoutingState = {
  choice: { kind: 'pattern', format: 'bgr0', width: 640, height: 360, fps: 30, stride: 0, headerOffset: 0 },
  settings: { passthrough: false, jpeg: true, codecs: VIDEO_CODECS, fps: 0, loop: true },
  windows: [FIRST_WINDOW],
  selected: 1,
  snapshot: undefined,
  error: undefined,
  isOpening: false,
  list: 'frames',
  openRow: undefined,
  hiddenMs: undefined,
};

/** Nouns only: the pixels, the encoders and the source live in the worker. */
export const useRouting = create<RoutingState>()(() => START);

/** The window that the panel is about. */
export const selectedWindow = ({ windows, selected }: RoutingState): WindowSetup => windows.find(({ id }) => id === selected) ?? windows[0] ?? FIRST_WINDOW;
