import { peakOf } from '../image/formatLayout.ts';
import type { ComponentLayout } from '../image/formatLayout.ts';
import { componentSize, readComponentRow } from '../image/rows.ts';
import type { Image } from '../image/types.ts';

/** Samples of the window's side. */
const SIDE = 11;
const HALF = 5;
const SIGMA = 1.5;
const [K1, K2] = [0.01, 0.03];

/** Weights of one axis, summing to 1; their products are the window. */
const WEIGHTS = ((): Float64Array => {
  const raw = Float64Array.from({ length: SIDE }, (_, at) => Math.exp(-((at - HALF) ** 2) / (2 * SIGMA ** 2)));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
})();

/** Measured row by row, so that others get a turn in between. */
export interface SsimMeter {
  /** Rows of the component's grid. */
  readonly rows: number;
  /** Takes rows from ≤ y < to; bands come in order, without a gap. */
  readonly take: (from: number, to: number) => void;
  /** The mean over all windows taken; undefined where no window of 11×11 samples fits. */
  readonly value: () => number | undefined;
}

/** Gaussian of a row: out[x] = Σ w[k] · row[x + k]. @param row f64[out.length + 10] */
function blurRow(row: Float64Array, out: Float64Array): void {
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0, w4 = 0, w5 = 0] = WEIGHTS;
  for (let x = 0; x < out.length; x += 1) {
    out[x] = w0 * (row[x] + row[x + 10]) + w1 * (row[x + 1] + row[x + 9]) + w2 * (row[x + 2] + row[x + 8]) + w3 * (row[x + 3] + row[x + 7]) + w4 * (row[x + 4] + row[x + 6]) + w5 * row[x + 5];
  }
}

/** Gaussian down the columns of eleven rows; `newest` is the ring's index of the last one. */
function blurColumns(ring: readonly Float64Array[], newest: number, out: Float64Array): void {
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0, w4 = 0, w5 = 0] = WEIGHTS;
  const [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10] = [...ring.slice(newest + 1), ...ring.slice(0, newest + 1)];
  for (let x = 0; x < out.length; x += 1) {
    out[x] = w0 * (r0[x] + r10[x]) + w1 * (r1[x] + r9[x]) + w2 * (r2[x] + r8[x]) + w3 * (r3[x] + r7[x]) + w4 * (r4[x] + r6[x]) + w5 * r5[x];
  }
}

/** Σ of the index over a row of windows. @param maps means of a, b, a² + b², ab */
function sumRow([meanA, meanB, squares, product]: readonly Float64Array[], c1: number, c2: number): number {
  let sum = 0;
  for (let x = 0; x < meanA.length; x += 1) {
    const [a, b] = [meanA[x], meanB[x]];
    const [both, ab] = [a * a + b * b, a * b];
    sum += ((2 * ab + c1) * (2 * (product[x] - ab) + c2)) / ((both + c1) * (squares[x] - both + c2));
  }
  return sum;
}

/**
 * Structural similarity of one component of two images of one format and size, at native depth: 11×11 Gaussian windows
 * of σ 1.5 that lie wholly inside, K1 0.01, K2 0.03, population variances, no downsampling.
 * @source Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, “Image quality assessment: from error visibility to structural similarity”, IEEE Transactions on Image Processing 13 (4), 2004
 */
export function ssimMeter(a: Image, b: Image, layout: ComponentLayout): SsimMeter {
  const { width, height } = componentSize(a, layout);
  const columns = width - SIDE + 1;
  if (columns < 1 || height < SIDE) return { rows: 0, take: () => undefined, value: () => undefined };
  const [c1, c2] = [(K1 * peakOf(layout)) ** 2, (K2 * peakOf(layout)) ** 2];
  const [rowA, rowB, line] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  const rings = Array.from({ length: 4 }, () => Array.from({ length: SIDE }, () => new Float64Array(columns)));
  const maps = rings.map(() => new Float64Array(columns));
  let sum = 0;
  let taken = 0;
  const takeRow = (y: number): void => {
    readComponentRow(a, layout, y, rowA);
    readComponentRow(b, layout, y, rowB);
    const at = y % SIDE;
    blurRow(rowA, rings[0][at]);
    blurRow(rowB, rings[1][at]);
    for (let x = 0; x < width; x += 1) line[x] = rowA[x] * rowA[x] + rowB[x] * rowB[x];
    blurRow(line, rings[2][at]);
    for (let x = 0; x < width; x += 1) line[x] = rowA[x] * rowB[x];
    blurRow(line, rings[3][at]);
    if (y < SIDE - 1) return;
    for (const [index, ring] of rings.entries()) blurColumns(ring, at, maps[index]);
    sum += sumRow(maps, c1, c2);
    taken += columns;
  };
  return {
    rows: height,
    take: (from, to) => { for (let y = from; y < to; y += 1) takeRow(y); },
    value: () => (taken === 0 ? undefined : sum / taken),
  };
}

/** Of the whole component at once; undefined where no window fits. */
export function ssim(a: Image, b: Image, layout: ComponentLayout): number | undefined {
  const meter = ssimMeter(a, b, layout);
  meter.take(0, meter.rows);
  return meter.value();
}
