import { proxy, wrap } from 'comlink';
import type { Remote } from 'comlink';
import type { LabErrorInfo } from '../kernels/index.ts';
import type { CompilationRow } from '../kernels/bench/compilation.ts';
import type { BenchReport } from '../kernels/bench/report.ts';
import type { BenchApi, BenchPlan, BenchProgress, EngineFacts, MemoryCheck } from './benchProtocol.ts';
import type { Reply } from './protocol.ts';
import { Waiting } from './waiting.ts';
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
}

/** The door to the worker that measures. Replies never reject; the worker starts with the first question and ends with a failure. */
export class BenchClient {
  private life: Life | undefined;
  private job = 0;
  private isHidden = false;
  private readonly startWorker: () => WorkerLike;

  constructor(start: () => WorkerLike = startWorker) {
    this.startWorker = start;
  }

  engines(): Promise<Reply<readonly EngineFacts[]>> {
    return this.guard((api) => api.engines());
  }

  run(plan: BenchPlan, onProgress: (progress: BenchProgress) => void): Promise<Reply<BenchReport>> {
    this.cancel();
    this.job += 1;
    const { job } = this;
    return this.guard((api) => api.run(job, plan, proxy(onProgress)));
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
    // Nobody waits for the answer; a worker that ends meanwhile gives none.
    if (this.life !== undefined && this.job > 0) void this.life.api.cancel(this.job);
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
    hearFaults(worker, (cause) => {
      worker.terminate();
      this.life = undefined;
      waiting.crash(crashed(cause));
    });
    return { worker, waiting, api: wrap<BenchApi>(worker) };
  }

  /** Every question has a failure of its own: a worker that ends answers all that wait for it. */
  private guard<T>(ask: (api: Remote<BenchApi>) => Promise<Reply<T>>): Promise<Reply<T>> {
    this.life ??= this.begin();
    const { api, waiting } = this.life;
    return waiting.guard(ask(api));
  }
}

export const createBenchClient = (): BenchClient => new BenchClient();
