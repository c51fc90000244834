/**
 * Finds the constants of `src/kernels/backends/simd/forms/splitFixedPoint.ts` and `splitDivision.ts` for limited range: tries constants near the nominal ones on every Y and T.
 * Prints the tables' rows; takes a few seconds.
 *   npx tsx scripts/find-luma-forms.ts
 */
import { q15mulr } from '../src/kernels/backends/simd/forms/formulaCore.ts';
import { LUMA_QUOTIENTS } from '../src/kernels/backends/simd/forms/splitDivision.ts';
import { FRACTION_BITS, LUMA_FRACTIONS, PART_BITS, lumaValue } from '../src/kernels/backends/simd/forms/splitFixedPoint.ts';
import type { LumaFraction } from '../src/kernels/backends/simd/forms/splitFixedPoint.ts';

/** Numbers that are right, from the least to the most. */
interface Interval {
  readonly from: number;
  readonly to: number;
}

const UNIT = 2 ** FRACTION_BITS;
/** Of T, either sign: what chroma's 8 bits come to in any of the matrices, and some more. */
const MOST = 24_000;
/** Keeps luma's part and that of most chroma in 16 bits. */
const CENTRE = 38;

/** For each T from 0 to the denominator, the t with which every Y gives the right byte. */
function chromaIntervals({ numerator, denominator }: LumaFraction, x: (y: number) => number): readonly Interval[] {
  return Array.from({ length: denominator }, (_, chroma): Interval => {
    let [from, to] = [-Infinity, Infinity];
    for (let y = 0; y <= 255; y += 1) {
      const least = Math.floor((numerator * y + chroma) / denominator) * UNIT - x(y);
      [from, to] = [Math.max(from, least), Math.min(to, least + UNIT - 1)];
    }
    return { from, to };
  });
}

/** Biases with which t is right for every T. */
function biases({ denominator, shift, multiplier }: LumaFraction, intervals: readonly Interval[]): Interval {
  let [from, to] = [-Infinity, Infinity];
  for (let chroma = -MOST; chroma <= MOST && from <= to; chroma += 1) {
    const whole = Math.floor(chroma / denominator);
    const interval = intervals[chroma - whole * denominator];
    const raw = chroma + shift + q15mulr(chroma + shift, multiplier);
    from = Math.max(from, (interval?.from ?? 0) + whole * UNIT - raw);
    to = Math.min(to, (interval?.to ?? 0) + whole * UNIT - raw);
  }
  return { from, to };
}

for (const { numerator, denominator } of LUMA_FRACTIONS) {
  const nominal = (UNIT * numerator) / denominator;
  const whole = Math.floor(nominal);
  const multiplier = Math.round((UNIT / denominator - 1) * 2 ** 15);
  for (let part = 0; part < 2 ** PART_BITS; part += 1) {
    if (Math.abs(part / 2 ** PART_BITS + whole - nominal) > 2 / 256) continue;
    for (let shift = -8; shift <= 8; shift += 1) {
      const form = { numerator, denominator, most: MOST, centre: CENTRE, whole, part, shift, multiplier, add: 0 };
      const intervals = chromaIntervals(form, (y) => lumaValue(form, y));
      const { from, to } = biases(form, intervals);
      if (from <= to) console.log(JSON.stringify({ ...form, add: from }));
    }
  }
}

for (const { numerator, denominator, most } of LUMA_QUOTIENTS) {
  const rest = numerator - denominator;
  for (let shift = 0; shift < 8; shift += 1) {
    for (const multiplier of [Math.floor, Math.ceil].map((round) => round((rest / denominator) * 2 ** (15 + shift)))) {
      let [from, to] = [0, denominator - 1];
      for (let y = 0; y <= most && multiplier <= 0x7fff; y += 1) {
        const least = (q15mulr(y, multiplier) >> shift) * denominator - rest * y;
        [from, to] = [Math.max(from, least), Math.min(to, least + denominator - 1)];
      }
      if (multiplier <= 0x7fff && from <= to) console.log(JSON.stringify({ numerator, denominator, most, offset: from, multiplier, shift }));
    }
  }
}
