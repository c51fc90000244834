import { planeLayouts } from '../image/layout.ts';
import { specOf } from '../image/image.ts';
import type { Image } from '../image/types.ts';

const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a over bytes, 32 bits, unsigned. @source Fowler, Noll, Vo: FNV-1a */
export function fnv1a(bytes: Uint8Array, from = OFFSET_BASIS): number {
  let hash = from;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, PRIME);
  return hash >>> 0;
}

/** FNV-1a over an image's samples, plane after plane; padding has no say. */
export function imageChecksum(image: Image): number {
  let hash = OFFSET_BASIS;
  for (const [index, { rows, rowBytes }] of planeLayouts(specOf(image)).entries()) {
    const plane = image.planes[index];
    if (plane === undefined) continue;
    for (let row = 0; row < rows; row += 1) hash = fnv1a(plane.bytes.subarray(row * plane.stride, row * plane.stride + rowBytes), hash);
  }
  return hash >>> 0;
}
