import { allocImage, compile } from '../../kernels/index.ts';
import type { Image, Pipeline } from '../../kernels/index.ts';
import { paletteOf } from '../../kernels/index.ts';
import { compareImages } from '../../kernels/analysis/compare.ts';

/** Samples that a cast made otherwise than a clamp would have: those that wrapped. */
export function countWrapped(source: Image, casted: Image, clamping: Pipeline): number {
  const clamped = allocImage(clamping.to);
  compile(clamping, 'simd').run(source, clamped);
  return compareImages(casted, clamped).reduce((sum, { differing }) => sum + differing, 0);
}

/** Pixels whose index is past the palette. */
export function countOutsidePalette(image: Image): number {
  const [indices] = image.planes;
  const colors = paletteOf(image)?.colors.length;
  if (image.format !== 'pal8' || colors === undefined || indices === undefined) return 0;
  let count = 0;
  for (let y = 0; y < image.height; y += 1) for (let x = 0; x < image.width; x += 1) if ((indices.bytes[y * indices.stride + x] ?? 0) * 4 >= colors) count += 1;
  return count;
}
