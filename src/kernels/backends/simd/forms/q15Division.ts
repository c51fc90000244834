import { sum32 } from './form.ts';
import type { Form } from './form.ts';
import type { Table } from './formula.ts';
import { q15mulr } from './formulaCore.ts';
import { isHalf, sumBounds } from './fraction.ts';
import type { Fraction, Quotient } from './fraction.ts';
import { Memo } from './memo.ts';

/** floor(n / denominator) = q15mulr(n >> before, multiplier) >> after for every 0 ≤ n ≤ largest, the shifted n in 15 bits. */
export interface Q15Division {
  readonly before: number;
  readonly multiplier: number;
  readonly after: number;
}

const known = new Memo<Q15Division | undefined>();

function isExact({ multiplier, after }: Q15Division, quotients: Table['values']): boolean {
  for (let index = 0; index < quotients.length; index += 1) if (q15mulr(index, multiplier) >> after !== quotients[index]) return false;
  return true;
}

function search(denominator: number, largest: number): Q15Division | undefined {
  const before = Math.max(0, Math.ceil(Math.log2((largest + 1) / 0x8000)));
  // Low bits may go only where they never decide.
  if (denominator % 2 ** before !== 0) return undefined;
  const coarse = denominator / 2 ** before;
  const quotients = Int32Array.from({ length: (largest >> before) + 1 }, (_, index) => Math.floor(index / coarse));
  // The largest multiplier is the most precise.
  for (let after = 14; after >= 0; after -= 1) {
    for (const near of [0, 1, -1, 2, -2]) {
      const multiplier = Math.round(2 ** (15 + after) / coarse) + near;
      if (multiplier > 0x7fff || multiplier < 1) continue;
      const division = { before, multiplier, after };
      if (isExact(division, quotients)) return division;
    }
  }
  return undefined;
}

/** A division in 16-bit lanes, tried on every numerator; undefined where there is none. */
export function findQ15Division(denominator: number, largest: number): Q15Division | undefined {
  return known.answer(`${String(denominator)} ${String(largest)}`, () => search(denominator, largest));
}

/** A sum of products in 32-bit lanes, divided in 16-bit ones. */
export interface Q15DividedSum {
  readonly fraction: Fraction;
  readonly division: Q15Division;
}

export const q15DividedSum: Form<Quotient, Q15DividedSum, readonly number[]> = {
  find: ({ fraction, ranges }) => {
    const { min, max } = sumBounds(fraction.weights, fraction.base, ranges);
    const division = min >= 0 && max < 2 ** 31 ? findQ15Division(fraction.denominator, max) : undefined;
    return division !== undefined && fraction.weights.every((weight) => isHalf({ min: -Math.abs(weight), max: Math.abs(weight) })) ? { fraction, division } : undefined;
  },
  proof: 'The sum is exact, and every numerator up to the largest was tried.',
  leastCost: 7,
  value: ({ fraction: { weights, base }, division: { before, multiplier, after } }, inputs) => q15mulr(sum32(weights, inputs, base) >> before, multiplier) >> after,
};
