import { sum32 } from './form.ts';
import type { Form } from './form.ts';
import type { Fraction, Quotient, Range } from './fraction.ts';
import { fits32, isHalf, keyOf, sumBounds } from './fraction.ts';
import { Memo } from './memo.ts';
import { MULTIWORD_TABLE } from './tables.ts';
import { MOST_TRIED, boundedWeights, floorDivide, triedBiases } from './bias.ts';

/**
 * A fraction rounded down, by dot products of 16-bit numbers with more bits than 32-bit lanes hold at once:
 * (Σ upper·(x << raise) + add + carry) >> shift, where each finer part carries (Σ weights·x + add + what the next one carries) >> carry.
 */
export interface MultiwordDot {
  readonly raise: number;
  readonly upper: readonly number[];
  readonly add: number;
  readonly shift: number;
  /** From the coarsest on. */
  readonly finer: readonly { readonly weights: readonly number[]; readonly add: number; readonly carry: number }[];
}

const isExactIn53Bits = ({ weights, base, denominator }: Fraction, ranges: readonly Range[]): boolean => {
  const { min, max } = sumBounds(weights, base, ranges);
  return [min, max, denominator, ...weights].every(Number.isSafeInteger);
};

/** The largest power of two that all numbers may be multiplied with in 16 bits. */
const roomFor = (largest: number): number => Math.floor(Math.log2(0x7fff / Math.max(largest, 1e-3)));

const MOST_FINER = 3;

/** Bits of each finer part: the first ones fill those that raised inputs leave of 16. */
const carriesOf = (raise: number, count: number): readonly number[] => Array.from({ length: count }, (_, part) => (part === 0 ? 16 - raise : 16));

/** A number as a sum of parts of 16 signed bits, the coarsest first. @param units of all but the finest, whose unit is one */
function split(value: bigint, units: readonly bigint[]): readonly number[] {
  let left = value;
  const parts = units.map((unit) => {
    const part = floorDivide(2n * left + unit, 2n * unit);
    left -= part * unit;
    return Number(part);
  });
  return [...parts, Number(left)];
}

interface Bits {
  readonly raise: number;
  readonly shift: number;
  readonly carries: readonly number[];
}

/** Whether every number that is multiplied fits 16 bits, and every sum 32. @param weights of the whole, in units of the coarsest part */
function fitsLanes({ raise, upper, add, finer }: MultiwordDot, weights: readonly number[], ranges: readonly Range[]): boolean {
  const areHalves = [upper, ...finer.map((part) => part.weights)].flat().every((weight) => isHalf({ min: weight, max: weight }));
  // What is carried into a sum has 16 bits at most.
  const areWords = finer.every((part) => [-0x8000, 0x8000].every((carry) => fits32(part.weights, part.add + carry, ranges)));
  return areHalves && areWords && [upper.map((weight) => weight * 2 ** raise), weights].every((sum) => fits32(sum, add, ranges));
}

function made({ shift, raise, carries }: Bits, weights: readonly bigint[], biases: { readonly min: bigint; readonly max: bigint }, ranges: readonly Range[]): MultiwordDot | undefined {
  const below = carries.map((_, part) => 1n << BigInt(carries.slice(part).reduce((sum, bits) => sum + bits, 0)));
  const [coarsest = 1n, ...others] = below;
  // Without finer parts a last one still takes what raised inputs are too coarse for.
  const units = [coarsest << BigInt(raise), ...others];
  const columns = weights.map((weight) => split(weight, units));
  const column = (part: number): readonly number[] => columns.map((parts) => parts[part] ?? 0);
  // A whole bias, where there is one, needs no further additions.
  const whole = floorDivide(biases.max, coarsest);
  const [add = 0, ...adds] = whole * coarsest >= biases.min ? [Number(whole)] : split(biases.max, below);
  const finer = (carries.length === 0 ? [0] : carries).map((carry, part) => ({ weights: column(part + 1), add: adds[part] ?? 0, carry }));
  const isNothing = (part: MultiwordDot['finer'][number] | undefined): boolean => part?.add === 0 && part.weights.every((weight) => weight === 0);
  const form = { raise, shift, upper: column(0), add, finer: isNothing(finer[finer.length - 1]) ? finer.slice(0, -1) : finer };
  return fitsLanes(form, weights.map((weight) => Number(weight) / Number(coarsest)), ranges) ? form : undefined;
}

type Proof = ReturnType<typeof MULTIWORD_TABLE.get>;

/** Right for every input, as trying each of them shows. */
function tried(fraction: Fraction, ranges: readonly Range[], bits: Bits, known: Proof): MultiwordDot | undefined {
  const count = bits.carries.reduce((sum, carry) => sum + carry, bits.shift);
  if (count > 30) return undefined;
  const weights = fraction.weights.map((weight) => Math.round((weight * 2 ** count) / fraction.denominator));
  if (known !== undefined && known.finer !== bits.carries.length) return undefined;
  const biases = known === undefined ? triedBiases(fraction, ranges, weights, count) : { min: known.add, max: known.add };
  return biases === undefined ? undefined : made(bits, weights.map(BigInt), { min: BigInt(biases.min), max: BigInt(biases.max) }, ranges);
}

/** Right for every input, since no rounded weight can lead far enough astray. */
function bounded(fraction: Fraction, ranges: readonly Range[], bits: Bits): MultiwordDot | undefined {
  const form = boundedWeights(fraction, ranges, bits.carries.reduce((sum, carry) => sum + carry, bits.shift));
  return form === undefined ? undefined : made(bits, form.weights, { min: form.add, max: form.add }, ranges);
}

/** @param known the proof from the table, where there is one */
export function searchMultiwordDot(fraction: Fraction, ranges: readonly Range[], known?: Proof): MultiwordDot | undefined {
  const { weights, denominator } = fraction;
  const inputs = ranges.reduce((product, { min, max }, term) => product * (weights[term] === 0 ? 1 : max - min + 1), 1);
  if (weights.length > 2 || ranges.some(({ min }) => min < 0) || !isExactIn53Bits(fraction, ranges)) return undefined;
  const raise = Math.max(0, Math.min(15, roomFor(Math.max(...ranges.map(({ max }) => max)))));
  const { min, max } = sumBounds(weights, fraction.base, ranges);
  const most = Math.floor(Math.log2(2 ** 31 / (Math.max(-min, max) / denominator + 2)));
  const shift = Math.min(most, raise + roomFor(Math.max(...weights.map(Math.abs)) / denominator));
  for (let count = 0; count <= MOST_FINER && shift >= 0; count += 1) {
    const bits = { raise, shift, carries: carriesOf(raise, count) };
    const form = inputs <= MOST_TRIED && count < 2 ? tried(fraction, ranges, bits, known) : bounded(fraction, ranges, bits);
    if (form !== undefined) return form;
  }
  return undefined;
}

const found = new Memo<MultiwordDot | undefined>();

/** @returns undefined where there are too many inputs to try, or no form is right for all of them */
export function findMultiwordDot(fraction: Fraction, ranges: readonly Range[]): MultiwordDot | undefined {
  return found.answer(keyOf(fraction, ranges), () => searchMultiwordDot(fraction, ranges, MULTIWORD_TABLE.get(keyOf(fraction, ranges))));
}

export const multiwordDot: Form<Quotient, MultiwordDot, readonly number[]> = {
  find: ({ fraction, ranges }) => findMultiwordDot(fraction, ranges),
  proof: 'Every input was tried (few inputs, or a row of the table), or the errors of all rounded weights together stay below 1 / denominator.',
  leastCost: 7,
  value: ({ raise, upper, add, shift, finer }, inputs) => {
    let carry = 0;
    for (const part of finer.toReversed()) carry = (sum32(part.weights, inputs, part.add) + carry) >> part.carry;
    return (sum32(upper, inputs.map((input) => input << raise), add) + carry) >> shift;
  },
};
