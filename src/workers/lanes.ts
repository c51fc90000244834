import type { LabErrorInfo } from '../kernels/index.ts';
import type { JobId, Reply } from './protocol.ts';

const SUPERSEDED: LabErrorInfo = { code: 'job/superseded', what: 'A newer request took the place of this one.', remedy: 'Nothing is to be done.' };

/** A reply that nobody should show: a newer request is under way. */
export const isSuperseded = (error: LabErrorInfo): boolean => error.code === 'job/superseded' || error.code === 'job/cancelled';

interface Running {
  readonly job: JobId;
  readonly answer: () => void;
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
    this.stop(lane);
    const job = this.next++;
    return new Promise((resolve) => {
      this.running.set(lane, { job, answer: () => resolve({ ok: false, error: SUPERSEDED }) });
      void work(job).then((reply) => {
        const isLatest = this.running.get(lane)?.job === job;
        if (isLatest) this.running.delete(lane);
        else if (reply.ok) discard(reply.value);
        resolve(reply);
      });
    });
  }

  stop(lane: string): void {
    const older = this.running.get(lane);
    if (older === undefined) return;
    this.running.delete(lane);
    older.answer();
    this.cancel(older.job);
  }
}
