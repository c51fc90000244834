import { create } from 'zustand';
import type { BenchReport } from '../../../kernels/bench/report.ts';
import type { LabErrorInfo } from '../../../kernels/index.ts';
import { BENCH_CASES } from '../../../kernels/tables/benchCases.ts';
import type { BenchPlan, EngineFacts, MemoryCheck } from '../../../workers/benchClient.ts';

/** What is measured, from the question to the answer. */
export type Run =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly done: number; readonly total: number; readonly now: string; readonly since: number }
  | { readonly state: 'cancelled'; readonly done: number; readonly total: number }
  | { readonly state: 'failed'; readonly error: LabErrorInfo }
  | { readonly state: 'done' };

/** A report with a name: where it comes from. */
export interface NamedReport {
  readonly name: string;
  readonly report: BenchReport;
}

export type MemoryState =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'failed'; readonly error: LabErrorInfo }
  | { readonly state: 'done'; readonly check: MemoryCheck };

export const BENCH_TABS = [
  { id: 'throughput', title: 'Throughput' },
  { id: 'sizes', title: 'By size' },
  { id: 'threads', title: 'By threads' },
  { id: 'runs', title: 'Distribution' },
  { id: 'table', title: 'Table' },
] as const;

export type BenchTab = (typeof BENCH_TABS)[number]['id'];

/** What a figure counts. */
export type Unit = 'MP/s' | 'GB/s' | 'ms' | '× copy';

/** What is looked at. A case or a size that the report has not is taken for the first that it has. */
export interface Looking {
  readonly tab: BenchTab;
  readonly unit: Extract<Unit, 'MP/s' | 'GB/s'>;
  readonly tableUnit: Unit;
  readonly case: string;
  /** `1920×1080`. */
  readonly size: string;
}

export interface BenchState {
  readonly plan: BenchPlan;
  readonly engines: readonly EngineFacts[] | undefined;
  readonly run: Run;
  /** What is shown: a run of now, as far as it came, or a report that was opened. */
  readonly shown: NamedReport | undefined;
  readonly baseline: NamedReport | undefined;
  readonly memory: MemoryState;
  readonly looking: Looking;
  /** What went wrong beside a run: a file that is no report. */
  readonly error: LabErrorInfo | undefined;
}

/** The ten conversions at one size, by what a person would use: a minute. */
export const START_PLAN: BenchPlan = { cases: BENCH_CASES.map(({ id }) => id), sizes: [[1920, 1080]], engines: ['copy', 'scalar', 'simd', 'copyTo', 'canvas', 'jpeg-js'], threads: [2], method: 'median', seconds: 1.2 };

export const useBenchmark = create<BenchState>()(() => ({
  plan: START_PLAN, engines: undefined, run: { state: 'none' }, shown: undefined, baseline: undefined, memory: { state: 'none' }, error: undefined,
  looking: { tab: 'throughput', unit: 'MP/s', tableUnit: 'ms', case: '', size: '' },
}));

export const set = (change: Partial<BenchState>): void => useBenchmark.setState(change);
export const setPlan = (change: Partial<BenchPlan>): void => set({ plan: { ...useBenchmark.getState().plan, ...change } });
export const look = (change: Partial<Looking>): void => set({ looking: { ...useBenchmark.getState().looking, ...change } });
