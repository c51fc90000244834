import type { LabErrorInfo } from '../../kernels/index.ts';
import type { JobId, Reply } from './protocol.ts';

const SUPERSEDED: LabErrorInfo = { code: 'job/superseded', what: 'A newer request took the place of this one.', remedy: 'Nothing is to be done.' };

export const CANCELLED: LabErrorInfo = { code: 'job/cancelled', what: 'It was cancelled.', remedy: 'Start it again if it was not meant so.' };

/** A reply that nobody should show: a newer request is under way. */
export const isSuperseded = (error: LabErrorInfo): boolean => error.code === 'job/superseded' || error.code === 'job/cancelled';

interface Running {
  readonly job: JobId;
  readonly answer: (error: LabErrorInfo) => void;
}

/** Of the jobs of one lane only the latest counts: the others are cancelled, and answered at once. */
export class Lanes {
  private readonly running = new Map<string, Running>();
  private readonly cancel: (job: JobId) => void;
  private next = 1;

  /** @param cancel tells whoever does the work to stop */
  constructor(cancel: (job: JobId) => void) {
    this.cancel = cancel;
  }

  /** @param discard gets what a job brings that was superseded in the meantime */
  run<T>(lane: string, work: (job: JobId) => Promise<Reply<T>>, discard: (value: T) => void): Promise<Reply<T>> {
    this.stop(lane, SUPERSEDED);
    const job = this.next++;
    return new Promise((resolve) => {
      this.running.set(lane, { job, answer: (error) => resolve({ ok: false, error }) });
      void work(job).then((reply) => {
        const isLatest = this.running.get(lane)?.job === job;
        if (isLatest) this.running.delete(lane);
        else if (reply.ok) discard(reply.value);
        resolve(reply);
      });
    });
  }

  /** Cancels what runs in a lane. */
  cancelLane(lane: string): void {
    this.stop(lane, CANCELLED);
  }

  /** Cancels what runs in any lane that a person waits for. */
  cancelAll(isWaitedFor: (lane: string) => boolean): void {
    for (const lane of [...this.running.keys()]) if (isWaitedFor(lane)) this.stop(lane, CANCELLED);
  }

  private stop(lane: string, error: LabErrorInfo): void {
    const older = this.running.get(lane);
    if (older === undefined) return;
    this.running.delete(lane);
    older.answer(error);
    this.cancel(older.job);
  }
}
