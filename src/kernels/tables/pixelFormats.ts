import { nearestName, refuseArgument, sayValue } from '../arguments.ts';
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

/** @throws LabError `format/unknown` */
export function checkFormat(format: unknown): void {
  if (typeof format === 'string' && isPixelFormatId(format)) return;
  const nearest = nearestName(format, PIXEL_FORMAT_IDS);
  refuseArgument('format/unknown', typeof format === 'string' ? `There is no pixel format called ${sayValue(format)}.` : `A pixel format is a name; ${sayValue(format)} was given.`, `${nearest === undefined ? '' : `You may mean “${nearest}”. `}Choose one of the table; FFmpeg’s pix_fmt names are the ids.`, 'INVALID_IMAGE_FORMAT');
}

/** The row of a format; the same facts as `PIXEL_FORMATS[id]`, typed as any row. */
export function pixelFormat(id: PixelFormatId): PixelFormatRow {
  checkFormat(id);
  return PIXEL_FORMATS[id];
}
