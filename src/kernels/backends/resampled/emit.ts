import type { Expr, FunctionBuilder, Local } from '../../wasm/index.ts';
import { i16x8, i32, i32x4, i8x16, v128 } from '../../wasm/index.ts';

type Vector = Expr<'v128'>;

/** Copies units of so many bytes from the places that a table names: (source, table of i32, destination, count). */
export function emitGather(f: FunctionBuilder, bytes: number): void {
  const [source, table, target, count] = [f.param('i32'), f.param('i32'), f.param('i32'), f.param('i32')];
  f.loop((again) => {
    const from = f.let(i32.add(source, i32.load(table)));
    if (bytes === 1) f.store('i32.store8', target, i32.load8_u(from));
    else if (bytes === 2) f.store('i32.store16', target, i32.load16_u(from));
    else f.store('i32.store', target, i32.load(from));
    if (bytes === 8) f.store('i32.store', target, i32.load(from, 4), 4);
    f.set(table, i32.add(table, 4));
    f.set(target, i32.add(target, bytes));
    f.set(count, i32.sub(count, 1));
    f.branchIf(again, count);
  });
}

/** Pixels of three bytes to four, the fourth nobody's. */
const THREE_TO_FOUR = [0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 9, 10, 11, 11];
const swapHalves = (vector: Vector): Vector => i8x16.shuffle(vector, vector, [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]);
const lowHalves = (a: Vector, b: Vector): Vector => i8x16.shuffle(a, b, [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]);
const highHalves = (a: Vector, b: Vector): Vector => i8x16.shuffle(a, b, [8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31]);

/** The rows' sums of sixteen bytes, as two vectors of eight 16-bit sums. */
function rowSums(f: FunctionBuilder, source: Local<'i32'>, stride: Local<'i32'>, rows: number, bytes: number): readonly [Local<'v128'>, Local<'v128'>] {
  const [low, high] = [f.local('v128'), f.local('v128')];
  const pointer = f.let(i32.add(source, 0));
  for (let row = 0; row < rows; row += 1) {
    const read = v128.load(pointer);
    const four = f.let(bytes === 3 ? i8x16.swizzle(read, i8x16.const(...THREE_TO_FOUR)) : read);
    const [a, b] = [i16x8.extend_low_i8x16_u(four), i16x8.extend_high_i8x16_u(four)];
    f.set(low, row === 0 ? a : i16x8.add(low, a));
    f.set(high, row === 0 ? b : i16x8.add(high, b));
    f.set(pointer, i32.add(pointer, stride));
  }
  return [low, high];
}

const BITS: Readonly<Record<number, number>> = { 1: 0, 2: 1, 4: 2, 8: 3, 16: 4 };

/**
 * Averages blocks of columns × rows, halves up: (first row, bytes from row to row, destination, rounds of sixteen samples or four pixels).
 * @param bytes of a pixel: 1, or 3 or 4 whose averages have four. Reads and writes up to 16 bytes past the last one.
 */
export function emitBox(f: FunctionBuilder, bytes: number, columns: number, rows: number): void {
  const [source, stride, target, rounds] = [f.param('i32'), f.param('i32'), f.param('i32'), f.param('i32')];
  const total = columns * rows;
  const shift = BITS[total] ?? 0;
  const mean = (sum: Vector): Vector => (shift === 0 ? sum : i16x8.shr_u(i16x8.add(sum, i16x8.splat(total / 2)), shift));
  const store = (vector: Vector): void => {
    if (columns === 1) f.store('v128.store', target, vector);
    else if (columns === 2) f.storeLane('v128.store64_lane', target, vector, 0);
    else f.storeLane('v128.store32_lane', target, vector, 0);
  };
  f.loop((again) => {
    const [low, high] = rowSums(f, source, stride, rows, bytes);
    if (columns === 1) store(i8x16.narrow_i16x8_u(mean(low), mean(high)));
    else {
      const sums = f.let(bytes === 1 ? pairSums(low, high) : columns === 2 ? i16x8.add(lowHalves(low, high), highHalves(low, high)) : i16x8.add(low, high));
      const all = columns === 2 ? sums : f.let(bytes === 1 ? i16x8.narrow_i32x4_u(i32x4.extadd_pairwise_i16x8_u(sums), i32x4.splat(0)) : i16x8.add(sums, swapHalves(sums)));
      const bytesOut = f.let(mean(all));
      store(i8x16.narrow_i16x8_u(bytesOut, bytesOut));
    }
    f.set(source, i32.add(source, bytes === 3 ? 12 : 16));
    f.set(target, i32.add(target, 16 / columns));
    f.set(rounds, i32.sub(rounds, 1));
    f.branchIf(again, rounds);
  });
}

/** Sums of neighbours: eight of sixteen. */
function pairSums(low: Vector, high: Vector): Vector {
  return i16x8.narrow_i32x4_u(i32x4.extadd_pairwise_i16x8_u(low), i32x4.extadd_pairwise_i16x8_u(high));
}
