import { decode } from 'jpeg-js';
import { LabError } from '../labError.ts';
import { allocImage, wrapImage } from '../image/image.ts';
import type { Image } from '../image/types.ts';
import { checkPossible, jpegClaim } from './header.ts';
import { unreadable } from './unreadable.ts';

/** jpeg-js's reading of a JPEG. @param format with an alpha that no JPEG has, or without @throws LabError `jpeg/unreadable` */
export function decodeJpeg(bytes: Uint8Array, format: 'rgba' | 'rgb24' = 'rgba'): Image {
  const claim = jpegClaim(bytes);
  if (claim !== undefined) checkPossible(claim);
  try {
    const { width, height, data } = decode(bytes, { useTArray: true, formatAsRGBA: format === 'rgba', tolerantDecoding: false, maxResolutionInMP: 4300, maxMemoryUsageInMB: 16_384 });
    return wrapImage(data, { format, width, height });
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown;
    throw unreadable('JPEG', bytes, thrown);
  }
}

/** As `decodeJpeg`, with the components the file has: gray, or R,G,B. */
export function decodeJpegPlain(bytes: Uint8Array): Image {
  const rgb = decodeJpeg(bytes, 'rgb24');
  if (jpegClaim(bytes)?.components !== 1) return rgb;
  const gray = allocImage({ format: 'gray', width: rgb.width, height: rgb.height });
  const [from, to] = [rgb.planes[0]?.bytes, gray.planes[0]?.bytes];
  if (from === undefined || to === undefined) throw new TypeError('A picture without a plane.');
  for (let at = 0; at < to.length; at += 1) to[at] = from[at * 3] ?? 0;
  return gray;
}
