import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simdReason } from './backends/simd/index.ts';
import { PIXEL_FORMAT_IDS, allocImage, byteLength, compile, convert, imageBytes, pixelAt, planConversion, planNaive, subImage, tracePixel } from './index.ts';
import type { ConvertOptions, Image, ImageSpec, Pipeline } from './index.ts';
import { formatLayout } from './image/formatLayout.ts';
import { ALL_PAIRS, padded, randomImage, specFor } from './testing/images.ts';
import { errorOf } from './testing/errorOf.ts';

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

function run(pipeline: Pipeline, source: Image, backend: 'reference' | 'scalar' | 'simd'): Uint8Array {
  const target = allocImage(pipeline.to);
  compile(pipeline, backend).run(source, target);
  return imageBytes(target);
}

const format = fc.constantFrom(...PIXEL_FORMAT_IDS);
const filter = fc.constantFrom('nearest', 'box', 'bilinear');
const color = fc.record({ matrix: fc.constantFrom('bt601', 'bt709', 'bt2020', 'smpte240m', 'fcc', 'ycgco', 'rgb'), range: fc.constantFrom('full', 'limited'), siting: fc.constantFrom('left', 'center', 'topleft', 'top', 'bottomleft', 'bottom') } as const);
const scaling = fc.constantFrom<ConvertOptions>({}, {}, { scale: 1.7, offset: -13.3 }, { scale: -0.5, offset: 300 }, { scale: 257, offset: -32768 });
const options: fc.Arbitrary<ConvertOptions> = fc
  .record({
    policy: fc.constantFrom('clamp', 'cast', undefined),
    chromaUp: fc.option(filter, { nil: undefined }),
    chromaDown: fc.option(filter, { nil: undefined }),
    dither: fc.constantFrom('none', 'ordered', undefined),
    rounding: fc.constantFrom('half-away', 'half-even', 'truncate', undefined),
    depthMode: fc.constantFrom('exact', 'replicate', 'shift', undefined),
    alphaFrom: fc.constantFrom('straight', 'premultiplied', undefined),
    alphaTo: fc.constantFrom('straight', 'premultiplied', undefined),
  } as const)
  .chain((rest) => scaling.map((scale): ConvertOptions => ({ ...rest, ...scale })));

interface Case {
  readonly from: ImageSpec;
  readonly to: ImageSpec;
  readonly options: ConvertOptions;
  readonly seed: number;
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({ a: format, b: format, width: fc.integer({ min: 1, max: 19 }), height: fc.integer({ min: 1, max: 11 }), options, fromColor: color, toColor: color, seed: fc.nat() })
  .map(({ a, b, width, height, options: chosen, fromColor, toColor, seed }) => ({ from: { ...specFor(a, width, height), colorSpec: fromColor }, to: { ...specFor(b, width, height), colorSpec: toColor }, options: chosen, seed }))
  // VPI defines no scaled conversion of NV12 to itself: that refusal has a test of its own.
  .filter(({ from, to }) => !(from.format === 'nv12' && to.format === 'nv12'));

describe('conversions', () => {
  test('all 6 561 pairs: scalar equals the reference at 7×5', () => {
    expect(ALL_PAIRS).toHaveLength(6561);
    const unequal = ALL_PAIRS.filter(([a, b], index) => {
      const [from, to] = [specFor(a, 7, 5), specFor(b, 7, 5)];
      const source = randomImage(from, index);
      const pipeline = planConversion(from, to);
      return !same(run(pipeline, source, 'scalar'), run(pipeline, source, 'reference'));
    });
    expect(unequal).toEqual([]);
  });

  test('any pair, size and options: scalar equals the reference', () => {
    fc.assert(fc.property(anyCase, ({ from, to, options: chosen, seed }) => {
      const source = randomImage(from, seed);
      const pipeline = planConversion(from, to, chosen);
      return same(run(pipeline, source, 'scalar'), run(pipeline, source, 'reference'));
    }), { numRuns: 6000, seed: 20261120 });
  });

  test.each([[14, 5], [33, 3], [8, 4], [1, 1], [2, 3], [640, 2]])('all pairs that SIMD compiles equal the reference at %i×%i', (width, height) => {
    const compiled = ALL_PAIRS.filter(([a, b]) => simdReason(planConversion(specFor(a, width, height), specFor(b, width, height))) === undefined);
    expect(compiled.length).toBeGreaterThan(3100);
    const unequal = compiled.filter(([a, b], index) => {
      const [from, to] = [specFor(a, width, height), specFor(b, width, height)];
      const pipeline = planConversion(from, to);
      const source = randomImage(from, index);
      return !same(run(pipeline, source, 'simd'), run(pipeline, source, width > 100 ? 'scalar' : 'reference'));
    });
    expect(unequal).toEqual([]);
  });

  test.each([[34, 4], [14, 6], [33, 3], [1, 1], [17, 5], [640, 2]])('averaged chroma by SIMD equals the reference at %i×%i', (width, height) => {
    const plans = ALL_PAIRS.map(([a, b]) => planConversion(specFor(a, width, height), specFor(b, width, height), { chromaDown: 'box' })).filter((pipeline) => pipeline.steps.some(({ kind }) => kind === 'downsample') && simdReason(pipeline) === undefined);
    expect(plans.length).toBeGreaterThan(450);
    const unequal = plans.filter((pipeline, index) => {
      const source = randomImage(pipeline.from, index);
      return !same(run(pipeline, source, 'simd'), run(pipeline, source, 'reference'));
    });
    expect(unequal.map(({ from, to }) => `${from.format} ${to.format}`)).toEqual([]);
  });

  test('SIMD equals the reference for any options, strides and places, and never writes padding', () => {
    let compiled = 0;
    fc.assert(fc.property(anyCase, fc.integer({ min: 1, max: 9 }), ({ from, to, options: chosen, seed }, extra) => {
      const pipeline = planConversion(from, to, chosen);
      if (simdReason(pipeline) !== undefined) return true;
      compiled += 1;
      const source = randomImage(from, seed);
      const target = padded(allocImage(to), to, extra, 0xa5);
      const before = Uint8Array.from(target.buffer);
      compile(pipeline, 'simd').run(padded(source, from, extra, 0x3c).image, target.image);
      const written = new Set(target.image.planes.flatMap((plane, index) => rowsOf(to, index).flatMap(({ row, rowBytes }) => Array.from({ length: rowBytes }, (_, at) => plane.bytes.byteOffset + row * plane.stride + at))));
      const touched = target.buffer.some((value, at) => value !== before[at] && !written.has(at));
      return !touched && same(imageBytes(target.image), run(pipeline, source, 'reference'));
    }), { numRuns: 4000, seed: 20261125 });
    expect(compiled).toBeGreaterThan(800);
  });

  // Before its clamp such a row leaves 16-bit lanes, and its sum 32-bit ones.
  test.each(['ycgco', 'fcc', 'smpte240m', 'bt2020'] as const)('limited range of 14 bits by %s equals the reference, whoever runs it', (matrix) => {
    const from: ImageSpec = { ...specFor('yuv444p14le', 64, 16), colorSpec: { matrix, range: 'limited' } };
    const pipeline = planConversion(from, specFor('rgb48le', 64, 16));
    const source = randomImage(from, 14);
    expect(same(run(pipeline, source, 'simd'), run(pipeline, source, 'reference'))).toBe(true);
  });

  test('what SIMD cannot do, scalar does, and the kernel says so', () => {
    const pipeline = planConversion(specFor('v210', 12, 2), specFor('rgba', 12, 2));
    expect(simdReason(pipeline)).toBe('v210 has blocks of 6 pixels');
    expect(compile(pipeline, 'simd').backend).toBe('scalar');
    expect(compile(planConversion(specFor('nv12', 12, 2), specFor('rgba', 12, 2)), 'simd').backend).toBe('simd');
  });

  test('leaving out redundant steps changes nothing', () => {
    fc.assert(fc.property(anyCase, ({ from, to, options: chosen, seed }) => {
      const source = randomImage(from, seed);
      const [naive, simple] = [planNaive(from, to, chosen), planConversion(from, to, chosen)];
      return simple.steps.length <= naive.steps.length && same(run(naive, source, 'reference'), run(simple, source, 'reference'));
    }), { numRuns: 3000, seed: 20261121 });
  });

  test('padded strides and offsets give the same pixels, and padding is never written', () => {
    fc.assert(fc.property(anyCase, fc.integer({ min: 1, max: 9 }), ({ from, to, options: chosen, seed }, extra) => {
      const source = randomImage(from, seed);
      const pipeline = planConversion(from, to, chosen);
      const plain = run(pipeline, source, 'scalar');
      const target = padded(allocImage(to), to, extra, 0xa5);
      const before = Uint8Array.from(target.buffer);
      compile(pipeline, 'scalar').run(padded(source, from, extra, 0x3c).image, target.image);
      const written = new Set(target.image.planes.flatMap((plane, index) => rowsOf(to, index).flatMap(({ row, rowBytes }) => Array.from({ length: rowBytes }, (_, at) => plane.bytes.byteOffset + row * plane.stride + at))));
      const touched = target.buffer.some((value, at) => value !== before[at] && !written.has(at));
      return !touched && same(imageBytes(target.image), plain);
    }), { numRuns: 500, seed: 20261122 });
  });

  test('a view as the source gives what a copy of it gives', () => {
    fc.assert(fc.property(format, format, fc.nat(), (a, b, seed) => {
      const { grid } = formatLayout(a);
      const spec = specFor(a, grid.x * 3 + 5, grid.y * 3 + 4);
      const view = subImage(randomImage(spec, seed), { x: grid.x, y: grid.y, width: grid.x + 3, height: grid.y + 2 });
      const copy = randomImage(specFor(a, view.width, view.height), 1);
      for (const [index, plane] of copy.planes.entries()) plane.bytes.set(imageBytesOfPlane(view, index, plane.bytes.length, plane.stride));
      const to = specFor(b, view.width, view.height);
      return same(imageBytes(convert(view, to)), imageBytes(convert(copy, to)));
    }), { numRuns: 600, seed: 20261123 });
  });

  test('the trace ends with the bytes that the conversion stores', () => {
    fc.assert(fc.property(anyCase, fc.nat(), fc.nat(), ({ from, to, options: chosen, seed }, x, y) => {
      const source = randomImage(from, seed);
      const [column, row] = [x % from.width, y % from.height];
      const rows = tracePixel(source, to, column, row, chosen);
      const result = convert(source, to, chosen);
      const memory = rows[rows.length - 1]?.memory ?? [];
      return memory.length > 0 && memory.every(({ plane, byte, wordBytes, bigEndian, shift, bits, kind, value }) => {
        const bytes = result.planes[plane]?.bytes.slice(byte, byte + wordBytes) ?? new Uint8Array(0);
        const word = (bigEndian ? Array.from(bytes) : Array.from(bytes).toReversed()).reduce((sum, part) => sum * 256 + part, 0);
        if (kind === 'float') return Object.is(new DataView(Uint8Array.from(bytes).buffer).getFloat32(0, true), Math.fround(value));
        const raw = Math.floor(word / 2 ** shift) % 2 ** bits;
        return (kind === 'signed' && raw >= 2 ** (bits - 1) ? raw - 2 ** bits : raw) === value;
      });
    }), { numRuns: 500, seed: 20261124 });
  });

  test('what is unpacked and packed again is what it was, but for bits that are nobody’s', () => {
    for (const id of PIXEL_FORMAT_IDS) {
      const spec = specFor(id, 13, 7);
      const source = randomImage(spec, 8);
      const again = convert(source, spec);
      for (const [x, y] of [[0, 0], [12, 6], [5, 3], [12, 0], [1, 6]] as const) expect(pixelAt(again, x, y), id).toEqual(pixelAt(source, x, y));
    }
  });

  test('a format converted to itself keeps every component', () => {
    for (const id of PIXEL_FORMAT_IDS) {
      const spec = specFor(id, 13, 7);
      const once = convert(randomImage(spec, 5), spec, id === 'pal8' ? {} : { depthMode: 'exact' });
      expect(same(imageBytes(convert(once, spec)), imageBytes(once)), id).toBe(true);
      expect(imageBytes(once)).toHaveLength(byteLength(spec));
    }
  });
});

function rowsOf(spec: ImageSpec, plane: number): { readonly row: number; readonly rowBytes: number }[] {
  const facts = formatLayout(spec.format).planes[plane] ?? { blockBytes: 1, blockWidth: 1, subY: 1 };
  return Array.from({ length: Math.ceil(spec.height / facts.subY) }, (_, row) => ({ row, rowBytes: Math.ceil(spec.width / facts.blockWidth) * facts.blockBytes }));
}

/** The bytes of a view's plane laid out with another stride. */
function imageBytesOfPlane(image: Image, index: number, length: number, stride: number): Uint8Array {
  const out = new Uint8Array(length);
  const plane = image.planes[index];
  for (const { row, rowBytes } of rowsOf(image, index)) out.set(plane?.bytes.subarray(row * plane.stride, row * plane.stride + rowBytes) ?? [], row * stride);
  return out;
}

describe('refusals', () => {
  const gray = randomImage(specFor('gray', 4, 4), 1);

  test.each([['scale', { scale: Number.NaN }], ['scale', { scale: Infinity }], ['scale', { scale: 1e39 }], ['offset', { offset: -Infinity }]])('a %s that is not finite', (name, chosen) => {
    const info = errorOf(() => convert(gray, 's16le', chosen));
    expect(info).toMatchObject({ code: `convert/${name}`, vpiStatus: 'INVALID_ARGUMENT' });
  });

  test('NV12 to NV12 with a scale: VPI defines none', () => {
    expect(errorOf(() => convert(randomImage(specFor('nv12', 4, 4), 1), 'nv12', { scale: 2 }))).toMatchObject({ code: 'convert/no-pipeline', vpiStatus: 'NOT_IMPLEMENTED' });
  });

  test('another size', () => {
    expect(errorOf(() => convert(gray, { format: 'rgba', width: 5, height: 4 })).what).toContain('4×4, the destination 5×4');
  });

  test('pal8 without a palette', () => {
    expect(errorOf(() => convert(gray, 'pal8')).code).toBe('palette/missing');
  });
});

test('one compiled kernel may serve two runs in turns', () => {
  const [from, to] = [specFor('nv12', 16, 8), specFor('rgba', 16, 8)];
  const pipeline = planConversion(from, to);
  const [one, two] = [randomImage(from, 1), randomImage(from, 2)];
  const [first, second] = [allocImage(to), allocImage(to)];
  const kernel = compile(pipeline, 'simd');
  expect(compile(pipeline, 'simd')).toBe(kernel);
  const [a, b] = [kernel.prepare(one, first), kernel.prepare(two, second)];
  for (let y = 0; y < 8; y += 1) for (const step of [a, b]) step(y, y + 1);
  expect([same(imageBytes(first), run(pipeline, one, 'reference')), same(imageBytes(second), run(pipeline, two, 'reference'))]).toEqual([true, true]);
});
