import { divided, divisionOf, reciprocal } from './division.ts';
import type { Division } from './division.ts';
import { sum32 } from './form.ts';
import { fractionOf, sumBounds, isNarrowQuotient } from './fraction.ts';
import type { Fraction } from './fraction.ts';
import { PIXEL_QUOTIENTS, findQuotient, quotientValue } from './quotients.ts';
import type { FoundQuotient } from './quotients.ts';
import { isNarrowRow } from './row.ts';
import type { RowForm, RowQuestion } from './row.ts';

/** All inputs together, at every pixel, in 16-bit lanes. */
export interface PixelQuotient {
  readonly names: readonly string[];
  readonly quotient: FoundQuotient;
}

export const pixelQuotient: RowForm<PixelQuotient> = {
  find: (question) => {
    const { row, rounding, rangeOf } = question;
    const fraction = isNarrowRow(question) ? fractionOf(row, rounding) : undefined;
    if (fraction === undefined) return undefined;
    const names = row.terms.map(({ from }) => from);
    const wanted = { fraction, ranges: names.map(rangeOf) };
    const quotient = isNarrowQuotient(wanted) ? findQuotient(PIXEL_QUOTIENTS, wanted) : undefined;
    return quotient === undefined ? undefined : { names, quotient };
  },
  proof: 'The quotient’s own.',
  leastCost: 7,
  value: ({ names, quotient }, input) => quotientValue(quotient, names.map(input)),
  clamps: false,
};

/** One product an input, in 32-bit lanes, divided there. */
export interface Int32Row {
  readonly names: readonly string[];
  readonly fraction: Fraction;
  readonly division: Division;
  /** Whether sums may be negative; and whether that is mended before the division, for one that wants no signs. */
  readonly floor: 'sum' | 'quotient' | 'none';
  /** The largest result, where quotients may be larger. */
  readonly most: number | undefined;
}

/** Largest sum that a row can reach, signs aside. */
function largestSum({ row: { terms, add, denominator }, rangeOf }: RowQuestion): number {
  return terms.reduce((sum, { from, weight, centre }) => {
    const { min, max } = rangeOf(from);
    return sum + Math.abs(weight) * (Math.max(Math.abs(min), Math.abs(max)) + Math.abs(centre));
  }, Math.abs(add) + denominator);
}

export const int32Row: RowForm<Int32Row> = {
  find: (question) => {
    const { row, rounding, isClamped, rangeOf } = question;
    const fraction = isClamped && largestSum(question) < 2 ** 31 ? fractionOf(row, rounding) : undefined;
    if (fraction === undefined) return undefined;
    const names = row.terms.map(({ from }) => from);
    const { min, max } = sumBounds(fraction.weights, fraction.base, names.map(rangeOf));
    const most = 2 ** row.bits - 1;
    // What may be negative is clamped before a division by multiplication, or behind one by an estimate.
    const floor = min >= 0 ? 'none' : reciprocal(row.denominator, max) === undefined ? 'quotient' : 'sum';
    return { names, fraction, division: divisionOf(row.denominator, { min: floor === 'sum' ? 0 : min, max }), floor, most: Math.floor(max / row.denominator) > most ? most : undefined };
  },
  proof: 'Sums fit 32 bits, and the division is exact.',
  leastCost: 14,
  value: ({ names, fraction: { weights, base }, division, floor, most = Infinity }, input) => {
    const sum = sum32(weights, names.map(input), base);
    const quotient = divided(division, floor === 'sum' ? Math.max(0, sum) : sum);
    return Math.min(most, floor === 'quotient' ? Math.max(0, quotient) : quotient);
  },
  clamps: true,
};
