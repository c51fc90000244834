import { MOST_REFERENCE_PIXELS } from '../../../kernels/tables/benchCases.ts';
import type { BenchPlan } from '../../../workers/benchClient.ts';
import { groupOf } from './names.ts';

const counted = (count: number, one: string): string => `${String(count)} ${count === 1 ? one : `${one}s`}`;

/** Engines of a plan that do something for a group of cases. */
function enginesFor(group: ReturnType<typeof groupOf>, { engines, threads }: BenchPlan): readonly string[] {
  const able = engines.filter((id) => id !== 'simd×n' || threads.length > 0);
  if (group === 'JPEG') return able.filter((id) => ['copy', 'scalar', 'simd', 'jpeg-js'].includes(id));
  return group === 'Conversions' ? able.filter((id) => id !== 'jpeg-js') : ['copy', 'image model'];
}

/** Why a plan measures nothing; undefined where it measures something. */
export function whyNothing(plan: BenchPlan): string | undefined {
  const { cases, sizes, engines, threads } = plan;
  if (cases.length === 0 || sizes.length === 0 || engines.length === 0) return 'Choose at least one case, one size and one engine.';
  if (cases.some((id) => enginesFor(groupOf(id), plan).length > 0)) return undefined;
  return engines.includes('simd×n') && threads.length === 0 ? 'Choose how many threads, or another engine.' : 'None of the chosen engines does any of the chosen cases.';
}

/** What will be measured, for a button. */
export function summary({ cases, sizes }: BenchPlan): string {
  const [size, ...others] = sizes;
  return `${counted(cases.length, 'case')} at ${size === undefined || others.length > 0 ? counted(sizes.length, 'size') : `${String(size[0])}×${String(size[1])}`}`;
}

/** Nanoseconds a pixel on a machine of today, roughly, of engines that take long. */
const SLOW: Readonly<Record<string, number>> = { scalar: 15, reference: 300, 'jpeg-js': 70, 'opencv.js': 3, canvas: 10, copyTo: 3 };
const QUICK = 0.5;
/** Calls of each engine at the least: a few to warm up, then batches. */
const FEWEST_CALLS = 16;
/** Preparation and warm-up of an engine. */
const AROUND_SECONDS = 0.12;

/** Seconds that a plan takes, roughly. */
export function secondsOf(plan: BenchPlan): number {
  return plan.cases.flatMap((id) => plan.sizes.map(([width, height]) => {
    const engines = enginesFor(groupOf(id), plan).filter((engine) => engine !== 'reference' || width * height <= MOST_REFERENCE_PIXELS);
    const least = engines.reduce((sum, engine) => sum + (FEWEST_CALLS * (SLOW[engine] ?? QUICK) * width * height) / 1e9, 0);
    return Math.max(plan.seconds, least) + engines.length * AROUND_SECONDS;
  })).reduce((sum, seconds) => sum + seconds, 0);
}

/** A length of time for a person who waits. */
export const roughly = (seconds: number): string => (seconds < 90 ? `about ${String(Math.max(1, Math.ceil(seconds / 5)) * 5)} s` : `about ${String(Math.ceil(seconds / 60))} min`);
