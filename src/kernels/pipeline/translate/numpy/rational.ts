import type { Signal } from '../../signal.ts';
import { channelNamed } from '../../signal.ts';
import type { MatrixStep, RationalRow, RescaleStep } from '../../step.ts';

const n = (value: number): string => String(value);

/** `1000 * Y + 1402 * (V - 128)`. */
function sum({ terms, add }: RationalRow, cast: string): string {
  const text = terms.map(({ from, weight, centre }, index) => {
    const value = `${from}${cast}`;
    const shifted = centre === 0 ? value : `(${value} - ${n(centre)})`;
    const size = Math.abs(weight);
    const sign = weight < 0 ? (index === 0 ? '-' : ' - ') : index === 0 ? '' : ' + ';
    return `${sign}${size === 1 ? shifted : `${n(size)} * ${shifted}`}`;
  }).join('');
  return add === 0 ? text : `${text} ${add < 0 ? '-' : '+'} ${n(Math.abs(add))}`;
}

/** Whether twice the sum stays inside 63 bits, so that NumPy's own integers do. */
function fitsInt64({ terms, denominator, add }: RationalRow, input: Signal): boolean {
  const bound = terms.reduce((total, { from, weight, centre }) => {
    const { min, max } = channelNamed(input, from);
    return total + Math.abs(weight) * Math.max(Math.abs(max - centre), Math.abs(min - centre));
  }, Math.abs(add) + denominator);
  return bound < 2 ** 61;
}

const bracket = (text: string): string => (/ [+-] /.test(text) ? `(${text})` : text);

/** Exact fractions of integers, rounded once and clamped; of floats, in binary64. */
export function rationalLines(step: MatrixStep | RescaleStep, input: Signal): readonly string[] {
  return step.rows.map((row) => {
    const top = 2 ** row.bits - 1;
    if (step.float) return `${row.to} = (${bracket(sum(row, '.astype(np.float64)'))} / ${n(row.denominator)}).astype(np.float32)`;
    if (step.kind === 'rescale' && step.dither) return `${row.to} = np.floor(${bracket(sum(row, ''))} / ${n(row.denominator)} + bayer(${row.terms[0]?.from ?? ''}.shape)).clip(0, ${n(top)}).astype(np.int64)`;
    if (!fitsInt64(row, input)) return `${row.to} = ratio(${sum(row, '.astype(object)')}, ${n(row.denominator)}).clip(0, ${n(top)}).astype(np.int64)`;
    const value = row.denominator === 1 ? bracket(sum(row, '')) : `ratio(${sum(row, '')}, ${n(row.denominator)})`;
    return `${row.to} = ${value}.clip(0, ${n(top)})`;
  });
}

