import { pixelFormat } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import { decodeJpeg } from '../../kernels/codecs/jpegJs.ts';
import { decodeByBrowser, decodeOwnPlanes } from '../decode/browser.ts';

/**
 * A still picture by a decoder that is not ours: the planes themselves where the source has planes and the browser gives
 * them, else the browser's RGBA; jpeg-js where there is no browser.
 */
export async function decodeStill(bytes: Uint8Array<ArrayBuffer>, mime: string, source: Image): Promise<Image> {
  if (typeof createImageBitmap === 'undefined') return decodeJpeg(bytes);
  const { family } = pixelFormat(source.format);
  const planes = mime === 'image/jpeg' && (family === 'yuv' || family === 'gray') ? await decodeOwnPlanes(bytes, mime) : undefined;
  return planes ?? decodeByBrowser(new Blob([bytes], { type: mime }));
}
