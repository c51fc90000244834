import { gigabytesPerSecond, megapixelsPerSecond } from '../../../kernels/bench/report.ts';
import type { BenchReport, BenchRow } from '../../../kernels/bench/report.ts';
import { inThrees } from '../../../kernels/labError.ts';
import { farFromOthers } from '../../../kernels/bench/statistics.ts';
import { caseTitle, casesOf, engineTitle, enginesOf, lookOf, sizeOf } from './names.ts';
import type { Look } from './names.ts';
import type { Looking } from './state.ts';

/** One measured thing in a chart. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  /** Ends of the error bar; the same as `y` where there is none. */
  readonly low: number;
  readonly high: number;
  /** What it is, in words, for the pointer. */
  readonly says: string;
  /** Far from its neighbours: drawn hollow. */
  readonly isFar?: boolean;
}

export interface Series {
  readonly engine: string;
  readonly title: string;
  readonly look: Look;
  /** Whether a line runs through the marks. */
  readonly isJoined: boolean;
  readonly marks: readonly Mark[];
}

/** A level that nothing is expected to pass. */
export interface Ceiling {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  /** What it is, in words. */
  readonly says: string;
}

export interface Tick {
  readonly at: number;
  readonly title: string;
}

export interface Chart {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  /** Names stand side by side, each one wide; else numbers, on a logarithmic axis or not. */
  readonly x: 'names' | 'log' | 'linear';
  readonly ticks: readonly Tick[];
  readonly y: 'log' | 'linear';
  readonly series: readonly Series[];
  readonly ceilings: readonly Ceiling[];
  /** What all ceilings are. */
  readonly ceilingTitle: 'memory copy' | 'median';
}

type Speed = Looking['unit'];

const speedAt = (unit: Speed, row: BenchRow, medianMs: number): number => (unit === 'MP/s' ? megapixelsPerSecond({ ...row, medianMs }) : gigabytesPerSecond({ ...row, medianMs }));

/** Thousands apart, by spaces that no line breaks at. */
export function grouped(digits: string): string {
  const [, sign = '', whole = '', rest = ''] = /^([-−]?)(\d*)(\D.*)?$/.exec(digits) ?? [];
  return `${sign}${inThrees(whole, '\u00a0')}${rest}`;
}

/** Three figures that count, never more. */
export const figure = (value: number): string => (value >= 1000 ? grouped(String(Math.round(value))) : String(Number(value.toPrecision(3))));

function markOf(row: BenchRow, x: number, unit: Speed): Mark {
  const [fast, slow] = row.ci95;
  const [y, low, high] = [speedAt(unit, row, row.medianMs), speedAt(unit, row, slow), speedAt(unit, row, Math.max(fast, row.medianMs / 10))];
  return { x, y, low, high, says: `${engineTitle(row.engine)}, ${caseTitle(row.case)}, ${sizeOf(row)}: ${figure(y)} ${unit} (${figure(low)} … ${figure(high)})${row.ratioToCopy === null || row.engine === 'copy' ? '' : `, ${row.ratioToCopy.toFixed(2)} × the copy’s time`}${row.wasHidden === true ? '; the page was hidden' : ''}` };
}

const seriesOf = (report: BenchReport, isJoined: boolean, marksOf: (rows: readonly BenchRow[], place: number, places: number) => readonly Mark[]): readonly Series[] => {
  const engines = enginesOf(report);
  return engines.map((engine, index) => ({ engine, title: engineTitle(engine), look: lookOf(engine), isJoined, marks: marksOf(report.rows.filter((row) => row.engine === engine), index, engines.length) })).filter(({ marks }) => marks.length > 0);
};

const ceilingOf = (row: BenchRow, from: number, to: number, unit: Speed): Ceiling => ({ from, to, y: speedAt(unit, row, row.medianMs), says: markOf(row, from, unit).says });

/** Part of a name's width over which its engines spread. */
const SPREAD = 0.7;

/** Every case at one size: engines side by side below the memory copy. */
export function throughput(report: BenchReport, size: string, unit: Speed): Chart {
  const rows = report.rows.filter((row) => sizeOf(row) === size);
  const cases = casesOf({ rows });
  const measured = rows.filter(({ engine }) => engine !== 'copy');
  const ceilings = rows.filter(({ engine }) => engine === 'copy').map((row) => { const at = cases.indexOf(row.case); return ceilingOf(row, at - 0.42, at + 0.42, unit); });
  return {
    title: `Throughput at ${size}`, xTitle: '', yTitle: unit, x: 'names', y: 'log', ceilings, ceilingTitle: 'memory copy',
    ticks: cases.map((id, at) => ({ at, title: caseTitle(id) })),
    series: seriesOf({ ...report, rows: measured }, false, (own, place, places) => own.map((row) => markOf(row, cases.indexOf(row.case) + (places === 1 ? 0 : (place / (places - 1) - 0.5) * SPREAD), unit))),
  };
}

/** One case over the sizes: what leaves the caches shows. */
export function bySize(report: BenchReport, id: string, unit: Speed): Chart {
  const rows = report.rows.filter((row) => row.case === id);
  const sizes = new Map(rows.map((row) => [sizeOf(row), (row.width * row.height) / 1e6]));
  return {
    title: `${caseTitle(id)} by size`, xTitle: 'megapixels', yTitle: unit, x: 'log', y: 'log', ceilings: [], ceilingTitle: 'memory copy',
    ticks: [...sizes].map(([size, at]) => ({ at, title: `${size}\n${at.toFixed(1)} MP` })),
    series: seriesOf({ ...report, rows }, true, (own) => own.map((row) => markOf(row, (row.width * row.height) / 1e6, unit)).toSorted((a, b) => a.x - b.x)),
  };
}

/** One case at one size over the number of threads, beside the same code in one. */
export function byThreads(report: BenchReport, id: string, size: string, unit: Speed): Chart {
  const rows = report.rows.filter((row) => row.case === id && sizeOf(row) === size);
  const own = rows.filter(({ engine }) => engine === 'simd' || engine.startsWith('simd×')).toSorted((a, b) => a.threads - b.threads);
  const most = Math.max(2, ...own.map(({ threads }) => threads));
  const copy = rows.find(({ engine }) => engine === 'copy');
  const [one] = own.filter(({ threads }) => threads === 1);
  const marks = own.map((row): Mark => { const mark = markOf(row, row.threads, unit); return one === undefined || row === one ? mark : { ...mark, says: `${mark.says}; ${(one.medianMs / row.medianMs).toFixed(2)} × one thread` }; });
  return {
    title: `${caseTitle(id)} at ${size}, by threads`, xTitle: 'threads', yTitle: unit, x: 'linear', y: 'linear', ceilingTitle: 'memory copy',
    ticks: [...new Set(own.map(({ threads }) => threads))].map((threads) => ({ at: threads, title: String(threads) })),
    ceilings: copy === undefined ? [] : [ceilingOf(copy, 0.5, most + 0.5, unit)],
    series: marks.length === 0 ? [] : [{ engine: 'simd', title: 'simd', look: lookOf('simd'), isJoined: true, marks }],
  };
}

function batchesOf({ samples, engine, wasHidden }: BenchRow, place: number): readonly Mark[] {
  const far = farFromOthers(samples);
  return samples.map((ms, turn) => ({ x: place - 0.4 + (0.8 * (turn + 0.5)) / samples.length, y: ms, low: ms, high: ms, isFar: far[turn] ?? false, says: `${engineTitle(engine)}, batch ${String(turn + 1)} of ${String(samples.length)}: ${figure(ms)} ms${far[turn] ? ', far from the others' : ''}${wasHidden === true ? '; the page was hidden' : ''}` }));
}

/** Every batch of one case at one size, from left to right in the order of measuring: spread, drift and outliers. */
export function distribution(report: BenchReport, id: string, size: string): Chart {
  const rows = report.rows.filter((row) => row.case === id && sizeOf(row) === size && row.samples.length > 0);
  const engines = enginesOf({ rows });
  return {
    title: `${caseTitle(id)} at ${size}, batch by batch`, xTitle: '', yTitle: 'ms a call', x: 'names', y: 'log', ceilingTitle: 'median',
    ticks: engines.map((engine, at) => ({ at, title: engineTitle(engine) })),
    ceilings: engines.flatMap((engine, at) => rows.filter((row) => row.engine === engine).map((row) => ({ from: at - 0.42, to: at + 0.42, y: row.medianMs, says: `${engineTitle(engine)}, the median of ${String(row.samples.length)} batches: ${figure(row.medianMs)} ms` }))),
    series: seriesOf({ ...report, rows }, false, (own, place) => own.flatMap((row) => batchesOf(row, place))),
  };
}

/** What the chosen tab shows of a report; undefined for the table. */
export function chartOf(report: BenchReport, { tab, unit, case: id, size }: Looking): Chart | undefined {
  switch (tab) {
    case 'throughput': return throughput(report, size, unit);
    case 'sizes': return bySize(report, id, unit);
    case 'threads': return byThreads(report, id, size, unit);
    case 'runs': return distribution(report, id, size);
    case 'table': return undefined;
  }
}
