import { describe, expect, test } from 'vitest';
import { allocImage, compile, freeImage, planConversion } from '../index.ts';
import { memoryFacts } from '../image/arena.ts';
import { BENCH_CASES } from '../tables/benchCases.ts';
import { measureCompilation } from './compilation.ts';
import type { Engine } from './engine.ts';
import { ENGINES } from './engines.ts';
import { framesFor, inTurns, makeFrames } from './frames.ts';
import type { Hooks } from './measure.ts';
import { measure, timerStep } from './measure.ts';
import { OPERATION_CASES, runOperation } from './operations.ts';
import { gigabytesPerSecond, megapixelsPerSecond } from './report.ts';
import { exactness, runCase } from './run.ts';
import { bootstrap, outliers, summarize, trimmed } from './statistics.ts';

/** A sequence that repeats. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A clock that goes on only when work is done. */
function fakeClock(step: number): { readonly hooks: Hooks; readonly spend: (ms: number) => void } {
  let time = 0;
  const now = (): number => (time += step);
  return { hooks: { now, random: sequence(1), isCancelled: () => false, breathe: () => Promise.resolve() }, spend: (ms) => { time += ms; } };
}

describe('statistics', () => {
  test('the bootstrap interval holds the median, and is narrow where samples agree', () => {
    const samples = Array.from({ length: 41 }, (_, index) => 10 + (index % 5) * 0.01);
    const [low, high] = bootstrap(samples, sequence(3));
    expect(low).toBeGreaterThanOrEqual(10);
    expect(high).toBeLessThanOrEqual(10.04);
    expect(low).toBeLessThanOrEqual(10.02);
    expect(high).toBeGreaterThanOrEqual(10.02);
  });

  test('one batch far off is an outlier, and moves the median not at all', () => {
    const samples = [1, 1.01, 0.99, 1.02, 0.98, 1, 9];
    expect(outliers(samples)).toBe(1);
    expect(summarize(samples, 'median', sequence(1))).toMatchObject({ medianMs: 1, outliers: 1 });
  });

  test('VPI leaves out 5 % at either end, one batch at least', () => {
    const [medianMs, error] = trimmed([100, ...Array.from({ length: 8 }, (_, index) => 1 + index / 7), 0]);
    expect([medianMs, error]).toEqual([1.5, 0.5]);
    expect(trimmed([50, 40, ...Array.from({ length: 36 }, () => 2), -50, -60])).toEqual([2, 0]);
    expect(trimmed([4])).toEqual([4, 0]);
  });
});

describe('timing', () => {
  test('the clock’s step is the least that it moves', () => {
    expect(timerStep(fakeClock(0.25).hooks.now)).toBe(0.25);
  });

  test('batches last a hundred steps of the clock', async () => {
    const { hooks, spend } = fakeClock(0.01);
    let calls = 0;
    const samples = await measure([{ run: () => { calls += 1; spend(0.05); } }], 10, hooks);
    expect(samples?.[0]?.length).toBeGreaterThanOrEqual(9);
    // 1 ms a batch at 0.05 ms a call, and the clock's own steps.
    expect(calls).toBeGreaterThan(9 * 15);
    for (const sample of samples?.[0] ?? []) expect(sample).toBeCloseTo(0.05, 2);
  });

  test('what takes twice as long measures twice as much', async () => {
    const { hooks, spend } = fakeClock(0.001);
    const samples = await measure([{ run: () => { spend(1); } }, { run: async () => { await Promise.resolve(); spend(2); } }], 50, hooks);
    const [one = 0, two = 0] = (samples ?? []).map((list) => summarize(list, 'median', sequence(1)).medianMs);
    expect(two / one).toBeCloseTo(2, 1);
  });

  test('memory that is slow the first time it is met is not measured: a whole turn comes before', async () => {
    const { hooks, spend } = fakeClock(0.001);
    let calls = 0;
    // Twelve frames, each slow once and all alike: they look as steady as those that come after.
    const samples = await measure([{ turn: 12, run: () => { calls += 1; spend(calls <= 12 ? 16 : 1); } }], 30, hooks);
    for (const sample of samples?.[0] ?? [16]) expect(sample).toBeCloseTo(1, 1);
  });

  test('a cancelled run gives nothing', async () => {
    const { hooks, spend } = fakeClock(0.01);
    expect(await measure([{ run: () => { spend(1); } }], 1e9, { ...hooks, isCancelled: () => true })).toBeUndefined();
  });
});

describe('a case', () => {
  const one = { id: 'rgba-gray', from: 'rgba', to: 'gray' } as const;
  const options = { width: 64, height: 48, method: 'median', budgetMs: 5, frames: 2 } as const;
  const real = (): Hooks => ({ ...fakeClock(1).hooks, now: () => performance.now() });

  test('has a row for every engine that can, with its ratio to the copy and its exactness', async () => {
    const found = await runCase(one, ENGINES, options, real());
    expect(found?.rows.map(({ engine }) => engine)).toEqual(['copy', 'reference', 'scalar', 'simd']);
    for (const row of found?.rows ?? []) {
      expect(row).toMatchObject({ case: 'rgba-gray', width: 64, height: 48, bytes: 64 * 48 * 5, maxError: row.engine === 'copy' ? null : 0 });
      expect(row.ratioToCopy).toBeGreaterThan(0);
    }
    expect(found?.rows[0]?.ratioToCopy).toBe(1);
  }, 20_000);

  test('an engine that is wrong is found out, and one that fails is absent with what it said', async () => {
    const wrong: Engine = {
      id: 'wrong', title: 'wrong', says: '', threads: 1, timing: 'kernel', absent: () => undefined,
      prepare: ({ pipeline, frames }) => ({ run: () => undefined, result: () => { const target = allocImage(pipeline.to); const [first] = frames; if (first !== undefined) compile(pipeline, 'scalar').run(first.source, target); const [plane] = target.planes; if (plane !== undefined) plane.bytes[0] = (plane.bytes[0] ?? 0) ^ 8; return target; } }),
    };
    const failing: Engine = { ...wrong, id: 'failing', prepare: () => { throw new Error('no such thing'); } };
    const found = await runCase(one, [wrong, failing], options, real());
    expect(found?.rows).toMatchObject([{ engine: 'wrong', maxError: 8, ratioToCopy: null }]);
    expect(found?.rows[0]?.mismatchPercent).toBeCloseTo(100 / (64 * 48), 6);
    expect(found?.absent).toEqual([{ case: 'rgba-gray', engine: 'failing', reason: 'no such thing' }]);
  }, 20_000);

  test('frames take turns, and there are enough to leave the caches', () => {
    const next = inTurns(['a', 'b']);
    expect([next(), next(), next()]).toEqual(['a', 'b', 'a']);
    expect(framesFor(16 * 2 ** 20)).toBe(10);
    expect(framesFor(1)).toBe(64);
    const frames = makeFrames({ format: 'nv12', width: 16, height: 8 }, { format: 'rgba', width: 16, height: 8 }, 3);
    expect(frames.every(({ target }) => target.planes.every(({ bytes }) => bytes.every((byte) => byte === 1)))).toBe(true);
    expect(frames.map(({ source }) => [...(source.planes[1]?.bytes ?? [])])).toEqual(frames.map(() => [...(frames[0]?.source.planes[1]?.bytes ?? [])]));
  });

  test('what a case took is given back: the next one finds it', async () => {
    const large = { ...options, width: 640, height: 480 };
    const taken = (): number => { const image = allocImage({ format: 'rgba', width: 640, height: 480 }); const { takenBytes = 0 } = memoryFacts(image.planes) ?? {}; freeImage(image); return takenBytes; };
    const before = taken();
    expect((await runCase(one, ENGINES.filter(({ id }) => id === 'simd'), large, real()))?.rows).toHaveLength(1);
    for (const operation of OPERATION_CASES) await runOperation(operation, large, real());
    expect(taken()).toBe(before);
  }, 20_000);

  test('exactness counts samples of every component', () => {
    const pipeline = planConversion({ format: 'rgba', width: 2, height: 2 }, { format: 'rgba', width: 2, height: 2 });
    const [a, b] = [allocImage(pipeline.to), allocImage(pipeline.to)];
    const [plane] = b.planes;
    if (plane !== undefined) plane.bytes[3] = 5;
    expect(exactness(a, b)).toEqual({ mismatchPercent: 100 / 16, maxError: 5 });
  });

  test.each(OPERATION_CASES.map((operation) => [operation.id, operation] as const))('the operation %s beside a copy of its bytes', async (_, operation) => {
    const rows = await runOperation(operation, options, real());
    expect(rows?.map(({ engine }) => engine)).toEqual(['copy', 'image model']);
    expect(rows?.[0]?.bytes).toBe(rows?.[1]?.bytes);
    expect(rows?.[1]?.pixels).toBe(operation.id.startsWith('half') ? 32 * 24 : 64 * 48);
  }, 20_000);
});

test.each(BENCH_CASES)('$id is written and compiled, again and again, to a module of the same size', (one) => {
  let time = 0;
  const row = measureCompilation(one, () => (time += 2));
  expect(row).toEqual({ case: one.id, moduleBytes: row?.moduleBytes, firstMs: 2, medianMs: 2 });
  expect(row?.moduleBytes).toBe(measureCompilation(one, () => (time += 2))?.moduleBytes);
});

test('throughput is pixels and bytes over time', () => {
  expect(megapixelsPerSecond({ width: 1000, height: 1000, medianMs: 1 })).toBe(1000);
  expect(megapixelsPerSecond({ width: 1000, height: 1000, pixels: 250_000, medianMs: 1 })).toBe(250);
  expect(gigabytesPerSecond({ bytes: 8e6, medianMs: 1 })).toBe(8);
});
