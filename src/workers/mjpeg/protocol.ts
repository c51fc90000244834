/** What crosses between the app and the worker of the MJPEG bench: settings, numbers, words; pictures only as compressed parts. */
import type { LabErrorInfo, MjpegFrame } from '../../kernels/index.ts';
import type { ChainId, ChainSettings } from './chain.ts';
import type { StageCost } from './stageBook.ts';
import type { Reply } from '../line/reply.ts';
import type { SourceInfo, SourceRequest } from '../stream/sources/source.ts';

/** Which chains run on every frame, in turns; the last one's frames are shown. */
export const PRESETS = {
  naive: { title: 'Naive', chains: ['naive'] },
  fast: { title: 'Fast', chains: ['fast'] },
  both: { title: 'Both', chains: ['naive', 'fast'] },
  steps: { title: 'Steps', chains: ['naive', 'encoder', 'fused', 'fast'] },
} as const satisfies Record<string, { readonly title: string; readonly chains: readonly ChainId[] }>;

export type PresetId = keyof typeof PRESETS;

export interface MjpegSettings extends ChainSettings {
  readonly preset: PresetId;
  /** Frames a second; 0: as many as can be made. */
  readonly fps: number;
  /** Bits a second; 0: none. */
  readonly ceiling: number;
}

/** A frame's time: the mean over the middle half of the last frames by their time, and half its 95 % interval. */
export interface Timed {
  readonly ms: number;
  readonly errorMs: number;
}

/** So many times as long, and half the 95 % interval of that. */
export interface Ratio {
  readonly times: number;
  readonly error: number;
}

/** One chain over its last frames. Its time is of all stages together; waiting between frames is no part of it. */
export interface ChainView extends Timed {
  readonly id: ChainId;
  readonly frames: number;
  /** Frames that the figures are taken over: the last ones. */
  readonly measured: number;
  /** Frames a second that the chain alone would make: 1000 / ms. */
  readonly fps: number;
  /** Of the picture, the last one. */
  readonly bytes: number;
  /** Times over the same frames as `ms`, so that they add up to it; means of bytes and allocations. */
  readonly stages: readonly StageCost[];
}

/** One frame through one chain, for the waterfall. */
export interface FrameTrack {
  readonly key: number;
  readonly chain: ChainId;
  readonly frame: number;
  readonly costs: readonly StageCost[];
}

export interface MemorySample {
  /** Seconds since the start. */
  readonly at: number;
  /** New buffers a frame, and their KiB, over the second before. */
  readonly perFrame: Partial<Record<ChainId, { readonly allocations: number; readonly kib: number }>>;
}

export interface MjpegSnapshot {
  readonly state: 'idle' | 'running' | 'ended';
  readonly source: SourceInfo | undefined;
  /** Of the frames that come in, cropped where they are. */
  readonly sourceSize: { readonly width: number; readonly height: number } | undefined;
  /** Of the pictures made. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
  readonly chains: readonly ChainView[];
  /** Naive's time over fast's; undefined while one of them is missing. */
  readonly ratio: Ratio | undefined;
  /** Naive's frames without the tables that its library builds anew for each: what one that keeps them would take. */
  readonly kept: Timed | undefined;
  /** That over fast's. */
  readonly keptRatio: Ratio | undefined;
  readonly bottleneck: string | undefined;
  readonly tracks: readonly FrameTrack[];
  /** Frames a second that were made and offered to the player, by the clock. */
  readonly fps: number;
  readonly bitsPerSecond: number;
  readonly made: number;
  /** Skipped before the chain because it was late, and parts that a newer one replaced. */
  readonly dropped: { readonly source: number; readonly player: number };
  readonly delivered: number;
  readonly depth: number;
  readonly ageMs: number;
  /** The quality of now: lower than asked where the ceiling wants it so. */
  readonly quality: number;
  readonly recording: { readonly frames: number; readonly bytes: number } | undefined;
  readonly memory: readonly MemorySample[];
  readonly frames: { readonly opened: number; readonly closed: number };
  readonly error: LabErrorInfo | undefined;
}

/** A picture of a file or of the stream, taken apart. */
export interface PartView {
  /** The boundary and the header lines. */
  readonly header: string;
  readonly byteLength: number;
  readonly segments: readonly { readonly name: string; readonly offset: number; readonly byteLength: number; readonly says: string }[];
  /** From its start. */
  readonly bytes: Uint8Array;
}

/** A picture of an opened file: where it lies, and what is odd about it. */
export type FileFrame = MjpegFrame;

/** The verbs of the worker. */
export interface MjpegApi {
  start(request: SourceRequest, settings: MjpegSettings): Promise<Reply<SourceInfo>>;
  configure(settings: MjpegSettings): void;
  /** The player's channel; a later one takes the place of an earlier one. */
  play(port: MessagePort): void;
  stop(): Promise<void>;
  snapshot(): MjpegSnapshot;
  /** @param handle a file to write to as frames come; undefined: kept in memory */
  record(handle: FileSystemFileHandle | undefined): Promise<Reply<undefined>>;
  /** The recording, unless it went to a file of its own. */
  finishRecording(): Promise<Reply<Blob | undefined>>;
  /** The newest part of the stream. */
  inspect(): Reply<PartView>;
  openFile(file: Blob): Promise<Reply<readonly FileFrame[]>>;
  fileFrame(index: number): Reply<PartView & { readonly jpeg: Uint8Array<ArrayBuffer> }>;
}
