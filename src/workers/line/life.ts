import { wrap } from 'comlink';
import type { Endpoint, Remote } from 'comlink';
import type { LabErrorInfo } from '../../kernels/index.ts';
import type { Reply } from './reply.ts';
import { Waiting } from './waiting.ts';
import { hearFaults } from './workerFaults.ts';

/** What the page needs of a `Worker`. */
export interface WorkerLike extends Endpoint {
  terminate(): void;
}

/** One worker from its start to its end, which answers everything that waits for it, as data. */
export class Life<Api> {
  readonly api: Remote<Api>;
  private readonly worker: WorkerLike;
  private readonly waiting = new Waiting();
  private over = false;

  /** @param onFault told of an exception that nobody caught, or of a message that cannot be read: it is to end this life */
  constructor(worker: WorkerLike, onFault: (cause: string) => void) {
    this.worker = worker;
    this.api = wrap<Api>(worker);
    hearFaults(worker, onFault);
  }

  get isOver(): boolean {
    return this.over;
  }

  /** Whether somebody waits for an answer. */
  get isAsked(): boolean {
    return this.waiting.count > 0;
  }

  /** A message that has no answer. */
  post(message: unknown): void {
    this.worker.postMessage(message);
  }

  end(error: LabErrorInfo): void {
    this.over = true;
    this.worker.terminate();
    this.waiting.crash(error);
  }

  /** The reply, or what ended the worker before it; never rejects. */
  guard<T>(work: Promise<Reply<T>>): Promise<Reply<T>> {
    return this.waiting.guard(work);
  }
}
