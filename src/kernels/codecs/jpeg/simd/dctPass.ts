import type { Expr, FunctionBuilder, Local } from '../../../wasm/index.ts';
import { i16x8, i32x4 } from '../../../wasm/index.ts';
import { CONST_BITS, DCT, PASS_BITS } from '../fdct.ts';
import type { Block } from './lanes.ts';
import { interleaveHigh, interleaveLow } from './lanes.ts';

type Vector = Expr<'v128'>;

/** The constants of the transform in pairs, as a dot product of interleaved lanes wants them. Held outside of loops. */
export interface DctConstants {
  readonly even2: Local<'v128'>;
  readonly even6: Local<'v128'>;
  readonly sum3: Local<'v128'>;
  readonly sum4: Local<'v128'>;
  readonly odd7: Local<'v128'>;
  readonly odd1: Local<'v128'>;
  readonly odd5: Local<'v128'>;
  readonly odd3: Local<'v128'>;
  readonly halfRows: Local<'v128'>;
  readonly halfColumns: Local<'v128'>;
  readonly levelShift: Local<'v128'>;
  readonly halfSums: Local<'v128'>;
}

const pairs = (first: number, second: number): Vector => i16x8.const(first, second, first, second, first, second, first, second);
const SHIFT_ROWS = CONST_BITS - PASS_BITS;
const SHIFT_COLUMNS = CONST_BITS + PASS_BITS;
/** Eight samples of 128, scaled as the rows' sums are: the DCT is linear, so the level shift may wait until here. */
const ROW_LEVEL = (8 * 128) << PASS_BITS;

export function dctConstants(f: FunctionBuilder): DctConstants {
  return {
    even2: f.let(pairs(DCT.c0_541, DCT.c0_541 + DCT.c0_765)),
    even6: f.let(pairs(DCT.c0_541 - DCT.c1_847, DCT.c0_541)),
    sum3: f.let(pairs(DCT.c1_175 - DCT.c1_961, DCT.c1_175)),
    sum4: f.let(pairs(DCT.c1_175, DCT.c1_175 - DCT.c0_390)),
    odd7: f.let(pairs(DCT.c0_298 - DCT.c0_899, -DCT.c0_899)),
    odd1: f.let(pairs(-DCT.c0_899, DCT.c1_501 - DCT.c0_899)),
    odd5: f.let(pairs(DCT.c2_053 - DCT.c2_562, -DCT.c2_562)),
    odd3: f.let(pairs(-DCT.c2_562, DCT.c3_072 - DCT.c2_562)),
    halfRows: f.let(i32x4.const(1 << (SHIFT_ROWS - 1))),
    halfColumns: f.let(i32x4.const(1 << (SHIFT_COLUMNS - 1))),
    levelShift: f.let(i16x8.const(ROW_LEVEL)),
    halfSums: f.let(i16x8.const(1 << (PASS_BITS - 1))),
  };
}

/**
 * One pass of the transform in eight lanes at once: lane i of the inputs is one row (or column).
 * The same numbers as `forwardDct`, products being summed in another order, which is exact.
 */
export function dctPass(f: FunctionBuilder, x: Block, constants: DctConstants, direction: 'rows' | 'columns'): Block {
  const keep = (value: Vector): Local<'v128'> => f.let(value);
  const [half, shift] = direction === 'rows' ? [constants.halfRows, SHIFT_ROWS] : [constants.halfColumns, SHIFT_COLUMNS];
  const sums = [0, 1, 2, 3].map((i) => keep(i16x8.add(x[i], x[7 - i])));
  const [d0, d1, d2, d3] = [0, 1, 2, 3].map((i) => keep(i16x8.sub(x[i], x[7 - i])));
  const [e0, e3] = [keep(i16x8.add(sums[0], sums[3])), keep(i16x8.sub(sums[0], sums[3]))];
  const [e1, e2] = [keep(i16x8.add(sums[1], sums[2])), keep(i16x8.sub(sums[1], sums[2]))];
  const scaled = (value: Vector): Vector => (direction === 'rows' ? i16x8.shl(value, PASS_BITS) : i16x8.shr_s(i16x8.add(value, constants.halfSums), PASS_BITS));
  const dc = scaled(i16x8.add(e0, e1));
  const y0 = keep(direction === 'rows' ? i16x8.sub(dc, constants.levelShift) : dc);
  const y4 = keep(scaled(i16x8.sub(e0, e1)));
  /** Two factors applied to lane pairs, added to what is given, rounded and narrowed. */
  const rotated = (low: Vector, high: Vector, factors: Vector, addLow: Vector, addHigh: Vector): Local<'v128'> =>
    keep(i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(low, factors), addLow), shift), i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(high, factors), addHigh), shift)));
  const mixed = (a: Vector, b: Vector): readonly [Local<'v128'>, Local<'v128'>] => [keep(interleaveLow(a, b, 2)), keep(interleaveHigh(a, b, 2))];
  const even = mixed(e2, e3);
  const y2 = rotated(...even, constants.even2, half, half);
  const y6 = rotated(...even, constants.even6, half, half);
  const crossed = mixed(keep(i16x8.add(d3, d1)), keep(i16x8.add(d2, d0)));
  const [z3Low, z3High] = crossed.map((lanes) => keep(i32x4.add(i32x4.dot_i16x8_s(lanes, constants.sum3), half)));
  const [z4Low, z4High] = crossed.map((lanes) => keep(i32x4.add(i32x4.dot_i16x8_s(lanes, constants.sum4), half)));
  const outer = mixed(d3, d0);
  const inner = mixed(d2, d1);
  const y7 = rotated(...outer, constants.odd7, z3Low, z3High);
  const y1 = rotated(...outer, constants.odd1, z4Low, z4High);
  const y5 = rotated(...inner, constants.odd5, z4Low, z4High);
  const y3 = rotated(...inner, constants.odd3, z3Low, z3High);
  return [y0, y1, y2, y3, y4, y5, y6, y7];
}
