import { decode } from 'jpeg-js';
import { LabError } from '../labError.ts';
import { allocImage, wrapImage } from '../image/image.ts';
import type { Image } from '../image/types.ts';
import { checkPossible } from './header.ts';
import type { Claim } from './header.ts';
import { jpegNeeds } from './jpeg/decode/decodeJpeg.ts';
import { unreadable } from './unreadable.ts';

/** What a file claims, and what jpeg-js allocates for its R,G,B,A. @throws LabError as `jpegNeeds` */
export function jpegJsNeeds(bytes: Uint8Array): Claim & { readonly components: number } {
  const { width, height, components } = jpegNeeds(bytes);
  return { width, height, bytes: width * height * 4, components };
}

function decodeClaimed(bytes: Uint8Array, claim: Claim, format: 'rgba' | 'rgb24'): Image {
  checkPossible(claim);
  try {
    const { width, height, data } = decode(bytes, { useTArray: true, formatAsRGBA: format === 'rgba', tolerantDecoding: false, maxResolutionInMP: 4300, maxMemoryUsageInMB: 16_384 });
    return wrapImage(data, { format, width, height });
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown;
    throw unreadable('JPEG', bytes, thrown);
  }
}

/**
 * jpeg-js's reading of a JPEG. @param format with an alpha that no JPEG has, or without
 * @throws LabError `jpeg/unreadable`, `jpeg/process`, `memory/impossible`
 */
export const decodeJpeg = (bytes: Uint8Array, format: 'rgba' | 'rgb24' = 'rgba'): Image => decodeClaimed(bytes, jpegJsNeeds(bytes), format);

/** As `decodeJpeg`, with the components the file has: gray, or R,G,B. */
export function decodeJpegPlain(bytes: Uint8Array): Image {
  const claim = jpegJsNeeds(bytes);
  const rgb = decodeClaimed(bytes, claim, 'rgb24');
  if (claim.components !== 1) return rgb;
  const gray = allocImage({ format: 'gray', width: rgb.width, height: rgb.height });
  const [from, to] = [rgb.planes[0]?.bytes, gray.planes[0]?.bytes];
  if (from === undefined || to === undefined) throw new TypeError('A picture without a plane.');
  for (let at = 0; at < to.length; at += 1) to[at] = from[at * 3] ?? 0;
  return gray;
}
