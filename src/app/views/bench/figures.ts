import { gigabytesPerSecond, megapixelsPerSecond } from '../../../kernels/bench/report.ts';
import type { BenchReport, BenchRow } from '../../../kernels/bench/report.ts';
import { figure } from './charts.ts';
import type { Unit } from './state.ts';

/** Milliseconds to the microsecond, or as many digits as count. */
const ms = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(3));

/** A row as VPI's tables say it: the median ± half the interval. */
export function valueOf(row: BenchRow, unit: Unit): string {
  const [low, high] = row.ci95;
  const half = (high - low) / 2;
  if (unit === 'ms') return `${ms(row.medianMs)} ± ${ms(half)}`;
  if (unit === '× copy') return row.ratioToCopy === null ? '–' : row.ratioToCopy.toFixed(2);
  const speed = unit === 'MP/s' ? megapixelsPerSecond(row) : gigabytesPerSecond(row);
  return `${figure(speed)} ± ${figure((speed * half) / row.medianMs)}`;
}

/** How right a result is. */
export function exactnessOf({ mismatchPercent, maxError }: BenchRow): string | undefined {
  if (mismatchPercent === null || maxError === null) return undefined;
  if (mismatchPercent === 0) return 'exact';
  return `±${figure(maxError)} in ${mismatchPercent < 0.1 ? '< 0.1' : mismatchPercent.toFixed(1)} %`;
}

export interface Change {
  readonly verdict: 'faster' | 'slower' | 'same';
  readonly text: string;
}

/** Smaller differences are not told, even where the intervals do not meet. */
const TOLD = 0.03;

/** A row beside the same row of another report: different only where the intervals do not meet. */
export function changeOf(row: BenchRow, baseline: BenchReport | undefined): Change | undefined {
  const before = baseline?.rows.find((one) => one.case === row.case && one.engine === row.engine && one.width === row.width && one.height === row.height);
  if (before === undefined) return undefined;
  const ratio = before.medianMs / row.medianMs;
  const areApart = row.ci95[0] > before.ci95[1] || row.ci95[1] < before.ci95[0];
  if (!areApart || Math.abs(ratio - 1) < TOLD) return { verdict: 'same', text: 'as before' };
  return ratio > 1 ? { verdict: 'faster', text: `${ratio.toFixed(2)}× faster` } : { verdict: 'slower', text: `${(1 / ratio).toFixed(2)}× slower` };
}
