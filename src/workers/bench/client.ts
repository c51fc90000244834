import { proxy } from 'comlink';
import type { CompilationRow } from '../../kernels/bench/compilation.ts';
import type { BenchReport } from '../../kernels/bench/report.ts';
import type { BenchApi, BenchPlan, BenchProgress, EngineFacts, MemoryCheck } from './protocol.ts';
import { CANCELLED } from '../line/pacing.ts';
import type { Reply } from '../line/reply.ts';
import { Line } from '../line/line.ts';
import type { WorkerLike } from '../line/life.ts';
import '../line/ownScripts.ts';
import { startedWorker } from '../line/startWorker.ts';
import type { StartedWorker } from '../line/startWorker.ts';

export type { BenchPlan, BenchProgress, EngineFacts, MemoryCheck } from './protocol.ts';

const startWorker = (): StartedWorker => startedWorker(() => new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module', name: 'bench' }));

/** The door to the worker that measures. Replies never reject; the worker starts with the first question and ends with a failure. */
export class BenchClient {
  private readonly line: Line<BenchApi>;
  private running: Promise<unknown> | undefined;
  private job = 0;
  private isHidden = false;

  constructor(start: () => WorkerLike = startWorker) {
    this.line = new Line({
      start,
      title: 'The worker that measures',
      remedy: 'Run it again, perhaps with smaller pictures: another worker takes its place.',
      probe: (api) => api.engines(),
      onStart: (worker) => { worker.postMessage(this.isHidden ? 'hidden' : 'shown'); },
    });
  }

  engines(): Promise<Reply<readonly EngineFacts[]>> {
    return this.line.ask((api) => api.engines());
  }

  async run(plan: BenchPlan, onProgress: (progress: BenchProgress) => void): Promise<Reply<BenchReport>> {
    if (this.running !== undefined) await this.stop(this.running);
    this.job += 1;
    const { job } = this;
    const reply = this.line.ask((api) => api.run(job, plan, proxy(onProgress)));
    this.running = reply;
    void reply.then(() => { if (this.running === reply) this.running = undefined; });
    return reply;
  }

  /** A thousand conversions: what the kernels' memory holds before and after. */
  memory(): Promise<Reply<MemoryCheck>> {
    return this.line.ask((api) => api.memory());
  }

  /** Each case's module, written and compiled anew. */
  compilation(): Promise<Reply<readonly CompilationRow[]>> {
    return this.line.ask((api) => api.compilation());
  }

  cancel(): void {
    if (this.running !== undefined) void this.stop(this.running);
  }

  /** The page says whether it is hidden: a worker cannot see it, and browsers slow hidden pages down. */
  pageIs(state: 'hidden' | 'shown'): void {
    this.isHidden = state === 'hidden';
    this.line.post(state);
  }

  /** Cancels a run; one that does not end in time is ended with its worker. What was measured was told already. */
  private async stop(run: Promise<unknown>): Promise<void> {
    if (!this.line.isStarted) return;
    const { job } = this;
    // Nobody waits for the answer; a worker that ends meanwhile gives none.
    void this.line.tell((api) => api.cancel(job));
    await this.line.endUnlessSettled(run, CANCELLED);
  }
}

export const createBenchClient = (): BenchClient => new BenchClient();
