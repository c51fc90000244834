import type { Expr, FunctionBuilder, Local } from '../../../wasm/index.ts';
import { i16x8, i32, i64, i8x16 } from '../../../wasm/index.ts';
import { ZIGZAG } from '../quantTables.ts';
import { AT } from './memoryMap.ts';

/** Bytes of one row's masks: 256 of 64 bits. */
const ROW_MASKS_BYTES = 256 * 8;

/** For each row and each pattern of zeros in its eight levels: the zigzag positions of the others, one bit each. u32 pairs, low half first. */
export function zigzagMasks(): Uint32Array {
  const masks = new Uint32Array(8 * 256 * 2);
  for (const [position, natural] of ZIGZAG.entries()) {
    const [row, column] = [natural >> 3, natural & 7];
    for (let zeros = 0; zeros < 256; zeros += 1) {
      if (((zeros >> column) & 1) === 0) masks[(row * 256 + zeros) * 2 + (position >> 5)] |= 2 ** (position & 31);
    }
  }
  return masks;
}

/**
 * One bit for each level that is not zero, in zigzag order: the levels themselves stay row by row, and only eight
 * masks are put in order, by looking them up.
 */
export function nonZeroMask(f: FunctionBuilder, rows: readonly Local<'v128'>[], zero: Local<'v128'>): Expr<'i64'> {
  const parts = [0, 2, 4, 6].flatMap((row): Expr<'i64'>[] => {
    const zeros = f.let(i8x16.bitmask(i8x16.eq(i8x16.narrow_i16x8_s(rows[row], rows[row + 1]), zero)));
    const upper = i32.shl(i32.and(zeros, 0xff), 3);
    const lower = i32.shl(i32.shr_u(zeros, 8), 3);
    return [i64.load(upper, AT.zigzag + row * ROW_MASKS_BYTES), i64.load(lower, AT.zigzag + (row + 1) * ROW_MASKS_BYTES)];
  });
  return parts.reduce((a, b) => i64.or(a, b));
}

/** A vector of zeros to compare with. */
export const zeroVector = (f: FunctionBuilder): Local<'v128'> => f.let(i16x8.const(0));
