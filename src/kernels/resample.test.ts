import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { LabError, PIXEL_FORMAT_IDS, allocImage, compile, convert, describePipeline, imageBytes, planConversion, planNaive, simdReason, subImage, tracePixel, wrapImage } from './index.ts';
import type { BackendId, ConvertOptions, Image, ImageSpec, Pipeline, PixelFormatId } from './index.ts';
import { padded, randomImage, specFor } from './testing/images.ts';

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

function run(pipeline: Pipeline, source: Image, backend: BackendId): Uint8Array {
  const target = allocImage(pipeline.to);
  compile(pipeline, backend).run(source, target);
  return imageBytes(target);
}

const filter = v.picklist(['nearest', 'box', 'bilinear']);
const size = v.tuple([v.number(), v.number()]);
const Cases = v.array(v.object({ format: v.picklist(['gray', 'gray16le', 'rgb24']), mode: filter, decimate: v.nullable(v.number()), from: size, to: size, source: v.array(v.number()), expected: v.array(v.number()) }));
const cases = v.parse(Cases, JSON.parse(readFileSync(join(import.meta.dirname, 'testdata/resample/cases.json'), 'utf8')));
const bytesOf = (format: PixelFormatId, values: readonly number[]): Uint8Array => (format === 'gray16le' ? new Uint8Array(Uint16Array.from(values).buffer) : Uint8Array.from(values));

describe.each<BackendId>(['reference', 'scalar', 'simd'])('%s gives what exact fractions give', (backend) => {
  test('there are 180 cases', () => expect(cases).toHaveLength(180));

  test.each(['nearest', 'box', 'bilinear'] as const)('%s', (mode) => {
    for (const one of cases.filter((candidate) => candidate.mode === mode)) {
      const [[width, height], [toWidth, toHeight]] = [one.from, one.to];
      const image = wrapImage(bytesOf(one.format, one.source), { format: one.format, width, height });
      const options: ConvertOptions = { resample: mode, decimate: one.decimate ?? undefined, backend };
      const to = { format: one.format, width: toWidth, height: toHeight };
      expect(imageBytes(convert(image, to, options)), JSON.stringify([one.format, one.decimate, one.from, one.to])).toEqual(bytesOf(one.format, one.expected));
    }
  });
});

interface Case {
  readonly from: ImageSpec;
  readonly to: ImageSpec;
  readonly options: ConvertOptions;
  readonly seed: number;
}

const format = fc.constantFrom(...PIXEL_FORMAT_IDS);
const anyFilter = fc.constantFrom('nearest', 'box', 'bilinear');
const anySize: fc.Arbitrary<Pick<ImageSpec, 'width' | 'height'>> = fc.record({ width: fc.integer({ min: 1, max: 19 }), height: fc.integer({ min: 1, max: 11 }) });
const options: fc.Arbitrary<ConvertOptions> = fc.record({
  resample: anyFilter, chromaUp: fc.option(anyFilter, { nil: undefined }), chromaDown: fc.option(anyFilter, { nil: undefined }),
  dither: fc.constantFrom('none', 'ordered', undefined), alphaFrom: fc.constantFrom('straight', 'premultiplied', undefined),
} as const);
const freely: fc.Arbitrary<Case> = fc.record({ a: format, b: format, small: anySize, large: anySize, options, seed: fc.nat() })
  .map(({ a, b, small, large, options: chosen, seed }) => ({ from: specFor(a, small.width, small.height), to: specFor(b, large.width, large.height), options: chosen, seed }));
const decimated: fc.Arbitrary<Case> = fc.record({ a: format, b: format, source: anySize, n: fc.integer({ min: 1, max: 5 }), options, seed: fc.nat() })
  .map(({ a, b, source, n, options: chosen, seed }) => ({ from: specFor(a, source.width, source.height), to: specFor(b, Math.ceil(source.width / n), Math.ceil(source.height / n)), options: { ...chosen, decimate: n }, seed }));
const anyCase = fc.oneof(freely, decimated);

describe('another size', () => {
  test('any pair, sizes and filter: scalar equals the reference', () => {
    fc.assert(fc.property(anyCase, ({ from, to, options: chosen, seed }) => {
      const source = randomImage(from, seed);
      const pipeline = planConversion(from, to, chosen);
      return same(run(pipeline, source, 'scalar'), run(pipeline, source, 'reference'));
    }), { numRuns: 2500, seed: 20261130 });
  });

  test('leaving out redundant steps changes nothing', () => {
    fc.assert(fc.property(anyCase, ({ from, to, options: chosen, seed }) => {
      const source = randomImage(from, seed);
      return same(run(planNaive(from, to, chosen), source, 'reference'), run(planConversion(from, to, chosen), source, 'reference'));
    }), { numRuns: 800, seed: 20261131 });
  });

  test('a view of a larger picture, with its strides, gives what a copy of it gives', () => {
    const picture = randomImage(specFor('rgba', 61, 37), 3);
    const view = subImage(picture, { x: 9, y: 5, width: 41, height: 29 });
    const copy = convert(view, 'rgba');
    for (const backend of ['scalar', 'simd'] as const) {
      for (const resample of ['nearest', 'box', 'bilinear'] as const) {
        const chosen = { resample, backend };
        const to = { format: 'nv12', width: 11, height: 8 } as const;
        expect(same(imageBytes(convert(view, to, chosen)), imageBytes(convert(copy, to, { ...chosen, backend: 'reference' }))), `${backend} ${resample}`).toBe(true);
      }
    }
  });

  test('padding of the destination is left as it is', () => {
    const [from, to] = [specFor('rgba', 32, 16), specFor('yuv420p', 8, 4)];
    const source = randomImage(from, 4);
    for (const backend of ['scalar', 'simd'] as const) {
      const pipeline = planConversion(from, to, { decimate: 4, resample: 'box' });
      const target = padded(allocImage(to), to, 5, 0xa5);
      compile(pipeline, backend).run(padded(source, from, 7, 0x3c).image, target.image);
      expect(same(imageBytes(target.image), run(pipeline, source, 'reference')), backend).toBe(true);
      expect(target.buffer.filter((value) => value === 0xa5).length).toBeGreaterThanOrEqual(target.buffer.length - 48);
    }
  });

  test('sums of 32-bit numbers over many pixels stay exact', () => {
    const source = wrapImage(new Uint8Array(Uint32Array.from({ length: 4093 * 2 }, (_, x) => (x < 4093 ? 4294967295 - x : 4294967295)).buffer), { format: 'u32le', width: 4093, height: 2 });
    const to = { format: 'u32le', width: 4091, height: 1 } as const;
    for (const backend of ['reference', 'scalar', 'simd'] as const) {
      const made = new DataView(imageBytes(convert(source, to, { resample: 'box', backend })).buffer);
      // Pixel 1000 covers 1000·4093/4091 …: shares of pixels 1000 and 1001, in 4091ths, of two rows.
      const share = BigInt(4091 - ((1000 * 4093) % 4091));
      const row = 4294966295n * share + 4294966294n * (4093n - share);
      const sum = row + 4294967295n * 4093n;
      expect(BigInt(made.getUint32(4000, true)), backend).toBe((2n * sum + 8186n) / (2n * 8186n));
    }
  });
});

describe('SIMD', () => {
  const wholeRatio: fc.Arbitrary<Case> = fc.record({ a: format, b: format, resample: fc.constantFrom('nearest', 'box'), width: fc.integer({ min: 1, max: 75 }), height: fc.integer({ min: 1, max: 40 }), n: fc.constantFrom(2, 4, 3), seed: fc.nat() } as const)
    .map(({ a, b, resample, width, height, n, seed }) => ({ from: specFor(a, width, height), to: specFor(b, Math.ceil(width / n), Math.ceil(height / n)), options: { resample, decimate: n }, seed }));

  test('equals the reference wherever it is compiled, for any strides', () => {
    const compiled = new Map<string, number>();
    fc.assert(fc.property(fc.oneof(wholeRatio, anyCase), fc.integer({ min: 0, max: 9 }), ({ from, to, options: chosen, seed }, extra) => {
      const pipeline = planConversion(from, to, chosen);
      if (simdReason(pipeline) !== undefined) return true;
      compiled.set(chosen.resample ?? '', (compiled.get(chosen.resample ?? '') ?? 0) + 1);
      const source = randomImage(from, seed);
      const target = padded(allocImage(to), to, extra, 0xa5);
      compile(pipeline, 'simd').run(padded(source, from, extra, 0x3c).image, target.image);
      return same(imageBytes(target.image), run(pipeline, source, 'reference'));
    }), { numRuns: 3000, seed: 20261132 });
    expect(compiled.get('nearest')).toBeGreaterThan(500);
    expect(compiled.get('box')).toBeGreaterThan(80);
  });

  const hot = (['rgba', 'bgra', 'rgb24', 'bgr0', 'gray', 'nv12', 'yuv420p', 'yuyv422', 'yuv444p'] as const).flatMap((from) => (['yuv420p', 'nv12', 'gray', 'rgba', 'rgb24'] as const).flatMap((to) => ([2, 4] as const).flatMap((n) => (['nearest', 'box'] as const).map((resample) => [from, to, n, resample] as const))));
  test.each(hot)('%s → %s by %i, %s is compiled and equals the reference at 131×67', (a, b, n, resample) => {
    const [from, to] = [specFor(a, 131, 67), specFor(b, Math.ceil(131 / n), Math.ceil(67 / n))];
    const pipeline = planConversion(from, to, { decimate: n, resample });
    const source = randomImage(from, n);
    const kernel = compile(pipeline, 'simd');
    const target = allocImage(to);
    kernel.run(source, target);
    expect(kernel.backend).toBe('simd');
    expect(same(imageBytes(target), run(pipeline, source, 'scalar'))).toBe(true);
  });

  test('says why where it is not', () => {
    const reason = (from: PixelFormatId, to: PixelFormatId, chosen: ConvertOptions): string | undefined => simdReason(planConversion(specFor(from, 16, 12), specFor(to, 6, 6), chosen));
    expect(reason('rgba', 'nv12', { resample: 'bilinear' })).toBe('bilinear resampling is not compiled yet');
    expect(reason('rgba', 'nv12', { resample: 'box' })).toBe('averages are compiled of 2 or 4 pixels each way');
    expect(reason('p010le', 'nv12', { resample: 'nearest' })).toContain('p010le');
  });
});

describe('the plan', () => {
  const titles = (from: PixelFormatId, to: PixelFormatId): string => planConversion(specFor(from, 16, 8), specFor(to, 4, 2), { decimate: 4 }).steps.map(({ kind }) => kind).join(' · ');

  test.each([
    ['rgba', 'yuv420p', 'load · resample · matrix · downsample · store'],
    ['nv12', 'rgba', 'load · upsample · resample · matrix · fill · store'],
    ['nv12', 'yuv420p', 'load · upsample · resample · downsample · store'],
    ['nv12', 'gray', 'load · resample · store'],
    ['pal8', 'rgb24', 'load · lookup · resample · swizzle · store'],
    ['rgb565le', 'rgb565le', 'load · unpack · resample · pack · store'],
  ] as const)('%s → %s resamples the source’s own numbers, chroma at full size', (from, to, shape) => {
    expect(titles(from, to)).toBe(shape);
  });

  test('says sizes, filter and ratio', () => {
    const say = (to: readonly [number, number], chosen: ConvertOptions): string => describePipeline(planConversion(specFor('gray', 16, 9), specFor('gray', ...to), chosen)).split('\n')[1] ?? '';
    expect(say([4, 3], { decimate: 4 })).toBe('resample (16×9 → 4×3, nearest, 4 source pixels a pixel, each way)');
    expect(say([10, 9], { resample: 'box' })).toBe('resample (16×9 → 10×9, box, 8/5 = 1.6 × 1 source pixels a pixel)');
  });

  test('a format alone is decimated to its own size', () => {
    const made = convert(randomImage(specFor('gray', 9, 7), 1), 'rgb24', { decimate: 4 });
    expect([made.width, made.height]).toEqual([3, 2]);
  });
});

test('the trace shows the source pixels, their weights and what is stored', () => {
  const image = wrapImage(Uint8Array.of(10, 20, 30, 40, 50, 60), { format: 'gray', width: 3, height: 2 });
  const rows = tracePixel(image, { format: 'gray', width: 2, height: 1 }, 1, 0, { resample: 'box' });
  expect(rows.map(({ kind }) => kind)).toEqual(['load', 'resample', 'store']);
  expect(rows[0]?.after).toEqual([{ name: 'Y', value: 30, x: 2, y: 0 }]);
  expect(rows[1]?.formulas).toEqual([{ name: 'Y', text: 'Y[1, 0] 20 × 1/6 + Y[2, 0] 30 × 2/6 + Y[1, 1] 50 × 1/6 + Y[2, 1] 60 × 2/6 → 42' }]);
  expect(rows[2]?.memory?.[0]).toMatchObject({ byte: 1, value: 42 });
});

describe('refusals', () => {
  const gray = randomImage(specFor('gray', 10, 8), 1);
  const refused = (to: ImageSpec, chosen: ConvertOptions): LabError['info'] => {
    try {
      planConversion(specFor('gray', 10, 8), to, chosen);
    } catch (thrown) {
      if (thrown instanceof LabError) return thrown.info;
    }
    throw new Error('Nothing was refused.');
  };

  test.each([
    ['another size and no filter', { format: 'gray', width: 5, height: 4 }, {}, 'convert/size', '10×8, the destination 5×4'],
    ['a width of 0', { format: 'gray', width: 0, height: 4 }, { resample: 'box' }, 'layout/size', '0 was given'],
    ['a broken width', { format: 'gray', width: 2.5, height: 4 }, { resample: 'box' }, 'layout/size', '2.5 was given'],
    ['an absurd width', { format: 'gray', width: 1_000_000, height: 4 }, { resample: 'box' }, 'resample/size', 'a width of 1000000 pixels is more than 65536'],
    ['every 0th pixel', { format: 'gray', width: 10, height: 8 }, { decimate: 0 }, 'resample/decimate', '0 was given'],
    ['every 1.5th pixel', { format: 'gray', width: 10, height: 8 }, { decimate: 1.5 }, 'resample/decimate', '1.5 was given'],
    ['a size that decimation does not make', { format: 'gray', width: 5, height: 3 }, { decimate: 2 }, 'resample/decimate', 'makes 5×4; the destination is 5×3'],
  ] as const)('%s', (_, to, chosen, code, what) => {
    const info = refused(to, chosen);
    expect(info.code).toBe(code);
    expect(info.what).toContain(what);
  });

  test('a filter that nobody knows', () => {
    const chosen: object = { resample: 'lanczos' };
    expect(refused({ format: 'gray', width: 5, height: 4 }, chosen).what).toBe('The option resample is one of nearest, box, bilinear; “lanczos” was given.');
  });

  test('a pixel outside the destination, though inside the source', () => {
    expect(() => tracePixel(gray, 'gray', 5, 0, { decimate: 2 })).toThrow('no pixel (5, 0) in an image of 5×4');
  });
});
