import type { Rounding } from '../../../pipeline/rounding.ts';
import { limits } from '../../../pipeline/steps/depth.ts';
import type { CastStep, ClampStep, RangeStep, RationalRow } from '../../../pipeline/step.ts';
import { f32x4, i32x4, v128 } from '../../../wasm/index.ts';
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

/** An integer over full scale, as fp32: both fit 24 bits, so one division rounds once. */
export function emitToFloat(e: Emitter, { denominator }: RationalRow, lanes: Lanes): Lanes {
  return e.map(lanes, 'f32', (part) => f32x4.div(f32x4.convert_i32x4_s(part), e.float(denominator)));
}
