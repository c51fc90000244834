import { LabError } from '../../kernels/index.ts';
import type { SharedRun } from '../../kernels/index.ts';
import type { BandMessage, BandReply } from './runner.ts';

/** A thread as the pool sees it, in the browser or in Node. */
export interface BandThread {
  post(message: BandMessage): void;
  /** Set once. */
  onReply(listener: (reply: BandReply) => void): void;
  onFailure(listener: (cause: string) => void): void;
  end(): void;
}

const PINGS = 9;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Threads that make parts of a conversion in memory that all of them share. */
export class BandPool {
  private readonly threads: BandThread[] = [];
  private readonly told = new Map<BandThread, Set<number>>();
  private readonly waiting = new Map<number, { readonly done: () => void; readonly failed: (error: LabError) => void }>();
  private nextJob = 1;

  /** @param count threads beside the caller's own */
  constructor(start: () => BandThread, count: number) {
    for (let index = 0; index < count; index += 1) this.add(start());
  }

  /** Threads that work together, the caller's own included. */
  get size(): number {
    return this.threads.length + 1;
  }

  /** Milliseconds from asking a thread to its answer, when there is nothing to do: the median of a few. */
  async handOverMs(): Promise<number> {
    const times: number[] = [];
    for (let turn = 0; turn < PINGS; turn += 1) {
      const started = performance.now();
      await Promise.all(this.threads.map((thread) => this.ask(thread, (job) => ({ kind: 'ping', job }))));
      times.push(performance.now() - started);
    }
    return median(times);
  }

  /**
   * Makes the luma rows from ≤ y < to, a share in every thread; `own` makes the caller's.
   * @throws LabError `threads/failed` when a thread did: rows may be missing then
   */
  async run(run: SharedRun, from: number, to: number, own: (from: number, to: number) => void): Promise<void> {
    const rows = Math.ceil((to - from) / this.size / run.together) * run.together;
    const shares = this.threads.map((thread, index) => ({ thread, index, first: Math.min(to, from + rows * (index + 1)), end: Math.min(to, from + rows * (index + 2)) })).filter(({ first, end }) => first < end);
    const others = shares.map(({ thread, index, first, end }) => {
      this.tell(thread, run);
      const call = { ...run.call, scratch: run.call.scratch + (index + 1) * run.scratchBytes };
      return this.ask(thread, (job) => ({ kind: 'rows', job, program: run.program, memory: run.memory, call, together: run.together, from: first, to: end }));
    });
    own(from, Math.min(to, from + rows));
    await Promise.all(others);
  }

  end(): void {
    for (const thread of this.threads) thread.end();
    this.fail('it was ended');
    this.threads.length = 0;
  }

  private add(thread: BandThread): void {
    thread.onReply(({ job, failed }) => {
      const waiting = this.waiting.get(job);
      this.waiting.delete(job);
      if (failed === undefined) waiting?.done();
      else waiting?.failed(threadError(failed));
    });
    thread.onFailure((cause) => {
      this.threads.splice(this.threads.indexOf(thread), 1);
      this.fail(cause);
    });
    this.told.set(thread, new Set());
    this.threads.push(thread);
  }

  /** Nobody knows which jobs a thread took with it: all that wait are told. */
  private fail(cause: string): void {
    for (const { failed } of this.waiting.values()) failed(threadError(cause));
    this.waiting.clear();
  }

  private tell(thread: BandThread, { program, memory, module }: SharedRun): void {
    const told = this.told.get(thread);
    if (told === undefined || told.has(program)) return;
    told.add(program);
    thread.post({ kind: 'program', run: { program, memory, module } });
  }

  private ask(thread: BandThread, message: (job: number) => BandMessage): Promise<void> {
    const job = this.nextJob++;
    return new Promise((resolve, reject) => {
      this.waiting.set(job, { done: resolve, failed: reject });
      thread.post(message(job));
    });
  }
}

const threadError = (cause: string): LabError => new LabError({ code: 'threads/failed', what: `A conversion thread stopped: ${cause}.`, remedy: 'The conversion is made again in one thread.' });
