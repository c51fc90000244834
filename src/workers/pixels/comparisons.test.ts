import { describe, expect, test } from 'vitest';
import { byteLength, convert, imageBytes, planConversion, specOf } from '../../kernels/index.ts';
import type { ColorSpec, ConvertOptions, Image, ImageSpec } from '../../kernels/index.ts';
import { randomImage, specFor } from '../../kernels/testing/images.ts';
import { countWrapped } from './counts.ts';
import { Pixels } from './pixels.ts';
import type { Comparison, ImageId, PairReading, Reply } from './protocol.ts';

const [WIDTH, HEIGHT] = [70, 50];
const pixels = (): Pixels => new Pixels(() => Promise.reject(new Error('No sample is asked for.')));

function value<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new Error(`${reply.error.code}: ${reply.error.what}`);
}

async function opened(worker: Pixels, image: Image, colorSpec: Partial<ColorSpec> = {}): Promise<ImageId> {
  const { format, width, height } = image;
  const file = value(await worker.keep(format, imageBytes(image)));
  return value(await worker.openRaw(1, file.id, { spec: { format, width, height, colorSpec }, headerOffset: 0, padShort: false })).id;
}

const source = randomImage(specFor('nv12', WIDTH, HEIGHT), 8);
const made = (colorSpec: Partial<ColorSpec>, to: ImageSpec['format'] = 'rgba'): Image => convert({ ...source, colorSpec }, to);
const errors = async (worker: Pixels, first: ImageId, second: ImageId, reading: PairReading | undefined): Promise<readonly number[]> => value(await worker.compare(1, first, second, { reading, similarity: false })).map(({ maxError }) => maxError);

describe('two pictures that were opened on their own', () => {
  test('the reference is read as it says of itself, or as the person says over it', async () => {
    const worker = pixels();
    const [rgba, nv12] = [await opened(worker, made({ matrix: 'bt709', range: 'limited' })), await opened(worker, source)];
    expect((await errors(worker, rgba, nv12, {})).slice(0, 3).every((error) => error > 0)).toBe(true);
    expect(await errors(worker, rgba, nv12, { second: { matrix: 'bt709', range: 'limited' } })).toEqual([0, 0, 0, 0]);
    // Kept for the next question, but only for the same colours.
    expect((await errors(worker, rgba, nv12, { second: { matrix: 'bt709' } }))[0]).toBeGreaterThan(0);
  });

  test('numbers of one kind are compared as they are stored, whatever is said of their colours', async () => {
    const worker = pixels();
    const [nv12, planar] = [await opened(worker, source, { matrix: 'bt709', range: 'limited' }), await opened(worker, convert(source, 'yuv420p'), { matrix: 'bt2020' })];
    expect(await errors(worker, nv12, planar, {})).toEqual([0, 0, 0]);
    const [rgba, bgra] = [await opened(worker, made({})), await opened(worker, made({}, 'bgra'), { range: 'limited' })];
    expect(await errors(worker, rgba, bgra, {})).toEqual([0, 0, 0, 0]);
  });

  test('another size is brought to the first’s, pixels repeated', async () => {
    const worker = pixels();
    const half = convert(source, { format: 'gray', width: WIDTH / 2, height: HEIGHT / 2 }, { resample: 'nearest' });
    const whole = convert(half, { format: 'gray', width: WIDTH, height: HEIGHT }, { resample: 'nearest' });
    expect(await errors(worker, await opened(worker, whole), await opened(worker, half), {})).toEqual([0]);
  });

  test('SSIM that is asked for after the quick figures is that of asking at once, and is kept', async () => {
    const answers = async (...asked: readonly boolean[]): Promise<readonly (readonly Comparison[])[]> => {
      const worker = pixels();
      const [first, second] = [await opened(worker, source), await opened(worker, randomImage(specFor('rgba', WIDTH, HEIGHT), 2))];
      const rows: (readonly Comparison[])[] = [];
      for (const similarity of asked) rows.push(value(await worker.compare(1, first, second, { reading: {}, similarity })));
      return rows;
    };
    const [[whole], [quick, then, again]] = [await answers(true), await answers(false, true, false)];
    expect(quick?.map(({ ssim }) => ssim)).toEqual([undefined, undefined, undefined]);
    expect(whole?.every(({ ssim }) => ssim !== undefined && ssim < 1)).toBe(true);
    expect([then, again]).toEqual([whole, whole]);
  });

  test('one pixel is told in both, in the first’s numbers; the next that differs is found', async () => {
    const worker = pixels();
    const bytes = imageBytes(source).slice();
    const at = 20 * WIDTH + 33;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const changed = await opened(worker, { ...source, planes: [{ bytes: bytes.subarray(0, WIDTH * HEIGHT), stride: WIDTH }, { bytes: bytes.subarray(WIDTH * HEIGHT), stride: WIDTH }] });
    const first = await opened(worker, source);
    const next = async (after: { x: number; y: number } | undefined, direction: 1 | -1): Promise<unknown> => value(await worker.nextDifference(1, first, changed, { reading: {}, after, direction }));
    expect(await next(undefined, 1)).toEqual({ x: 33, y: 20 });
    expect(await next({ x: 33, y: 20 }, 1)).toBeUndefined();
    expect(await next({ x: 40, y: 49 }, -1)).toEqual({ x: 33, y: 20 });
    const { first: own, second: other } = value(await worker.pairSamples(first, changed, {}, 33, 20));
    expect(own.map(({ component }) => component)).toEqual(['Y', 'U', 'V']);
    expect(own.map((sample, index) => sample.value - (other[index]?.value ?? 0))).toEqual([(source.planes[0]?.bytes[at] ?? 0) - (bytes[at] ?? 0), 0, 0]);
  });

  test('the settings that made the reference are found; another size is refused, and a cancelled search ends', async () => {
    const worker = pixels();
    const [nv12, rgba] = [await opened(worker, source), await opened(worker, made({ matrix: 'bt709', range: 'limited' }))];
    const conversion = { to: 'rgba', options: {} } as const;
    const { findings } = value(await worker.searchSettings(1, nv12, rgba, { conversion, twins: ['nv12', 'nv21'] }));
    expect(findings[0]).toMatchObject({ psnr: Infinity, settings: { from: 'nv12', fromColor: { matrix: 'bt709', range: 'limited' } } });
    const small = await opened(worker, randomImage(specFor('rgba', 8, 8), 1));
    expect(await worker.searchSettings(1, nv12, small, { conversion, twins: [] })).toMatchObject({ ok: false, error: { code: 'compare/size' } });
    const noise = await opened(worker, randomImage(specFor('rgba', WIDTH, HEIGHT), 77));
    const search = worker.searchSettings(9, nv12, noise, { conversion, twins: [] });
    worker.cancel(9);
    expect(await search).toMatchObject({ ok: false, error: { code: 'job/cancelled' } });
  });

  test('a result and its source are still brought back as it was made', async () => {
    const worker = pixels();
    const nv12 = await opened(worker, source);
    const { image } = value(await worker.convert(1, nv12, { to: 'yuv444p', options: {}, fromColor: { range: 'limited' } }));
    expect(await errors(worker, nv12, image.id, undefined)).toEqual([0, 0, 0]);
  });
});

describe('there and back', () => {
  const ramp = Uint8Array.from({ length: 256 * 16 }, (_, at) => at % 256);
  const there = async (to: ImageSpec['format'], options: ConvertOptions, from: ImageSpec['format'] = 'gray', bytes = ramp): Promise<Reply<readonly Comparison[]>> => {
    const worker = pixels();
    const width = 256;
    const file = value(await worker.keep('ramp', bytes));
    const { id } = value(await worker.openRaw(1, file.id, { spec: { format: from, width, height: bytes.length / byteLength({ format: from, width, height: 1 }) }, headerOffset: 0, padShort: false }));
    return worker.compare(1, id, value(await worker.convert(1, id, { to, options })).image.id, { similarity: false });
  };

  test.each<readonly [string, ImageSpec['format'], ConvertOptions]>([
    ['every 8-bit value over the whole of s16le', 's16le', { scale: 257, offset: -32768 }],
    ['a scale that is no power of two', 'gray16le', { scale: 3.7, offset: 11 }],
    ['the same format, nothing clamped', 'gray', { scale: -1, offset: 255 }],
    ['bits replicated', 'gray16le', { depthMode: 'exact' }],
    ['bits shifted', 'gray16le', { depthMode: 'shift' }],
    ['to float without a scale', 'grayf32le', {}],
  ])('nothing is lost by %s', async (_, to, options) => {
    expect(value(await there(to, options))).toMatchObject([{ component: 'Y', differing: 0, psnr: Infinity }]);
  });

  test('what a clamp cut off is a loss: of all values doubled, those above 128 do not come back', async () => {
    // min(255, 2 v) / 2, halves away from zero: 128 for every v ≥ 128, so that v = 129 … 255 differ, by at most 127.
    expect(value(await there('gray', { scale: 2 }))).toMatchObject([{ differing: 127 * 16, maxError: 127 }]);
  });

  test('alpha that was joined is freed again: opaque colours come back', async () => {
    const opaque = Uint8Array.from({ length: 256 * 4 * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 7) % 256));
    expect(value(await there('bgra', { alphaTo: 'premultiplied' }, 'rgba', opaque)).every(({ differing }) => differing === 0)).toBe(true);
    const half = opaque.map((byte, at) => (at % 4 === 3 ? 128 : byte));
    // Halved and doubled again: one step off at the most.
    expect(value(await there('bgra', { alphaTo: 'premultiplied' }, 'rgba', half)).every(({ maxError }) => maxError <= 1)).toBe(true);
  });

  test.each<readonly [string, ImageSpec['format'], ConvertOptions, RegExp]>([
    ['the scale is nought', 'gray', { scale: 0, offset: 3 }, /scale is 0/],
    ['a cast wrapped', 'gray', { scale: 2, policy: 'cast' }, /wrapped 2048 samples/],
    ['a float stands against whole numbers', 'grayf32le', { scale: 0.5 }, /grayf32le, floating point/],
    ['the inverse is beyond fp32', 'grayf32le', { scale: 1e-42 }, /no inverse in fp32/],
  ])('no figures, and the reason, where %s', async (_, to, options, what) => {
    const reply = await there(to, options);
    expect(reply).toMatchObject({ ok: false, error: { code: 'compare/scaled' } });
    expect(reply.ok ? '' : reply.error.what).toMatch(what);
  });
});

describe('figures give way', () => {
  const gray = (side: number): ImageSpec => ({ format: 'gray', width: side, height: side });
  const noise = async (worker: Pixels, side: number, seed: number): Promise<ImageId> => opened(worker, randomImage(gray(side), seed));

  test('while they are measured a conversion is made at once, and they end after it', async () => {
    const worker = pixels();
    const [first, second] = [await noise(worker, 2000, 1), await noise(worker, 2000, 2)];
    const order: string[] = [];
    const figures = worker.compare(1, first, second, { reading: {}, similarity: true }).then(() => order.push('figures'));
    await new Promise((resolve) => { setTimeout(resolve, 30); });
    await worker.convert(2, first, { to: 'rgba', options: {} }).then(() => order.push('picture'));
    await figures;
    expect(order).toEqual(['picture', 'figures']);
  });

  test('cancelled, they end without an answer', async () => {
    const worker = pixels();
    const [first, second] = [await noise(worker, 1000, 1), await noise(worker, 1000, 2)];
    const figures = worker.compare(7, first, second, { reading: {}, similarity: true });
    worker.cancel(7);
    expect(await figures).toMatchObject({ ok: false, error: { code: 'job/cancelled' } });
  });

  test('a histogram does too; cancelled, or its picture let go, it ends without an answer', async () => {
    const worker = pixels();
    const image = await noise(worker, 2000, 1);
    const order: string[] = [];
    const counted = worker.histogram(1, image, undefined, 256).then(() => order.push('histogram'));
    await worker.convert(2, image, { to: 'bgra', options: {} }).then(() => order.push('picture'));
    await counted;
    expect(order).toEqual(['picture', 'histogram']);
    const cancelled = worker.histogram(7, image, undefined, 256);
    worker.cancel(7);
    expect(await cancelled).toMatchObject({ ok: false, error: { code: 'job/cancelled' } });
    const closed = worker.histogram(8, image, undefined, 256);
    await worker.release([image]);
    expect(await closed).toMatchObject({ ok: false, error: { code: 'job/cancelled' } });
  });

  const wide = (format: ImageSpec['format']): Image => randomImage({ format, width: 2000, height: 1000 }, 3);

  test.each<readonly [string, () => Promise<() => Promise<unknown>>]>([
    ['measuring what a tile’s black and white are', async () => {
      const worker = pixels();
      const image = await opened(worker, wide('s32le'));
      return () => worker.tile({ image, rect: { x: 0, y: 0, width: 8, height: 8 }, step: 1, display: { solo: [] } });
    }],
    ['counting what a cast wrapped', () => {
      const image = wide('gray16le');
      const casted = convert(image, 'gray', { policy: 'cast' });
      return Promise.resolve(() => countWrapped(image, casted, planConversion(specOf(image), specOf(casted), { policy: 'clamp' }), () => false));
    }],
  ])('others have their turns while %s', async (_, prepare) => {
    const work = await prepare();
    let turns = 0;
    const ticking = setInterval(() => { turns += 1; }, 1);
    await work();
    clearInterval(ticking);
    expect(turns).toBeGreaterThanOrEqual(2);
  });
});
