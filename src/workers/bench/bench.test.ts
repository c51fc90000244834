import { describe, expect, test } from 'vitest';
import { allocImage, shareImages } from '../../kernels/index.ts';
import { ENGINES } from '../../kernels/bench/engines.ts';
import type { Engine } from '../../kernels/bench/engine.ts';
import type { BenchPlan, BenchProgress } from './protocol.ts';
import { promisedSeconds } from '../../kernels/bench/promise.ts';
import { Bench } from './bench.ts';
import type { BenchHost } from './bench.ts';
import { checkKernelMemory } from './memoryCheck.ts';

const PLAN: BenchPlan = { cases: ['rgba-gray', 'clone-bgra'], sizes: [[64, 48]], engines: ['copy', 'simd'], threads: [], method: 'median', seconds: 0.001 };

function hostOf(change: Partial<BenchHost> = {}): BenchHost {
  const noThreads = (count: number): Engine => ({ ...ENGINES[0], id: `simd×${String(count)}` });
  return { engines: ENGINES, absence: () => undefined, threads: noThreads, threadless: 'One processor only.', machine: { cpu: 'test', threads: 1, runtime: 'Node', isolated: false }, isHidden: () => false, photo: () => Promise.resolve(allocImage({ format: 'rgb24', width: 32, height: 32 })), ...change };
}

describe('the worker that measures', () => {
  test('says what it is at, and hands rows over as they come', async () => {
    const steps: BenchProgress[] = [];
    const reply = await new Bench(hostOf()).run(1, PLAN, (progress) => { steps.push(progress); });
    expect(steps.map(({ done, total, now, rows }) => [done, total, now, rows.map(({ engine }) => engine)])).toEqual([
      [0, 2, 'rgba → gray, 64×48', []], [1, 2, 'rgba → gray, 64×48', ['copy', 'simd']],
      [1, 2, 'clone, 64×48', []], [2, 2, 'clone, 64×48', ['copy', 'image model']],
    ]);
    expect(reply.ok && reply.value.rows).toEqual(steps.flatMap(({ rows }) => rows));
    expect(reply.ok && reply.value.wasHidden).toBe(false);
  }, 30_000);

  test('a run takes the time that was promised, within a third, though everything in it is quick', async () => {
    const plan = { ...PLAN, seconds: 0.1 };
    const promised = promisedSeconds(plan);
    const totals: number[] = [];
    const started = performance.now();
    await new Bench(hostOf()).run(1, plan, ({ total }) => { totals.push(total); });
    const share = (performance.now() - started) / 1000 / promised.reduce((sum, seconds) => sum + seconds, 0);
    expect(share).toBeGreaterThan(2 / 3);
    expect(share).toBeLessThan(4 / 3);
    expect(totals[0]).toBe(promised.length);
  }, 30_000);

  test('what is promised is promised for every step that is measured, whatever is chosen', async () => {
    for (const change of [{ cases: ['jpeg-gray-q75', 'clone-bgra', 'rgba-gray'] }, { cases: ['jpeg-gray-q75', 'rgba-gray'], engines: ['scalar'] }, { cases: ['jpeg-gray-q75', 'rgba-gray'], engines: ['jpeg-js'] }]) {
      let total = 0;
      const plan = { ...PLAN, ...change };
      const bench = new Bench(hostOf());
      await bench.run(1, plan, (progress) => { ({ total } = progress); bench.cancel(1); });
      expect(total).toBe(promisedSeconds(plan).length);
    }
  }, 30_000);

  test('cancelled after the first case: the rows of that case have been handed over', async () => {
    const steps: BenchProgress[] = [];
    const bench = new Bench(hostOf());
    const reply = await bench.run(1, PLAN, (progress) => { steps.push(progress); if (progress.done === 1) bench.cancel(1); });
    expect(reply).toMatchObject({ ok: false, error: { code: 'job/cancelled' } });
    expect(steps.flatMap(({ rows }) => rows.map((row) => row.case))).toEqual(['rgba-gray', 'rgba-gray']);
  }, 30_000);

  test('only the rows during which the page was hidden are marked', async () => {
    let isHidden = false;
    const reply = await new Bench(hostOf({ isHidden: () => isHidden })).run(1, PLAN, ({ done }) => { isHidden = done === 1; });
    expect(reply.ok && reply.value.rows.map((row) => [row.case, row.wasHidden])).toEqual([['rgba-gray', undefined], ['rgba-gray', undefined], ['clone-bgra', true], ['clone-bgra', true]]);
    expect(reply.ok && reply.value.wasHidden).toBe(true);
  }, 30_000);

  test('encoders of JPEG are measured on the photograph; what they made of it has a size and a likeness', async () => {
    const slope = allocImage({ format: 'rgb24', width: 32, height: 32 });
    slope.planes[0]?.bytes.forEach((_, at, bytes) => { bytes[at] = 40 + (at % 96) * 2; });
    const reply = await new Bench(hostOf({ photo: () => Promise.resolve(slope) })).run(1, { ...PLAN, cases: ['jpeg-gray-q75'], engines: ['copy', 'scalar', 'jpeg-js'] }, () => undefined);
    expect(reply.ok && reply.value.rows.map(({ engine, to }) => [engine, to])).toEqual([['copy', 'jpeg'], ['scalar', 'jpeg'], ['jpeg-js', 'jpeg']]);
    const [copy, scalar, jpegJs] = reply.ok ? reply.value.rows.map(({ file }) => file) : [];
    expect(copy).toBeUndefined();
    for (const file of [scalar, jpegJs]) {
      expect(file?.bytes).toBeGreaterThan(300);
      expect(file?.psnr).toBeGreaterThan(25);
      expect(file?.psnr).toBeLessThan(70);
    }
  }, 30_000);

  test('where Node’s Buffer is missing, as in a browser, jpeg-js is measured all the same', async () => {
    const { Buffer } = globalThis;
    Reflect.deleteProperty(globalThis, 'Buffer');
    try {
      const reply = await new Bench(hostOf()).run(1, { ...PLAN, cases: ['jpeg-gray-q75'], engines: ['jpeg-js'] }, () => undefined);
      expect(reply.ok && reply.value.rows.map(({ engine }) => engine)).toEqual(['jpeg-js']);
      expect(reply.ok && reply.value.absent).toEqual([]);
    } finally {
      Object.assign(globalThis, { Buffer });
    }
  }, 30_000);

  test('nothing chosen is said, not measured', async () => {
    expect(await new Bench(hostOf()).run(1, { ...PLAN, cases: [] }, () => undefined)).toMatchObject({ ok: false, error: { code: 'bench/nothing' } });
  });
});

test('the kernels’ memory does not grow over many conversions', async () => {
  shareImages(false);
  const { before, after } = await checkKernelMemory(40);
  expect(after).toEqual(before);
  expect(before.takenBytes).toBe(1280 * 720 * 1.5);
  expect(before.touchedBytes).toBeGreaterThanOrEqual(1280 * 720 * 5.5);
}, 30_000);
