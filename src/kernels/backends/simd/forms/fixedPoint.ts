import { sum32 } from './form.ts';
import type { Form } from './form.ts';
import { fits32, keyOf, sumBounds } from './fraction.ts';
import type { Fraction, Quotient, Range } from './fraction.ts';
import { Memo } from './memo.ts';
import { FIXED_POINT_TABLE } from './tables.ts';
import { MOST_TRIED, searchedBias, roundedWeights } from './bias.ts';

/** floor((Σ weight·x · times + add) / 2^shift) in 32 bits: a row's fraction rounded to a power of two, exact for every input. */
export interface FixedPoint {
  readonly weights: readonly number[];
  /** What all weights have in common, so that each fits 16 bits; 1 where nothing. */
  readonly times: number;
  readonly add: number;
  readonly shift: number;
  /** Whether the numerator fits 32 bits as an unsigned number only. */
  readonly isUnsigned: boolean;
}

/**
 * A bias that is right for every input because no rounded weight can lead far enough astray: with q + r/denominator the exact
 * quotient, an error from 0 to below 1/denominator never reaches the next whole number. Undefined where errors may be larger.
 */
function boundedBias(fraction: Fraction, ranges: readonly Range[], shift: number, times = 1): number | undefined {
  const { base, denominator } = fraction;
  const step = 2 ** shift;
  const terms = roundedWeights(fraction, shift, times).map((weight, term): readonly [number, number] => [weight * times * denominator, (fraction.weights[term] ?? 0) * step]);
  // Errors times step·denominator.
  const { min, max } = sumBounds(terms.map(([approximate, exact]) => approximate - exact), 0, ranges);
  const add = Math.ceil((base * step - min) / denominator);
  const offset = add * denominator - base * step;
  // Beyond 2^53 the proof itself would be rounded.
  const isProof = [...terms.flat(), min, max, base * step, base * step - min, add * denominator].every(Number.isSafeInteger);
  return isProof && min + offset >= 0 && max + offset < step ? add : undefined;
}

/** Shifts worth trying, in this order but for those whose weights fit 16 bits, which come first. */
const SHIFTS = [15, 16, 14, 13, 18, 19, 20, 21, 22];

const found = new Memo<FixedPoint | undefined>();

/** A row by multiplications and one shift: from the table of proofs, tried where the inputs are few, or with errors that are bounded. */
export function findFixedPoint(fraction: Fraction, ranges: readonly Range[]): FixedPoint | undefined {
  const key = keyOf(fraction, ranges);
  const known = FIXED_POINT_TABLE.get(key);
  return found.answer(key, () => (known === undefined && FIXED_POINT_TABLE.has(key) ? undefined : search(fraction, ranges, known)));
}

/** The shift at which a byte is left of 32 bits, and factors worth trying there. */
const [BYTE_SHIFT, MOST_TIMES] = [24, 2048];

/** How far apart the errors of rounded weights can be, times 2^shift · denominator; plain loops, for a search that runs before the engine has compiled it. */
function errorSpread({ weights, denominator }: Fraction, ranges: readonly Range[], shift: number, times: number): number {
  const step = 2 ** shift;
  let spread = 0;
  for (let term = 0; term < weights.length; term += 1) {
    const [weight, range] = [weights[term] ?? 0, ranges[term]];
    const error = Math.round((weight * step) / (denominator * times)) * times * denominator - weight * step;
    spread += Math.abs(error) * (range === undefined ? 0 : range.max - range.min);
  }
  return spread;
}

/** Weights of 16 bits, and a factor that all of them have in common: one more multiplication, where weights of more bits take twice as many. */
function withFactor(fraction: Fraction, ranges: readonly Range[]): FixedPoint | undefined {
  const largest = Math.max(...fraction.weights.map(Math.abs)) / fraction.denominator;
  for (let times = Math.ceil((largest * 2 ** BYTE_SHIFT) / 0x7fff); times <= MOST_TIMES; times += 1) {
    const add = errorSpread(fraction, ranges, BYTE_SHIFT, times) < 2 ** BYTE_SHIFT ? boundedBias(fraction, ranges, BYTE_SHIFT, times) : undefined;
    if (add === undefined) continue;
    const weights = roundedWeights(fraction, BYTE_SHIFT, times);
    const { min, max } = sumBounds(weights.map((weight) => weight * times), add, ranges);
    if (fitsHalves(weights) && min >= 0 && max < 2 ** 32) return { weights, times, add, shift: BYTE_SHIFT, isUnsigned: true };
  }
  return undefined;
}

const fitsHalves = (weights: readonly number[]): boolean => weights.every((weight) => weight >= -0x8000 && weight <= 0x7fff);

/** Whether one multiplication a pair of inputs does it. */
export const isNarrow = ({ weights }: FixedPoint): boolean => fitsHalves(weights);

function search(fraction: Fraction, ranges: readonly Range[], known: ReturnType<typeof FIXED_POINT_TABLE.get>): FixedPoint | undefined {
  const plain = withoutFactor(fraction, ranges, known);
  return plain === undefined || isNarrow(plain) || ranges.length < 3 ? plain : (withFactor(fraction, ranges) ?? plain);
}

function withoutFactor(fraction: Fraction, ranges: readonly Range[], known: ReturnType<typeof FIXED_POINT_TABLE.get>): FixedPoint | undefined {
  const inputs = ranges.reduce((product, { min, max }) => product * (max - min + 1), 1);
  const isSingle = (shift: number): boolean => fitsHalves(roundedWeights(fraction, shift));
  for (const shift of known !== undefined ? [known.shift] : SHIFTS.toSorted((a, b) => Number(isSingle(b)) - Number(isSingle(a)))) {
    const weights = roundedWeights(fraction, shift);
    const add = known?.add ?? (inputs <= MOST_TRIED ? searchedBias(fraction, ranges, shift) : boundedBias(fraction, ranges, shift));
    if (add !== undefined && fits32(weights, add, ranges)) return { weights, times: 1, add, shift, isUnsigned: false };
  }
  return undefined;
}

/** As the lanes compute it: 32 bits, shifted by their sign or without. */
export function fixedPointValue({ weights, times, add, shift, isUnsigned }: FixedPoint, inputs: readonly number[]): number {
  const numerator = times === 1 ? sum32(weights, inputs, add) : (Math.imul(sum32(weights, inputs, 0), times) + add) | 0;
  return isUnsigned ? numerator >>> shift : numerator >> shift;
}

const PROOF = 'Every input was tried (few inputs, or a row of the table), or the errors of all rounded weights together stay below 1 / denominator.';

/** One product a pair of inputs. */
export const fixedPoint: Form<Quotient, FixedPoint, readonly number[]> = {
  find: ({ fraction, ranges }) => {
    const fixed = findFixedPoint(fraction, ranges);
    return fixed !== undefined && isNarrow(fixed) ? fixed : undefined;
  },
  proof: PROOF,
  leastCost: 7,
  value: fixedPointValue,
};

/** Weights of more than 16 bits: two products a pair, or one in 32 bits an input. */
export const wideFixedPoint: Form<Quotient, FixedPoint, readonly number[]> = {
  find: ({ fraction, ranges }) => findFixedPoint(fraction, ranges),
  proof: PROOF,
  leastCost: 11,
  value: fixedPointValue,
};
