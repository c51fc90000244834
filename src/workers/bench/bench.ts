import { LabError } from '../../kernels/index.ts';
import { measureCompilation } from '../../kernels/bench/compilation.ts';
import type { CompilationRow } from '../../kernels/bench/compilation.ts';
import type { Engine } from '../../kernels/bench/engine.ts';
import { timerStep } from '../../kernels/bench/measure.ts';
import type { Hooks } from '../../kernels/bench/measure.ts';
import { OPERATION_CASES, runOperation } from '../../kernels/bench/operations.ts';
import { runJpeg } from '../../kernels/bench/jpeg.ts';
import type { Absent, BenchReport, BenchRow, Machine } from '../../kernels/bench/report.ts';
import { promisedSeconds } from '../../kernels/bench/promise.ts';
import { runCase } from '../../kernels/bench/run.ts';
import type { CaseOptions, CaseResult } from '../../kernels/bench/run.ts';
import { JPEG_BENCH_CASES, JPEG_BENCH_ENGINES } from '../../kernels/codecs/jpeg/bench.ts';
import type { Image } from '../../kernels/image/types.ts';
import { BENCH_CASES } from '../../kernels/tables/benchCases.ts';
import type { BenchApi, BenchPlan, BenchProgress, EngineFacts, MemoryCheck } from './protocol.ts';
import { reply } from '../encode/reply.ts';
import { nextTurn } from '../line/pacing.ts';
import { checkKernelMemory } from './memoryCheck.ts';
import type { JobId, Reply } from '../pixels/protocol.ts';

/** What this browser offers. */
export interface BenchHost {
  readonly engines: readonly Engine[];
  /** Why an engine cannot run here, as far as that is known before it runs. */
  readonly absence: (engine: string) => string | undefined;
  /** `simd×n`. */
  readonly threads: (count: number) => Engine;
  /** Why several threads are not to be had; undefined where they are. */
  readonly threadless: string | undefined;
  readonly machine: Omit<Machine, 'date' | 'timerStepMs'>;
  readonly isHidden: () => boolean;
  /** A photograph: encoders are told apart by what they are given. */
  readonly photo: () => Promise<Image>;
}

type Step = { readonly now: string; readonly work: (hooks: Hooks, until: number) => Promise<CaseResult | undefined> };

const CANCELLED = { code: 'job/cancelled', what: 'The benchmark was cancelled.', remedy: 'Start it again; what was measured so far is shown.' } as const;

/** What is left of the promised time after measuring: results are compared. */
const FILLED = 0.85;
/** Shorter measurements are not drawn out: whoever asks for less than the view lets wants them over. */
const LEAST_SECONDS = 0.1;

/** Until when a step measures, so that it takes about what was promised also where everything else went quicker. */
function fillUntil(now: number, { seconds }: BenchPlan, promised: number | undefined): number {
  return promised === undefined || seconds < LEAST_SECONDS ? -Infinity : now + FILLED * promised * 1000;
}

/** The verbs of the worker that measures. */
export class Bench implements BenchApi {
  private readonly host: BenchHost;
  private readonly cancelled = new Set<JobId>();

  constructor(host: BenchHost) {
    this.host = host;
  }

  engines(): Promise<Reply<readonly EngineFacts[]>> {
    const { engines, threadless, absence } = this.host;
    const facts = engines.map(({ id, title, says }): EngineFacts => ({ id, title, says, absent: absence(id) }));
    return reply(() => [...facts, { id: 'simd×n', title: 'simd, several threads', says: 'The same code in several threads over shared memory; the time includes handing over.', absent: threadless }, { id: 'jpeg-js', title: 'jpeg-js', says: 'An encoder in JavaScript, for the cases of JPEG; always 4:4:4.', absent: undefined }]);
  }

  run(job: JobId, plan: BenchPlan, progress: (progress: BenchProgress) => void): Promise<Reply<BenchReport>> {
    return reply(async () => {
      const steps = this.steps(plan);
      if (steps.length === 0) throw new LabError({ code: 'bench/nothing', what: 'No case, size or engine is chosen, or none of the engines does any of the cases.', remedy: 'Choose at least one of each: JPEG is for the copy, scalar, simd and jpeg-js; several threads need their number.' });
      const rows: BenchRow[] = [];
      const absent: Absent[] = [];
      let isHidden = this.host.isHidden();
      let wasHidden = false;
      const hooks: Hooks = { now: () => performance.now(), random: Math.random, isCancelled: () => this.cancelled.has(job), breathe: async () => { isHidden ||= this.host.isHidden(); await nextTurn(); } };
      const machine = { ...this.host.machine, date: new Date().toISOString(), timerStepMs: timerStep(hooks.now) };
      const promised = promisedSeconds(plan);
      for (const [done, { now, work }] of steps.entries()) {
        progress({ done, total: steps.length, now, rows: [], absent: [], machine });
        isHidden = this.host.isHidden();
        const found = await work(hooks, fillUntil(hooks.now(), plan, promised[done]));
        if (found === undefined) throw new LabError(CANCELLED);
        const measured = isHidden ? found.rows.map((row) => ({ ...row, wasHidden: true })) : found.rows;
        wasHidden ||= isHidden;
        rows.push(...measured);
        absent.push(...found.absent);
        progress({ done: done + 1, total: steps.length, now, rows: measured, absent: found.absent, machine });
      }
      return { machine, rows, absent, method: plan.method, wasHidden };
    });
  }

  memory(): Promise<Reply<MemoryCheck>> {
    return reply(() => checkKernelMemory());
  }

  compilation(): Promise<Reply<readonly CompilationRow[]>> {
    return reply(() => BENCH_CASES.flatMap((one) => measureCompilation(one, () => performance.now()) ?? []));
  }

  cancel(job: JobId): void {
    this.cancelled.add(job);
  }

  private steps(plan: BenchPlan): readonly Step[] {
    const engines = [...this.host.engines.filter(({ id }) => plan.engines.includes(id)), ...(plan.engines.includes('simd×n') ? plan.threads.map((count) => this.host.threads(count)) : [])];
    if (plan.engines.length === 0) return [];
    const withoutAbsent = (rows: readonly BenchRow[] | undefined): CaseResult | undefined => (rows === undefined ? undefined : { rows, absent: [] });
    return plan.sizes.flatMap(([width, height]) => {
      const options = (until: number): CaseOptions => ({ width, height, method: plan.method, budgetMs: plan.seconds * 1000, until });
      const size = `${String(width)}×${String(height)}`;
      const chosen = <T extends { readonly id: string }>(cases: readonly T[]): readonly T[] => cases.filter(({ id }) => plan.cases.includes(id));
      const conversions = engines.length === 0 ? [] : chosen(BENCH_CASES).map((one): Step => ({ now: `${one.from} → ${one.to}, ${size}`, work: (hooks, until) => runCase(one, engines, options(until), hooks) }));
      const operations = chosen(OPERATION_CASES).map((one): Step => ({ now: `${one.title}, ${size}`, work: async (hooks, until) => withoutAbsent(await runOperation(one, options(until), hooks)) }));
      const encodes = plan.engines.some((id) => id === 'copy' || JPEG_BENCH_ENGINES.some((engine) => engine.id === id))
        ? chosen(JPEG_BENCH_CASES).map((one): Step => ({ now: `${one.from} → JPEG, quality ${String(one.options.quality)}${one.options.optimizeHuffman === true ? ', own Huffman tables' : ''}, ${size}`, work: async (hooks, until) => runJpeg(one, await this.host.photo(), plan.engines, options(until), hooks) }))
        : [];
      return [...conversions, ...operations, ...encodes];
    });
  }
}
