import type { Expr, FunctionBuilder, Local } from '../../../wasm/index.ts';
import { i8x16 } from '../../../wasm/index.ts';

/** Eight vectors of eight 16-bit lanes: one 8×8 block. */
export type Block = readonly [Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>];

/** Lane `index` of a word size, as the bytes of a shuffle; lanes of the second vector follow those of the first. */
const bytesOf = (index: number, laneBytes: number): readonly number[] => Array.from({ length: laneBytes }, (_, byte) => index * laneBytes + byte);

function interleave(a: Expr<'v128'>, b: Expr<'v128'>, laneBytes: number, half: 0 | 1): Expr<'v128'> {
  const lanes = 16 / laneBytes;
  const first = (half * lanes) / 2;
  const order = Array.from({ length: lanes / 2 }, (_, index) => [first + index, lanes + first + index]).flat();
  return i8x16.shuffle(a, b, order.flatMap((index) => bytesOf(index, laneBytes)));
}

/** a0 b0 a1 b1 … of the first halves. */
export const interleaveLow = (a: Expr<'v128'>, b: Expr<'v128'>, laneBytes: number): Expr<'v128'> => interleave(a, b, laneBytes, 0);
/** The same of the second halves. */
export const interleaveHigh = (a: Expr<'v128'>, b: Expr<'v128'>, laneBytes: number): Expr<'v128'> => interleave(a, b, laneBytes, 1);

/** One stage of a transposition: neighbours `distance` apart are interleaved. */
function stage(f: FunctionBuilder, block: readonly Local<'v128'>[], pairs: readonly (readonly [number, number])[], laneBytes: number): readonly Local<'v128'>[] {
  return pairs.flatMap(([a, b]) => [f.let(interleaveLow(block[a], block[b], laneBytes)), f.let(interleaveHigh(block[a], block[b], laneBytes))]);
}

/** Rows become columns. */
export function transpose(f: FunctionBuilder, block: Block): Block {
  // Lanes of 16, then 32, then 64 bits; the pairs follow the order in which the stage before left its results.
  const words = stage(f, block, [[0, 1], [2, 3], [4, 5], [6, 7]], 2);
  const doubles = stage(f, words, [[0, 2], [1, 3], [4, 6], [5, 7]], 4);
  const [c0, c1, c2, c3, c4, c5, c6, c7] = stage(f, doubles, [[0, 4], [1, 5], [2, 6], [3, 7]], 8);
  return [c0, c1, c2, c3, c4, c5, c6, c7];
}
