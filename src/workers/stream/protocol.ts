/** What crosses between the app and the worker that routes moving pictures: settings, numbers and words, never pixels. */
import type { LabErrorInfo } from '../../kernels/index.ts';
import type { Reply } from '../line/reply.ts';
import type { Decision, EncoderFacts, EncoderKind, EncoderOptions, RouteRowId, Scaling, VideoCodec } from './routeTypes.ts';
import type { SourceInfo, SourceRequest } from './sources/source.ts';

/** What a window's frames claim to be. */
export const CLAIMED_ENCODINGS = ['rgb32', 'rgb24', 'bgr565', 'r210', 'jpeg', 'png', 'mmap', 'scroll'] as const;
export type ClaimedEncoding = (typeof CLAIMED_ENCODINGS)[number];

export interface WindowSetup {
  readonly id: number;
  /** Pixels, cut from the source's top left; no more than the source has. */
  readonly width: number;
  readonly height: number;
  readonly encoding: ClaimedEncoding;
  readonly rgbFormat: string;
  /** Rows are padded to a multiple of so many bytes. */
  readonly rowAlign: number;
  /** What the bytes of raw pixels are compressed with on their way; left out: nothing. */
  readonly compression?: 'zlib' | undefined;
  /** −1: not asked. */
  readonly quality: number;
  readonly speed: number;
  readonly scaling: Scaling;
  readonly depth: number;
  readonly dstFormats: readonly string[];
  readonly proxy: boolean;
  /** Undefined: the first that fits. */
  readonly codec: VideoCodec | undefined;
  /** For the encoder itself. */
  readonly encoderOptions?: EncoderOptions | undefined;
  readonly isLost: boolean;
}

export interface StreamSettings {
  readonly passthrough: boolean;
  /** Whether the proxy has a JPEG encoder, and which video encoders it may use: to see the falling back. */
  readonly jpeg: boolean;
  readonly codecs: readonly VideoCodec[];
  /** Frames a second; 0: as the source says. */
  readonly fps: number;
  readonly loop: boolean;
}

/** One frame of one window, from its arrival to the client. */
export interface FrameRow {
  /** Counts rows. */
  readonly key: number;
  readonly window: number;
  readonly sequence: number;
  /** Of the source. */
  readonly frame: number;
  readonly claimed: string;
  readonly state: 'sent' | 'dropped' | 'failed';
  readonly row: RouteRowId | undefined;
  readonly reasons: Decision['reasons'];
  /** Why it was dropped, or what failed. */
  readonly why: string | undefined;
  readonly encoding: string | undefined;
  readonly keyFrame: boolean;
  readonly rowstride: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly routeMs: number;
  readonly decodeMs: number;
  /** From the frame's arrival to the decoded picture. */
  readonly latencyMs: number;
  /** dB; Infinity: the same. */
  readonly psnr: number | undefined;
  readonly checksum: { readonly sent: number; readonly received: number } | undefined;
  /** The number that the decoded picture carries. */
  readonly number: number | undefined;
}

export interface WindowView {
  readonly id: number;
  /** As it is now: a window is never larger than the source. */
  readonly width: number;
  readonly height: number;
  readonly encoder: EncoderFacts | undefined;
  readonly last: FrameRow | undefined;
  readonly fps: number;
  readonly bytesPerSecond: number;
  readonly latencyMs: number;
  readonly queue: number;
  readonly sent: number;
  readonly dropped: number;
  readonly failed: number;
  readonly recording: { readonly frames: number; readonly bytes: number; readonly parts: number } | undefined;
}

export interface StreamLogLine {
  readonly key: number;
  /** Seconds since the source was opened. */
  readonly at: number;
  readonly window: number;
  readonly text: string;
}

export type PlayState = 'closed' | 'paused' | 'playing' | 'ended';

export interface StreamSnapshot {
  readonly state: PlayState;
  readonly source: SourceInfo | undefined;
  /** The frame shown; −1 before the first. */
  readonly position: number;
  /** Live frames that came while the last one was still under way. */
  readonly sourceDropped: number;
  readonly windows: readonly WindowView[];
  /** The newest first. */
  readonly rows: readonly FrameRow[];
  readonly counts: Partial<Record<RouteRowId, number>>;
  readonly log: readonly StreamLogLine[];
  /** VideoFrames that were opened and closed; equal when nothing is under way. */
  readonly frames: { readonly opened: number; readonly closed: number };
  /** Why it came to an end or failed. */
  readonly error: LabErrorInfo | undefined;
  /** The browser's video encoders; undefined until they were asked. */
  readonly kinds: readonly EncoderKind[] | undefined;
  /** Frames that were streamed but not drawn, because the tab was in the background. */
  readonly undrawn: number;
}

export interface RecordedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type CanvasRole = 'sent' | 'decoded';

/** The verbs of the worker. */
export interface StreamApi {
  open(request: SourceRequest): Promise<Reply<SourceInfo>>;
  configure(settings: StreamSettings, windows: readonly WindowSetup[]): void;
  play(): void;
  pause(): Promise<void>;
  /** One frame on, or back. */
  step(direction: 1 | -1): Promise<Reply<undefined>>;
  seek(frame: number): Promise<Reply<undefined>>;
  attach(window: number, role: CanvasRole, canvas: OffscreenCanvas): void;
  setHidden(isHidden: boolean): void;
  record(window: number): Promise<Reply<undefined>>;
  finishRecording(window: number): Promise<Reply<readonly RecordedFile[]>>;
  snapshot(): StreamSnapshot;
  /** Closes the source and every encoder, decoder and frame. */
  close(): Promise<void>;
}
