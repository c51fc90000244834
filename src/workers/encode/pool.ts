import { wrap } from 'comlink';
import type { Remote } from 'comlink';
import type { LabErrorInfo } from '../../kernels/index.ts';
import { toErrorInfo } from '../../kernels/labError.ts';
import type { Reply } from '../protocol.ts';
import { hearFaults } from '../workerFaults.ts';
import type { WorkerLike } from '../workerLife.ts';
import type { EncodeApi } from './protocol.ts';

const CANCELLED: LabErrorInfo = { code: 'job/cancelled', what: 'The encoding was cancelled.', remedy: 'Start it again if it was not meant so.' };
const crashed = (cause: string): LabErrorInfo => ({ code: 'worker/crashed', what: `The encode worker stopped in the middle of this${cause === '' ? '' : ` (${cause})`}.`, remedy: 'Another one takes its place; try once more, perhaps with a smaller picture.' });

/** One worker and what it does now. Ending it is the only way to stop an encoder in the middle. */
class Lane {
  readonly api: Remote<EncodeApi>;
  private readonly worker: WorkerLike;
  private readonly waiting = new Set<(error: LabErrorInfo) => void>();
  private over = false;

  constructor(worker: WorkerLike) {
    this.worker = worker;
    this.api = wrap<EncodeApi>(worker);
    hearFaults(worker, (cause) => this.end(crashed(cause)));
  }

  get isOver(): boolean {
    return this.over;
  }

  end(error: LabErrorInfo): void {
    this.over = true;
    this.worker.terminate();
    for (const answer of this.waiting) answer(error);
    this.waiting.clear();
  }

  /** The reply, or what ended the worker; never rejects. */
  guard<T>(work: Promise<Reply<T>>): Promise<Reply<T>> {
    return new Promise((resolve) => {
      const fail = (error: LabErrorInfo): void => resolve({ ok: false, error });
      this.waiting.add(fail);
      const settle = (answer: Reply<T>): void => {
        this.waiting.delete(fail);
        resolve(answer);
      };
      work.then(settle, (thrown: unknown) => settle({ ok: false, error: toErrorInfo(thrown) }));
    });
  }
}

type Work<T> = (api: Remote<EncodeApi>) => Promise<Reply<T>>;

/** Encode workers, started when they are first needed. A job has a worker for itself; a cancelled one takes its worker with it. */
export class EncodePool {
  readonly size: number;
  private readonly start: () => WorkerLike;
  private readonly idle: Lane[] = [];
  private readonly queue: (() => void)[] = [];
  private busy = 0;

  constructor(start: () => WorkerLike, size: number) {
    this.start = start;
    this.size = size;
  }

  /** Runs a job on the next free worker. Replies never reject. */
  async run<T>(work: Work<T>, signal?: AbortSignal): Promise<Reply<T>> {
    if (signal?.aborted === true) return { ok: false, error: CANCELLED };
    // A job that need not wait begins at once.
    if (this.busy < this.size) this.busy += 1;
    else if (!(await this.turn(signal))) return { ok: false, error: CANCELLED };
    const lane = this.take();
    const abort = (): void => lane.end(CANCELLED);
    signal?.addEventListener('abort', abort, { once: true });
    const answer = await lane.guard(work(lane.api));
    signal?.removeEventListener('abort', abort);
    if (!lane.isOver) this.idle.push(lane);
    this.next();
    return answer;
  }

  /** A worker of one's own, for what must stay in one; end it with `end`. */
  reserve(): { readonly call: <T>(work: Work<T>) => Promise<Reply<T>>; readonly end: () => void } {
    let lane: Lane | undefined;
    return {
      call: (work) => {
        if (lane === undefined || lane.isOver) lane = new Lane(this.start());
        return lane.guard(work(lane.api));
      },
      end: () => lane?.end(CANCELLED),
    };
  }

  /** Waits for a place. @returns false where it was cancelled before there was one: who waits behind a worker that hangs is answered all the same */
  private turn(signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const abort = (): void => {
        this.queue.splice(this.queue.indexOf(begin), 1);
        resolve(false);
      };
      const begin = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve(true);
      };
      this.queue.push(begin);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** An idle worker that is still alive, or a new one. */
  private take(): Lane {
    for (let lane = this.idle.pop(); lane !== undefined; lane = this.idle.pop()) if (!lane.isOver) return lane;
    return new Lane(this.start());
  }

  private next(): void {
    const waiting = this.queue.shift();
    if (waiting === undefined) this.busy -= 1;
    else waiting();
  }
}
