import type { RationalRow } from '../../../pipeline/step.ts';
import type { Rounding } from '../../../pipeline/rounding.ts';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Whether numbers fit the 16-bit lanes of a dot product. */
export const isHalf = ({ min, max }: Range): boolean => min >= -0x8000 && max <= 0x7fff;

/** A row as floor((Σ weight·x + base) / denominator): halves up, which after the clamp at 0 is halves away from zero. */
export interface Fraction {
  readonly weights: readonly number[];
  readonly base: number;
  readonly denominator: number;
}

/** @returns undefined where the rounding has no such form */
export function fractionOf({ terms, add, denominator }: Pick<RationalRow, 'terms' | 'add' | 'denominator'>, rounding: Rounding): Fraction | undefined {
  if (rounding === 'half-even') return undefined;
  const half = rounding === 'truncate' ? 0 : Math.floor(denominator / 2);
  return { weights: terms.map(({ weight }) => weight), base: terms.reduce((sum, { weight, centre }) => sum - weight * centre, add) + half, denominator };
}

const divisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : divisor(b, a % b));

/** In its smallest numbers. */
export function reduced({ weights, base, denominator }: Fraction): Fraction {
  const common = [...weights, base].reduce(divisor, denominator);
  return { weights: weights.map((weight) => weight / common), base: base / common, denominator: denominator / common };
}

export const keyOf = ({ weights, base, denominator }: Fraction, ranges: readonly Range[]): string => `(${weights.join(' ')} + ${String(base)}) / ${String(denominator)}: ${ranges.map(({ min, max }) => `${String(min)}…${String(max)}`).join(' ')}`;

/** The smallest and the largest sum. */
export function sumBounds(weights: readonly number[], base: number, ranges: readonly Range[]): Range {
  let [min, max] = [base, base];
  for (const [index, weight] of weights.entries()) {
    const { min: low, max: high } = ranges[index] ?? { min: 0, max: 0 };
    min += Math.min(weight * low, weight * high);
    max += Math.max(weight * low, weight * high);
  }
  return { min, max };
}

/** The smallest and the largest quotient, rounded down. */
export function quotientBounds({ weights, base, denominator }: Fraction, ranges: readonly Range[]): Range {
  const { min, max } = sumBounds(weights, base, ranges);
  return { min: Math.floor(min / denominator), max: Math.floor(max / denominator) };
}

/** Whether every sum fits 32 signed bits. */
export function fits32(weights: readonly number[], add: number, ranges: readonly Range[]): boolean {
  const { min, max } = sumBounds(weights, add, ranges);
  return min >= -(2 ** 31) && max < 2 ** 31;
}

/** A fraction of several inputs that is to be rounded down. */
export interface Quotient {
  readonly fraction: Fraction;
  /** Of the inputs. */
  readonly ranges: readonly Range[];
}

/** Whether inputs and results fit 16-bit lanes. */
export const isNarrowQuotient = ({ fraction, ranges }: Quotient): boolean => ranges.every(isHalf) && isHalf(quotientBounds(fraction, ranges));
