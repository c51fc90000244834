import type { Image } from '../../kernels/index.ts';
import { extremesInSteps } from '../../kernels/analysis/histogram.ts';
import { formatLayout } from '../../kernels/image/formatLayout.ts';
import { isMeasure } from '../../kernels/pipeline/levels.ts';
import { inTurns } from '../line/pacing.ts';

/** The least and the greatest value that occur. */
export interface Extent {
  readonly min: number;
  readonly max: number;
}

export const NOTHING: Extent = { min: 0, max: 0 };

const ranges = new WeakMap<Image, Promise<Extent>>();

/** Several may wait for it: it is measured to its end, taking turns. */
async function measured(image: Image): Promise<Extent> {
  const layout = formatLayout(image.format).components.find(isMeasure);
  return layout === undefined ? NOTHING : (await inTurns(extremesInSteps(image, layout), () => false)) ?? NOTHING;
}

/** What occurs in the component of an image that has no full scale; nothing where each has one. Measured once an image. */
export function dataRange(image: Image): Promise<Extent> {
  const known = ranges.get(image) ?? measured(image);
  ranges.set(image, known);
  return known;
}
