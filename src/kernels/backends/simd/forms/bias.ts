import type { Fraction, Range } from './fraction.ts';

/** Inputs that are tried one by one while a conversion is compiled. */
export const MOST_TRIED = 65_536;

export const roundedWeights = ({ weights, denominator }: Fraction, shift: number, times = 1): readonly number[] => weights.map((weight) => Math.round((weight * 2 ** shift) / (denominator * times)));

/** Biases that make floor((Σ rounded·x + bias) / 2^bits) right for every input of two or fewer; undefined where there are none. */
export function triedBiases({ weights: [a = 0, b = 0], base, denominator }: Fraction, [first, second]: readonly Range[], [roundedA = 0, roundedB = 0]: readonly number[], bits: number): Range | undefined {
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

/** As `triedBiases`, of any number of inputs. */
function visitedBiases(fraction: Fraction, ranges: readonly Range[], rounded: readonly number[], step: number): Range | undefined {
  let [low, high] = [-Infinity, Infinity];
  const visit = (term: number, exact: number, approximate: number): boolean => {
    const range = ranges[term];
    if (range === undefined) {
      const needed = Math.floor(exact / fraction.denominator) * step - approximate;
      if (needed > low) low = needed;
      if (needed + step - 1 < high) high = needed + step - 1;
      return low <= high;
    }
    const [weight, other] = [fraction.weights[term] ?? 0, rounded[term] ?? 0];
    for (let x = range.min; x <= range.max; x += 1) if (!visit(term + 1, exact + weight * x, approximate + other * x)) return false;
    return true;
  };
  return visit(0, fraction.base, 0) ? { min: low, max: high } : undefined;
}

/** A bias that is right for every input: the nominal one, or the middle of all that are; undefined where there are none. Costs the product of the ranges. */
export function searchedBias(fraction: Fraction, ranges: readonly Range[], shift: number): number | undefined {
  const [rounded, step] = [roundedWeights(fraction, shift), 2 ** shift];
  const all = ranges.length <= 2 ? triedBiases(fraction, ranges, rounded, shift) : visitedBiases(fraction, ranges, rounded, step);
  const nominal = Math.round((fraction.base / fraction.denominator) * step);
  return all === undefined ? undefined : nominal >= all.min && nominal <= all.max ? nominal : Math.floor((all.min + all.max) / 2);
}

/** Rounded down. @param b above 0 */
export const floorDivide = (a: bigint, b: bigint): bigint => (a < 0n && a % b !== 0n ? a / b - 1n : a / b);

/** Weights and a bias with so many fraction bits, where no rounded weight can lead far enough astray; as `boundedBias`. */
export function boundedWeights({ weights, base, denominator }: Fraction, ranges: readonly Range[], fractionBits: number): { readonly weights: readonly bigint[]; readonly add: bigint } | undefined {
  const [step, whole] = [1n << BigInt(fractionBits), BigInt(denominator)];
  const made = weights.map((weight) => floorDivide(2n * BigInt(weight) * step + whole, 2n * whole));
  let [least, most] = [0n, 0n];
  for (const [term, weight] of made.entries()) {
    const error = weight * whole - BigInt(weights[term] ?? 0) * step;
    const [low, high] = [error * BigInt(ranges[term]?.min ?? 0), error * BigInt(ranges[term]?.max ?? 0)];
    least += low < high ? low : high;
    most += low < high ? high : low;
  }
  const exact = BigInt(base) * step;
  const add = -floorDivide(-(exact - least), whole);
  return most + add * whole - exact < step ? { weights: made, add } : undefined;
}
