import { describe, expect, test } from 'vitest';
import { byteLength, convert, planeLayouts, restride } from '../index.ts';
import type { ImageSpec, PixelFormatId } from '../index.ts';
import { proportionalStrides } from '../image/layout.ts';
import { guessLayouts } from './guess.ts';
import { paint } from './patterns.ts';
import { rowLengths } from './rowLength.ts';

/** Waves of three colours with a fine grain: rows alike, but never the same. */
const picture = (width: number, height: number): ReturnType<typeof paint> => paint(width, height, (x, y) => [
  Math.round(128 + 90 * Math.sin(x / 31 + y / 57) + ((x * 7919 + y * 104_729) % 13)), Math.round(120 + 70 * Math.sin(x / 17 - y / 23) + ((x * 31 + y * 17) % 11)), Math.round(110 + 80 * Math.cos((x + 2 * y) / 43)),
]);

/** A raw dump with rows of `stride` bytes in its first plane, zeros between them, after a header. */
function dump(format: PixelFormatId, width: number, height: number, stride: number, header = 0): Uint8Array {
  const spec: ImageSpec = { format, width, height, strides: proportionalStrides({ format, width }, stride) };
  const bytes = new Uint8Array(header + byteLength(spec)).fill(0x5a, 0, header);
  const image = restride(convert(picture(width, height), format), spec.strides ?? []);
  for (const [plane, { offset }] of planeLayouts(spec).entries()) bytes.set(image.planes[plane]?.bytes ?? [], header + offset);
  return bytes;
}

const best = (bytes: Uint8Array, hint?: Partial<ImageSpec>): string => {
  const [guess] = guessLayouts(bytes, hint);
  return guess === undefined ? 'nothing' : `${guess.spec.format} ${String(guess.spec.width)}×${String(guess.spec.height)} stride ${String(guess.spec.strides?.[0] ?? 'tight')} header ${String(guess.headerOffset)}`;
};

describe('a picture of no common size is known by the distance at which its bytes repeat', () => {
  test.each<[PixelFormatId, number, number, number]>([
    ['nv12', 1282, 722, 1344], ['nv12', 640, 360, 704], ['yuv420p', 500, 282, 512], ['bgra', 333, 201, 1536], ['rgb24', 517, 303, 1600], ['yuyv422', 722, 403, 1536], ['p010le', 642, 362, 1536], ['yuv444p', 401, 301, 416], ['r210', 101, 67, 404], ['r210', 501, 133, 2004],
  ])('%s %i×%i with rows of %i bytes', (format, width, height, stride) => {
    expect(best(dump(format, width, height, stride))).toBe(`${format} ${String(width)}×${String(height)} stride ${String(stride)} header 0`);
  });
  test.each<[PixelFormatId, number, number, number]>([['nv12', 482, 322, 482], ['rgb24', 517, 103, 1551], ['gray', 399, 301, 399]])('%s %i×%i without padding', (format, width, height, stride) => {
    expect(best(dump(format, width, height, stride))).toBe(`${format} ${String(width)}×${String(height)} stride tight header 0`);
  });
  test('rgb565le is told from 16-bit gray no worse than second', () => {
    expect(guessLayouts(dump('rgb565le', 301, 203, 640)).slice(0, 2).map(({ spec }) => `${spec.format} ${String(spec.width)}×${String(spec.height)}`)).toContain('rgb565le 301×203');
  });
  test('a header before padded rows is what they leave over', () => expect(best(dump('nv12', 642, 482, 704, 100))).toBe('nv12 642×482 stride 704 header 100'));
  test('the last row’s padding may be cut off', () => expect(best(dump('bgra', 333, 201, 1536).subarray(0, 1536 * 200 + 333 * 4))).toBe('bgra 333×201 stride 1536 header 0'));
  test('a size that the name tells is kept', () => expect(best(dump('nv12', 642, 482, 704), { width: 640, height: 482 })).toBe('nv12 640×482 stride 704 header 0'));
  test('it says by what it is known', () => {
    expect(guessLayouts(dump('nv12', 1282, 722, 1344))[0]?.reasons[0]).toBe('bytes repeat every 1344 B (21 × 64), of which the last 62 never change; 722 rows make 1455552 B');
  });
});

describe('the length of a row', () => {
  test('the row itself comes before two of it, with the columns that hold samples', () => {
    const [first, ...others] = rowLengths(dump('gray', 300, 200, 320));
    expect(first).toMatchObject({ stride: 320, usedBytes: 300 });
    expect(others.map(({ stride }) => stride % 320)).not.toContain(0);
  });
  test.each([['all alike', new Uint8Array(100_000)], ['a handful', Uint8Array.from({ length: 60 }, (_, at) => at)], ['empty', new Uint8Array(0)]])('bytes that are %s have none', (_, bytes) => expect(rowLengths(bytes)).toEqual([]));
});
