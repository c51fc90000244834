import { paddingByte } from './rawFormats.ts';

/**
 * A copy of raw pixels whose X byte is 255 everywhere; padding between rows is left as it is.
 * Layouts without such a byte are given back as they are, not copied.
 * @param pixels u8[height × rowstride], the last row at least width × 4
 */
export function clearAlpha(pixels: Uint8Array, rgbFormat: string, width: number, height: number, rowstride: number): Uint8Array {
  const at = paddingByte(rgbFormat);
  if (at === undefined) return pixels;
  const cleared = pixels.slice();
  for (let y = 0; y < height; y += 1) {
    const end = y * rowstride + width * 4;
    for (let index = y * rowstride + at; index < end; index += 4) cleared[index] = 255;
  }
  return cleared;
}
