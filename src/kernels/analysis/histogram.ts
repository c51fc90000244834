import { formatLayout } from '../image/formatLayout.ts';
import type { ComponentLayout } from '../image/formatLayout.ts';
import { componentSize, readComponentRow } from '../image/rows.ts';
import type { Image } from '../image/types.ts';

export interface ComponentHistogram {
  readonly component: string;
  readonly bits: number;
  readonly counts: Uint32Array;
  /** Value at the lower edge of the first bin. */
  readonly from: number;
  /** Value at the upper edge of the last bin: counts cover from ≤ v < to. */
  readonly to: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

export interface Extremes {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** One component's rows from top to bottom, in one array that is written anew. */
function* rowsOf(image: Image, layout: ComponentLayout): Generator<Float64Array, void, void> {
  const { width, height } = componentSize(image, layout);
  const row = new Float64Array(width);
  for (let y = 0; y < height; y += 1) {
    readComponentRow(image, layout, y, row);
    yield row;
  }
}

/** What occurs in a component, NaN and infinities aside; a step for each row, so that others get a turn in between. */
export function* extremesInSteps(image: Image, layout: ComponentLayout): Generator<void, Extremes, void> {
  let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const row of rowsOf(image, layout)) {
    for (const value of row) {
      if (!Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
      count += 1;
    }
    yield;
  }
  return count === 0 ? { min: 0, max: 0, mean: 0 } : { min, max, mean: sum / count };
}

/** What the bins span: unsigned components their full scale, all others what occurs. */
function span(layout: ComponentLayout, { min, max }: Extremes): { readonly from: number; readonly to: number } {
  if (layout.kind === 'unsigned' && layout.bits <= 16) return { from: 0, to: 2 ** layout.bits };
  return { from: min, to: layout.kind !== 'float' || max === min ? max + 1 : max + (max - min) * 1e-9 };
}

function* histogramOf(image: Image, layout: ComponentLayout, bins: number): Generator<void, ComponentHistogram, void> {
  const seen = yield* extremesInSteps(image, layout);
  const { from, to } = span(layout, seen);
  const count = layout.kind === 'float' ? bins : Math.min(bins, Math.ceil(to - from));
  const counts = new Uint32Array(count);
  const perValue = count / (to - from);
  for (const row of rowsOf(image, layout)) {
    for (const value of row) {
      const bin = Math.floor((value - from) * perValue);
      if (bin >= 0 && bin < count) counts[bin] = (counts[bin] ?? 0) + 1;
    }
    yield;
  }
  return { component: layout.component, bits: layout.bits, counts, from, to, ...seen };
}

/** As `histograms`, a step for each row, so that others get a turn in between. */
export function* histogramsInSteps(image: Image, bins: number): Generator<void, readonly ComponentHistogram[], void> {
  const found: ComponentHistogram[] = [];
  for (const layout of formatLayout(image.format).components) found.push(yield* histogramOf(image, layout, bins));
  return found;
}

/** Exact counts per component. NaN and infinities are in no bin. @param bins at most this many; fewer where a component has fewer values */
export function histograms(image: Image, bins: number): readonly ComponentHistogram[] {
  const steps = histogramsInSteps(image, bins);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
