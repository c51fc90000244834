import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convert } from '../../convert.ts';
import { specOf } from '../../image/image.ts';
import type { Image } from '../../image/types.ts';
import { bandTables, countBand, cutBand, encodeBand, encodeJpeg, joinBands, planBands } from './index.ts';
import type { JpegOptions } from './index.ts';
import { errorOf } from '../../testing/errorOf.ts';
import type { HandFormat } from './testing/pictures.ts';
import { HAND_LAYOUTS, corpusPicture, texturedImage } from './testing/pictures.ts';

/** The file as several workers make it: each sees only the rows of its band. */
function inBands(image: Image, options: JpegOptions, workers: number): Uint8Array {
  const plan = planBands(specOf(image), options, workers);
  const shared = { ...options, restartInterval: plan.restartInterval };
  const sent = plan.bands.map((band) => cutBand(image, band));
  const tables = bandTables(options.optimizeHuffman === true ? sent.map((cut) => countBand(cut.image, cut.band, shared)) : []);
  const parts = sent.map((cut) => encodeBand(cut.image, cut.band, shared, tables));
  return joinBands(specOf(image), plan, parts, options, tables);
}

const cases = fc.record({
  format: fc.constantFrom<HandFormat>('gray', 'nv12', 'yuv420p', 'yuv440p', 'yuv444p', 'uyvy422'),
  width: fc.integer({ min: 1, max: 90 }),
  height: fc.integer({ min: 1, max: 150 }),
  workers: fc.integer({ min: 1, max: 6 }),
  backend: fc.constantFrom('scalar' as const, 'simd' as const),
  optimizeHuffman: fc.boolean(),
  rows: fc.integer({ min: 0, max: 3 }),
});

describe('bands', () => {
  test('joined are the whole file, for any size, number of workers and options', () => fc.assert(fc.property(cases, ({ format, width, height, workers, backend, optimizeHuffman, rows }) => {
    const image = texturedImage(format, width, height, 5);
    const mcuWidth = 8 * HAND_LAYOUTS[format].subX;
    const options = { backend, optimizeHuffman, restartInterval: rows * Math.ceil(width / mcuWidth) };
    const plan = planBands(specOf(image), options, workers);
    expect(inBands(image, options, workers)).toEqual(encodeJpeg(image, { ...options, restartInterval: plan.restartInterval }));
  }), { numRuns: 150 }));

  test('cover every row of MCUs once, and none is empty', () => fc.assert(fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 32 }), (height, workers) => {
    const { bands } = planBands({ format: 'nv12', width: 64, height }, {}, workers);
    expect(bands[0].from).toBe(0);
    expect(bands.at(-1)?.to).toBe(Math.ceil(height / 16));
    for (const [index, band] of bands.entries()) {
      expect(band.to).toBeGreaterThan(band.from);
      if (index > 0) expect(band.from).toBe(bands[index - 1].to);
    }
    expect(bands.reduce((sum, band) => sum + band.height, 0)).toBe(height);
  })));

  test('of an R,G,B picture are converted one by one, to the same bytes', () => {
    const image = convert(corpusPicture('coffee'), 'bgra');
    expect(inBands(image, { quality: 60 }, 3)).toEqual(encodeJpeg(image, { quality: 60, restartInterval: Math.ceil(600 / 16) }));
  });

  test('need restart intervals that end with rows', () => {
    expect(errorOf(() => planBands({ format: 'nv12', width: 160, height: 160 }, { restartInterval: 7 }, 2)).what).toContain('7 MCUs');
    expect(planBands({ format: 'nv12', width: 160, height: 160 }, { restartInterval: 5 }, 2).restartInterval).toBe(5);
  });

  test('are joined only when all are there', () => {
    const spec = { format: 'gray', width: 64, height: 64 } as const;
    expect(errorOf(() => joinBands(spec, planBands(spec, {}, 4), [new Uint8Array(1)], {})).what).toContain('4 bands; 1');
  });
});
