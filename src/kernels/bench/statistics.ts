import { median, medianAbsoluteDeviation, quantileSorted } from 'simple-statistics';
import type { Method } from './report.ts';

/** A number in 0 ≤ x < 1; fixed sequences make tests repeat. */
export type Random = () => number;

export interface Summary {
  /** Milliseconds of one call. */
  readonly medianMs: number;
  readonly ci95: readonly [number, number];
  readonly outliers: number;
}

const RESAMPLES = 400;
/** Beyond so many median absolute deviations a batch is called an outlier. */
const FAR = 5;
/** Part that VPI's method leaves out at either end; one batch at least. */
const TRIM = 0.05;

/** 95 % interval of the median. @source Efron, “Bootstrap methods: another look at the jackknife”, 1979: percentile interval */
export function bootstrap(samples: readonly number[], random: Random): readonly [number, number] {
  const medians = Array.from({ length: RESAMPLES }, () => median(samples.map(() => samples[Math.floor(random() * samples.length)] ?? 0))).toSorted((a, b) => a - b);
  return [quantileSorted(medians, 0.025), quantileSorted(medians, 0.975)];
}

/** Which samples are far from the others. */
export function farFromOthers(samples: readonly number[]): readonly boolean[] {
  const middle = median([...samples]);
  const spread = medianAbsoluteDeviation([...samples]);
  return samples.map((sample) => spread > 0 && Math.abs(sample - middle) > FAR * spread);
}

export const outliers = (samples: readonly number[]): number => farFromOthers(samples).filter(Boolean).length;

/** The median of what is left without the extremes, ± half of what that spans. @source NVIDIA VPI, “Benchmarking method”: batches, the lowest and highest 5 % of them excluded, median */
export function trimmed(samples: readonly number[]): readonly [medianMs: number, error: number] {
  const sorted = samples.toSorted((a, b) => a - b);
  const cut = sorted.length < 3 ? 0 : Math.max(1, Math.floor(sorted.length * TRIM));
  const kept = sorted.slice(cut, sorted.length - cut);
  return [median(kept), ((kept[kept.length - 1] ?? 0) - (kept[0] ?? 0)) / 2];
}

export function summarize(samples: readonly number[], method: Method, random: Random): Summary {
  if (method === 'vpi') {
    const [medianMs, error] = trimmed(samples);
    return { medianMs, ci95: [medianMs - error, medianMs + error], outliers: outliers(samples) };
  }
  return { medianMs: median([...samples]), ci95: bootstrap(samples, random), outliers: outliers(samples) };
}
