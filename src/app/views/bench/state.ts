import { create } from 'zustand';
import type { Pace } from '../../../kernels/bench/promise.ts';
import type { BenchReport } from '../../../kernels/bench/report.ts';
import type { LabErrorInfo } from '../../../kernels/index.ts';
import type { CompilationRow } from '../../../kernels/bench/compilation.ts';
import type { BenchPlan, EngineFacts, MemoryCheck } from '../../../workers/bench/client.ts';
import { setParameters, useLab } from '../../state/store.ts';

/** What is measured, from the question to the answer. */
export type Run =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly done: number; readonly total: number; readonly now: string; readonly since: number; readonly promised: readonly number[] }
  | { readonly state: 'cancelled'; readonly done: number; readonly total: number }
  | { readonly state: 'failed'; readonly error: LabErrorInfo }
  | { readonly state: 'done'; readonly cases: number; readonly seconds: number; readonly promised: number };

/** A report with a name: where it comes from. */
export interface NamedReport {
  readonly name: string;
  readonly report: BenchReport;
}

/** A check beside the run: asked for, and answered. */
export type Check<T> =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'failed'; readonly error: LabErrorInfo }
  | { readonly state: 'done'; readonly found: T };

/** Nothing is cancelled by the second click of a double click. */
export const CANCEL_AFTER_MS = 500;

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
  readonly engines: readonly EngineFacts[] | undefined;
  readonly run: Run;
  /** What is shown: a run of now, as far as it came, or a report that was opened. */
  readonly shown: NamedReport | undefined;
  readonly baseline: NamedReport | undefined;
  readonly memory: Check<MemoryCheck>;
  readonly compilation: Check<readonly CompilationRow[]>;
  readonly looking: Looking;
  /** What the runs so far tell of the next; undefined before the first. */
  readonly pace: Pace | undefined;
  /** What went wrong beside a run: a file that is no report. */
  readonly error: LabErrorInfo | undefined;
}

export const useBenchmark = create<BenchState>()(() => ({
  engines: undefined, run: { state: 'none' }, shown: undefined, baseline: undefined, memory: { state: 'none' }, compilation: { state: 'none' }, pace: undefined, error: undefined,
  looking: { tab: 'throughput', unit: 'MP/s', tableUnit: 'ms', case: '', size: '' },
}));

export const set = (change: Partial<BenchState>): void => useBenchmark.setState(change);
/** What is to be measured is part of the document: linked, and undone. */
export const planNow = (): BenchPlan => useLab.getState().parameters.bench;
export const usePlan = (): BenchPlan => useLab(({ parameters }) => parameters.bench);
/** The plan, with what the runs so far tell of its time. */
export const usePacedPlan = (): BenchPlan => { const [plan, pace] = [usePlan(), useBenchmark((bench) => bench.pace)]; return { ...plan, pace }; };
export const setPlan = (change: Partial<BenchPlan>): void => setParameters({ bench: { ...planNow(), ...change } });
export const look = (change: Partial<Looking>): void => set({ looking: { ...useBenchmark.getState().looking, ...change } });
