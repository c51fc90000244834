import { expect, test } from 'vitest';
import { paceOf, promisedSeconds, secondsLeft } from './promise.ts';
import type { Planned } from './promise.ts';
import type { BenchRow } from './report.ts';

const PLAN: Planned = { cases: ['nv12-rgba', 'rgba-gray'], sizes: [[1920, 1080]], engines: ['copy', 'scalar', 'simd', 'copyTo', 'canvas'], threads: [], seconds: 1 };

/** Seconds that such runs took in Chromium on two busy cores. */
test.each<readonly [Partial<Planned>, number]>([
  [{}, 9],
  [{ seconds: 0.4 }, 6.1],
  [{ cases: ['nv12-rgba'], sizes: [[3840, 2160]], engines: ['copy', 'scalar', 'simd'] }, 5.6],
  [{ cases: ['jpeg-nv12-q75', 'clone-bgra'], engines: ['copy', 'scalar', 'simd'] }, 8.3],
  [{ sizes: [[640, 480]], engines: ['copy', 'reference', 'scalar', 'simd'] }, 8.2],
])('%j took %f s: reckoned within a third', (change, took) => {
  const promised = promisedSeconds({ ...PLAN, ...change }).reduce((sum, seconds) => sum + seconds, 0);
  expect(took / promised).toBeGreaterThan(2 / 3);
  expect(took / promised).toBeLessThan(4 / 3);
});

const row = (change: Partial<BenchRow>): BenchRow => ({ case: 'nv12-rgba', from: 'nv12', to: 'rgba', width: 1920, height: 1080, engine: 'scalar', threads: 1, medianMs: 1, ci95: [1, 1], ratioToCopy: null, mismatchPercent: null, maxError: null, timing: 'kernel', bytes: 1, outliers: 0, samples: [], ...change });

test('what was measured here takes the place of what is usual', () => {
  const plan = { ...PLAN, sizes: [[3840, 2160]] } as const;
  const before = promisedSeconds(plan);
  const pace = paceOf([row({ medianMs: 2073.6 }), row({ case: 'rgba-gray', medianMs: 2073.6 }), row({ case: 'jpeg-nv12-q75', medianMs: 1 })], 1);
  expect(pace.nsPerPixel).toEqual({ 'conversion/scalar': 1000, 'jpeg/scalar': 1e6 / (1920 * 1080) });
  // A call of scalar is 8.3 s then: ten rounds of it alone are 83 s.
  expect(promisedSeconds({ ...plan, pace })[0]).toBeGreaterThan((before[0] ?? 0) + 80);
  expect(promisedSeconds({ ...PLAN, pace: { nsPerPixel: {}, drift: 2 } })).toEqual(promisedSeconds(PLAN).map((seconds) => 2 * seconds));
});

test('what is left follows from what the steps so far took, each weighed by its own time', () => {
  expect(secondsLeft([1, 1, 8], 0, 0)).toBe(10);
  expect(secondsLeft([1, 1, 8], 0, 2.5)).toBe(7.5);
  expect(secondsLeft([1, 1, 8], 2, 4)).toBe(16);
  expect(secondsLeft([1, 1, 8], 3, 30)).toBe(0);
});
