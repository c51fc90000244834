import type { BenchPlan } from '../../../workers/benchClient.ts';

/** Warm-up and preparation of a case, beside the seconds that are measured; of one engine. */
const AROUND_SECONDS = 0.35;

const counted = (count: number, one: string): string => `${String(count)} ${count === 1 ? one : `${one}s`}`;

/** Whether there is anything to measure. */
export const isEmpty = ({ cases, sizes, engines }: BenchPlan): boolean => cases.length === 0 || sizes.length === 0 || engines.length === 0;

/** What will be measured, for a button. */
export function summary({ cases, sizes }: BenchPlan): string {
  const [size, ...others] = sizes;
  return `${counted(cases.length, 'case')} at ${size === undefined || others.length > 0 ? counted(sizes.length, 'size') : `${String(size[0])}×${String(size[1])}`}`;
}

/** How long it takes, roughly. */
export function estimate({ cases, sizes, engines, seconds }: BenchPlan): string {
  const all = cases.length * sizes.length * (seconds + engines.length * AROUND_SECONDS);
  return all < 90 ? `about ${String(Math.ceil(all / 5) * 5)} s` : `about ${String(Math.ceil(all / 60))} min`;
}
