import { enginesFor, kindOf, promisedSeconds } from '../../../kernels/bench/promise.ts';
import type { BenchPlan } from '../../../workers/bench/client.ts';

const counted = (count: number, one: string): string => `${String(count)} ${count === 1 ? one : `${one}s`}`;

/** Why a plan measures nothing; undefined where it measures something. */
export function whyNothing(plan: BenchPlan): string | undefined {
  const { cases, sizes, engines, threads } = plan;
  if (cases.length === 0 || sizes.length === 0 || engines.length === 0) return 'Choose at least one case, one size and one engine.';
  if (cases.some((id) => enginesFor(kindOf(id), plan).length > 0)) return undefined;
  return engines.includes('simd×n') && threads.length === 0 ? 'Choose how many threads, or another engine.' : 'None of the chosen engines does any of the chosen cases.';
}

/** What will be measured, for a button. */
export function summary({ cases, sizes }: BenchPlan): string {
  const [size, ...others] = sizes;
  return `${counted(cases.length, 'case')} at ${size === undefined || others.length > 0 ? counted(sizes.length, 'size') : `${String(size[0])}×${String(size[1])}`}`;
}

/** Seconds that a plan takes, from what was measured here before. */
export const secondsOf = (plan: BenchPlan): number => promisedSeconds(plan).reduce((sum, seconds) => sum + seconds, 0);

/** A length of time for a person who waits; rounded by less than a tenth where it is no matter of seconds. */
export function roughly(seconds: number): string {
  if (seconds < 20) return `about ${String(Math.max(1, Math.round(seconds)))} s`;
  if (seconds < 90) return `about ${String(Math.round(seconds / 5) * 5)} s`;
  return `about ${String(seconds < 570 ? Math.round(seconds / 30) / 2 : Math.round(seconds / 60))} min`;
}
