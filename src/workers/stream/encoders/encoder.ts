import type { Image } from '../../../kernels/index.ts';
import type { EncoderFacts, EncoderOptions, FrameOptions } from '../route.ts';

export interface EncodeJob {
  /** Stays as it is until the answer comes. */
  readonly image: Image;
  /** Microseconds. */
  readonly timestamp: number;
  readonly keyFrame: boolean;
  /** 0 … 100; undefined: as it was last. */
  readonly quality: number | undefined;
  readonly speed: number | undefined;
  /** The client's own for the encoder, as they came; those that the routing knows are in `quality`, `speed` and `keyFrame` already. */
  readonly options?: EncoderOptions | undefined;
}

/** What a decoder must know before a stream's first frame. */
export interface StreamDescription {
  readonly codec: string;
  readonly codedWidth: number;
  readonly codedHeight: number;
  readonly description?: Uint8Array | undefined;
  readonly colorSpace?: VideoColorSpaceInit | undefined;
}

export interface EncodedFrame {
  readonly bytes: Uint8Array;
  readonly keyFrame: boolean;
  /** Comes with key frames of a stream. */
  readonly stream: StreamDescription | undefined;
  /** Pixels of the decoded frame: the window's, scaled. */
  readonly width: number;
  readonly height: number;
  /** What the encoder says of the frame; the client's options fill in the rest. */
  readonly options: FrameOptions;
}

/** One window's video encoder: frames in their order, one at a time. */
export interface WindowEncoder {
  readonly facts: EncoderFacts;
  /** Undefined: the encoder's rate control left the frame out. @throws LabError */
  encode(job: EncodeJob): Promise<EncodedFrame | undefined>;
  /** A second call does nothing. */
  close(): void;
}
