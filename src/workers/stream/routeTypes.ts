/** Words of the routing: what arrives, what the client asked, what is there, and what is decided. */

export const VIDEO_CODECS = ['vp8', 'vp9', 'av1', 'h264'] as const;
export type VideoCodec = (typeof VIDEO_CODECS)[number];

export type WindowId = number;

/** Numerator and denominator: [1, 2] halves the size. */
export type Scaling = readonly [numerator: number, denominator: number];

/** What xpra compresses the bytes of raw pixels with, on their way. */
export const COMPRESSORS = ['lz4', 'zlib', 'lzo', 'brotli', 'zstd'] as const;
export type Compressor = (typeof COMPRESSORS)[number];

/** The client's options for the encoder itself, by its names. */
export type EncoderOptions = Readonly<Record<string, unknown>>;

/** What is claimed of a frame as it arrives. */
export interface RoutedFrame {
  readonly window: WindowId;
  /** `rgb24`, `rgb32` and the packed raw formats are pixels; anything else is compressed already. */
  readonly encoding: string;
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next, as the pixels lie. */
  readonly rowstride: number;
  /** Set: the bytes are compressed, by what is named, whatever the encoding. */
  readonly compressed?: string | undefined;
}

/** What the client asked for this frame. A compressor's name with a level says that the pixels' bytes are compressed by it. */
export interface FrameOptions extends Partial<Readonly<Record<Compressor, number | boolean>>> {
  /** For the encoder itself: quality, speed and key_frame mean something to those here. They go before the frame's own. */
  readonly options?: EncoderOptions | undefined;
  /** Order of the channels, as xpra names it: `BGRX`, `RGB`, `NV12`, … */
  readonly rgb_format?: string | undefined;
  /** 0 … 100; below 0 or left out: as the encoder is set. */
  readonly quality?: number | undefined;
  /** 0 … 100; below 0 or left out: as the encoder is set. */
  readonly speed?: number | undefined;
  readonly scaling?: Scaling | undefined;
  readonly depth?: number | undefined;
  /** Microseconds. */
  readonly timestamp?: number | undefined;
  /** Colour layouts that the client decodes, the best first: `YUV420P`, `YUV444P`. Comes with a window's first frame only. */
  readonly dst_formats?: readonly string[] | undefined;
  /** The frame is for the proxy to encode. */
  readonly proxy?: boolean | undefined;
  /** The video codec asked; the first that fits where left out. */
  readonly codec?: VideoCodec | undefined;
  /** Bytes from one row to the next, where the packet's own is not it. */
  readonly rowstride?: number | undefined;
  readonly csc?: string | undefined;
}

/** A kind of video encoder: what goes in, what the stream carries. */
export interface EncoderKind {
  readonly codec: VideoCodec;
  readonly rgbFormats: readonly string[];
  /** Colour layouts of the stream: `YUV420P`, `YUV444P`. */
  readonly csc: readonly string[];
}

export interface Capabilities {
  /** Raw pixels are sent on as they are. */
  readonly passthrough: boolean;
  readonly video: readonly EncoderKind[];
  readonly jpeg: boolean;
}

/** What an encoder was made for. Compared with what is asked, never with what its stream is called. */
export interface EncoderFacts {
  readonly codec: VideoCodec;
  readonly csc: string;
  readonly width: number;
  readonly height: number;
  readonly scaling: Scaling;
  readonly depth: number;
}

/** What is remembered of the frame's window. */
export interface WindowState {
  readonly isLost: boolean;
  readonly encoder: EncoderFacts | undefined;
  /** Of this window's first frame. */
  readonly dstFormats: readonly string[] | undefined;
  /** Milliseconds since the window's last frame. */
  readonly idleMs: number;
  /** The window had an encoder, which idleness closed. */
  readonly wasIdle: boolean;
}

export type RouteRowId = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;

/** What becomes of the alpha of raw pixels: X set to 255, or left as it is. */
export type AlphaTreatment = 'clear' | 'keep';

export type RouteAction =
  | { readonly do: 'untouched' }
  | { readonly do: 'forward' }
  | { readonly do: 'passthrough'; readonly encoding: string; readonly alpha: AlphaTreatment; readonly rowstride: number }
  | { readonly do: 'drop' }
  | { readonly do: 'jpeg'; readonly rowstride: number; readonly quality: number | undefined; readonly speed: number | undefined }
  | {
    readonly do: 'video';
    readonly rowstride: number;
    readonly encoder: EncoderFacts;
    /** Why an encoder is made for this frame; undefined: the window's own goes on. */
    readonly make: 'first' | 'changed' | 'idle' | undefined;
    readonly dstFormats: readonly string[];
    readonly quality: number | undefined;
    readonly speed: number | undefined;
    /** The client wants this frame to need no other. */
    readonly keyFrame: boolean;
  };

export interface RouteReason {
  readonly row: RouteRowId;
  readonly says: string;
}

/** What is done with a frame, and every row of the table that had a say, in order. */
export interface Decision {
  readonly action: RouteAction;
  readonly reasons: readonly RouteReason[];
  /** The row that settled it. */
  readonly row: RouteRowId;
  /** What is another between the window's encoder and what is asked, where the encoder must be closed for it. */
  readonly closes: string | undefined;
}
