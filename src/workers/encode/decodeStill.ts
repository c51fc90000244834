import { convert, decodeJpeg, pixelFormat } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import { decodeByBrowser } from '../pixels/decode/browser.ts';
import { rgbOf } from '../pixels/decode/jpeg.ts';

/** Whether a file holds alpha: a WebP says so in its first chunk. @source RFC 9649, sections 2.5 to 2.7 */
function hasAlpha(bytes: Uint8Array, mime: string): boolean {
  if (mime !== 'image/webp') return true;
  const chunk = String.fromCharCode(...bytes.subarray(12, 16));
  return chunk === 'VP8X' ? (bytes[20] & 0x10) !== 0 : chunk !== 'VP8 ';
}

/**
 * A still picture as whoever gets the file sees it: a JPEG by our own decoder, its planes where the source has planes and R, G, B with
 * weighed chroma (what viewers show) where it has not; anything else by the browser’s. The alpha that a decoder adds is no part of the file.
 */
export async function decodeStill(bytes: Uint8Array<ArrayBuffer>, mime: string, source: Image): Promise<Image> {
  if (mime === 'image/jpeg') {
    const { image } = decodeJpeg(bytes, { allowLarge: true });
    return pixelFormat(source.format).family === 'rgb' && pixelFormat(image.format).family !== 'gray' ? rgbOf(image, 'bilinear') : image;
  }
  const rgba = await decodeByBrowser(new Blob([bytes], { type: mime }));
  return hasAlpha(bytes, mime) ? rgba : convert(rgba, 'rgb24');
}
