import { convert } from '../../../convert.ts';
import { formatLayout } from '../../../image/formatLayout.ts';
import { allocImage, specOf } from '../../../image/image.ts';
import { rowSizes } from '../../../image/layout.ts';
import type { Image, Plane } from '../../../image/types.ts';
import { restride, subImage } from '../../../image/views.ts';
import type { ImageFix } from './lint.ts';

interface Padded {
  readonly rowBytes: number;
  readonly rows: number;
  readonly blockBytes: number;
}

/** Copies the rows of a plane, then repeats its last block to the right and its last row down. */
function padPlane(from: Plane, to: Plane, before: Padded, after: Padded): void {
  for (let row = 0; row < before.rows; row += 1) {
    const target = row * to.stride;
    to.bytes.set(from.bytes.subarray(row * from.stride, row * from.stride + before.rowBytes), target);
    for (let at = before.rowBytes; at < after.rowBytes; at += 1) to.bytes[target + at] = to.bytes[target + at - before.blockBytes];
  }
  const last = (before.rows - 1) * to.stride;
  for (let row = before.rows; row < after.rows; row += 1) to.bytes.copyWithin(row * to.stride, last, last + after.rowBytes);
}

/** A larger copy whose new columns and rows repeat the last ones, block by block. */
export function padImage(image: Image, width: number, height: number): Image {
  const padded = allocImage({ ...specOf(image), width, height, strides: undefined });
  for (const [index, { subY, blockBytes }] of formatLayout(image.format).planes.entries()) {
    const facts = (size: Pick<Image, 'width' | 'height'>): Padded => ({ rowBytes: rowSizes({ format: image.format, width: size.width }, index).rowBytes, rows: Math.ceil(size.height / subY), blockBytes });
    padPlane(image.planes[index], padded.planes[index], facts(image), facts(padded));
  }
  return padded;
}

/** The image with one fix applied; a crop is a view, the others are copies. */
export function applyDeviceFix(image: Image, fix: ImageFix): Image {
  switch (fix.kind) {
    case 'convert': return convert(image, fix.format);
    case 'crop': return subImage(image, { x: 0, y: 0, width: fix.width, height: fix.height });
    case 'pad': return padImage(image, fix.width, fix.height);
    case 'restride': return restride(image, fix.strides);
  }
}
