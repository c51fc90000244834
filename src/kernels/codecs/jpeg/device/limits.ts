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
  /** Pixels on each axis. */
  readonly least: number;
  readonly most: number;
  /** Strides are multiples of that many bytes. */
  readonly strideMultiple: number;
}

/** The vendor names no largest size; this is JPEG's own. */
const LARGEST_JPEG = 65_535;

export const DEVICE_LIMITS = {
  jpege: {
    title: 'Ascend JPEGE',
    source: 'Ascend CANN, JPEGE functions and constraints: NV12, NV21 and packed 4:2:2; even sizes of 32 … 8192; strides in steps of 16 B',
    formats: ['nv12', 'nv21', 'yuyv422', 'uyvy422', 'yvyu422', 'vyuy422'],
    preferredFormat: 'nv12',
    sizeMultiple: 2,
    least: 32,
    most: 8192,
    strideMultiple: 16,
  },
  vic: {
    title: 'NVIDIA VPI, VIC backend',
    source: 'NVIDIA VPI, Convert Image Format: Y8, NV12, NV24, YUYV, UYVY, RGBA8, BGRA8; even sizes',
    formats: ['gray', 'nv12', 'nv24', 'yuyv422', 'uyvy422', 'rgba', 'bgra'],
    preferredFormat: 'nv12',
    sizeMultiple: 2,
    least: 2,
    most: LARGEST_JPEG,
    strideMultiple: 1,
  },
} as const satisfies Record<string, DeviceLimits>;

export type DeviceId = keyof typeof DEVICE_LIMITS;

/** What the vendor states for one channel and at most, frames a second. @source Ascend CANN, JPEGE performance */
export const JPEGE_FRAME_RATES = [
  { device: 'Atlas 200/300 (310)', size: '1080p', perChannel: 64, most: 64 },
  { device: 'Atlas 310P, 910', size: '1080p', perChannel: 128, most: 1024 },
  { device: 'Atlas 310P, 910', size: '4K', perChannel: 32, most: 256 },
] as const;
