import { PIXEL_FORMAT_IDS, pixelFormat } from '../../kernels/index.ts';
import type { PixelFormatId } from '../../kernels/index.ts';

const xpraName = (id: PixelFormatId): string | undefined => pixelFormat(id).aka.xpra;

/** Our format of xpra's name, e.g. `BGRX` → bgr0; undefined for names that are none. */
export function formatOfXpra(name: string): PixelFormatId | undefined {
  return PIXEL_FORMAT_IDS.find((id) => xpraName(id) === name);
}

/** Xpra's name of our format, where xpra has it. */
export const xpraOfFormat = xpraName;

/** Packed RGB that xpra sends under the name of its layout rather than as rgb24 or rgb32: words of bit fields. */
const PACKED_NAMES: readonly string[] = PIXEL_FORMAT_IDS.flatMap((id) => {
  const { family, planes, aka } = pixelFormat(id);
  const isWord = planes.length === 1 && planes[0]?.type !== 'u8';
  return family === 'rgb' && isWord && aka.xpra !== undefined ? [aka.xpra.toLowerCase()] : [];
});

/** Encodings whose payload is pixels. */
export const RAW_ENCODINGS: readonly string[] = ['rgb24', 'rgb32', ...PACKED_NAMES];

export const isRawEncoding = (encoding: string): boolean => RAW_ENCODINGS.includes(encoding.toLowerCase());

/** Every layout that xpra names and a frame may have. */
export const RGB_FORMAT_NAMES: readonly string[] = PIXEL_FORMAT_IDS.flatMap((id) => {
  const name = pixelFormat(id).family === 'rgb' ? xpraName(id) : undefined;
  return name === undefined ? [] : [name];
});

/** Byte of each 4-byte pixel that has no meaning (X), or undefined where every byte has one. */
export function paddingByte(rgbFormat: string): number | undefined {
  const at = rgbFormat.toUpperCase().indexOf('X');
  return rgbFormat.length === 4 && at >= 0 ? at : undefined;
}
