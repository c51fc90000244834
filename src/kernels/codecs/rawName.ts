import type { ImageSpec } from '../image/types.ts';
import { PIXEL_FORMAT_IDS, isPixelFormatId, pixelFormat } from '../tables/pixelFormats.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';

const flat = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Every name of every format, longest first; FFmpeg's ids win over other worlds' names. */
const NAMES: readonly (readonly [string, PixelFormatId])[] = [
  ...PIXEL_FORMAT_IDS.map((id): [string, PixelFormatId] => [id, id]),
  ...PIXEL_FORMAT_IDS.flatMap((id) => Object.values(pixelFormat(id).aka).map((name): [string, PixelFormatId] => [flat(name), id])),
  ['yuv', 'yuv420p'],
  ['i420', 'yuv420p'],
  ['p010', 'p010le'],
  ['rgb565', 'rgb565le'],
];

/** The format that a word names, or undefined. */
export function formatNamed(word: string): PixelFormatId | undefined {
  const wanted = flat(word);
  if (isPixelFormatId(wanted)) return wanted;
  return NAMES.find(([name]) => name === wanted)?.[1];
}

/** What a raw dump's name hints at: `frame_1920x1080_nv12.yuv`, `a.640x480.i420`, `b-1280x720-bgr565-s2624.bin`. */
export function hintFromName(name: string): Partial<ImageSpec> | undefined {
  const size = /(?:^|[^0-9])(\d{1,5})\s*[x×]\s*(\d{1,5})(?:[^0-9]|$)/i.exec(name);
  const stride = /(?:^|[^a-z])s(?:tride)?[-_=]?(\d{2,6})(?:[^0-9]|$)/i.exec(name);
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word.length > 1 && !/^\d+(x\d+)?$/i.test(word));
  const extension = words[words.length - 1] ?? '';
  const named = words.slice(0, -1).map(formatNamed).find((format) => format !== undefined) ?? formatNamed(extension);
  if (size === null && named === undefined) return undefined;
  return {
    ...(size === null ? {} : { width: Number(size[1]), height: Number(size[2]) }),
    ...(named === undefined ? {} : { format: named }),
    ...(stride === null ? {} : { strides: [Number(stride[1])] }),
  };
}
