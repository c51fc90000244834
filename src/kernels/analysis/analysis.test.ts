import { describe, expect, test } from 'vitest';
import { convert, imageBytes, restride, wrapImage } from '../index.ts';
import { randomImage, specFor } from '../testing/images.ts';
import { compareImages } from './compare.ts';
import { guessLayouts } from './guess.ts';
import { histograms } from './histogram.ts';
import { colorBars, gradient } from './patterns.ts';

describe('comparison', () => {
  test('PSNR by its definition: one sample of four off by 4 is 10·log10(255²/4)', () => {
    const a = wrapImage(Uint8Array.of(10, 20, 30, 40), { format: 'gray', width: 2, height: 2 });
    const b = wrapImage(Uint8Array.of(10, 24, 30, 40), { format: 'gray', width: 2, height: 2 });
    expect(compareImages(a, b)).toEqual([{ component: 'Y', maxError: 4, meanAbsoluteError: 1, differing: 1, samples: 4, psnr: 10 * Math.log10(65_025 / 4) }]);
  });

  test('10 bits are compared as 10 bits, chroma on its own grid, to the last column', () => {
    const a = randomImage(specFor('yuv420p10le', 5, 3), 1);
    const b = restride(a, a.planes.map(({ stride }) => stride + 6));
    const last = b.planes[1];
    if (last !== undefined) last.bytes[last.stride + 4] = (last.bytes[last.stride + 4] ?? 0) ^ 1;
    expect(compareImages(a, b).map(({ component, maxError, differing, samples }) => [component, maxError, differing, samples])).toEqual([['Y', 0, 0, 15], ['U', 1, 1, 6], ['V', 0, 0, 6]]);
  });
});

describe('histograms', () => {
  test('every value of the gradient is counted', () => {
    const [red] = histograms(gradient(), 256);
    expect(red).toMatchObject({ component: 'R', min: 0, max: 255, mean: 127.5 });
    expect([...(red?.counts ?? [])].every((count) => count === 256)).toBe(true);
  });

  test('signed numbers span what occurs', () => {
    const [row] = histograms(wrapImage(new Uint8Array(Int16Array.of(-5, -5, 0, 10).buffer), { format: 's16le', width: 4, height: 1 }), 256);
    expect(row).toMatchObject({ min: -5, max: 10, mean: 0 });
    expect([row?.counts[0], row?.counts.reduce((sum, count) => sum + count, 0)]).toEqual([2, 4]);
  });
});

describe('what is this dump?', () => {
  const picture = colorBars(640, 480);
  test.each([['nv12'], ['rgb24'], ['bgra'], ['yuyv422']] as const)('colour bars as %s are recognised first or second', (format) => {
    const guesses = guessLayouts(imageBytes(convert(picture, format)));
    expect(guesses.slice(0, 2).map(({ spec }) => `${spec.format} ${String(spec.width)}×${String(spec.height)}`)).toContain(`${format} 640×480`);
  });
  test('a header and a padded stride are explained', () => {
    const rgb = imageBytes(convert(picture, 'rgb24'));
    const withHeader = new Uint8Array(rgb.length + 128);
    withHeader.set(rgb, 128);
    expect(guessLayouts(withHeader).some(({ spec, headerOffset }) => spec.format === 'rgb24' && spec.width === 640 && headerOffset === 128)).toBe(true);
  });
  test('nothing fits a prime number of bytes', () => expect(guessLayouts(new Uint8Array(104_729))).toEqual([]));
});
