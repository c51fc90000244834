import { describe, expect, it } from 'vitest';
import { findFixedPoint, isNarrow } from './fixedPoint.ts';
import type { FixedPoint } from './fixedPoint.ts';
import type { Fraction } from './fraction.ts';

/** Rows of the BT.601 and BT.709 matrices, halves up, and one whose denominator is a prime. */
const FRACTIONS: readonly Fraction[] = [
  { weights: [299, 587, 114], base: 500, denominator: 1000 },
  { weights: [-299, -587, 886], base: 907_264 + 886, denominator: 1772 },
  { weights: [701, -587, -114], base: 717_824 + 701, denominator: 1402 },
  { weights: [1063, 3576, 361], base: 2500, denominator: 5000 },
  { weights: [2, -3, 5], base: 6, denominator: 13 },
];

const sumOf = (weights: readonly number[], triple: readonly number[], add: number): number => triple.reduce((total, x, index) => total + x * (weights[index] ?? 0), add);

/** As the lanes compute it: 32 bits, shifted by their sign or without. */
const valueOf = ({ weights, times, add, shift, isUnsigned }: FixedPoint, triple: readonly number[]): number => {
  const numerator = Math.imul(sumOf(weights, triple, 0), times) + add | 0;
  return isUnsigned ? numerator >>> shift : numerator >> shift;
};

describe('fixed point', () => {
  it('is the fraction itself for every triple of numbers that are too many to be tried beforehand', () => {
    const range = { min: 0, max: 40 };
    for (const { weights, base, denominator } of FRACTIONS) {
      const fixed = findFixedPoint({ weights, base, denominator }, [range, range, range]);
      expect(fixed, `(${weights.join()}) / ${String(denominator)}`).toBeDefined();
      if (fixed === undefined) return;
      for (let a = 0; a <= range.max; a += 1) for (let b = 0; b <= range.max; b += 1) for (let c = 0; c <= range.max; c += 1) {
        const triple = [a, b, c];
        const [exact, found] = [Math.floor(sumOf(weights, triple, base) / denominator), valueOf(fixed, triple)];
        if (exact !== found) expect({ weights, triple, found }).toEqual({ weights, triple, found: exact });
      }
    }
  });

  it('takes a factor out of the weights of BT.601’s luma, whose 18 bits would take two products each, and is right for all 16 777 216 triples', () => {
    const byte = { min: 0, max: 255 };
    const fixed = findFixedPoint({ weights: [299, 587, 114], base: 500, denominator: 1000 }, [byte, byte, byte]);
    if (fixed === undefined) throw new TypeError('No form was found.');
    expect([isNarrow(fixed), fixed.times > 1, fixed.isUnsigned]).toEqual([true, true, true]);
    let wrong = 0;
    const triple = [0, 0, 0];
    for (let r = 0; r < 256; r += 1) for (let g = 0; g < 256; g += 1) for (let b = 0; b < 256; b += 1) {
      [triple[0], triple[1], triple[2]] = [r, g, b];
      if (valueOf(fixed, triple) !== Math.floor((299 * r + 587 * g + 114 * b + 500) / 1000)) wrong += 1;
    }
    expect(wrong).toBe(0);
  });

  it('is not there where errors may reach the next number', () => {
    const wide = { min: 0, max: 65_535 };
    expect(findFixedPoint({ weights: [299, 587, 114], base: 500, denominator: 1000 }, [wide, wide, wide])).toBeUndefined();
  });

  it('is not there where the proof would need more than the 53 bits of a number', () => {
    const range = { min: 0, max: 40 };
    const [small, large] = [1, 1e12].map((unit) => findFixedPoint({ weights: [3 * unit, 5 * unit, 2 * unit], base: 5 * unit, denominator: 10 * unit }, [range, range, range]));
    expect(small).toBeDefined();
    expect(large).toBeUndefined();
  });
});
