import { constantVector, extractLane, laneBytes, replaceLane, splat, vToV, vvToV } from './vectorOps.ts';

/** Instructions of float lanes, under the specification's names. @source WebAssembly core specification 2.0, §5.4.8 */
export const f32x4 = {
  const: (...values: readonly number[]) => constantVector(laneBytes(values, 4, (view, at, value) => view.setFloat32(at, value, true))),
  splat: splat(0x13, 'f32'), extract_lane: extractLane(0x1f, 4, 'f32'), replace_lane: replaceLane(0x20, 4, 'f32'),
  eq: vvToV(0x41), ne: vvToV(0x42), lt: vvToV(0x43), gt: vvToV(0x44), le: vvToV(0x45), ge: vvToV(0x46),
  ceil: vToV(0x67), floor: vToV(0x68), trunc: vToV(0x69), nearest: vToV(0x6a),
  abs: vToV(0xe0), neg: vToV(0xe1), sqrt: vToV(0xe3),
  add: vvToV(0xe4), sub: vvToV(0xe5), mul: vvToV(0xe6), div: vvToV(0xe7), min: vvToV(0xe8), max: vvToV(0xe9), pmin: vvToV(0xea), pmax: vvToV(0xeb),
  convert_i32x4_s: vToV(0xfa), convert_i32x4_u: vToV(0xfb), demote_f64x2_zero: vToV(0x5e),
};

export const f64x2 = {
  const: (...values: readonly number[]) => constantVector(laneBytes(values, 2, (view, at, value) => view.setFloat64(at, value, true))),
  splat: splat(0x14, 'f64'), extract_lane: extractLane(0x21, 2, 'f64'), replace_lane: replaceLane(0x22, 2, 'f64'),
  eq: vvToV(0x47), ne: vvToV(0x48), lt: vvToV(0x49), gt: vvToV(0x4a), le: vvToV(0x4b), ge: vvToV(0x4c),
  ceil: vToV(0x74), floor: vToV(0x75), trunc: vToV(0x7a), nearest: vToV(0x94),
  abs: vToV(0xec), neg: vToV(0xed), sqrt: vToV(0xef),
  add: vvToV(0xf0), sub: vvToV(0xf1), mul: vvToV(0xf2), div: vvToV(0xf3), min: vvToV(0xf4), max: vvToV(0xf5), pmin: vvToV(0xf6), pmax: vvToV(0xf7),
  convert_low_i32x4_s: vToV(0xfe), convert_low_i32x4_u: vToV(0xff), promote_low_f32x4: vToV(0x5f),
};
