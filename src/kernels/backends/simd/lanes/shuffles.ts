import { i8x16 } from '../../../wasm/index.ts';
import type { Vector } from './lanes.ts';

/** Sixteen bytes that stay the same. */
type Constant = (bytes: readonly number[]) => Vector;

/** An index that a swizzle answers with zero. */
const NOTHING = 0x80;

const range = <T>(count: number, at: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => at(index));

/** Lanes of `a` and `b` in turns. @param laneBytes 1, 2, 4 or 8 @param high the upper halves instead of the lower */
export function zip(a: Vector, b: Vector, laneBytes: number, high: boolean): Vector {
  const start = high ? 8 : 0;
  return i8x16.shuffle(a, b, range(16, (byte) => {
    const [lane, within] = [Math.floor(byte / laneBytes), byte % laneBytes];
    return start + (lane >> 1) * laneBytes + within + (lane % 2 === 0 ? 0 : 16);
  }));
}

/** Two sequences of lanes, one after the other in turns. @returns at most `vectors` vectors */
export function zipAll(a: readonly Vector[], b: readonly Vector[], laneBytes: number, vectors: number): Vector[] {
  return a.flatMap((part, index) => {
    const other = b[index];
    return other === undefined ? [] : [zip(part, other, laneBytes, false), zip(part, other, laneBytes, true)];
  }).slice(0, vectors);
}

/** Every second lane of two vectors, from the first on. @param laneBytes 2 or 4 */
export function evens(a: Vector, b: Vector, laneBytes: number): Vector {
  return i8x16.shuffle(a, b, range(16, (byte) => Math.floor(byte / laneBytes) * 2 * laneBytes + (byte % laneBytes)));
}

/** Each lane of the lower or upper half twice. */
export const twice = (a: Vector, laneBytes: number, high: boolean): Vector => zip(a, a, laneBytes, high);

/** The bytes of every word turned round. @param constant makes a mask */
export const byteSwapped = (a: Vector, wordBytes: number, constant: Constant): Vector => i8x16.swizzle(a, constant(range(16, (byte) => byte - (byte % wordBytes) + wordBytes - 1 - (byte % wordBytes))));

/** Sixteen bytes of two vectors, from one of the first's on. */
const across = (a: Vector, b: Vector, first: number): Vector => i8x16.shuffle(a, b, range(16, (byte) => first + byte));

/**
 * Groups of `group` bytes without their last quarter, closed up. Engines write out any mask of a shuffle of two vectors where it is
 * used, five instructions each time; one of a swizzle stays in a register, and neighbours are joined by an instruction of its own.
 * @param constant makes a mask
 * @returns as many vectors as the input fills, the last one partly
 */
export function closedUp(vectors: readonly Vector[], group: 4 | 8, constant: Constant, hold: (vector: Vector) => Vector): Vector[] {
  const used = (group * 3) / 4;
  // The n-th of four gives its first 4·n bytes to the vector before; its gap lies behind them.
  const gapped = vectors.map((vector, index) => hold(i8x16.swizzle(vector, constant(range(16, (byte) => {
    const gap = (index % 4) * 4;
    const kept = byte < gap ? byte : byte - 4;
    return byte >= gap && byte < gap + 4 ? NOTHING : Math.floor(kept / used) * group + (kept % used);
  })))));
  return range(Math.ceil((vectors.length * 3) / 4), (index) => {
    const at = Math.floor((index * 4) / 3);
    const [a, b] = [gapped[at], gapped[at + 1] ?? gapped[at]];
    if (a === undefined || b === undefined) throw new TypeError('Nothing to close up.');
    return across(a, b, ((index % 3) + 1) * 4);
  });
}
