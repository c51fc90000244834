import { toErrorInfo } from '../../kernels/labError.ts';
import type { LabErrorInfo } from '../../kernels/index.ts';
import type { Reply } from './reply.ts';

/** A worker that lets so much time pass without an answer, after something was stopped or something new asked for, is taken to hang. */
export const GRACE_MS = 2000;

/** Whether a promise is kept, or broken, within so many milliseconds. */
export function isSettledWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    const settled = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    work.then(settled, settled);
  });
}

/** Who waits for answers of one worker. */
export class Waiting {
  private readonly fails = new Set<(error: LabErrorInfo) => void>();

  /** Questions without an answer yet. */
  get count(): number {
    return this.fails.size;
  }

  /**
   * The reply, or the crash that comes before it; never rejects.
   * It is no race against one promise of the crash: that would hold every answer for as long as the worker lives.
   */
  guard<T>(work: Promise<Reply<T>>): Promise<Reply<T>> {
    return new Promise((resolve) => {
      const fail = (error: LabErrorInfo): void => resolve({ ok: false, error });
      this.fails.add(fail);
      const settle = (reply: Reply<T>): void => {
        this.fails.delete(fail);
        resolve(reply);
      };
      work.then(settle, (thrown: unknown) => settle({ ok: false, error: toErrorInfo(thrown) }));
    });
  }

  /** The worker answers no more. */
  crash(error: LabErrorInfo): void {
    for (const fail of this.fails) fail(error);
    this.fails.clear();
  }
}
