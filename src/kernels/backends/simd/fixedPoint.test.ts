import { describe, expect, it } from 'vitest';
import { fixedPoint } from './fixedPoint.ts';
import type { Fraction } from './fixedPoint.ts';

/** Rows of the BT.601 and BT.709 matrices, halves up, and one whose denominator is a prime. */
const FRACTIONS: readonly Fraction[] = [
  { weights: [299, 587, 114], base: 500, denominator: 1000 },
  { weights: [-299, -587, 886], base: 907_264 + 886, denominator: 1772 },
  { weights: [701, -587, -114], base: 717_824 + 701, denominator: 1402 },
  { weights: [1063, 3576, 361], base: 2500, denominator: 5000 },
  { weights: [2, -3, 5], base: 6, denominator: 13 },
];

describe('fixed point', () => {
  it('is the fraction itself for every triple of numbers that are too many to be tried beforehand', () => {
    const range = { min: 0, max: 40 };
    for (const { weights, base, denominator } of FRACTIONS) {
      const fixed = fixedPoint({ weights, base, denominator }, [range, range, range]);
      expect(fixed, `(${weights.join()}) / ${String(denominator)}`).toBeDefined();
      if (fixed === undefined) return;
      const sum = (by: readonly number[], triple: readonly number[], add: number): number => triple.reduce((total, x, index) => total + x * (by[index] ?? 0), add);
      for (let a = 0; a <= range.max; a += 1) for (let b = 0; b <= range.max; b += 1) for (let c = 0; c <= range.max; c += 1) {
        const triple = [a, b, c];
        const [exact, found] = [Math.floor(sum(weights, triple, base) / denominator), sum(fixed.weights, triple, fixed.add) >> fixed.shift];
        if (exact !== found) expect({ weights, triple, found }).toEqual({ weights, triple, found: exact });
      }
    }
  });

  it('is not there where errors may reach the next number', () => {
    const wide = { min: 0, max: 65_535 };
    expect(fixedPoint({ weights: [299, 587, 114], base: 500, denominator: 1000 }, [wide, wide, wide])).toBeUndefined();
  });
});
