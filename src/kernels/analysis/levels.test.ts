import { describe, expect, test } from 'vitest';
import { allocImage } from '../index.ts';
import type { PixelFormatId } from '../index.ts';
import { formatLayout } from '../image/formatLayout.ts';
import { randomImage, specFor } from '../testing/images.ts';
import { histograms } from './histogram.ts';
import { autoLevels, leadingComponent, leadingHistograms, ownLevels } from '../pipeline/levels.ts';

const first = (format: PixelFormatId, name = 'Y') => {
  const found = formatLayout(format).components.find(({ component }) => component === name);
  if (found === undefined) throw new Error(`${format} has no ${name}.`);
  return found;
};

test.each([
  ['gray', 'Y', {}, false, [0, 255, 'full scale']],
  ['gray10le', 'Y', {}, false, [0, 1023, 'full scale']],
  ['gray16le', 'Y', {}, false, [0, 65_535, 'full scale']],
  ['gray16le', 'Y', { range: 'limited' }, false, [4096, 60_160, 'limited range']],
  ['yuv420p10le', 'Y', { range: 'limited' }, false, [64, 940, 'limited range']],
  ['yuv420p10le', 'Y', { range: 'limited' }, true, [0, 1023, 'full scale']],
  ['rgb565le', 'R', {}, false, [0, 31, 'full scale']],
  ['rgbaf32le', 'R', { range: 'limited' }, false, [0, 1, 'full scale']],
  ['s16le', 'Y', {}, false, [-7, 9, 'occurring']],
  ['u32le', 'Y', {}, false, [-7, 9, 'occurring']],
  ['grayf32le', 'Y', {}, true, [-7, 9, 'occurring']],
] as const)('%s, %s, %o, alone: %s — black, white and why are %o', (format, component, color, solo, [black, white, reason]) => {
  expect(ownLevels(first(format, component), color, solo, { min: -7, max: 9 })).toEqual({ black, white, reason });
});

test.each([['rgb565le', undefined, 'G'], ['rgb24', undefined, 'R'], ['nv12', undefined, 'Y'], ['nv12', 'V', 'V'], ['argb', undefined, 'R']] as const)('%s with %s alone is set by %s', (format, solo, leading) => expect(leadingComponent(format, solo)?.component).toBe(leading));

describe('automatic levels leave half a percent on either side', () => {
  const [WIDTH, HEIGHT] = [200, 100];
  test.each(['gray', 's8', 'gray16le', 's16le', 'gray10le'] as const)('%s: the 100th smallest and largest of 20 000, as sorting has them', (format) => {
    const image = randomImage(specFor(format, WIDTH, HEIGHT), 11);
    const { bits, kind } = first(format);
    const view = new DataView(image.planes[0]?.bytes.buffer ?? new ArrayBuffer(0), image.planes[0]?.bytes.byteOffset);
    const mask = 2 ** bits - 1;
    const values = Array.from({ length: WIDTH * HEIGHT }, (_, at) => (bits === 8 ? (kind === 'signed' ? view.getInt8(at) : view.getUint8(at)) : kind === 'signed' ? view.getInt16(at * 2, true) : view.getUint16(at * 2, true) & mask)).toSorted((a, b) => a - b);
    // A signed picture's bins span what occurs in it: one value each as long as these are no more than the bins.
    expect(autoLevels(histograms(image, 65_536))).toEqual({ black: values[100], white: values[19_900] });
  });

  test('a few outliers of float do not count', () => {
    const image = allocImage({ format: 'grayf32le', width: WIDTH, height: HEIGHT });
    const bytes = image.planes[0]?.bytes ?? new Uint8Array(0);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let at = 0; at < WIDTH * HEIGHT; at += 1) view.setFloat32(at * 4, at < 50 ? 100 : at < 60 ? Number.NaN : (at % 1000) / 1000, true);
    const { black = -1, white = -1 } = autoLevels(histograms(image, 65_536)) ?? {};
    expect(black).toBeCloseTo(0.005, 2);
    expect(white).toBeCloseTo(0.995, 1);
  });

  test('of RGB all three count, of YUV luma, of one alone that one', () => {
    const rows = [{ component: 'R' }, { component: 'G' }, { component: 'B' }, { component: 'A' }];
    expect(leadingHistograms('rgba', undefined, rows)).toEqual(rows.slice(0, 3));
    expect(leadingHistograms('rgba', 'A', rows)).toEqual([{ component: 'A' }]);
    expect(leadingHistograms('nv12', undefined, [{ component: 'Y' }, { component: 'U' }])).toEqual([{ component: 'Y' }]);
  });
});
