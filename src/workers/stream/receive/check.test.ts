import { describe, expect, test } from 'vitest';
import { allocImage, convert, wrapImage } from '../../../kernels/index.ts';
import { frameMarks } from '../../../kernels/analysis/frameMarks.ts';
import { checksums, numberIn, psnrRgb } from './check.ts';

const rgba = (...bytes: readonly number[]) => wrapImage(Uint8Array.from(bytes), { format: 'rgba', width: bytes.length / 4, height: 1 });

describe('the check at the other end', () => {
  test('PSNR is over R, G and B; alpha has no say', () => {
    expect(psnrRgb(rgba(1, 2, 3, 255), rgba(1, 2, 3, 0))).toBe(Infinity);
    expect(psnrRgb(rgba(10, 20, 30, 255), rgba(13, 20, 30, 255))).toBeCloseTo(10 * Math.log10((255 * 255 * 3) / 9), 10);
  });

  test('red and blue swapped show: the PSNR of pure red is that of two channels off by all', () => {
    expect(psnrRgb(rgba(255, 0, 0, 255), rgba(0, 0, 255, 255))).toBeCloseTo(10 * Math.log10(3 / 2), 10);
  });

  test('of a picture of more than 262 144 pixels every second row is compared', () => {
    const [a, b] = [allocImage({ format: 'rgba', width: 1024, height: 300 }), allocImage({ format: 'rgba', width: 1024, height: 300 })];
    const bytes = b.planes[0]?.bytes;
    bytes?.fill(9, 1024 * 4, 2 * 1024 * 4);
    expect(psnrRgb(a, b)).toBe(Infinity);
    bytes?.fill(9, 0, 4);
    expect(psnrRgb(a, b)).toBeLessThan(Infinity);
  });

  test('a single bit makes another checksum', () => {
    expect(checksums(rgba(1, 2, 3, 4), rgba(1, 2, 3, 4))).toEqual({ sent: 0x5734a87d, received: 0x5734a87d });
    const other = checksums(rgba(1, 2, 3, 4), rgba(1, 2, 3, 5));
    expect(other?.sent).not.toBe(other?.received);
  });

  test('the number is read at half the size too, and not from a picture that is too small', () => {
    const marks = convert(frameMarks(321), 'rgba');
    expect(numberIn(marks, 1, 1)).toBe(321);
    const half = convert(marks, { format: 'rgba', width: 48, height: 30 }, { resample: 'box' });
    expect(numberIn(half, 0.5, 0.5)).toBe(321);
    expect(numberIn(half, 1, 1)).toBeUndefined();
  });
});
