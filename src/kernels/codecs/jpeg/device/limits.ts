import type { PixelFormatId } from '../../../tables/pixelFormats.ts';

/** What a device's image encoder or converter accepts. */
export interface DeviceLimits {
  readonly title: string;
  readonly source: string;
  readonly formats: readonly PixelFormatId[];
  /** What an image in another format is best brought to. */
  readonly preferredFormat: PixelFormatId;
  /** Width and height are multiples of that many pixels. */
  readonly sizeMultiple: number;
  /** Formats whose height may be any: their chroma is shared along rows only. */
  readonly anyHeight: readonly PixelFormatId[];
  /** Pixels on each axis. */
  readonly least: number;
  readonly most: number;
  /** Strides are multiples of that many bytes. */
  readonly strideMultiple: number;
  /** Whether it converts, and that with scale 1, offset 0 and clamping alone. */
  readonly plainOnly: boolean;
}

/** The vendor names no largest size; this is JPEG's own. */
const LARGEST_JPEG = 65_535;

export const DEVICE_LIMITS = {
  jpege: {
    title: 'Ascend JPEGE',
    source: 'Ascend CANN, JPEGE functions and constraints: NV12, NV21 of even width and height, packed 4:2:2 of even width and any height; 32 … 8192; strides in steps of 16 B',
    formats: ['nv12', 'nv21', 'yuyv422', 'uyvy422', 'yvyu422', 'vyuy422'],
    preferredFormat: 'nv12',
    sizeMultiple: 2,
    anyHeight: ['yuyv422', 'uyvy422', 'yvyu422', 'vyuy422'],
    least: 32,
    most: 8192,
    strideMultiple: 16,
    plainOnly: false,
  },
  vic: {
    title: 'NVIDIA VPI, VIC backend',
    source: 'NVIDIA VPI, Convert Image Format: Y8, NV12, NV24, YUYV, UYVY, RGBA8, BGRA8; even sizes; scale 1, offset 0, clamp',
    formats: ['gray', 'nv12', 'nv24', 'yuyv422', 'uyvy422', 'rgba', 'bgra'],
    preferredFormat: 'nv12',
    sizeMultiple: 2,
    anyHeight: [],
    least: 2,
    most: LARGEST_JPEG,
    strideMultiple: 1,
    plainOnly: true,
  },
} as const satisfies Record<string, DeviceLimits>;

export type DeviceId = keyof typeof DEVICE_LIMITS;

interface JpegeFrameRate {
  readonly device: string;
  readonly size: '1080p' | '4K';
  readonly perChannel: number;
  readonly most: number;
  /** Whether the interface with channels is offered there. */
  readonly hasChannel: boolean;
}

/**
 * What the vendor states for the encoder's hardware, frames a second: with one channel, and with as many as help.
 * @source Ascend CANN, JPEGE performance of the 310, 310P and 910
 */
export const JPEGE_FRAME_RATES = [
  { device: 'Atlas 200/300/500 (310)', size: '1080p', perChannel: 64, most: 64, hasChannel: false },
  { device: 'Atlas 200/300/500 (310)', size: '4K', perChannel: 16, most: 16, hasChannel: false },
  { device: 'Atlas inference (310P)', size: '1080p', perChannel: 128, most: 1024, hasChannel: true },
  { device: 'Atlas inference (310P)', size: '4K', perChannel: 32, most: 256, hasChannel: true },
  { device: 'Atlas training (910)', size: '1080p', perChannel: 128, most: 1024, hasChannel: false },
  { device: 'Atlas training (910)', size: '4K', perChannel: 32, most: 256, hasChannel: false },
] as const satisfies readonly JpegeFrameRate[];

/**
 * Where the page that describes this channel says that it is not offered, in its version.
 * @source Ascend CANN, pyACL, “JPEGE image encoding”
 */
export const JPEGE_NOT_OFFERED = 'The page that describes this channel (pyACL, acl.himpi.venc_…) offers it neither on the Atlas 200/300/500 inference products nor on the Atlas training series, in its version; their figures are those of the vendor’s older interface to the same encoder.';
