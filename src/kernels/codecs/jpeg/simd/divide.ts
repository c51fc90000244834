import type { Expr, FunctionBuilder, Local } from '../../../wasm/index.ts';
import { i16x8, v128 } from '../../../wasm/index.ts';
import type { QuantTable } from '../quantTables.ts';
import { laneDivisor } from '../quantise.ts';
import type { Block } from './lanes.ts';

/** Bytes of one row of one kind of constant, of a row's four kinds, and of a table's eight rows. */
const KIND_BYTES = 16;
const ROW_BYTES = 4 * KIND_BYTES;
export const DIVISOR_BYTES = 8 * ROW_BYTES;

/** The constants of a table as `divideBlock` reads them: per row bias, reciprocal, half, scale, eight lanes each. */
export function divisorLanes(table: QuantTable): Int16Array {
  const lanes = new Int16Array(DIVISOR_BYTES / 2);
  for (const [index, step] of table.entries()) {
    const { bias, reciprocal, half, scale } = laneDivisor(step);
    const at = (index >> 3) * (ROW_BYTES / 2) + (index & 7);
    for (const [kind, value] of [bias, reciprocal, half, scale].entries()) lanes[at + kind * (KIND_BYTES / 2)] = value;
  }
  return lanes;
}

/** Coefficients × 8 divided by their steps, rounded half away from zero: `divideLane` in each lane, the sign put back. */
export function divideBlock(f: FunctionBuilder, rows: Block, divisors: Local<'i32'>, wholeSteps: Local<'v128'>): readonly Local<'v128'>[] {
  return rows.map((row, index) => {
    const constant = (kind: number): Expr<'v128'> => v128.load(divisors, index * ROW_BYTES + kind * KIND_BYTES);
    const sign = f.let(i16x8.shr_s(row, 15));
    const steps = v128.and(i16x8.shl(i16x8.add(i16x8.abs(row), constant(0)), 1), wholeSteps);
    const quotient = i16x8.q15mulr_sat_s(i16x8.sub(i16x8.q15mulr_sat_s(steps, constant(1)), constant(2)), constant(3));
    return f.let(i16x8.sub(v128.xor(quotient, sign), sign));
  });
}
