import { specOf, wrapImage } from '../../kernels/index.ts';
import type { Image, ImageSpec } from '../../kernels/index.ts';
import { paletteOf } from '../../kernels/index.ts';
import { planeLayouts } from '../../kernels/index.ts';

/** An image on its way to another worker: in shared memory where the page is isolated, so that nothing is copied twice. */
export interface WireImage {
  /** With strides; offsets count from the first byte of `bytes`. */
  readonly spec: ImageSpec;
  readonly bytes: Uint8Array;
}

/** One buffer with all planes, strides kept; a copy. */
export function toWire(image: Image): WireImage {
  const spec = { ...specOf(image), palette: paletteOf(image) };
  const layouts = planeLayouts(spec);
  const total = layouts.reduce((end, { offset, extent }) => Math.max(end, offset + extent), 0);
  const bytes = new Uint8Array(typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(total) : new SharedArrayBuffer(total));
  const offsets = layouts.map(({ offset }) => offset);
  for (const [index, { offset, extent }] of layouts.entries()) bytes.set(image.planes[index].bytes.subarray(0, extent), offset);
  return { spec: { ...spec, offsets }, bytes };
}

/** The image over the bytes that came, without a copy. */
export const fromWire = ({ spec, bytes }: WireImage): Image => wrapImage(bytes, spec);
