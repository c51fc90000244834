import type { Expr, FunctionBuilder, Local } from '../../../wasm/index.ts';
import { i16x8, i32, i32x4, v128 } from '../../../wasm/index.ts';
import type { Block } from './lanes.ts';
import { interleaveHigh, interleaveLow } from './lanes.ts';

/** Where a block's samples are: the byte its first row starts at, and how far down the next one is. */
export interface BlockSource {
  readonly at: Local<'i32'>;
  readonly stride: Local<'i32'>;
  /** Bits below the sample inside its group of `step` bytes. */
  readonly shift: Local<'i32'>;
}

/** Two rows of eight samples as one vector of bytes: upper, lower, upper, lower … */
type RowPair = (upper: Local<'i32'>, lower: Local<'i32'>, shift: Local<'i32'>, mask: Local<'v128'>) => Expr<'v128'>;

/** The lower row's samples into the upper bytes of the upper row's 16-bit lanes. */
const besideEachOther = (upper: Expr<'v128'>, lower: Expr<'v128'>): Expr<'v128'> => v128.or(upper, i16x8.shl(lower, 8));

/** How two rows are read when samples are 1, 2 or 4 bytes apart. */
const ROW_PAIRS: Record<1 | 2 | 4, RowPair> = {
  1: (upper, lower) => interleaveLow(v128.load64_zero(upper), v128.load64_zero(lower), 1),
  2: (upper, lower, shift, mask) => {
    const row = (at: Local<'i32'>): Expr<'v128'> => i16x8.shr_u(v128.load(at), shift);
    return besideEachOther(v128.and(row(upper), mask), row(lower));
  },
  4: (upper, lower, shift, mask) => {
    const half = (at: Local<'i32'>, offset: number): Expr<'v128'> => v128.and(i32x4.shr_u(v128.load(at, offset), shift), mask);
    const row = (at: Local<'i32'>): Expr<'v128'> => i16x8.narrow_i32x4_s(half(at, 0), half(at, 16));
    return besideEachOther(row(upper), row(lower));
  },
};

/** The bits of one sample in each group of `step` bytes. */
export const sampleMask = (f: FunctionBuilder, step: 1 | 2 | 4): Local<'v128'> => f.let(step === 2 ? i16x8.const(0xff) : i32x4.const(0xff));

/** Eight columns of 16-bit samples: the transposition is made while they are bytes, which halves it. */
export function loadColumns(f: FunctionBuilder, step: 1 | 2 | 4, source: BlockSource, mask: Local<'v128'>): Block {
  const rows = [source.at];
  for (let y = 1; y < 8; y += 1) rows.push(f.let(i32.add(rows[y - 1], source.stride)));
  const [p01, p23, p45, p67] = [0, 2, 4, 6].map((y) => f.let(ROW_PAIRS[step](rows[y], rows[y + 1], source.shift, mask)));
  const halves = [[interleaveLow(p01, p23, 2), interleaveLow(p45, p67, 2)], [interleaveHigh(p01, p23, 2), interleaveHigh(p45, p67, 2)]];
  const columns = halves.flatMap(([upper, lower]) => {
    const [top, bottom] = [f.let(upper), f.let(lower)];
    return [interleaveLow(top, bottom, 4), interleaveHigh(top, bottom, 4)].flatMap((pair) => {
      const two = f.let(pair);
      return [f.let(i16x8.extend_low_i8x16_u(two)), f.let(i16x8.extend_high_i8x16_u(two))];
    });
  });
  const [c0, c1, c2, c3, c4, c5, c6, c7] = columns;
  return [c0, c1, c2, c3, c4, c5, c6, c7];
}
