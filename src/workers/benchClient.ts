import { proxy, wrap } from 'comlink';
import type { Remote } from 'comlink';
import { toErrorInfo } from '../kernels/labError.ts';
import type { CompilationRow } from '../kernels/bench/compilation.ts';
import type { BenchReport } from '../kernels/bench/report.ts';
import type { BenchApi, BenchPlan, BenchProgress, EngineFacts, MemoryCheck } from './benchProtocol.ts';
import type { Reply } from './protocol.ts';
import './ownScripts.ts';

export type { BenchPlan, BenchProgress, EngineFacts, MemoryCheck } from './benchProtocol.ts';

/** The door to the worker that measures. Replies never reject; the worker starts with the first question and ends with a failure. */
export class BenchClient {
  private worker: Worker | undefined;
  private api: Remote<BenchApi> | undefined;
  private fail: ((cause: string) => void) | undefined;
  private job = 0;
  private isHidden = false;

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
    if (this.api !== undefined && this.job > 0) void this.api.cancel(this.job);
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
    worker.addEventListener('error', ({ message }) => {
      worker.terminate();
      this.worker = undefined;
      this.api = undefined;
      this.fail?.(message);
    });
    this.worker = worker;
    this.api = wrap<BenchApi>(worker);
    return this.api;
  }

  private guard<T>(ask: (api: Remote<BenchApi>) => Promise<Reply<T>>): Promise<Reply<T>> {
    return new Promise((resolve) => {
      this.fail = (cause) => { resolve({ ok: false, error: { code: 'worker/crashed', what: `The worker that measures stopped${cause === '' ? '' : ` (${cause})`}.`, remedy: 'Run it again, perhaps with smaller pictures: another worker takes its place.' } }); };
      ask(this.start()).then(resolve, (thrown: unknown) => { resolve({ ok: false, error: toErrorInfo(thrown) }); });
    });
  }
}

export const createBenchClient = (): BenchClient => new BenchClient();
