import type { Remote } from 'comlink';
import type { LabErrorInfo } from '../../kernels/index.ts';
import { Life } from '../line/life.ts';
import type { WorkerLike } from '../line/life.ts';
import type { Reply } from '../line/reply.ts';
import type { EncodeApi } from './protocol.ts';

const CANCELLED: LabErrorInfo = { code: 'job/cancelled', what: 'The encoding was cancelled.', remedy: 'Start it again if it was not meant so.' };
const crashed = (cause: string): LabErrorInfo => ({ code: 'worker/crashed', what: `The encode worker stopped in the middle of this${cause === '' ? '' : ` (${cause})`}.`, remedy: 'Another one takes its place; try once more, perhaps with a smaller picture.' });

/** Ending a worker is the only way to stop an encoder in the middle. */
function begin(start: () => WorkerLike): Life<EncodeApi> {
  const life: Life<EncodeApi> = new Life<EncodeApi>(start(), (cause) => life.end(crashed(cause)));
  return life;
}

type Work<T> = (api: Remote<EncodeApi>) => Promise<Reply<T>>;

/** Encode workers, started when they are first needed. A job has a worker for itself; a cancelled one takes its worker with it. */
export class EncodePool {
  readonly size: number;
  private readonly start: () => WorkerLike;
  private readonly idle: Life<EncodeApi>[] = [];
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
    let lane: Life<EncodeApi> | undefined;
    return {
      call: (work) => {
        if (lane === undefined || lane.isOver) lane = begin(this.start);
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
  private take(): Life<EncodeApi> {
    for (let lane = this.idle.pop(); lane !== undefined; lane = this.idle.pop()) if (!lane.isOver) return lane;
    return begin(this.start);
  }

  private next(): void {
    const waiting = this.queue.shift();
    if (waiting === undefined) this.busy -= 1;
    else waiting();
  }
}
