import { memoryOf } from './arena.ts';
import { checkImage } from './checks.ts';
import type { Image } from './types.ts';

/** An image together with the buffers to hand to `postMessage`; after that the original is detached. */
export interface Transferable {
  readonly image: Image;
  readonly buffers: readonly ArrayBuffer[];
}

/**
 * Prepares an image to move to another thread. Shared buffers stay where they are and are not listed.
 * What shares its buffer with others (a view, a large image beside which more lie) is copied first, so that they keep their bytes.
 */
export function toTransfer(image: Image): Transferable {
  checkImage(image);
  const isOwn = !image.sharesBytes && memoryOf(image.planes) === undefined;
  const owned: Image = isOwn ? image : { ...image, sharesBytes: false, planes: image.planes.map(({ bytes, stride }) => ({ bytes: new Uint8Array(bytes), stride })) };
  const buffers = new Set<ArrayBuffer>();
  for (const { bytes } of owned.planes) if (bytes.buffer instanceof ArrayBuffer) buffers.add(bytes.buffer);
  return { image: owned, buffers: [...buffers] };
}
