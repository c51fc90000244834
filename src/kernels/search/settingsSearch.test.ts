import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { convert, wrapImage } from '../index.ts';
import type { Image, PixelFormatId } from '../index.ts';
import { randomImage, specFor } from '../testing/images.ts';
import { searchSettings } from './settingsSearch.ts';
import type { SettingsSearch } from './settingsSearch.ts';
import type { Settings } from './settingsAxes.ts';

const testdata = (name: string): Uint8Array => new Uint8Array(readFileSync(join(import.meta.dirname, 'testdata', name)));
const plain = (from: PixelFormatId): Settings => ({ from, fromColor: {}, toColor: {}, options: {} });

function search(image: Image, reference: Image, to: PixelFormatId, twins: readonly PixelFormatId[] = []): SettingsSearch {
  const steps = searchSettings({ image, reference, to: { format: to, width: image.width, height: image.height }, start: plain(image.format), twins });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** What the settings make, where they are not the ones to begin with. */
const made = (image: Image, to: PixelFormatId, { from, fromColor, toColor, options }: Settings): Image => convert({ ...image, format: from, colorSpec: fromColor }, { format: to, width: image.width, height: image.height, colorSpec: toColor }, options);

const CASES: readonly (readonly [PixelFormatId, PixelFormatId, Partial<Settings>])[] = [
  ['nv12', 'rgba', { fromColor: { matrix: 'bt709', range: 'limited' } }],
  ['nv12', 'rgba', { fromColor: { matrix: 'bt2020', range: 'full', siting: 'topleft' }, options: { chromaUp: 'bilinear' } }],
  ['yuv420p', 'bgra', { fromColor: { matrix: 'fcc' }, options: { rounding: 'truncate' } }],
  ['rgb24', 'nv12', { toColor: { matrix: 'bt709', range: 'limited' } }],
  ['bgr24', 'yuv420p', { toColor: { matrix: 'bt601', range: 'limited', siting: 'center' }, options: { chromaDown: 'bilinear' } }],
  ['rgba', 'yuv444p', { options: { alphaFrom: 'premultiplied' }, toColor: { matrix: 'smpte240m' } }],
  ['rgb565le', 'rgb24', { options: { depthMode: 'shift' } }],
  ['p010le', 'rgb24', { fromColor: { matrix: 'bt2020', range: 'limited' } }],
  ['rgb24', 'gray', { toColor: { range: 'limited' } }],
];

describe('which settings made it?', () => {
  test.each(CASES)('%s → %s by %o is found again, to the last sample', (from, to, change) => {
    const image = randomImage(specFor(from, 67, 35), 5);
    const settings = { ...plain(from), ...change };
    const { start, findings } = search(image, made(image, to, settings), to);
    expect(start.psnr).toBeLessThan(60);
    expect(findings[0]).toMatchObject({ psnr: Infinity, maxError: 0, differing: 0, settings: change });
  });

  test('by a formula written here: BT.709 limited of H.273, from planes to R,G,B', () => {
    const image = randomImage(specFor('yuv444p', 40, 30), 9);
    const at = (plane: number, pixel: number): number => image.planes[plane]?.bytes[pixel] ?? 0;
    const rgb = Uint8Array.from({ length: 40 * 30 * 3 }, (_, index) => {
      const pixel = Math.floor(index / 3);
      const [y, u, v] = [(at(0, pixel) - 16) / 219, (at(1, pixel) - 128) / 224, (at(2, pixel) - 128) / 224];
      const [r, b] = [y + 1.5748 * v, y + 1.8556 * u];
      const value = [r, (y - 0.2126 * r - 0.0722 * b) / 0.7152, b][index % 3] ?? 0;
      return Math.min(255, Math.max(0, Math.round(value * 255)));
    });
    const { findings } = search(image, wrapImage(rgb, { format: 'rgb24', width: 40, height: 30 }), 'rgb24');
    expect(findings[0]).toMatchObject({ settings: { fromColor: { matrix: 'bt709', range: 'limited' } } });
    expect(findings[0]?.maxError).toBeLessThanOrEqual(1);
    expect(findings[1]?.maxError).toBeGreaterThan(1);
  });

  test.each([
    ['neighbor', 'coffee-96x64-ffmpeg.bgra', { chromaUp: undefined }, 1, 60],
    ['bicubic', 'coffee-96x64-ffmpeg-bicubic.bgra', { chromaUp: 'bilinear' }, 20, 40],
  ] as const)('FFmpeg’s own conversion with flags=%s is recognised, though it is not exact', (_, file, options, mostError, leastPsnr) => {
    const image = wrapImage(testdata('coffee-96x64-709tv.nv12'), { format: 'nv12', width: 96, height: 64 });
    const { findings } = search(image, wrapImage(testdata(file), { format: 'bgra', width: 96, height: 64 }), 'bgra', ['nv12', 'nv21']);
    expect(findings[0]).toMatchObject({ settings: { from: 'nv12', fromColor: { matrix: 'bt709', range: 'limited' } } });
    expect(findings[0]?.settings.options.chromaUp).toBe(options.chromaUp);
    expect(findings[0]?.maxError).toBeLessThanOrEqual(mostError);
    // What is left is told of each component, and adds up; alpha is explained wholly.
    const rest = findings[0]?.components ?? [];
    expect(rest.map(({ component }) => component).toSorted()).toEqual(['A', 'B', 'G', 'R']);
    expect(rest.reduce((sum, { differing }) => sum + differing, 0)).toBe(findings[0]?.differing);
    expect(rest.find(({ component }) => component === 'A')?.differing).toBe(0);
    expect(findings[0]?.psnr).toBeGreaterThan(leastPsnr);
  });

  test('the reference may have another layout, and the source’s red and blue be exchanged', () => {
    const image = randomImage(specFor('rgba', 64, 64), 3);
    const reference = convert({ ...image, format: 'bgra', colorSpec: undefined }, { format: 'yuv420p', width: 64, height: 64, colorSpec: { matrix: 'bt709' } });
    const { findings, tried } = search(image, reference, 'nv12', ['rgba', 'bgra']);
    expect(findings[0]).toMatchObject({ psnr: Infinity, settings: { from: 'bgra', toColor: { matrix: 'bt709', range: 'full' } } });
    expect(tried).toBeLessThan(150);
  });

  test('of a large picture the middle is looked at, and filters that look at neighbours are still found to the last sample', () => {
    const image = randomImage(specFor('nv12', 700, 530), 4);
    const { rect, findings } = search(image, made(image, 'rgb24', { ...plain('nv12'), options: { chromaUp: 'bilinear' } }), 'rgb24');
    expect(rect).toEqual({ x: 72, y: 0, width: 512, height: 512 });
    expect(findings[0]).toMatchObject({ psnr: Infinity, settings: { options: { chromaUp: 'bilinear' } } });
  });

  test('equal from the start: nothing is changed', () => {
    const image = randomImage(specFor('nv12', 20, 20), 4);
    const { findings, tried } = search(image, convert(image, 'rgba'), 'rgba');
    expect(tried).toBe(1);
    expect(findings).toMatchObject([{ psnr: Infinity, settings: plain('nv12') }]);
  });

  test.each<readonly [PixelFormatId, PixelFormatId]>([['v210', 'rgb24'], ['rgb24', 'v210'], ['gray', 'monob'], ['yuv410p', 'yuv411p']])('the part of a large picture begins at a block of %s and of %s', (from, to) => {
    const image = randomImage(specFor(from, 1009, 531), 8);
    const { findings, unexplained } = search(image, convert(image, to), to);
    expect(findings[0]).toMatchObject({ psnr: Infinity });
    expect(unexplained).toEqual([]);
  });
});

describe('where the nearest settings leave a difference', () => {
  /** Samples of a plane of 8 bits that are off by one. */
  const spoil = (image: Image, plane: number, places: readonly (readonly [number, number])[]): Image => {
    const planes = image.planes.map((one, index) => ({ ...one, bytes: index === plane ? one.bytes.slice() : one.bytes }));
    const spoilt = planes[plane];
    if (spoilt !== undefined) for (const [x, y] of places) spoilt.bytes[y * spoilt.stride + x] = (spoilt.bytes[y * spoilt.stride + x] ?? 0) ^ 1;
    return { ...image, planes };
  };

  test('each component says its plane and the first three samples, in its own grid', () => {
    const image = randomImage(specFor('rgb24', 40, 30), 6);
    const settings = { ...plain('rgb24'), toColor: { matrix: 'bt709' } } as const;
    const reference = spoil(spoil(made(image, 'yuv420p', settings), 2, [[19, 14], [0, 3], [7, 3], [2, 9]]), 0, [[39, 29]]);
    const { findings, unexplained } = search(image, reference, 'yuv420p');
    expect(findings[0]).toMatchObject({ maxError: 1, differing: 5, settings });
    expect(unexplained).toEqual([
      { component: 'Y', plane: 0, sub: { x: 1, y: 1 }, places: [{ x: 39, y: 29 }] },
      { component: 'V', plane: 2, sub: { x: 2, y: 2 }, places: [{ x: 0, y: 3 }, { x: 7, y: 3 }, { x: 2, y: 9 }] },
    ]);
  });

  test('of a large picture they are places of the whole, and those outside the part are not looked at', () => {
    const image = randomImage(specFor('rgb24', 700, 600), 6);
    const reference = spoil(convert(image, 'yuv420p'), 1, [[0, 0], [150, 151], [349, 299]]);
    const { rect, unexplained } = search(image, reference, 'yuv420p');
    expect(rect).toEqual({ x: 72, y: 24, width: 512, height: 512 });
    expect(unexplained).toMatchObject([{ component: 'U', plane: 1, places: [{ x: 150, y: 151 }] }]);
  });

  test('another size is refused with both', () => {
    const [image, reference] = [randomImage(specFor('nv12', 20, 20), 4), randomImage(specFor('rgba', 20, 22), 4)];
    expect(() => search(image, reference, 'rgba')).toThrow(/20×22, the source 20×20/);
  });
});
