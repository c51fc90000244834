import { LabError } from '../../kernels/index.ts';
import type { Engine } from '../../kernels/bench/engine.ts';
import { timerStep } from '../../kernels/bench/measure.ts';
import type { Hooks } from '../../kernels/bench/measure.ts';
import { OPERATION_CASES, runOperation } from '../../kernels/bench/operations.ts';
import type { Absent, BenchReport, BenchRow, Machine } from '../../kernels/bench/report.ts';
import { runCase } from '../../kernels/bench/run.ts';
import type { CaseResult } from '../../kernels/bench/run.ts';
import { BENCH_CASES } from '../../kernels/tables/benchCases.ts';
import type { BenchApi, BenchPlan, BenchProgress, EngineFacts } from '../benchProtocol.ts';
import { reply } from '../encode/reply.ts';
import { nextTurn } from '../pacing.ts';
import type { JobId, Reply } from '../protocol.ts';

/** What this browser offers. */
export interface BenchHost {
  readonly engines: readonly Engine[];
  /** `simd×n`. */
  readonly threads: (count: number) => Engine;
  /** Why several threads are not to be had; undefined where they are. */
  readonly threadless: string | undefined;
  readonly machine: Omit<Machine, 'date' | 'timerStepMs'>;
  readonly isHidden: () => boolean;
}

type Step = { readonly now: string; readonly work: (hooks: Hooks) => Promise<CaseResult | undefined> };

const CANCELLED = { code: 'job/cancelled', what: 'The benchmark was cancelled.', remedy: 'Start it again; what was measured so far is shown.' } as const;

/** The verbs of the worker that measures. */
export class Bench implements BenchApi {
  private readonly host: BenchHost;
  private readonly cancelled = new Set<JobId>();

  constructor(host: BenchHost) {
    this.host = host;
  }

  engines(): Promise<Reply<readonly EngineFacts[]>> {
    const { engines, threadless } = this.host;
    const facts = engines.map(({ id, title, says }): EngineFacts => ({ id, title, says, absent: undefined }));
    return reply(() => [...facts, { id: 'simd×n', title: 'simd, several threads', says: 'The same code in several threads over shared memory; the time includes handing over.', absent: threadless }]);
  }

  run(job: JobId, plan: BenchPlan, progress: (progress: BenchProgress) => void): Promise<Reply<BenchReport>> {
    return reply(async () => {
      const steps = this.steps(plan);
      if (steps.length === 0) throw new LabError({ code: 'bench/nothing', what: 'No case, size or engine is chosen.', remedy: 'Choose at least one of each.' });
      const rows: BenchRow[] = [];
      const absent: Absent[] = [];
      let wasHidden = this.host.isHidden();
      const hooks: Hooks = { now: () => performance.now(), random: Math.random, isCancelled: () => this.cancelled.has(job), breathe: async () => { wasHidden ||= this.host.isHidden(); await nextTurn(); } };
      for (const [done, { now, work }] of steps.entries()) {
        progress({ done, total: steps.length, now, rows: [] });
        const found = await work(hooks);
        if (found === undefined) throw new LabError(CANCELLED);
        rows.push(...found.rows);
        absent.push(...found.absent);
        progress({ done: done + 1, total: steps.length, now, rows: found.rows });
      }
      return { machine: { ...this.host.machine, date: new Date().toISOString(), timerStepMs: timerStep(hooks.now) }, rows, absent, method: plan.method, wasHidden };
    });
  }

  cancel(job: JobId): void {
    this.cancelled.add(job);
  }

  private steps(plan: BenchPlan): readonly Step[] {
    const engines = [...this.host.engines.filter(({ id }) => plan.engines.includes(id)), ...(plan.engines.includes('simd×n') ? plan.threads.map((count) => this.host.threads(count)) : [])];
    if (engines.length === 0) return [];
    return plan.sizes.flatMap(([width, height]) => {
      const options = { width, height, method: plan.method, budgetMs: plan.seconds * 1000 };
      const size = `${String(width)}×${String(height)}`;
      const conversions = BENCH_CASES.filter(({ id }) => plan.cases.includes(id)).map((one): Step => ({ now: `${one.from} → ${one.to}, ${size}`, work: (hooks) => runCase(one, engines, options, hooks) }));
      const operations = OPERATION_CASES.filter(({ id }) => plan.cases.includes(id)).map((one): Step => ({
        now: `${one.title}, ${size}`,
        work: async (hooks) => { const rows = await runOperation(one, options, hooks); return rows === undefined ? undefined : { rows, absent: [] }; },
      }));
      return [...conversions, ...operations];
    });
  }
}
