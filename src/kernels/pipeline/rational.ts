import type { RationalKernel } from './behaviour.ts';
import { formatValue } from './behaviour.ts';
import { commonDenominator, mul, sub } from './fraction.ts';
import type { Fraction } from './fraction.ts';
import type { Rounding } from './rounding.ts';
import { divideRounded, divideRoundedBig } from './rounding.ts';
import type { Channel } from './signal.ts';
import type { RationalRow } from './step.ts';

/** Exact fractions brought to one denominator. Every integer must stay safe; those of the tables do. */
export function rationalRow(to: string, bits: number, terms: readonly { readonly from: string; readonly weight: Fraction; readonly centre: Fraction }[], post: Fraction): RationalRow {
  const live = terms.filter(({ weight }) => weight.n !== 0n);
  // Centres that are no integers (limited range below 8 bits) are folded into the summand.
  const whole = live.every(({ centre }) => centre.d === 1n);
  const summand = whole ? post : live.reduce((sum, { weight, centre }) => sub(sum, mul(weight, centre)), post);
  const denominator = commonDenominator([...live.map(({ weight }) => weight), summand]);
  const integer = (value: Fraction): number => {
    const scaled = Number((value.n * denominator) / value.d);
    if (!Number.isSafeInteger(scaled)) throw new RangeError(`The weight of ${to} does not fit 53 bits.`);
    return scaled;
  };
  return {
    to,
    bits,
    terms: live.map(({ from, weight, centre }) => ({ from, weight: integer(weight), centre: whole ? Number(centre.n) : 0 })),
    denominator: Number(denominator),
    add: integer(summand),
  };
}

/** @param inputs the channels of the row's terms, in their order */
export function rationalKernel(row: RationalRow, inputs: readonly Channel[], rounding: Rounding): RationalKernel {
  const bound = row.terms.reduce((sum, { weight, centre }, index) => {
    const [min, max] = [inputs[index]?.min ?? 0, inputs[index]?.max ?? 0];
    return sum + Math.abs(weight) * Math.max(Math.abs(max - centre), Math.abs(min - centre));
  }, Math.abs(row.add) + row.denominator);
  return { row, rounding, max: 2 ** row.bits - 1, fits: bound < 2 ** 52 };
}

/** The numerator of the row at these values. */
function numerator(row: RationalRow, values: readonly number[]): number {
  let sum = row.add;
  for (let index = 0; index < row.terms.length; index += 1) {
    const term = row.terms[index];
    if (term !== undefined) sum += term.weight * ((values[index] ?? 0) - term.centre);
  }
  return sum;
}

function bigNumerator(row: RationalRow, values: readonly number[]): bigint {
  return row.terms.reduce((sum, { weight, centre }, index) => sum + BigInt(weight) * BigInt((values[index] ?? 0) - centre), BigInt(row.add));
}

/** The exact value of a row on integers, rounded and clamped to 0 … max. */
export function runRational({ row, rounding, max, fits }: RationalKernel): (values: readonly number[]) => number {
  const rounded = fits
    ? (values: readonly number[]): number => divideRounded(numerator(row, values), row.denominator, rounding)
    : (values: readonly number[]): number => divideRoundedBig(bigNumerator(row, values), BigInt(row.denominator), rounding);
  return (values) => Math.min(max, Math.max(0, rounded(values)));
}

/** The row in floating point: summed in binary64, then rounded to binary32. */
export function runRationalFloat(row: RationalRow): (values: readonly number[]) => number {
  return (values) => Math.fround(numerator(row, values) / row.denominator);
}

/** `Y 143 × 1 + V (160 − 128) × 1.402 = 187.864 → 188`. */
export function sayRational(row: RationalRow): (values: readonly number[], result: number) => string {
  return (values, result) => {
    const terms = row.terms.map(({ from, weight, centre }, index) => {
      const value = formatValue(values[index] ?? 0);
      const shifted = centre === 0 ? value : `(${value} − ${formatValue(centre)})`;
      const factor = Math.abs(weight) === row.denominator ? '' : ` × ${formatValue(Math.abs(weight) / row.denominator)}`;
      return `${weight < 0 ? '− ' : index === 0 ? '' : '+ '}${from} ${shifted}${factor}`;
    });
    const post = row.add === 0 ? '' : ` ${row.add < 0 ? '−' : '+'} ${formatValue(Math.abs(row.add / row.denominator))}`;
    const exact = numerator(row, values) / row.denominator;
    return `${terms.join(' ')}${post} = ${formatValue(exact)}${exact === result ? '' : ` → ${formatValue(result)}`}`;
  };
}
