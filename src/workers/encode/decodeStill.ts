import { convert, pixelFormat } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import { decodeJpeg } from '../../kernels/codecs/jpegJs.ts';
import { decodeByBrowser, decodeOwnPlanes } from '../decode/browser.ts';

/** Whether a file holds alpha: a JPEG never does, a WebP says so in its first chunk. @source RFC 9649, sections 2.5 to 2.7 */
function hasAlpha(bytes: Uint8Array, mime: string): boolean {
  if (mime !== 'image/webp') return mime !== 'image/jpeg';
  const chunk = String.fromCharCode(...bytes.subarray(12, 16));
  return chunk === 'VP8X' ? (bytes[20] & 0x10) !== 0 : chunk !== 'VP8 ';
}

const decodeRgba = (bytes: Uint8Array<ArrayBuffer>, mime: string): Image | Promise<Image> => (typeof createImageBitmap === 'undefined' ? decodeJpeg(bytes) : decodeByBrowser(new Blob([bytes], { type: mime })));

/**
 * A still picture by a decoder that is not ours: the planes themselves where the source has planes and the browser gives
 * them, else the browser's RGBA; jpeg-js where there is no browser. The alpha that a decoder adds is no part of the file.
 */
export async function decodeStill(bytes: Uint8Array<ArrayBuffer>, mime: string, source: Image): Promise<Image> {
  const { family } = pixelFormat(source.format);
  const wantsPlanes = mime === 'image/jpeg' && (family === 'yuv' || family === 'gray') && typeof createImageBitmap !== 'undefined';
  const planes = wantsPlanes ? await decodeOwnPlanes(bytes, mime) : undefined;
  if (planes !== undefined) return planes;
  const rgba = await decodeRgba(bytes, mime);
  return hasAlpha(bytes, mime) ? rgba : convert(rgba, 'rgb24');
}
