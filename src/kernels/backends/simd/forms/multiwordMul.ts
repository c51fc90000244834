import { boundedWeights, floorDivide } from './bias.ts';
import { sum32 } from './form.ts';
import type { Form } from './form.ts';
import type { Fraction, Quotient, Range } from './fraction.ts';
import { keyOf, sumBounds } from './fraction.ts';
import { Memo } from './memo.ts';

/**
 * A row's fraction as a fixed-point number of more than 32 bits, in parts that 32-bit lanes sum one by one:
 * ((Σ upper·x + add) + ((Σ lower·x + add) >>> bits)) >> shift, exact for every input. What is carried from one part to the next is its floor, so nothing is lost.
 */
export interface MultiwordMul {
  /** From the finest to the coarsest, which alone may be negative. */
  readonly parts: readonly { readonly weights: readonly number[]; readonly add: number }[];
  /** Bits from one part to the next. */
  readonly bits: number;
  /** Fraction bits of the coarsest. */
  readonly shift: number;
}

const MOST_PARTS = 3;

/** The parts of a number. */
function split(value: bigint, bits: number, count: number): readonly number[] {
  const unit = 1n << BigInt(bits);
  const parts: number[] = [];
  let rest = value;
  for (let part = 1; part < count; part += 1) {
    const upper = floorDivide(rest, unit);
    parts.push(Number(rest - upper * unit));
    rest = upper;
  }
  return [...parts, Number(rest)];
}

function search(fraction: Fraction, ranges: readonly Range[]): MultiwordMul | undefined {
  const { weights, base, denominator } = fraction;
  if (![...weights, base, denominator].every(Number.isSafeInteger) || ranges.some(({ min }) => min < 0)) return undefined;
  const { min, max } = sumBounds(weights, base, ranges);
  const largest = Math.max(Math.abs(min), Math.abs(max)) / denominator + 2;
  const shift = Math.floor(Math.log2(2 ** 31 / largest));
  const bits = Math.floor(Math.log2(2 ** 32 / (ranges.reduce((sum, range) => sum + range.max, 0) + 2)));
  for (let count = 2; count <= MOST_PARTS; count += 1) {
    const form = boundedWeights(fraction, ranges, shift + bits * (count - 1));
    if (form === undefined) continue;
    const [columns, adds] = [form.weights.map((weight) => split(weight, bits, count)), split(form.add, bits, count)];
    return { bits, shift, parts: adds.map((add, part) => ({ add, weights: columns.map((column) => column[part] ?? 0) })) };
  }
  return undefined;
}

const found = new Memo<MultiwordMul | undefined>();

/** @returns undefined where the inputs may be negative, or no number of parts is enough */
export function findMultiwordMul(fraction: Fraction, ranges: readonly Range[]): MultiwordMul | undefined {
  return found.answer(keyOf(fraction, ranges), () => search(fraction, ranges));
}

export const multiwordMul: Form<Quotient, MultiwordMul, readonly number[]> = {
  find: ({ fraction, ranges }) => findMultiwordMul(fraction, ranges),
  proof: 'The errors of all rounded weights together stay below 1 / denominator, in whole numbers of any size.',
  leastCost: 24,
  value: ({ parts, bits, shift }, inputs) => {
    let carry = 0;
    for (const [index, { weights, add }] of parts.entries()) {
      const sum = (sum32(weights, inputs, add) + carry) | 0;
      carry = index < parts.length - 1 ? sum >>> bits : sum >> shift;
    }
    return carry;
  },
};
