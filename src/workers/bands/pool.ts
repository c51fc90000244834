import { LabError } from '../../kernels/index.ts';
import type { SharedRun } from '../../kernels/index.ts';
import { areMade, newCounters, offer, takeRows } from './claims.ts';
import type { Claims } from './claims.ts';
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
/** Parts of a run that each thread would take if all were equally quick. */
const PARTS_PER_THREAD = 8;
/** Programs that a thread keeps before it forgets all of them. */
const MOST_PROGRAMS = 64;
/** How long the others’ last parts are waited for without letting go of the processor: they take less, and waking up takes as long. */
const SPIN_MS = 1;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Threads that make parts of a conversion in memory that all of them share. */
export class BandPool {
  private readonly threads: BandThread[] = [];
  private readonly told = new Map<BandThread, Set<string>>();
  private readonly memories = new WeakMap<WebAssembly.Memory, number>();
  private nextMemory = 1;
  private readonly waiting = new Map<number, { readonly done: () => void; readonly failed: (error: LabError) => void }>();
  private readonly unused: Claims['counters'][] = [];
  private nextJob = 1;

  /** @param count threads beside the caller's own */
  constructor(start: () => BandThread, count: number) {
    for (let index = 0; index < count; index += 1) this.add(start());
  }

  /** Threads that work together, the caller's own included. */
  get size(): number {
    return this.threads.length + 1;
  }

  /** Threads that may make a run together: no more than have scratch of their own. */
  sizeFor({ mostThreads }: Pick<SharedRun, 'mostThreads'>): number {
    return Math.min(this.size, mostThreads);
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
   * Makes the luma rows from ≤ y < to: every thread takes some as soon as it is there, the caller's own with `own`. Nobody waits for a
   * thread that is slow to wake, so that this takes no longer than one thread would, but for the asking.
   * @throws LabError `threads/failed` when a thread did: rows may be missing then
   */
  async run(run: SharedRun, from: number, to: number, own: (from: number, to: number) => void): Promise<void> {
    const size = this.sizeFor(run);
    const step = Math.ceil((to - from) / (size * PARTS_PER_THREAD) / run.together) * run.together;
    const counters = this.unused.pop() ?? newCounters();
    const claims = offer(counters, from, to, step);
    const program = this.programName(run);
    const others = this.threads.slice(0, size - 1).map((thread, index) => {
      this.tell(thread, program, run);
      const call = { ...run.call, scratch: run.call.scratch + (index + 1) * run.scratchBytes };
      return this.ask(thread, (job) => ({ kind: 'rows', job, program, call, together: run.together, claims }));
    });
    // A thread that wakes when all is made still looks at the counters; where one failed, nobody knows what the others do.
    Promise.all(others).then(() => { this.unused.push(counters); }, () => undefined);
    takeRows(claims, own);
    const waiting = performance.now();
    while (!areMade(claims)) {
      if (performance.now() - waiting < SPIN_MS) continue;
      await Promise.all(others);
      return;
    }
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
      const at = this.threads.indexOf(thread);
      // One that failed before may fail again: the others have nothing to do with it.
      if (at < 0) return;
      this.threads.splice(at, 1);
      thread.end();
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

  /** A memory that is posted twice arrives as two: threads know modules and memories by a name. */
  private programName({ program, memory }: SharedRun): string {
    const known = this.memories.get(memory) ?? this.nextMemory++;
    this.memories.set(memory, known);
    return `${String(program)} over ${String(known)}`;
  }

  private tell(thread: BandThread, program: string, { memory, module }: SharedRun): void {
    const told = this.told.get(thread);
    if (told === undefined || told.has(program)) return;
    if (told.size >= MOST_PROGRAMS) {
      told.clear();
      thread.post({ kind: 'forget' });
    }
    told.add(program);
    thread.post({ kind: 'program', program, memory, module });
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
