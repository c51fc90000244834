import { proxy, wrap } from 'comlink';
import type { Remote } from 'comlink';
import type { LabErrorInfo } from '../kernels/index.ts';
import type { CompilationRow } from '../kernels/bench/compilation.ts';
import type { BenchReport } from '../kernels/bench/report.ts';
import type { BenchApi, BenchPlan, BenchProgress, EngineFacts, MemoryCheck } from './benchProtocol.ts';
import { CANCELLED } from './pacing.ts';
import type { Reply } from './protocol.ts';
import { GRACE_MS, Waiting, isSettledWithin } from './waiting.ts';

export type { BenchPlan, BenchProgress, EngineFacts, MemoryCheck } from './benchProtocol.ts';

const crashed = (cause: string): LabErrorInfo => ({ code: 'worker/crashed', what: `The worker that measures stopped${cause === '' ? '' : ` (${cause})`}.`, remedy: 'Run it again, perhaps with smaller pictures: another worker takes its place.' });

/** The door to the worker that measures. Replies never reject; the worker starts with the first question and ends with a failure. */
export class BenchClient {
  private worker: Worker | undefined;
  private api: Remote<BenchApi> | undefined;
  private readonly waiting = new Waiting();
  private running: Promise<unknown> | undefined;
  private job = 0;
  private isHidden = false;

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
    this.worker?.postMessage(state);
  }

  private start(): Remote<BenchApi> {
    if (this.api !== undefined) return this.api;
    const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module', name: 'bench' });
    worker.postMessage(this.isHidden ? 'hidden' : 'shown');
    worker.addEventListener('error', ({ message }) => this.end(worker, crashed(message)));
    worker.addEventListener('messageerror', () => this.end(worker, crashed('a message could not be read')));
    this.worker = worker;
    this.api = wrap<BenchApi>(worker);
    return this.api;
  }

  private guard<T>(ask: (api: Remote<BenchApi>) => Promise<Reply<T>>): Promise<Reply<T>> {
    const api = this.start();
    return this.waiting.guard(ask(api));
  }

  /** Cancels a run; one that does not end in time is ended with its worker. What was measured was told already. */
  private async stop(run: Promise<unknown>): Promise<void> {
    const { api, worker, job } = this;
    if (api === undefined || worker === undefined) return;
    void api.cancel(job);
    if (!(await isSettledWithin(run, GRACE_MS))) this.end(worker, CANCELLED);
  }

  private end(worker: Worker, error: LabErrorInfo): void {
    worker.terminate();
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.api = undefined;
    this.waiting.crash(error);
  }
}

export const createBenchClient = (): BenchClient => new BenchClient();
