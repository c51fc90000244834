import { decode, encode } from 'jpeg-js';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { splitMjpeg, subImage } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import { PatternSource } from '../stream/sources/pattern.ts';
import { LEAST_QUALITY, nextQuality } from './bitrate.ts';
import type { Chain, ChainSettings } from './chain.ts';
import { FusedChain } from './fast.ts';
import { Figures, bottleneckOf, middleError, ratioOf } from './figures.ts';
import { NaiveChain, OwnEncoderChain } from './naive.ts';
import { Outlet } from './outlet.ts';
import type { OutletPort, OutletSays, PlayerSays } from './outlet.ts';
import { Pacer } from './pacer.ts';
import { StageBook } from './stageBook.ts';
import type { StageId } from './stageBook.ts';

async function frameOf(format: 'rgba' | 'nv12', width = 256, height = 152, strides?: readonly number[]): Promise<Image> {
  const source = new PatternSource({ kind: 'pattern', width, height, fps: 30, format, strides });
  const frame = await source.next();
  if (frame === undefined) throw new Error('The pattern gave no frame.');
  return frame.image;
}

const SETTINGS: ChainSettings = { crop: undefined, decimate: 4, filter: 'nearest', chroma: 'box', quality: 90 };

interface Picture { readonly width: number; readonly height: number; readonly data: Uint8Array }

function decoded(jpeg: Uint8Array): Picture {
  return decode(jpeg, { useTArray: true });
}

function psnr(a: Picture, b: Picture): number {
  const squares = a.data.reduce((sum, value, index) => sum + (index % 4 === 3 ? 0 : (value - (b.data[index] ?? 0)) ** 2), 0);
  return 10 * Math.log10((255 ** 2 * a.width * a.height * 3) / squares);
}

/** BT.601 luma in all three channels. */
function gray({ data, ...size }: Picture): Picture {
  return { ...size, data: data.map((_, index) => { const at = index - (index % 4); return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0); }) };
}

/** Mean of a channel: a swapped or shifted colour moves it far, lost chroma detail does not. */
const mean = ({ data }: Picture, channel: number): number => data.reduce((sum, value, index) => sum + (index % 4 === channel ? value : 0), 0) / (data.length / 4);

const CHAINS: readonly (readonly [string, () => Chain])[] = [['encoder', () => new OwnEncoderChain()], ['fused', () => new FusedChain(false)], ['fast', () => new FusedChain(true)]];

describe('every chain makes naive’s picture', () => {
  test.each(CHAINS)('%s: 20 dB or more from naive’s, which keeps chroma at full size, and in its colours', async (_, make) => {
    const image = await frameOf('rgba');
    const naive = decoded(new NaiveChain().run(image, SETTINGS, 0).jpeg);
    const own = decoded(make().run(image, SETTINGS, 0).jpeg);
    expect([own.width, own.height]).toEqual([64, 38]);
    expect(psnr(naive, own)).toBeGreaterThan(20);
    for (const channel of [0, 1, 2]) expect(Math.abs(mean(naive, channel) - mean(own, channel))).toBeLessThan(3);
  });

  test('with the first of four chroma samples, fast stays 15 dB or more from naive’s, its luma 30', async () => {
    const image = await frameOf('rgba');
    const naive = decoded(new NaiveChain().run(image, SETTINGS, 0).jpeg);
    const own = decoded(new FusedChain(true).run(image, { ...SETTINGS, chroma: 'nearest' }, 0).jpeg);
    expect(psnr(naive, own)).toBeGreaterThan(15);
    expect(psnr(gray(naive), gray(own))).toBeGreaterThan(30);
  });

  test.each(['nearest', 'box', 'bilinear'] as const)('%s: fast’s bytes are those of the pass into new buffers, whatever the stride and the crop', async (filter) => {
    const image = await frameOf('rgba', 130, 70, [576]);
    const settings = { ...SETTINGS, filter, decimate: 3, crop: { x: 7, y: 5, width: 101, height: 50 } };
    const tight = new FusedChain(false).run(subImage(image, settings.crop), { ...settings, crop: undefined }, 1).part.slice();
    const fast = new FusedChain(true);
    fast.run(await frameOf('rgba', 130, 70, [576]), settings, 0);
    expect(fast.run(image, settings, 1).part).toEqual(tight);
  });
});

describe('the account of the stages', () => {
  test('naive makes new buffers for every stage that writes, as many bytes as it says', async () => {
    const { costs, part } = new NaiveChain().run(await frameOf('rgba'), SETTINGS, 0);
    expect(costs.map(({ stage, copiedBytes, allocations }) => [stage, copiedBytes, allocations])).toEqual([
      ['read', 0, 0], ['crop', 0, 0], ['decimate', 64 * 38 * 3, 1], ['alpha', 64 * 38 * 4, 1], ['tables', 0, 0], ['jpeg', 0, 1], ['multipart', part.length, 1],
    ]);
  });

  test('the library’s tables are a stage of their own: as long for a picture of 8×8 as for a large one, whose encoding takes longer', async () => {
    const chain = new NaiveChain();
    const images = [await frameOf('rgba', 8, 8), await frameOf('rgba', 640, 480)];
    const least = (image: Image): readonly number[] => {
      const runs = Array.from({ length: 12 }, () => chain.run(image, { ...SETTINGS, decimate: 1 }, 0).costs);
      return (['tables', 'jpeg'] as const).map((stage) => Math.min(...runs.map((costs) => costs.find((cost) => cost.stage === stage)?.ms ?? NaN)));
    };
    const [small, large] = images.map(least);
    const [[smallTables, smallJpeg], [largeTables, largeJpeg]] = [small ?? [], large ?? []];
    expect(smallTables).toBeGreaterThan(0);
    expect((largeTables ?? 0) / (smallTables ?? 1)).toBeLessThan(8);
    expect((largeJpeg ?? 0) / (smallJpeg ?? 1)).toBeGreaterThan(50);
  });

  test('a picture is the library’s own, though it is watched', async () => {
    const image = await frameOf('rgba');
    const { jpeg } = new NaiveChain().run(image, { ...SETTINGS, decimate: 1 }, 0);
    expect(jpeg).toEqual(Uint8Array.from(encode({ data: Uint8Array.from(image.planes[0]?.bytes ?? []), width: image.width, height: image.height }, SETTINGS.quality).data));
  });

  test('fast makes buffers at its first frame only, and copies nothing', async () => {
    const chain = new FusedChain(true);
    const image = await frameOf('rgba');
    const first = chain.run(image, SETTINGS, 0);
    expect(first.costs.reduce((sum, { allocations }) => sum + allocations, 0)).toBe(4);
    const { buffer } = first.part;
    for (const quality of [90, 10, 100]) {
      const { costs, part } = chain.run(image, { ...SETTINGS, quality }, 0);
      expect(costs.map(({ stage, copiedBytes, allocations }) => [stage, copiedBytes, allocations])).toEqual([['read', 0, 0], ['crop', 0, 0], ['fused', 0, 0], ['jpeg', 0, 0], ['multipart', 0, 0]]);
      expect(part.buffer).toBe(buffer);
    }
  });

  test('nv12 in its own size goes to the encoder as it lies', async () => {
    const { costs } = new FusedChain(true).run(await frameOf('nv12'), { ...SETTINGS, decimate: 1 }, 0);
    expect(costs.map(({ stage }) => stage)).toEqual(['read', 'crop', 'jpeg', 'multipart']);
  });

  test('stages add up to the frame, however uneven the frames are, and every share is of that sum', () => {
    const figures = new Figures();
    // Slow in one stage or in the other: medians of the stages would miss most of the frame.
    for (let frame = 0; frame < 60; frame += 1) {
      const slow = frame % 3 === 0 ? [9, 1] : frame % 3 === 1 ? [1, 9] : [4, 5];
      figures.add('naive', (['decimate', 'jpeg'] as const).map((stage, at) => ({ stage, ms: (slow[at] ?? 0) + (frame === 50 ? 1000 : frame / 1e4), copiedBytes: 0, allocations: 0, allocatedBytes: 0 })), 100);
    }
    const [view] = figures.views();
    expect(view?.stages.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(view?.ms ?? 0, 9);
    expect(view?.ms).toBeLessThan(11);
    const worst = view?.stages.toSorted((a, b) => b.ms - a.ms)[0];
    expect(bottleneckOf(figures.views())).toContain(`${String(Math.round(((worst?.ms ?? 0) / (view?.ms ?? 1)) * 100))} % of the frame`);
  });

  test('tables are no part of encoding: what is left of naive without them is a baseline of its own, and the verdict says their share', () => {
    const figures = new Figures();
    for (let frame = 0; frame < 40; frame += 1) {
      const cost = (stage: StageId, ms: number) => ({ stage, ms, copiedBytes: 0, allocations: 0, allocatedBytes: 0 });
      figures.add('naive', [cost('decimate', 3), cost('tables', 5), cost('jpeg', 2)], 100);
      figures.add('fast', [cost('fused', 0.25), cost('jpeg', 0.25)], 100);
      if (frame === 5) expect(figures.kept()).toBeUndefined();
    }
    const [naive, fast] = figures.views();
    expect([figures.kept()?.ms, ratioOf(naive, fast)?.times, ratioOf(figures.kept(), fast)?.times]).toEqual([5, 20, 10]);
    expect(bottleneckOf(figures.views())).toBe('Naive: Tables built anew takes 5.00 ms, 50 % of the frame. Fast: Fused pass takes 0.25 ms, 50 % of the frame. Turning the array into an image is not what is slow; what the library does before it encodes anything is. Of naive’s frame 50 % goes into tables that the library builds anew for each picture, which is no part of encoding it.');
  });

  test('the interval of a middle mean is Tukey and McLaughlin’s', () => {
    // 1 … 8: the middle is 3 … 6, winsorised 3 3 3 4 5 6 6 6 has a variance of 14 / 7; its root over (1 − ½)·√8 is 1. Student’s quantile for 3 is 3.182.
    expect(middleError([5, 1, 8, 2, 7, 3, 6, 4])).toBeCloseTo(3.182, 0);
    // For 99 it is 1.984.
    const many = Array.from({ length: 200 }, (_, at) => at % 10);
    const moved = many.map((value) => Math.min(7, Math.max(2, value)));
    const variance = moved.reduce((sum, value) => sum + (value - 4.5) ** 2, 0) / 199;
    expect(middleError(many) / (Math.sqrt(variance) / (0.5 * Math.sqrt(200)))).toBeCloseTo(1.984, 2);
    expect(middleError([3])).toBe(Infinity);
    expect(middleError(new Array<number>(20).fill(4))).toBe(0);
  });

  test('a stage’s time is the clock’s, the bottleneck is named', () => {
    let time = 0;
    const book = new StageBook(() => time);
    const figures = new Figures();
    for (let frame = 0; frame < 20; frame += 1) {
      book.measure('decimate', () => { time += 2; });
      book.measure('jpeg', () => { time += 6; });
      figures.add('naive', book.take(), 100);
    }
    const [view] = figures.views();
    expect(view).toMatchObject({ id: 'naive', ms: 8, fps: 125, frames: 20 });
    expect(bottleneckOf(figures.views())).toBe('Naive: JPEG takes 6.00 ms, 75 % of the frame. Turning the array into an image is not what is slow; encoding it is.');
  });
});

test('parts of every chain are one stream that splits again', async () => {
  const image = await frameOf('rgba');
  const parts = [new NaiveChain(), ...CHAINS.map(([, make]) => make())].map((chain, index) => chain.run(image, SETTINGS, index).part.slice());
  const frames = splitMjpeg(Uint8Array.from(parts.flatMap((part) => [...part])));
  expect(frames.map(({ isWhole, remarks, headers }) => [isWhole, remarks, headers['x-timestamp']])).toEqual([0, 1, 2, 3].map((index) => [true, [], `${String(index)}.000000`]));
});

describe('back-pressure: the newest part wins', () => {
  function channel() {
    const said: OutletSays[] = [];
    const port: OutletPort = { onmessage: null, close: () => undefined, postMessage: (message) => { said.push(message); } };
    const outlet = new Outlet(port, () => 50);
    const hear = (message: PlayerSays): void => port.onmessage?.(new MessageEvent('message', { data: message }));
    return { said, outlet, hear };
  }

  test('a player that does not ask gets the newest when it does; the others are counted', () => {
    const { said, outlet, hear } = channel();
    for (const value of [1, 2, 3]) outlet.offer(Uint8Array.of(value), 0, 1, 40);
    expect([said.length, outlet.depth, outlet.dropped]).toEqual([0, 1, 2]);
    hear({ type: 'pull' });
    expect(said).toMatchObject([{ type: 'part', bytes: Uint8Array.of(3) }]);
    expect([outlet.depth, outlet.dropped, outlet.delivered, outlet.ageMs]).toEqual([0, 2, 1, 10]);
  });

  test('a player that asked gets the next part at once; one that is gone gets none', () => {
    const { said, outlet, hear } = channel();
    hear({ type: 'pull' });
    outlet.offer(Uint8Array.of(1), 0, 1, 0);
    expect(said).toHaveLength(1);
    hear({ type: 'gone' });
    outlet.offer(Uint8Array.of(2), 0, 1, 0);
    hear({ type: 'pull' });
    expect(said).toHaveLength(1);
  });

  test('a closed outlet says the end once', () => {
    vi.useFakeTimers();
    const { said, outlet } = channel();
    outlet.close();
    outlet.close();
    expect(said).toEqual([{ type: 'end' }]);
    vi.useRealTimers();
  });
});

describe('pace', () => {
  test('a late frame is left out, the newest is due; a live source leaves out by itself', () => {
    const pacer = new Pacer(10, 1000);
    expect([pacer.waitMs(1000), pacer.take(1000, true), pacer.waitMs(1040)]).toEqual([0, 0, 60]);
    expect([pacer.take(1450, true), pacer.skipped, pacer.waitMs(1450)]).toEqual([3, 3, 50]);
    expect([pacer.take(1900, false), pacer.skipped]).toEqual([0, 3]);
  });

  test('without a target nothing waits and nothing is left out', () => {
    const pacer = new Pacer(0, 0);
    expect([pacer.waitMs(5000), pacer.take(5000, true), pacer.skipped]).toEqual([0, 0, 0]);
  });
});

describe('the bitrate’s ceiling', () => {
  test.each([
    ['no ceiling: what was asked', 40, { bytes: 1e6, fps: 30, ceiling: 0, asked: 75 }, 75],
    ['twice the ceiling: a quarter less at most', 80, { bytes: 2000, fps: 10, ceiling: 80_000, asked: 80 }, 60],
    ['just above it: 1 less at least', 80, { bytes: 1001, fps: 10, ceiling: 80_000, asked: 80 }, 79],
    ['between 85 % and it: stays', 60, { bytes: 900, fps: 10, ceiling: 80_000, asked: 80 }, 60],
    ['well below it: 1 more', 60, { bytes: 500, fps: 10, ceiling: 80_000, asked: 80 }, 61],
    ['never above what was asked', 80, { bytes: 5, fps: 10, ceiling: 80_000, asked: 80 }, 80],
    ['never below the least', 6, { bytes: 1e6, fps: 10, ceiling: 80_000, asked: 80 }, LEAST_QUALITY],
  ] as const)('%s', (_, quality, rate, expected) => expect(nextQuality(quality, rate)).toBe(expected));

  test('whatever comes, the quality is whole and from 1 to what was asked', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 0, max: 1e8 }), (asked, share, bytes, ceiling) => {
      const next = nextQuality(Math.min(asked, share), { bytes, fps: 30, ceiling, asked });
      expect(Number.isInteger(next) && next >= 1 && next <= asked).toBe(true);
    }));
  });
});
