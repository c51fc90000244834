import type { Remote } from 'comlink';
import type { LabErrorInfo } from '../../kernels/index.ts';
import { Life } from '../line/life.ts';
import type { WorkerLike } from '../line/life.ts';
import type { Reply } from '../line/reply.ts';
import { isSettledWithin } from '../line/waiting.ts';
import type { FileId, ImageId, JobId, PixelsApi } from './protocol.ts';

export type Id = ImageId | FileId;

/** One question that a worker was asked and has not answered yet. */
export interface Call {
  /** What it does, as a person would say it: “converting “a.png” to nv12”. */
  readonly title: string;
  /** 0: no job that could be cancelled. */
  readonly job: JobId;
  /** Milliseconds that it may be silent longer than others: what runs in one go hears nothing meanwhile. */
  readonly silentMs: number;
  /** Whether it is taken to be what ended the worker: it is not asked again. */
  isBlamed: boolean;
}

/** How a worker ended. `replaced`: it did not answer; `stopped`: by no fault of what it did. */
export type End = 'crashed' | 'replaced' | 'stopped';

const MOST_NAMED = 3;

/** What was under way, in words; empty where nothing was. */
function namesOf(calls: readonly Call[]): string {
  const more = calls.length - MOST_NAMED;
  return [...calls.slice(0, MOST_NAMED).map(({ title }) => title), ...(more > 0 ? [`${String(more)} more`] : [])].join('; ');
}

const crashed = (cause: string, calls: readonly Call[]): LabErrorInfo => ({
  code: 'worker/crashed',
  what: `The worker that holds the pixels stopped ${calls.length === 0 ? 'in the middle of this' : calls.length === 1 ? `while it was ${namesOf(calls)}` : `while one of these was under way: ${namesOf(calls)}`}${cause === '' ? '' : ` (${cause})`}.`,
  remedy: 'It starts again by itself and your document comes back; try once more.',
});

/** Ids of images and of files are told apart by their prefix; an id is only ever replaced by one of its kind. */
const isSameKind = <T extends Id>(candidate: string, id: T): candidate is T => candidate.split('-')[0] === id.split('-')[0];

/** One worker that holds pixels: what it does now, how it ended, and by which ids it knows what is open. */
export class PixelsLife {
  /** Until then something that was there before is being brought back. */
  restoring: Promise<void> = Promise.resolve();
  /** Told of a crash, and of nothing else, before anybody hears of it. */
  onCrash: (() => void) | undefined;
  private readonly life: Life<PixelsApi>;
  private readonly onEnd: (error: LabErrorInfo) => void;
  /** Ids by which this worker knows what the app names by an earlier worker's ids, or by its own. */
  private readonly ids = new Map<string, string>();
  /** In the order in which they were sent. */
  private readonly calls = new Set<Call>();
  private ending: End | undefined;

  constructor(worker: WorkerLike, onEnd: (error: LabErrorInfo) => void) {
    this.onEnd = onEnd;
    this.life = new Life<PixelsApi>(worker, (cause) => this.end(cause));
  }

  get api(): Remote<PixelsApi> {
    return this.life.api;
  }

  /** How it ended; undefined while it lives. */
  get ended(): End | undefined {
    return this.ending;
  }

  get underWay(): readonly Call[] {
    return [...this.calls];
  }

  end(cause: string, how: 'crashed' | 'stopped' = 'crashed'): void {
    const calls = this.underWay;
    for (const call of calls) call.isBlamed = true;
    this.finish(crashed(cause, calls), how);
  }

  /** Ends a worker that does not answer. @param blamed what it is taken to hang in */
  replace(blamed: readonly Call[], silentMs: number): void {
    for (const call of blamed) call.isBlamed = true;
    const names = namesOf(blamed);
    this.finish({
      code: 'worker/replaced',
      what: `The worker that holds the pixels did not answer for ${(silentMs / 1000).toFixed(1)} s${names === '' ? '' : ` while it was ${names}`}; another one took its place.`,
      remedy: 'Everything that is open comes back by itself.',
    }, 'replaced');
  }

  /** Ends a worker of which nothing is wanted, for the memory that it holds. @param answer to what is asked of it all the same */
  retire(answer: LabErrorInfo): void {
    this.ending = 'stopped';
    this.life.end(answer);
  }

  /** Whether it answers within so many milliseconds. */
  answers(withinMs: number): Promise<boolean> {
    return isSettledWithin(this.api.memory(), withinMs);
  }

  /** Notes that something is under way as long as it is. */
  async during<T>(call: Call, work: () => Promise<T>): Promise<T> {
    this.calls.add(call);
    try {
      return await work();
    } finally {
      this.calls.delete(call);
    }
  }

  private finish(error: LabErrorInfo, how: End): void {
    if (this.ending !== undefined) return;
    this.ending = how;
    if (how === 'crashed') this.onCrash?.();
    this.onEnd(error);
    this.life.end(error);
  }

  /** The reply, or the crash that comes before it; never rejects. */
  guard<T>(work: Promise<Reply<T>>): Promise<Reply<T>> {
    return this.life.guard(work);
  }

  has(id: Id): boolean {
    return this.ids.has(id);
  }

  /** This worker's id of something the app knows by `id`. */
  now<T extends Id>(id: T): T {
    const own = this.ids.get(id);
    return own !== undefined && isSameKind(own, id) ? own : id;
  }

  name(id: Id, own: Id): void {
    this.ids.set(id, own);
  }

  forget(id: Id): void {
    this.ids.delete(id);
  }
}
