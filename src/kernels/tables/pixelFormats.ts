import { GRAY_FORMATS } from './grayFormats.ts';
import type { PixelFormatRow } from './pixelFormatRow.ts';
import { RGB_FORMATS } from './rgbFormats.ts';
import { YUV_FORMATS } from './yuvFormats.ts';

/** Every pixel format that Swizzle knows. The ids are FFmpeg's `pix_fmt` names where FFmpeg has one. */
export const PIXEL_FORMATS = { ...GRAY_FORMATS, ...RGB_FORMATS, ...YUV_FORMATS } as const satisfies Record<string, PixelFormatRow>;

export type PixelFormatId = keyof typeof PIXEL_FORMATS;

export function isPixelFormatId(name: string): name is PixelFormatId {
  return Object.hasOwn(PIXEL_FORMATS, name);
}

export const PIXEL_FORMAT_IDS: readonly PixelFormatId[] = Object.keys(PIXEL_FORMATS).filter(isPixelFormatId);

/** The row of a format; the same facts as `PIXEL_FORMATS[id]`, typed as any row. */
export function pixelFormat(id: PixelFormatId): PixelFormatRow {
  return PIXEL_FORMATS[id];
}
