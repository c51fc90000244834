import { describe, expect, test } from 'vitest';
import type { Fraction, Range } from './fraction.ts';
import { keyOf } from './fraction.ts';
import { findMultiwordDot } from './multiwordDot.ts';
import type { MultiwordDot } from './multiwordDot.ts';
import { MULTIWORD_TABLE } from './tables.ts';

const sumOf = (weights: readonly number[], inputs: readonly number[], add: number): number => weights.reduce((sum, weight, term) => sum + weight * (inputs[term] ?? 0), add);

/** As the lanes compute it; every sum must fit 32 bits, and every number that is multiplied 16. */
function valueOf({ raise, upper, add, shift, finer }: MultiwordDot, inputs: readonly number[]): number {
  let carried = 0;
  for (const part of finer.toReversed()) {
    const sum = sumOf(part.weights, inputs, part.add) + carried;
    if ((sum | 0) !== sum) return Number.NaN;
    carried = sum >> part.carry;
  }
  const raised = inputs.map((input) => input << raise);
  const sum = sumOf(upper, raised, add) + carried;
  const isWide = (sum | 0) !== sum || [...raised, ...upper, ...finer.flatMap(({ weights }) => weights)].some((number) => number < -0x8000 || number > 0x7fff);
  return isWide ? Number.NaN : sum >> shift;
}

/** @returns the first input for which the form is not the fraction rounded down */
function counterexample(fraction: Fraction, [first, second]: readonly Range[], step: number): readonly number[] | undefined {
  const form = findMultiwordDot(fraction, [first, second].filter((range) => range !== undefined));
  if (form === undefined || first === undefined) return [];
  const isTwo = second !== undefined;
  const { min, max } = second ?? { min: 0, max: 0 };
  const [denominator, base] = [BigInt(fraction.denominator), BigInt(fraction.base)];
  const [a = 0n, b = 0n] = fraction.weights.map(BigInt);
  for (let x = first.min; x <= first.max; x += step) for (let y = min; y <= max; y += step) {
    const inputs = isTwo ? [x, y] : [x];
    const numerator = a * BigInt(x) + b * BigInt(y) + base;
    const below = numerator % denominator !== 0n && numerator < 0n ? 1n : 0n;
    if (valueOf(form, inputs) !== Number(numerator / denominator - below)) return inputs;
  }
  return undefined;
}

/** `(-5 7 + 3) / 2: 0…255 0…255` */
function parsed(key: string): readonly [Fraction, readonly Range[]] {
  const [, sum = '', base = '', denominator = '', ranges = ''] = /^\((.*) \+ (.*)\) \/ (.*): (.*)$/.exec(key) ?? [];
  return [
    { weights: sum.split(' ').map(Number), base: Number(base), denominator: Number(denominator) },
    ranges.split(' ').map((range) => { const [min = 0, max = 0] = range.split('…').map(Number); return { min, max }; }),
  ];
}

const BYTES: Range = { min: 0, max: 255 };
const TEN_BITS: Range = { min: 0, max: 1023 };

describe('long forms', () => {
  test.each([...MULTIWORD_TABLE.keys()])('%s: as it was found, every input', (key) => {
    const [fraction, ranges] = parsed(key);
    expect(keyOf(fraction, ranges)).toBe(key);
    expect(findMultiwordDot(fraction, ranges)).toBeDefined();
    expect(counterexample(fraction, ranges, 1)).toBeUndefined();
  }, 30_000);

  test.each<readonly [string, Fraction, readonly Range[], number]>([
    ['one byte', { weights: [14_657_451], base: -2_024_497_728, denominator: 112_000 }, [BYTES], 1],
    ['one of ten bits', { weights: [294_011_223], base: -162_693_586_176, denominator: 560_000 }, [TEN_BITS], 1],
    ['two of ten bits, in several parts', { weights: [-104_177_976_683, -41_687_784_347], base: 60_188_740_367_360, denominator: 667_520_000 }, [TEN_BITS, TEN_BITS], 3],
    ['a small denominator, in one part', { weights: [2, -3], base: 5, denominator: 7 }, [BYTES, BYTES], 1],
    ['halves that decide', { weights: [1, 1], base: 1, denominator: 2 }, [BYTES, BYTES], 1],
  ])('%s: the fraction, rounded down', (_, fraction, ranges, step) => {
    expect(counterexample(fraction, ranges, step)).toBeUndefined();
  });

  test('none of numbers that may be negative', () => {
    expect(findMultiwordDot({ weights: [3], base: 0, denominator: 7 }, [{ min: -5, max: 5 }])).toBeUndefined();
  });
});
