import { proxy, wrap } from 'comlink';
import type { Remote } from 'comlink';
import type { LabErrorInfo } from '../kernels/index.ts';
import type { CompilationRow } from '../kernels/bench/compilation.ts';
import type { BenchReport } from '../kernels/bench/report.ts';
import type { BenchApi, BenchPlan, BenchProgress, EngineFacts, MemoryCheck } from './benchProtocol.ts';
import { CANCELLED } from './pacing.ts';
import type { Reply } from './protocol.ts';
import { GRACE_MS, Waiting, isSettledWithin } from './waiting.ts';
import { hearFaults } from './workerFaults.ts';
import type { WorkerLike } from './workerLife.ts';
import './ownScripts.ts';
import { startedWorker } from './startWorker.ts';
import type { StartedWorker } from './startWorker.ts';

export type { BenchPlan, BenchProgress, EngineFacts, MemoryCheck } from './benchProtocol.ts';

const crashed = (cause: string): LabErrorInfo => ({ code: 'worker/crashed', what: `The worker that measures stopped${cause === '' ? '' : ` (${cause})`}.`, remedy: 'Run it again, perhaps with smaller pictures: another worker takes its place.' });

const startWorker = (): StartedWorker => startedWorker(() => new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module', name: 'bench' }));

/** One worker from its start to its end. */
interface Life {
  readonly worker: WorkerLike;
  readonly api: Remote<BenchApi>;
  readonly waiting: Waiting;
  readonly end: (error: LabErrorInfo) => void;
}

/** The door to the worker that measures. Replies never reject; the worker starts with the first question and ends with a failure. */
export class BenchClient {
  private life: Life | undefined;
  private running: Promise<unknown> | undefined;
  private job = 0;
  private isHidden = false;
  private readonly startWorker: () => WorkerLike;

  constructor(start: () => WorkerLike = startWorker) {
    this.startWorker = start;
  }

  engines(): Promise<Reply<readonly EngineFacts[]>> {
    return this.guard((api) => api.engines());
  }

  async run(plan: BenchPlan, onProgress: (progress: BenchProgress) => void): Promise<Reply<BenchReport>> {
    if (this.running !== undefined) await this.stop(this.running);
    this.job += 1;
    const { job } = this;
    const reply = this.guard((api) => api.run(job, plan, proxy(onProgress)));
    this.running = reply;
    void reply.then(() => { if (this.running === reply) this.running = undefined; });
    return reply;
  }

  /** A thousand conversions: what the kernels' memory holds before and after. */
  memory(): Promise<Reply<MemoryCheck>> {
    return this.guard((api) => api.memory());
  }

  /** Each case's module, written and compiled anew. */
  compilation(): Promise<Reply<readonly CompilationRow[]>> {
    return this.guard((api) => api.compilation());
  }

  cancel(): void {
    if (this.running !== undefined) void this.stop(this.running);
  }

  /** The page says whether it is hidden: a worker cannot see it, and browsers slow hidden pages down. */
  pageIs(state: 'hidden' | 'shown'): void {
    this.isHidden = state === 'hidden';
    this.life?.worker.postMessage(state);
  }

  private begin(): Life {
    const worker = this.startWorker();
    const waiting = new Waiting();
    worker.postMessage(this.isHidden ? 'hidden' : 'shown');
    const end = (error: LabErrorInfo): void => {
      worker.terminate();
      if (this.life?.waiting === waiting) this.life = undefined;
      waiting.crash(error);
    };
    hearFaults(worker, (cause) => end(crashed(cause)));
    return { worker, waiting, end, api: wrap<BenchApi>(worker) };
  }

  /** Cancels a run; one that does not end in time is ended with its worker. What was measured was told already. */
  private async stop(run: Promise<unknown>): Promise<void> {
    const { life, job } = this;
    if (life === undefined) return;
    // Nobody waits for the answer; a worker that ends meanwhile gives none.
    void life.api.cancel(job);
    if (!(await isSettledWithin(run, GRACE_MS))) life.end(CANCELLED);
  }

  /** Every question has a failure of its own: a worker that ends answers all that wait for it. */
  private guard<T>(ask: (api: Remote<BenchApi>) => Promise<Reply<T>>): Promise<Reply<T>> {
    this.life ??= this.begin();
    const { api, waiting } = this.life;
    return waiting.guard(ask(api));
  }
}

export const createBenchClient = (): BenchClient => new BenchClient();
