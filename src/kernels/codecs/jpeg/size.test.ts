import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { specOf } from '../../image/image.ts';
import type { Image } from '../../image/types.ts';
import { convert } from '../../convert.ts';
import { mirrorTile } from './bench.ts';
import { encodeJpeg, estimateJpegSize, predictJpegSize } from './index.ts';
import type { JpegOptions } from './index.ts';
import type { CorpusId, HandFormat, SampleAt } from './testing/pictures.ts';
import { CORPUS, corpusPicture, texturedImage } from './testing/pictures.ts';

const formats = fc.constantFrom<HandFormat>('gray', 'nv12', 'nv21', 'yuv420p', 'yuv422p', 'yuv440p', 'yuv411p', 'yuv444p', 'yuyv422', 'uyvy422', 'ayuv');
const table = fc.array(fc.oneof(fc.integer({ min: 1, max: 255 }), fc.constantFrom(1, 2, 255)), { minLength: 64, maxLength: 64 });

const options = fc.record({
  quality: fc.integer({ min: 1, max: 100 }),
  tables: fc.option(fc.record({ y: table, cb: table, cr: table }), { nil: undefined, freq: 3 }),
  optimizeHuffman: fc.boolean(),
  restartInterval: fc.constantFrom(0, 0, 1, 2, 7, 64),
  comment: fc.constantFrom(undefined, '', 'a comment'),
}) satisfies fc.Arbitrary<JpegOptions>;

const hash = (seed: number, component: number, x: number, y: number): number => Math.imul(Math.imul(seed + x * 7919, 2_654_435_761) ^ (y * 104_729 + component * 31), 2_246_822_519) >>> 0;

/** Noise of several kinds, the worst for an encoder: every value, black and white, checkers, a few spikes. */
const noises: Record<string, (seed: number) => SampleAt> = {
  uniform: (seed) => (c, x, y) => hash(seed, c, x, y) >>> 24,
  'black and white': (seed) => (c, x, y) => (hash(seed, c, x, y) >>> 31) * 255,
  checkers: (seed) => (c, x, y) => ((x + y + c + seed) & 1) * 255,
  spikes: (seed) => (c, x, y) => (hash(seed, c, x, y) >>> 24 > 250 ? 255 : 0),
  columns: (seed) => (c, x) => (hash(seed, c, x, 0) >>> 31) * 255,
};
const noisyImages = fc.record({ format: formats, width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 70 }), kind: fc.constantFrom(...Object.keys(noises)), seed: fc.nat() })
  .map(({ format, width, height, kind, seed }) => texturedImage(format, width, height, 0, noises[kind](seed)));

describe('the predicted size', () => {
  test('is never exceeded, whatever the noise, the tables and the options', () => fc.assert(fc.property(noisyImages, options, (image, chosen) => {
    expect(encodeJpeg(image, chosen).length).toBeLessThanOrEqual(predictJpegSize(specOf(image), chosen).bytes);
  }), { numRuns: 400 }));

  test.each(['uniform', 'black and white'])('is less than 3 times what dense noise takes: %s', (kind) => {
    for (const quality of [75, 90, 100]) {
      const image = texturedImage('yuv444p', 256, 256, 0, noises[kind](5));
      expect(predictJpegSize(specOf(image), { quality }).bytes / encodeJpeg(image, { quality }).length).toBeLessThan(3);
    }
  });

  test('says what it is made of; its header is that of the file to the byte', () => {
    const image = texturedImage('nv12', 160, 80);
    const chosen = { restartInterval: 10, comment: 'seven b' };
    const { bytes, headerBytes, scanBytes, restartBytes } = predictJpegSize(specOf(image), chosen);
    expect(headerBytes + scanBytes + restartBytes).toBe(bytes);
    expect(restartBytes).toBe(2 * 4);
    const jpeg = encodeJpeg(image, chosen);
    const startOfScan = jpeg.findLastIndex((byte, at) => byte === 0xff && jpeg[at + 1] === 0xda);
    expect(headerBytes).toBe(startOfScan + 2 + 12 + 2);
  });
});

const IDS = Object.keys(CORPUS).filter((id): id is CorpusId => Object.hasOwn(CORPUS, id));

describe('the estimated size', () => {
  const photos: readonly (readonly [string, () => Image])[] = [
    ...IDS.map((id) => [id, () => convert(corpusPicture(id), id === 'camera' ? 'gray' : 'yuv420p', { chromaDown: 'box' })] as const),
    ['astronaut, mirrored to 1280×720, nv12', () => convert(mirrorTile(corpusPicture('astronaut'), 1280, 720), 'nv12')],
  ];

  test.each(photos)('is within 15 %% of the file on %s', (_name, picture) => {
    const image = picture();
    for (const quality of [10, 50, 75, 95, 100]) {
      for (const optimizeHuffman of [false, true]) {
        const { bytes } = estimateJpegSize(image, { quality, optimizeHuffman });
        expect(Math.abs(bytes / encodeJpeg(image, { quality, optimizeHuffman }).length - 1), `quality ${String(quality)}`).toBeLessThan(0.15);
      }
    }
  });

  test('of a large picture looks at a sixth of it', () => {
    const { sampledMcus, mcus } = estimateJpegSize(convert(mirrorTile(corpusPicture('coffee'), 1920, 1080), 'nv12'));
    expect(mcus).toBe(120 * 68);
    expect(sampledMcus / mcus).toBeCloseTo(1 / 6, 2);
  });
});

describe('scalar and simd', () => {
  test('write the same bytes for any picture and any options', () => fc.assert(fc.property(noisyImages, options, (image, chosen) => {
    expect(encodeJpeg(image, { ...chosen, backend: 'simd' })).toEqual(encodeJpeg(image, { ...chosen, backend: 'scalar' }));
  }), { numRuns: 300 }));
});
