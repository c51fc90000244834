import type { Image } from '../../kernels/index.ts';
import { histograms } from '../../kernels/analysis/histogram.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

const ranges = new WeakMap<Image, ReadonlyMap<string, Range>>();

/** The least and the greatest value of a component; measured once an image. */
export function dataRange(image: Image, component: string): Range {
  const found = ranges.get(image) ?? new Map(histograms(image, 1).map(({ component: name, min, max }) => [name, { min, max }]));
  ranges.set(image, found);
  return found.get(component) ?? { min: 0, max: 1 };
}
