import type { Fraction, Range } from './fixedPoint.ts';
import { fits32, isHalf, keyOf, sumBounds } from './fixedPoint.ts';
import { Memo } from './memo.ts';

/**
 * A fraction rounded down, by dot products of 16-bit numbers with more bits than 32-bit lanes hold at once:
 * (Σ upper·(x << raise) + add + ((Σ lower·x + lowerAdd) >> carry)) >> shift.
 */
export interface LongForm {
  readonly raise: number;
  readonly upper: readonly number[];
  readonly add: number;
  readonly lower: readonly number[];
  readonly lowerAdd: number;
  readonly carry: number;
  readonly shift: number;
}

/** Inputs that are tried one by one. */
const MOST_TRIED = 65_536;

/** Summands that make floor((Σ rounded·x + summand) / 2^bits) right for every input of two or fewer; undefined where there are none. */
export function triedSummands({ weights: [a = 0, b = 0], base, denominator }: Fraction, [first, second]: readonly Range[], [roundedA = 0, roundedB = 0]: readonly number[], bits: number): Range | undefined {
  const step = 2 ** bits;
  const { min: aMin, max: aMax } = a === 0 || first === undefined ? { min: 0, max: 0 } : first;
  const { min: bMin, max: bMax } = b === 0 || second === undefined ? { min: 0, max: 0 } : second;
  let [low, high] = [-Infinity, Infinity];
  for (let x = aMin; x <= aMax; x += 1) {
    let exact = a * x + b * bMin + base;
    let rounded = roundedA * x + roundedB * bMin;
    for (let y = bMin; y <= bMax; y += 1) {
      const needed = Math.floor(exact / denominator) * step - rounded;
      if (needed > low) low = needed;
      if (needed + step - 1 < high) high = needed + step - 1;
      exact += b;
      rounded += roundedB;
    }
    if (low > high) return undefined;
  }
  return { min: low, max: high };
}

const isExactIn53Bits = ({ weights, base, denominator }: Fraction, ranges: readonly Range[]): boolean => {
  const { min, max } = sumBounds(weights, base, ranges);
  return [min, max, denominator, ...weights].every(Number.isSafeInteger);
};

/** The largest power of two that all numbers may be multiplied with in 16 bits. */
const roomFor = (largest: number): number => Math.floor(Math.log2(0x7fff / Math.max(largest, 1e-3)));

function search(fraction: Fraction, ranges: readonly Range[]): LongForm | undefined {
  const { weights, denominator } = fraction;
  const inputs = ranges.reduce((product, { min, max }, term) => product * (weights[term] === 0 ? 1 : max - min + 1), 1);
  if (weights.length > 2 || inputs > MOST_TRIED || ranges.some(({ min }) => min < 0) || !isExactIn53Bits(fraction, ranges)) return undefined;
  const raise = Math.max(0, Math.min(15, roomFor(Math.max(...ranges.map(({ max }) => max)))));
  const { min, max } = sumBounds(weights, fraction.base, ranges);
  const most = Math.floor(Math.log2(2 ** 31 / (Math.max(-min, max) / denominator + 2)));
  const shift = Math.min(most, raise + roomFor(Math.max(...weights.map(Math.abs)) / denominator));
  return shift < 0 ? undefined : (withCarry(fraction, ranges, raise, shift, 0) ?? withCarry(fraction, ranges, raise, shift, 16 - raise));
}

/** @param carry bits below those of the sum: none where weights of so many bits are right already */
function withCarry(fraction: Fraction, ranges: readonly Range[], raise: number, shift: number, carry: number): LongForm | undefined {
  const { weights, denominator } = fraction;
  const bits = shift + carry;
  if (bits > 30) return undefined;
  const rounded = weights.map((weight) => Math.round((weight * 2 ** bits) / denominator));
  const summands = triedSummands(fraction, ranges, rounded, bits);
  if (summands === undefined) return undefined;
  const unit = 2 ** (raise + carry);
  const upper = rounded.map((weight) => Math.floor(weight / unit + 0.5));
  const lower = rounded.map((weight, term) => weight - (upper[term] ?? 0) * unit);
  // A whole one, where there is one, needs no second addition.
  const add = Math.floor(summands.max / 2 ** carry);
  const lowerAdd = add * 2 ** carry >= summands.min ? 0 : summands.max - add * 2 ** carry;
  const fits = [...upper, ...lower].every((weight) => isHalf({ min: weight, max: weight })) && fits32(upper.map((weight) => weight * 2 ** raise), add, ranges) && fits32(rounded.map((weight) => weight / 2 ** carry), add, ranges);
  return fits ? { raise, upper, add, lower, lowerAdd, carry, shift } : undefined;
}

const found = new Memo<LongForm | undefined>();

/** @returns undefined where there are too many inputs to try, or no form is right for all of them */
export function longForm(fraction: Fraction, ranges: readonly Range[]): LongForm | undefined {
  return found.answer(keyOf(fraction, ranges), () => search(fraction, ranges));
}
