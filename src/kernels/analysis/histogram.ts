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

interface Extremes {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

type EachRow = (visit: (row: Float64Array) => void) => void;

function rowsOf(image: Image, layout: ComponentLayout): EachRow {
  const { width, height } = componentSize(image, layout);
  const row = new Float64Array(width);
  return (visit) => {
    for (let y = 0; y < height; y += 1) {
      readComponentRow(image, layout, y, row);
      visit(row);
    }
  };
}

function extremes(each: EachRow): Extremes {
  let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
  each((row) => {
    for (const value of row) {
      if (!Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
      count += 1;
    }
  });
  return count === 0 ? { min: 0, max: 0, mean: 0 } : { min, max, mean: sum / count };
}

/** What the bins span: unsigned components their full scale, all others what occurs. */
function span(layout: ComponentLayout, { min, max }: Extremes): { readonly from: number; readonly to: number } {
  if (layout.kind === 'unsigned' && layout.bits <= 16) return { from: 0, to: 2 ** layout.bits };
  return { from: min, to: layout.kind !== 'float' || max === min ? max + 1 : max + (max - min) * 1e-9 };
}

/** Exact counts per component. NaN and infinities are in no bin. @param bins at most this many; fewer where a component has fewer values */
export function histograms(image: Image, bins: number): readonly ComponentHistogram[] {
  return formatLayout(image.format).components.map((layout) => {
    const each = rowsOf(image, layout);
    const seen = extremes(each);
    const { from, to } = span(layout, seen);
    const count = layout.kind === 'float' ? bins : Math.min(bins, Math.ceil(to - from));
    const counts = new Uint32Array(count);
    const perValue = count / (to - from);
    each((row) => {
      for (const value of row) {
        const bin = Math.floor((value - from) * perValue);
        if (bin >= 0 && bin < count) counts[bin] = (counts[bin] ?? 0) + 1;
      }
    });
    return { component: layout.component, bits: layout.bits, counts, from, to, ...seen };
  });
}
