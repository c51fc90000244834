import { LabError } from '../labError.ts';
import { formatLayout, peakOf } from '../image/formatLayout.ts';
import type { ComponentLayout } from '../image/formatLayout.ts';
import { componentSize, readComponentRow } from '../image/rows.ts';
import type { Image } from '../image/types.ts';
import { isDifferent } from './differingPixels.ts';

/** How far two images are apart in one component, in stored numbers. */
export interface ComponentDifference {
  readonly component: string;
  readonly maxError: number;
  readonly meanAbsoluteError: number;
  readonly differing: number;
  readonly samples: number;
  /** dB over the component's full scale; Infinity when equal. */
  readonly psnr: number;
}

interface Sums {
  max: number;
  absolute: number;
  squared: number;
  differing: number;
}

function addRow(a: Float64Array, b: Float64Array, sums: Sums): void {
  for (let x = 0; x < a.length; x += 1) {
    const [one, other] = [a[x] ?? 0, b[x] ?? 0];
    if (!isDifferent(one, other)) continue;
    sums.differing += 1;
    const difference = Math.abs(one - other);
    // A number and none: they differ, by no amount.
    if (Number.isNaN(difference)) continue;
    sums.absolute += difference;
    sums.squared += difference * difference;
    if (difference > sums.max) sums.max = difference;
  }
}

/** Compared row by row, so that others get a turn in between. */
export interface DifferenceMeter {
  /** Rows of the component's grid. */
  readonly rows: number;
  /** Takes rows from ≤ y < to, each once, in any order. */
  readonly take: (from: number, to: number) => void;
  readonly value: () => ComponentDifference;
}

/** One component of two images of one format and size. */
export function differenceMeter(a: Image, b: Image, layout: ComponentLayout): DifferenceMeter {
  const { width, height } = componentSize(a, layout);
  const [rowA, rowB] = [new Float64Array(width), new Float64Array(width)];
  const sums: Sums = { max: 0, absolute: 0, squared: 0, differing: 0 };
  const samples = width * height;
  return {
    rows: height,
    take: (from, to) => {
      for (let y = from; y < to; y += 1) {
        readComponentRow(a, layout, y, rowA);
        readComponentRow(b, layout, y, rowB);
        addRow(rowA, rowB, sums);
      }
    },
    value: () => {
      const mse = sums.squared / samples;
      return { component: layout.component, maxError: sums.max, meanAbsoluteError: sums.absolute / samples, differing: sums.differing, samples, psnr: mse === 0 ? Infinity : 10 * Math.log10(peakOf(layout) ** 2 / mse) };
    },
  };
}

/**
 * The components of which two images consist that can be compared: of one format and size.
 * @throws LabError `compare/size`
 */
export function comparedComponents(a: Image, b: Image): readonly ComponentLayout[] {
  if (a.format !== b.format || a.width !== b.width || a.height !== b.height) {
    throw new LabError({ code: 'compare/size', what: `${a.format} ${String(a.width)}×${String(a.height)} cannot be compared with ${b.format} ${String(b.width)}×${String(b.height)}.`, remedy: 'Bring both to one format and size first.' });
  }
  return formatLayout(a.format).components;
}

/**
 * Two images of one format and size, component by component, at native depth, up to the last column.
 * @throws LabError `compare/size`
 */
export function compareImages(a: Image, b: Image): readonly ComponentDifference[] {
  return comparedComponents(a, b).map((layout) => {
    const meter = differenceMeter(a, b, layout);
    meter.take(0, meter.rows);
    return meter.value();
  });
}
