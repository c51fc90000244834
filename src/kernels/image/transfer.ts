import { assertAttached } from './image.ts';
import { cloneImage } from './views.ts';
import type { Image } from './types.ts';

/** An image together with the buffers to hand to `postMessage`; after that the original is detached. */
export interface Transferable {
  readonly image: Image;
  readonly buffers: readonly ArrayBuffer[];
}

/**
 * Prepares an image to move to another thread. Shared buffers stay where they are and are not listed.
 * A view into a larger buffer is copied first, so that its parent keeps its bytes.
 */
export function toTransfer(image: Image): Transferable {
  assertAttached(image);
  const owned = image.sharesBytes ? cloneImage(image) : image;
  const buffers = new Set<ArrayBuffer>();
  for (const { bytes } of owned.planes) if (bytes.buffer instanceof ArrayBuffer) buffers.add(bytes.buffer);
  return { image: owned, buffers: [...buffers] };
}
