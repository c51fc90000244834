import { constantVector, extractLane, laneBytes, replaceLane, shift, shuffle, splat, vToBits, vToV, vvToV } from './vectorOps.ts';

/** Instructions of integer lanes, under the specification's names. @source WebAssembly core specification 2.0, §5.4.8 */
export const i8x16 = {
  const: (...values: readonly number[]) => constantVector(laneBytes(values, 16, (view, at, value) => view.setInt8(at, value))),
  shuffle, swizzle: vvToV(0x0e), splat: splat(0x0f, 'i32'),
  extract_lane_s: extractLane(0x15, 16, 'i32'), extract_lane_u: extractLane(0x16, 16, 'i32'), replace_lane: replaceLane(0x17, 16, 'i32'),
  eq: vvToV(0x23), ne: vvToV(0x24), lt_s: vvToV(0x25), lt_u: vvToV(0x26), gt_s: vvToV(0x27), gt_u: vvToV(0x28), le_s: vvToV(0x29), le_u: vvToV(0x2a), ge_s: vvToV(0x2b), ge_u: vvToV(0x2c),
  abs: vToV(0x60), neg: vToV(0x61), popcnt: vToV(0x62), all_true: vToBits(0x63), bitmask: vToBits(0x64),
  narrow_i16x8_s: vvToV(0x65), narrow_i16x8_u: vvToV(0x66),
  shl: shift(0x6b), shr_s: shift(0x6c), shr_u: shift(0x6d),
  add: vvToV(0x6e), add_sat_s: vvToV(0x6f), add_sat_u: vvToV(0x70), sub: vvToV(0x71), sub_sat_s: vvToV(0x72), sub_sat_u: vvToV(0x73),
  min_s: vvToV(0x76), min_u: vvToV(0x77), max_s: vvToV(0x78), max_u: vvToV(0x79), avgr_u: vvToV(0x7b),
};

export const i16x8 = {
  const: (...values: readonly number[]) => constantVector(laneBytes(values, 8, (view, at, value) => view.setInt16(at, value, true))),
  splat: splat(0x10, 'i32'),
  extract_lane_s: extractLane(0x18, 8, 'i32'), extract_lane_u: extractLane(0x19, 8, 'i32'), replace_lane: replaceLane(0x1a, 8, 'i32'),
  eq: vvToV(0x2d), ne: vvToV(0x2e), lt_s: vvToV(0x2f), lt_u: vvToV(0x30), gt_s: vvToV(0x31), gt_u: vvToV(0x32), le_s: vvToV(0x33), le_u: vvToV(0x34), ge_s: vvToV(0x35), ge_u: vvToV(0x36),
  extadd_pairwise_i8x16_s: vToV(0x7c), extadd_pairwise_i8x16_u: vToV(0x7d),
  abs: vToV(0x80), neg: vToV(0x81), q15mulr_sat_s: vvToV(0x82), all_true: vToBits(0x83), bitmask: vToBits(0x84),
  narrow_i32x4_s: vvToV(0x85), narrow_i32x4_u: vvToV(0x86),
  extend_low_i8x16_s: vToV(0x87), extend_high_i8x16_s: vToV(0x88), extend_low_i8x16_u: vToV(0x89), extend_high_i8x16_u: vToV(0x8a),
  shl: shift(0x8b), shr_s: shift(0x8c), shr_u: shift(0x8d),
  add: vvToV(0x8e), add_sat_s: vvToV(0x8f), add_sat_u: vvToV(0x90), sub: vvToV(0x91), sub_sat_s: vvToV(0x92), sub_sat_u: vvToV(0x93),
  mul: vvToV(0x95), min_s: vvToV(0x96), min_u: vvToV(0x97), max_s: vvToV(0x98), max_u: vvToV(0x99), avgr_u: vvToV(0x9b),
  extmul_low_i8x16_s: vvToV(0x9c), extmul_high_i8x16_s: vvToV(0x9d), extmul_low_i8x16_u: vvToV(0x9e), extmul_high_i8x16_u: vvToV(0x9f),
};

export const i32x4 = {
  const: (...values: readonly number[]) => constantVector(laneBytes(values, 4, (view, at, value) => view.setInt32(at, value, true))),
  splat: splat(0x11, 'i32'),
  extract_lane: extractLane(0x1b, 4, 'i32'), replace_lane: replaceLane(0x1c, 4, 'i32'),
  eq: vvToV(0x37), ne: vvToV(0x38), lt_s: vvToV(0x39), lt_u: vvToV(0x3a), gt_s: vvToV(0x3b), gt_u: vvToV(0x3c), le_s: vvToV(0x3d), le_u: vvToV(0x3e), ge_s: vvToV(0x3f), ge_u: vvToV(0x40),
  extadd_pairwise_i16x8_s: vToV(0x7e), extadd_pairwise_i16x8_u: vToV(0x7f),
  abs: vToV(0xa0), neg: vToV(0xa1), all_true: vToBits(0xa3), bitmask: vToBits(0xa4),
  extend_low_i16x8_s: vToV(0xa7), extend_high_i16x8_s: vToV(0xa8), extend_low_i16x8_u: vToV(0xa9), extend_high_i16x8_u: vToV(0xaa),
  shl: shift(0xab), shr_s: shift(0xac), shr_u: shift(0xad),
  add: vvToV(0xae), sub: vvToV(0xb1), mul: vvToV(0xb5), min_s: vvToV(0xb6), min_u: vvToV(0xb7), max_s: vvToV(0xb8), max_u: vvToV(0xb9),
  dot_i16x8_s: vvToV(0xba),
  extmul_low_i16x8_s: vvToV(0xbc), extmul_high_i16x8_s: vvToV(0xbd), extmul_low_i16x8_u: vvToV(0xbe), extmul_high_i16x8_u: vvToV(0xbf),
  trunc_sat_f32x4_s: vToV(0xf8), trunc_sat_f32x4_u: vToV(0xf9), trunc_sat_f64x2_s_zero: vToV(0xfc), trunc_sat_f64x2_u_zero: vToV(0xfd),
};

export const i64x2 = {
  splat: splat(0x12, 'i64'),
  extract_lane: extractLane(0x1d, 2, 'i64'), replace_lane: replaceLane(0x1e, 2, 'i64'),
  abs: vToV(0xc0), neg: vToV(0xc1), all_true: vToBits(0xc3), bitmask: vToBits(0xc4),
  extend_low_i32x4_s: vToV(0xc7), extend_high_i32x4_s: vToV(0xc8), extend_low_i32x4_u: vToV(0xc9), extend_high_i32x4_u: vToV(0xca),
  shl: shift(0xcb), shr_s: shift(0xcc), shr_u: shift(0xcd),
  add: vvToV(0xce), sub: vvToV(0xd1), mul: vvToV(0xd5),
  eq: vvToV(0xd6), ne: vvToV(0xd7), lt_s: vvToV(0xd8), gt_s: vvToV(0xd9), le_s: vvToV(0xda), ge_s: vvToV(0xdb),
  extmul_low_i32x4_s: vvToV(0xdc), extmul_high_i32x4_s: vvToV(0xdd), extmul_low_i32x4_u: vvToV(0xde), extmul_high_i32x4_u: vvToV(0xdf),
};
