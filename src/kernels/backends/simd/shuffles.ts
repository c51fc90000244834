import { i8x16 } from '../../wasm/index.ts';
import type { Vector } from './lanes.ts';

const range = (count: number, at: (index: number) => number): number[] => Array.from({ length: count }, (_, index) => at(index));

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

/** The bytes of every word turned round. */
export function byteSwapped(a: Vector, wordBytes: number): Vector {
  return i8x16.shuffle(a, a, range(16, (byte) => byte - (byte % wordBytes) + wordBytes - 1 - (byte % wordBytes)));
}

/**
 * Groups of `used` bytes out of groups of `group` bytes, closed up.
 * @returns as many whole vectors as the input fills, the last one partly
 */
export function closedUp(vectors: readonly Vector[], group: number, used: number): Vector[] {
  const total = (vectors.length * 16 * used) / group;
  const sourceOf = (byte: number): number => Math.floor(byte / used) * group + (byte % used);
  return range(Math.ceil(total / 16), (index) => index).map((index) => {
    const first = Math.floor(sourceOf(index * 16) / 16);
    const [a, b] = [vectors[first], vectors[first + 1] ?? vectors[first]];
    if (a === undefined || b === undefined) throw new TypeError('Nothing to close up.');
    return i8x16.shuffle(a, b, range(16, (byte) => Math.min(31, sourceOf(index * 16 + byte) - first * 16)));
  });
}
