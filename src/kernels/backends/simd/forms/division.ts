import type { Fraction, Quotient, Range } from './fraction.ts';
import { fits32, sumBounds } from './fraction.ts';
import type { Form } from './form.ts';
import { sum32 } from './form.ts';

/** floor(n / d) of whole numbers in 32-bit lanes. */
export type Division =
  /** ((n >> before)·multiplier) >> shift, without signs. */
  | { readonly by: 'reciprocal'; readonly before: number; readonly multiplier: number; readonly shift: number }
  /**
   * Of numerators that have `less` taken from them already, which costs nothing where they are summed: rounded to the nearest integer,
   * (n − less) / d in fp32 is the quotient or the number below it, and the remainder tells which.
   */
  | { readonly by: 'estimate'; readonly denominator: number; readonly less: number };

/**
 * Multiplier m and shifts j, k with floor(n / d) = ((n >> j)·m) >> k for every 0 ≤ n ≤ largest, all within 32 bits; undefined where there are none.
 * Twos in the denominator are taken out first, which leaves room for the multiplier.
 * @source Granlund and Montgomery, “Division by invariant integers using multiplication”, 1994, theorem 4.2
 */
export function reciprocal(denominator: number, largest: number): { readonly before: number; readonly multiplier: number; readonly shift: number } | undefined {
  const before = 31 - Math.clz32(denominator & -denominator);
  const [odd, bound] = [denominator / 2 ** before, Math.floor(largest / 2 ** before)];
  for (let shift = 0; shift < 32; shift += 1) {
    const multiplier = Math.ceil(2 ** shift / odd);
    const excess = multiplier * odd - 2 ** shift;
    if (multiplier * bound >= 2 ** 32) return undefined;
    if (excess * (bound + 1) <= 2 ** shift) return { before, multiplier, shift };
  }
  return undefined;
}

/** 1.5·2^23: added to a number below 2^22, the sum’s low bits are the number rounded to an integer. */
export const MAGIC = 12_582_912;
/** Rounding to fp32: of the numerator, the reciprocal and their product; and one to spare. */
const QUOTIENT_ERROR = 4 * 2 ** -24;

/** What is taken from numerators between two numbers: half a denominator, and as much as the estimate may be too high. */
function lessFor(denominator: number, { min, max }: Range): number {
  const quotient = Math.max(Math.abs(min), Math.abs(max)) / denominator + 2;
  return Math.floor(denominator / 2) + Math.ceil(QUOTIENT_ERROR * quotient * denominator);
}

/** A division of numerators of a range, for |n| < 2^31 − d and quotients below 2^20. */
export function divisionOf(denominator: number, range: Range): Division {
  const quick = range.min < 0 ? undefined : reciprocal(denominator, range.max);
  return quick === undefined ? { by: 'estimate', denominator, less: lessFor(denominator, range) } : { by: 'reciprocal', ...quick };
}

/** What a numerator gives. */
export function divided(division: Division, n: number): number {
  if (division.by === 'reciprocal') return (Math.imul(n >>> division.before, division.multiplier) >>> division.shift) | 0;
  const { denominator, less } = division;
  const lessened = (n - less) | 0;
  const quotient = Math.fround(Math.fround(Math.fround(lessened) * Math.fround(1 / denominator)) + MAGIC) - MAGIC;
  const rest = (lessened - Math.imul(quotient, denominator)) | 0;
  return rest > denominator - 1 - less ? quotient + 1 : quotient;
}

/** A sum of products in 32-bit lanes, divided. */
export interface DividedSum {
  readonly fraction: Fraction;
  readonly division: Division;
}

export const dividedSum: Form<Quotient, DividedSum, readonly number[]> = {
  find: ({ fraction, ranges }) => {
    // Half a denominator and more is taken from numerators first.
    if (!fits32(fraction.weights, fraction.base - fraction.denominator, ranges)) return undefined;
    return { fraction, division: divisionOf(fraction.denominator, sumBounds(fraction.weights, fraction.base, ranges)) };
  },
  proof: 'The sum is exact. A reciprocal is right up to the largest sum (Granlund and Montgomery, theorem 4.2); an estimate is at most one too low, and the remainder shows it.',
  leastCost: 13,
  value: ({ fraction: { weights, base }, division }, inputs) => divided(division, sum32(weights, inputs, base)),
};
