import type { BenchReport, BenchRow, Method } from '../kernels/bench/report.ts';
import type { JobId, Reply } from './protocol.ts';

/** What to measure. */
export interface BenchPlan {
  /** Ids of `BENCH_CASES`, `OPERATION_CASES`. */
  readonly cases: readonly string[];
  readonly sizes: readonly (readonly [width: number, height: number])[];
  /** Ids of `BenchApi.engines`. */
  readonly engines: readonly string[];
  /** Threads of `simd×n`: one row each. */
  readonly threads: readonly number[];
  readonly method: Method;
  /** Seconds for each case at each size, warm-up not counted. */
  readonly seconds: number;
}

/** An engine of this browser. */
export interface EngineFacts {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it is. */
  readonly says: string;
  /** Why it cannot run here; undefined where it can. */
  readonly absent: string | undefined;
}

export interface BenchProgress {
  /** Case and size pairs done, and in all. */
  readonly done: number;
  readonly total: number;
  /** What is measured now, in words: `nv12 → rgba, 1920×1080`. */
  readonly now: string;
  /** Rows of the last pair that was done. */
  readonly rows: readonly BenchRow[];
}

/** The verbs of the worker that measures. */
export interface BenchApi {
  engines(): Promise<Reply<readonly EngineFacts[]>>;
  run(job: JobId, plan: BenchPlan, progress: (progress: BenchProgress) => void): Promise<Reply<BenchReport>>;
  cancel(job: JobId): void;
}
