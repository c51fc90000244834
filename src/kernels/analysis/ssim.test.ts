import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { convert, wrapImage } from '../index.ts';
import { formatLayout } from '../image/formatLayout.ts';
import type { Image } from '../image/types.ts';
import { randomImage, specFor } from '../testing/images.ts';
import { ssim, ssimMeter } from './ssim.ts';

interface Case {
  readonly picture: 'texture' | 'slope';
  readonly change: 'grain' | 'lighter' | 'inverted' | 'flat';
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly ssim: number;
}

const parsed: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'testdata/ssim.json'), 'utf8'));
const isCase = (row: unknown): row is Case => typeof row === 'object' && row !== null && 'ssim' in row;
const CASES = Array.isArray(parsed) ? parsed.filter(isCase) : [];

type At = (x: number, y: number) => number;

/** The formulas of ssim.py. */
const pictures: Record<Case['picture'], (peak: number) => At> = {
  texture: (peak) => (x, y) => (((x * 7 + y * 13) ^ (x * y)) * 37) % (peak + 1),
  slope: (peak) => (x, y) => (x * 3 + y * 2) % (peak + 1),
};
const clip = (value: number, peak: number): number => Math.min(peak, Math.max(0, value));
const changes: Record<Case['change'], (at: At, peak: number) => At> = {
  grain: (at, peak) => (x, y) => clip(at(x, y) + ((x * 31 + y * 17) % 23) - 11, peak),
  lighter: (at, peak) => (x, y) => clip(at(x, y) + 20, peak),
  inverted: (at, peak) => (x, y) => peak - at(x, y),
  flat: (_, peak) => () => Math.floor(peak / 2),
};

function gray(at: At, { width, height, bits }: Case): Image {
  const values = Array.from({ length: width * height }, (_, index) => at(index % width, Math.floor(index / width)));
  const bytes = bits === 8 ? Uint8Array.from(values) : new Uint8Array(Uint16Array.from(values).buffer);
  return wrapImage(bytes, { format: bits === 8 ? 'gray' : 'gray10le', width, height });
}

const luma = (image: Image): ReturnType<typeof formatLayout>['components'][number] => formatLayout(image.format).components[0];

describe('SSIM', () => {
  test('there are cases', () => expect(CASES).toHaveLength(32));

  test.each(CASES)('$picture, $change, $width×$height, $bits bits: $ssim as by the definition', (one) => {
    const peak = 2 ** one.bits - 1;
    const at = pictures[one.picture](peak);
    const [a, b] = [gray(at, one), gray(changes[one.change](at, peak), one)];
    expect(ssim(a, b, luma(a))).toBeCloseTo(one.ssim, 9);
  });

  test('of equal pictures is 1', () => {
    const image = randomImage(specFor('gray', 40, 30), 3);
    expect(ssim(image, image, luma(image))).toBeCloseTo(1, 12);
  });

  test('in bands is what it is at once', () => {
    const [a, b] = [randomImage(specFor('gray', 40, 30), 3), randomImage(specFor('gray', 40, 30), 4)];
    const meter = ssimMeter(a, b, luma(a));
    for (let y = 0; y < meter.rows; y += 7) meter.take(y, Math.min(meter.rows, y + 7));
    expect(meter.value()).toBe(ssim(a, b, luma(a)));
  });

  test('a picture smaller than a window has none', () => {
    for (const [width, height] of [[10, 40], [40, 10]]) {
      const image = convert(randomImage(specFor('rgb24', width, height), 1), 'gray');
      expect(ssim(image, image, luma(image))).toBeUndefined();
    }
  });
});
