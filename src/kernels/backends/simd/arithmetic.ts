import type { RationalRow } from '../../pipeline/step.ts';
import type { Rounding } from '../../pipeline/rounding.ts';
import { limits } from '../../pipeline/steps/depth.ts';
import type { CastStep, ClampStep, RangeStep } from '../../pipeline/step.ts';
import { f32x4, i32x4, v128 } from '../../wasm/index.ts';
import type { Emitter } from './emitter.ts';
import type { Lanes, Vector } from './lanes.ts';

const asFloat = (lanes: Lanes, part: Vector): Vector => (lanes.kind === 'f32' ? part : f32x4.convert_i32x4_s(part));

/** fp32, two roundings, as the reference. */
export function emitRange(e: Emitter, { scale, offset }: RangeStep, lanes: Lanes): Lanes {
  return e.map(lanes, 'f32', (part) => f32x4.add(f32x4.mul(asFloat(lanes, part), e.float(scale)), e.float(offset)));
}

/** Halves away from zero: the rest behind the whole part is exact in fp32. */
export function emitRound(e: Emitter, rounding: Rounding, lanes: Lanes): Lanes {
  if (lanes.kind === 'i32') return lanes;
  if (rounding === 'truncate') return e.map(lanes, 'f32', (part) => f32x4.trunc(part));
  if (rounding === 'half-even') return e.map(lanes, 'f32', (part) => f32x4.nearest(part));
  const sign = e.int(-(2 ** 31));
  return e.map(lanes, 'f32', (part) => {
    const whole = e.f.let(f32x4.trunc(part));
    const isUp = f32x4.ge(f32x4.abs(f32x4.sub(part, whole)), e.float(0.5));
    const one = v128.or(v128.and(part, sign), e.float(1));
    return f32x4.add(whole, v128.and(one, isUp));
  });
}

/** To the limits of the type; trunc_sat takes NaN to 0 and everything else to the nearest i32 first. */
export function emitClamp(e: Emitter, { type }: ClampStep, lanes: Lanes): Lanes {
  if (type.kind === 'float') return e.map(lanes, 'f32', (part) => asFloat(lanes, part));
  const { min, max } = limits(type);
  return e.map(lanes, 'i32', (part) => i32x4.min_s(i32x4.max_s(lanes.kind === 'f32' ? i32x4.trunc_sat_f32x4_s(part) : part, e.int(min)), e.int(max)));
}

/** Keeps the low bits; the values lie within i32, which `supports` made sure of. */
export function emitCast(e: Emitter, { type }: CastStep, lanes: Lanes): Lanes {
  if (type.kind === 'float') return e.map(lanes, 'f32', (part) => asFloat(lanes, part));
  const unused = 32 - type.bits;
  return e.map(lanes, 'i32', (part) => {
    const integer = lanes.kind === 'f32' ? i32x4.trunc_sat_f32x4_s(part) : part;
    const raised = i32x4.shl(integer, unused);
    return type.signed ? i32x4.shr_s(raised, unused) : i32x4.shr_u(raised, unused);
  });
}

/**
 * Multiplier m and shifts j, k with floor(n / d) = ((n >> j)·m) >> k for every 0 ≤ n ≤ largest, all within 32 bits; undefined where there are none.
 * Twos in the denominator are taken out first, which leaves room for the multiplier.
 * @source Granlund and Montgomery, “Division by invariant integers using multiplication”, 1994, theorem 4.2
 */
export function reciprocal(denominator: number, largest: number): { readonly before: number; readonly multiplier: number; readonly shift: number } | undefined {
  const before = 31 - Math.clz32(denominator & -denominator);
  const [odd, bound] = [denominator / 2 ** before, Math.floor(largest / 2 ** before)];
  for (let shift = 0; shift < 32; shift += 1) {
    const multiplier = Math.ceil(2 ** shift / odd);
    const excess = multiplier * odd - 2 ** shift;
    if (multiplier * bound >= 2 ** 32) return undefined;
    if (excess * (bound + 1) <= 2 ** shift) return { before, multiplier, shift };
  }
  return undefined;
}

/**
 * floor(n / d) for 0 ≤ n ≤ largest < 2^31: one multiplication where that is exact. Elsewhere an fp32 estimate,
 * off by one at the most, and the remainder tells which way; quotients stay below 2^20.
 */
export function divideExactly(e: Emitter, numerator: Vector, denominator: number, largest: number): Vector {
  const quick = reciprocal(denominator, largest);
  if (quick !== undefined) {
    const odd = quick.before === 0 ? numerator : i32x4.shr_u(numerator, quick.before);
    const product = quick.multiplier === 1 ? odd : i32x4.mul(odd, e.int(quick.multiplier | 0));
    return quick.shift === 0 ? product : i32x4.shr_u(product, quick.shift);
  }
  const n = e.f.let(numerator);
  const estimate = e.f.let(i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.convert_i32x4_s(n), e.float(1 / denominator))));
  const rest = e.f.let(i32x4.sub(n, i32x4.mul(estimate, e.int(denominator))));
  // Comparisons give −1 where they hold.
  const tooLow = i32x4.ge_s(rest, e.int(denominator));
  const tooHigh = i32x4.lt_s(rest, e.int(0));
  return i32x4.add(i32x4.sub(estimate, tooLow), tooHigh);
}

/** The smallest and largest numerator that a row can have, half included. */
function numeratorBounds(row: RationalRow, half: number, ranges: readonly { readonly min: number; readonly max: number }[]): { readonly least: number; readonly largest: number } {
  let [least, largest] = [row.add + half, row.add + half];
  for (const [index, { weight, centre }] of row.terms.entries()) {
    const { min, max } = ranges[index] ?? { min: 0, max: 0 };
    const ends = [weight * (min - centre), weight * (max - centre)];
    least += Math.min(...ends);
    largest += Math.max(...ends);
  }
  return { least, largest };
}

/** A row of exact fractions, rounded and clamped as the reference does. @param inputs and ranges in the order of the row's terms */
export function emitRational(e: Emitter, row: RationalRow, rounding: Rounding, inputs: readonly Lanes[], ranges: readonly { readonly min: number; readonly max: number }[]): Lanes {
  const [first] = inputs;
  const half = rounding === 'truncate' ? 0 : Math.floor(row.denominator / 2);
  const base = row.terms.reduce((sum, { weight, centre }) => sum - weight * centre, row.add) + half;
  const { least, largest } = numeratorBounds(row, half, ranges);
  const parts = (first?.parts ?? []).map((_, part) => {
    let sum: Vector = e.int(base);
    for (const [index, { weight }] of row.terms.entries()) {
      const value = inputs[index]?.parts[part];
      if (value !== undefined) sum = i32x4.add(sum, weight === 1 ? value : i32x4.mul(value, e.int(weight)));
    }
    const quotient = divideExactly(e, least < 0 ? i32x4.max_s(sum, e.int(0)) : sum, row.denominator, largest);
    const max = 2 ** row.bits - 1;
    return e.f.let(Math.floor(largest / row.denominator) > max ? i32x4.min_s(quotient, e.int(max)) : quotient);
  });
  return { kind: 'i32', count: first?.count ?? 0, parts };
}

/** An integer over full scale, as fp32: both fit 24 bits, so one division rounds once. */
export function emitToFloat(e: Emitter, { denominator }: RationalRow, lanes: Lanes): Lanes {
  return e.map(lanes, 'f32', (part) => f32x4.div(f32x4.convert_i32x4_s(part), e.float(denominator)));
}
