import { describe, expect, test } from 'vitest';
import type { ImageSpec } from '../../../kernels/index.ts';
import { changeSpec, fittingStrides, swapChroma } from './layoutEdits.ts';

const NV12: ImageSpec = { format: 'nv12', width: 1280, height: 720, strides: [1344, 1344] };

describe('another size or format', () => {
  test.each<[string, Partial<ImageSpec>, readonly number[] | undefined]>([
    ['a width whose rows still fit', { width: 1282 }, [1344, 1344]], ['a height', { height: 722 }, [1344, 1344]], ['a width whose rows do not fit', { width: 1345 }, undefined],
    ['a format whose planes are alike', { format: 'nv21' }, [1344, 1344]], ['one whose rows are too long', { format: 'p010le' }, undefined], ['one of other planes', { format: 'yuv420p' }, undefined],
  ])('%s: strides are %o → %o', (_, part, strides) => expect(changeSpec(NV12, part).strides).toEqual(strides));

  test('planes of their own places stay there', () => expect(changeSpec({ ...NV12, offsets: [0, 1_000_000] }, { width: 1000 }).offsets).toEqual([0, 1_000_000]));
  test('planes in another order follow one another in that order', () => {
    const yv12 = swapChroma({ format: 'yuv420p', width: 4, height: 4 });
    expect(yv12?.offsets).toEqual([0, 20, 16]);
    expect(yv12 === undefined ? undefined : changeSpec(yv12, { width: 8 }).offsets).toEqual([0, 40, 32]);
    expect(yv12 === undefined ? undefined : changeSpec(yv12, { format: 'rgb24' }).offsets).toBeUndefined();
  });
});

describe('U and V', () => {
  test('swapped twice are as they were, strides too', () => {
    const once = swapChroma({ format: 'yuv422p', width: 6, height: 2, strides: [8, 4, 6] });
    expect(once).toMatchObject({ strides: [8, 6, 4], offsets: [0, 24, 16] });
    expect(once === undefined ? undefined : swapChroma(once)).toEqual({ format: 'yuv422p', width: 6, height: 2, strides: [8, 4, 6], offsets: undefined });
  });
  test.each(['nv16', 'p010le', 'rgb24', 'gbrp'] as const)('%s has no planes of U and V to swap', (format) => expect(swapChroma({ format, width: 4, height: 4 })).toBeUndefined());
});

test.each<[string, ImageSpec, number, readonly number[] | undefined]>([
  ['r210 with unpadded rows', { format: 'r210', width: 101, height: 67 }, 101 * 4 * 67, [404]], ['padded NV12', { format: 'nv12', width: 1282, height: 722 }, 1_455_552, [1344, 1344]],
  ['one whose last row is cut', { format: 'rgb24', width: 5, height: 3 }, 57, [21]], ['rows that leave bytes over', { format: 'gray', width: 10, height: 10 }, 105, undefined], ['too few bytes', { format: 'gray', width: 10, height: 10 }, 99, undefined],
])('the stride that fits the length: %s', (_, spec, bytes, strides) => expect(fittingStrides(spec, bytes)).toEqual(strides));
