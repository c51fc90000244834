import { planeLayouts, specOf } from '../../../kernels/index.ts';
import type { Image } from '../../../kernels/index.ts';
import { copyRows } from '../../../kernels/image/image.ts';

/** Writes an image over another of its format and size, whatever their strides; padding stays. */
export function copyInto(from: Image, to: Image): void {
  for (const [index, { rowBytes, rows }] of planeLayouts(specOf(to)).entries()) {
    const [source, target] = [from.planes[index], to.planes[index]];
    if (source !== undefined && target !== undefined) copyRows(source, target, rowBytes, rows);
  }
}
