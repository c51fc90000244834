import type { Image } from '../../image/types.ts';
import type { JpegOptions, JpegSettings } from './options.ts';
import type { StageTime } from './stages.ts';

/** What a channel can be asked to do, and in which states. */
export const CHANNEL_CALLS = {
  setParams: ['created', 'started', 'stopping', 'stopped'],
  getParams: ['created', 'started', 'stopping', 'stopped'],
  start: ['created', 'stopped'],
  sendFrame: ['started'],
  predictedSize: ['created', 'started', 'stopping', 'stopped'],
  stop: ['started'],
  destroy: ['created', 'started', 'stopping', 'stopped'],
} as const;

export type ChannelCall = keyof typeof CHANNEL_CALLS;
/** `stopping`: no new frames; those sent are being finished. */
export type ChannelState = 'created' | 'started' | 'stopping' | 'stopped' | 'destroyed';

/** One frame to encode: the encoder writes into `target` from its start and says how many bytes it wrote. */
export interface FrameJob {
  readonly image: Image;
  readonly options: JpegOptions;
  readonly target: Uint8Array;
  /** True once nobody waits for the frame any more; ask it now and then. */
  readonly isCancelled: () => boolean;
}

/** Does the work, here or in a worker. What it throws becomes the frame's error. */
export type FrameEncoder = (job: FrameJob) => Promise<{ readonly bytes: number; readonly stages: readonly StageTime[] }>;

export interface ChannelAttributes {
  /** Largest frame, pixels. */
  readonly maxWidth: number;
  readonly maxHeight: number;
  /** Frames that may be encoded or wait for their release at a time. */
  readonly buffers: number;
  /** `system`: the channel's own buffers of so many bytes, copied out by the user. `user`: each frame brings its buffer. */
  readonly memory: { readonly mode: 'system'; readonly bufferBytes: number } | { readonly mode: 'user' };
  /** Frames in the encoder at a time; 1 where left out. */
  readonly parallel?: number | undefined;
  /** Does the work; this very thread does where it is left out. */
  readonly encode?: FrameEncoder | undefined;
  /** Told after every change. */
  readonly onStatus?: ((status: ChannelStatus) => void) | undefined;
}

export interface ChannelStatus {
  readonly state: ChannelState;
  /** Frames that wait for a buffer or the encoder. */
  readonly waiting: number;
  readonly encoding: number;
  readonly buffersInUse: number;
  readonly buffers: number;
  readonly framesDone: number;
  readonly framesFailed: number;
  readonly bytesOut: number;
}

/** An AbortSignal will do. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
}

/** The parameters in use: those that were left out have JPEGE’s value. */
export type ChannelParams = JpegSettings;

export interface FrameOptions {
  /** When the frame was taken, whole microseconds; its packet carries it. */
  readonly pts?: number | undefined;
  /** Milliseconds to wait for a buffer: 0 not at all, for ever where left out. */
  readonly timeoutMs?: number | undefined;
  /** Where the stream goes, in the memory mode `user`. */
  readonly into?: Uint8Array | undefined;
  readonly cancel?: CancelSignal | undefined;
}

/** A finished stream. Its buffer is taken until it is released. */
export interface JpegPacket {
  /** Counts frames from 0. */
  readonly sequence: number;
  /** The frame’s own, microseconds; undefined where it had none. */
  readonly pts: number | undefined;
  readonly byteLength: number;
  readonly stages: readonly StageTime[];
  /** A view of the buffer, not a copy. @throws LabError `jpege/released` */
  readonly bytes: Uint8Array;
  /** Copies the stream out and releases the buffer. @throws LabError `jpege/released` */
  take(): { readonly bytes: Uint8Array<ArrayBuffer>; readonly copyMs: number };
  /** Frees the buffer; a second call does nothing. */
  release(): void;
}
