import { gigabytesPerSecond, megapixelsPerSecond } from '../../../kernels/bench/report.ts';
import type { BenchReport, BenchRow } from '../../../kernels/bench/report.ts';
import { figure, grouped } from './charts.ts';
import type { Unit } from './state.ts';

/** As many decimals as count beside a number: milliseconds to the microsecond. */
const decimalsOf = (value: number, unit: Unit): number => (value >= 100 ? 0 : value >= 10 ? 1 : unit === 'ms' ? 3 : 2);

/** A row as VPI's tables say it: the median ± half the interval; where that is not about its middle, its ends. */
export function valueOf(row: BenchRow, unit: Unit): string {
  if (unit === '× copy') return row.ratioToCopy === null ? '–' : row.ratioToCopy.toFixed(2);
  const at = (ms: number): number => (unit === 'ms' ? ms : unit === 'MP/s' ? megapixelsPerSecond({ ...row, medianMs: ms }) : gigabytesPerSecond({ ...row, medianMs: ms }));
  const [value, one, other] = [at(row.medianMs), at(row.ci95[0]), at(row.ci95[1])];
  const [down, up] = [value - Math.min(one, other), Math.max(one, other) - value];
  const decimals = decimalsOf(value, unit);
  const told = (number: number): string => grouped(number.toFixed(decimals));
  const isAside = Math.max(down, up) > 2 * Math.min(down, up) + 2 * 10 ** -decimals;
  return isAside ? `${told(value)} (${told(value - down)} … ${told(value + up)})` : `${told(value)} ± ${told((down + up) / 2)}`;
}

/** How right a result is. */
export function exactnessOf({ mismatchPercent, maxError, file }: BenchRow): string | undefined {
  if (file !== undefined) return [`${figure(file.bytes / 1000)} kB`, file.psnr === undefined ? undefined : file.psnr === null ? 'equal' : `${file.psnr.toFixed(1)} dB`].filter((text) => text !== undefined).join(', ');
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

/** Why a comparison with another report says less than it seems; undefined where it does not. */
export function doubtOf(report: BenchReport, baseline: BenchReport): string | undefined {
  const [own, other] = [report.machine, baseline.machine];
  if (!report.rows.some((row) => changeOf(row, baseline) !== undefined)) return 'The baseline has none of these rows: there is nothing to compare.';
  if (report.method !== baseline.method) return 'The baseline was measured by another method.';
  if (own.cpu !== other.cpu || own.threads !== other.threads) return `The baseline was measured on another machine (processor ${other.cpu}, ${String(other.threads)} logical processors).`;
  if (own.runtime !== other.runtime) return `The baseline was measured by ${other.runtime}.`;
  return own.isolated === other.isolated ? undefined : `The baseline was measured on a page that was ${other.isolated ? '' : 'not '}isolated.`;
}
