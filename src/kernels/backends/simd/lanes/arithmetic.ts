import type { RationalRow } from '../../../pipeline/step.ts';
import type { Rounding } from '../../../pipeline/rounding.ts';
import { limits } from '../../../pipeline/steps/depth.ts';
import type { CastStep, ClampStep, RangeStep } from '../../../pipeline/step.ts';
import { f32x4, i32x4, v128 } from '../../../wasm/index.ts';
import type { Emitter } from './emitter.ts';
import type { Range } from '../forms/fraction.ts';
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

/** 1.5·2^23: added to a number below 2^22, the sum's low bits are the number rounded to an integer. */
const MAGIC = 12_582_912;
const MAGIC_BITS = 0x4b40_0000;
/** Rounding to fp32: of the numerator, the reciprocal and their product; and one to spare. */
const QUOTIENT_ERROR = 4 * 2 ** -24;

/** What `divideExactly` takes from numerators between two numbers: half a denominator, and as much as the estimate may be too high. */
function lessFor(denominator: number, { min, max }: Range): number {
  const quotient = Math.max(Math.abs(min), Math.abs(max)) / denominator + 2;
  return Math.floor(denominator / 2) + Math.ceil(QUOTIENT_ERROR * quotient * denominator);
}

/**
 * floor(n / d) of numerators that have `less` taken from them already, which costs nothing where they are summed. Rounded to the
 * nearest integer, (n − less) / d in fp32 is the quotient or the number below it, and the remainder tells which. For |n| < 2^31 − d
 * and quotients below 2^20.
 */
function divideExactly(e: Emitter, lessened: Vector, denominator: number, range: Range): Vector {
  const n = e.f.let(lessened);
  const rounded = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(n), e.float(1 / denominator)), e.float(MAGIC));
  const quotient = e.f.let(i32x4.sub(rounded, e.int(MAGIC_BITS)));
  const rest = i32x4.sub(n, i32x4.mul(quotient, e.int(denominator)));
  // A comparison gives −1 where it holds.
  return i32x4.sub(quotient, i32x4.gt_s(rest, e.int(denominator - 1 - lessFor(denominator, range))));
}

/** Numerators divided, rounded down. @param sums them, with a number added @param range of them without it */
export function floorOf(e: Emitter, sums: (add: number) => readonly Vector[], denominator: number, range: Range): readonly Vector[] {
  const quick = range.min < 0 ? undefined : reciprocal(denominator, range.max);
  if (quick === undefined) return sums(-lessFor(denominator, range)).map((sum) => divideExactly(e, sum, denominator, range));
  const { before, multiplier, shift } = quick;
  return sums(0).map((sum) => {
    const odd = before === 0 ? sum : i32x4.shr_u(sum, before);
    const product = multiplier === 1 ? odd : i32x4.mul(odd, e.int(multiplier | 0));
    return shift === 0 ? product : i32x4.shr_u(product, shift);
  });
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
  const sumsOf = (add: number): readonly Vector[] => (first?.parts ?? []).map((_, part) => {
    let sum: Vector = e.int(base + add);
    for (const [index, { weight }] of row.terms.entries()) {
      const value = inputs[index]?.parts[part];
      if (value !== undefined) sum = i32x4.add(sum, weight === 1 ? value : i32x4.mul(value, e.int(weight)));
    }
    return sum;
  });
  const max = 2 ** row.bits - 1;
  const atMost = (part: Vector): Vector => (Math.floor(largest / row.denominator) > max ? i32x4.min_s(part, e.int(max)) : part);
  // What may be negative is clamped before a division by multiplication, or behind one by an estimate.
  const quotients = least < 0 && reciprocal(row.denominator, largest) !== undefined
    ? floorOf(e, (add) => sumsOf(add).map((sum) => i32x4.max_s(sum, e.int(0))), row.denominator, { min: 0, max: largest })
    : floorOf(e, sumsOf, row.denominator, { min: least, max: largest }).map((part) => (least < 0 ? i32x4.max_s(part, e.int(0)) : part));
  return { kind: 'i32', count: first?.count ?? 0, parts: quotients.map((part) => e.f.let(atMost(part))) };
}

/** An integer over full scale, as fp32: both fit 24 bits, so one division rounds once. */
export function emitToFloat(e: Emitter, { denominator }: RationalRow, lanes: Lanes): Lanes {
  return e.map(lanes, 'f32', (part) => f32x4.div(f32x4.convert_i32x4_s(part), e.float(denominator)));
}
