import { jpegSegments } from '../../kernels/codecs/jpeg/format/segments.ts';
import type { PartView } from './protocol.ts';

/** Bytes shown of a part. */
const SHOWN = 512;

/** Takes a part apart. @param jpegAt where its picture begins */
export function viewPart(part: Uint8Array, jpegAt: number, jpegBytes: number): PartView {
  const header = Array.from(part.subarray(0, jpegAt), (byte) => String.fromCharCode(byte)).join('');
  return { header, byteLength: part.length, segments: segmentsOf(part.subarray(jpegAt, jpegAt + jpegBytes), jpegAt), bytes: part.slice(0, SHOWN) };
}

function segmentsOf(jpeg: Uint8Array, jpegAt: number): PartView['segments'] {
  try {
    return jpegSegments(jpeg).map(({ name, offset, byteLength, says }) => ({ name, offset: offset + jpegAt, byteLength, says }));
  } catch {
    // A cut picture has no list of segments; its bytes are shown all the same.
    return [];
  }
}
