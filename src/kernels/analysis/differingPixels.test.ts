import { describe, expect, test } from 'vitest';
import { wrapImage } from '../index.ts';
import type { Image } from '../index.ts';
import { compareImages } from './compare.ts';
import { differenceWalk, differingPixels } from './differingPixels.ts';
import type { PixelPlace } from './differingPixels.ts';

const gray = (...values: readonly number[]): Image => wrapImage(Uint8Array.from(values), { format: 'gray', width: 4, height: 3 });

/** All places in turn, from one end to the other. */
function walk(a: Image, b: Image, direction: 1 | -1): readonly string[] {
  const places: string[] = [];
  let last: PixelPlace | undefined;
  for (;;) {
    const next = differenceWalk(a, b, last, direction);
    next.take(0, next.rows);
    last = next.found();
    if (last === undefined) return places;
    places.push(`${String(last.x)},${String(last.y)}`);
  }
}

describe('pixels that differ', () => {
  const [a, b] = [gray(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), gray(1, 0, 0, 1, 0, 0, 0, 0, 0, 5, 0, 0)];
  test('one after another, forwards', () => expect(walk(a, b, 1)).toEqual(['0,0', '3,0', '1,2']));
  test('one after another, backwards', () => expect(walk(a, b, -1)).toEqual(['1,2', '3,0', '0,0']));
  test('none where all are equal', () => expect(walk(a, a, 1)).toEqual([]));

  test('a walk can be taken in parts of a few rows', () => {
    const parts = differenceWalk(a, b, { x: 3, y: 0 }, 1);
    expect(parts.rows).toBe(3);
    parts.take(0, 1);
    parts.take(1, 2);
    expect(parts.found()).toBeUndefined();
    parts.take(2, 3);
    expect(parts.found()).toEqual({ x: 1, y: 2 });
  });

  test('a chroma sample counts for every pixel it covers, up to the last column of an odd width', () => {
    const planes = (v: number): Image => wrapImage(Uint8Array.of(...Array.from({ length: 9 }, () => 7), 1, 1, 1, 1, 1, 1, 1, v), { format: 'yuv420p', width: 3, height: 3 });
    const marks = differingPixels(planes(1), planes(2));
    expect([0, 1, 2].map((y) => [...marks(y)])).toEqual([[0, 0, 0], [0, 0, 0], [0, 0, 1]]);
    expect(walk(planes(1), planes(2), 1)).toEqual(['2,2']);
  });

  test('of floats, NaN is as NaN, and no number is', () => {
    const floats = (...values: readonly number[]): Image => wrapImage(new Uint8Array(Float32Array.from(values).buffer), { format: 'grayf32le', width: 3, height: 1 });
    const [one, other] = [floats(NaN, NaN, Infinity), floats(NaN, 1, Infinity)];
    expect(walk(one, other, 1)).toEqual(['1,0']);
    expect(compareImages(one, other)).toMatchObject([{ differing: 1, maxError: 0 }]);
  });
});
