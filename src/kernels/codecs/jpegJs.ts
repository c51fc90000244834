import { decode } from 'jpeg-js';
import { LabError } from '../labError.ts';
import { wrapImage } from '../image/image.ts';
import type { Image } from '../image/types.ts';
import { checkPossible, jpegClaim } from './header.ts';

/** jpeg-js's reading of a JPEG, R,G,B,A. @throws LabError `jpeg/unreadable` */
export function decodeJpeg(bytes: Uint8Array): Image {
  const claim = jpegClaim(bytes);
  if (claim !== undefined) checkPossible(claim);
  try {
    const { width, height, data } = decode(bytes, { useTArray: true, formatAsRGBA: true, tolerantDecoding: false, maxResolutionInMP: 4300, maxMemoryUsageInMB: 16_384 });
    return wrapImage(data, { format: 'rgba', width, height });
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown;
    const cause = thrown instanceof Error ? thrown.message : String(thrown);
    throw new LabError({ code: 'jpeg/unreadable', what: `The JPEG of ${String(bytes.length)} B could not be read: ${cause}.`, remedy: 'The file is damaged or cut short; get it again from its source.' });
  }
}
