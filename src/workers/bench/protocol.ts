import type { CompilationRow } from '../../kernels/bench/compilation.ts';
import type { Absent, BenchReport, BenchRow, Machine, Method } from '../../kernels/bench/report.ts';
import type { Planned } from '../../kernels/bench/promise.ts';
import type { MemoryFacts } from '../../kernels/image/arena.ts';
import type { JobId, Reply } from '../line/reply.ts';

/** What to measure, and how. */
export interface BenchPlan extends Planned {
  readonly method: Method;
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
  /** Rows of the last pair that was done, and what is absent from it. */
  readonly rows: readonly BenchRow[];
  readonly absent: readonly Absent[];
  readonly machine: Machine;
}

/** What the kernels' memory holds before and after many conversions. */
export interface MemoryCheck {
  readonly conversions: number;
  /** `nv12 → rgba, 1280×720`. */
  readonly what: string;
  readonly ms: number;
  readonly before: MemoryFacts;
  readonly after: MemoryFacts;
}

/** The verbs of the worker that measures. */
export interface BenchApi {
  engines(): Promise<Reply<readonly EngineFacts[]>>;
  run(job: JobId, plan: BenchPlan, progress: (progress: BenchProgress) => void): Promise<Reply<BenchReport>>;
  /** A thousand conversions, each with a result of its own that is given back. */
  memory(): Promise<Reply<MemoryCheck>>;
  /** What the first conversion of a kind costs before it starts: each case's module, written and compiled. */
  compilation(): Promise<Reply<readonly CompilationRow[]>>;
  cancel(job: JobId): void;
}
