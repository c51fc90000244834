import { wrap } from 'comlink';
import type { Endpoint, Remote } from 'comlink';
import type { LabErrorInfo } from '../kernels/index.ts';
import type { FileId, ImageId, PixelsApi, Reply } from './protocol.ts';
import { Waiting } from './waiting.ts';

/** What a client needs of a `Worker`. */
export interface WorkerLike extends Endpoint {
  terminate(): void;
}

export type Id = ImageId | FileId;

const crashed = (cause: string): LabErrorInfo => ({
  code: 'worker/crashed',
  what: `The worker that holds the pixels stopped in the middle of this${cause === '' ? '' : ` (${cause})`}.`,
  remedy: 'It starts again by itself and your document comes back; try once more.',
});

/** Ids of images and of files are told apart by their prefix; an id is only ever replaced by one of its kind. */
const isSameKind = <T extends Id>(candidate: string, id: T): candidate is T => candidate.split('-')[0] === id.split('-')[0];

/** One worker from its start to its end. A crash answers everything that waits, as data. */
export class WorkerLife {
  readonly api: Remote<PixelsApi>;
  private readonly worker: WorkerLike;
  private readonly onEnd: () => void;
  private readonly waiting = new Waiting();
  /** Ids by which this worker knows what the app names by an earlier worker's ids, or by its own. */
  private readonly ids = new Map<string, string>();
  private isOver = false;

  constructor(worker: WorkerLike, onEnd: () => void) {
    this.worker = worker;
    this.onEnd = onEnd;
    this.api = wrap<PixelsApi>(worker);
    worker.addEventListener('error', (event) => this.end('message' in event && typeof event.message === 'string' ? event.message : ''));
    worker.addEventListener('messageerror', () => this.end('a message could not be read'));
  }

  end(cause: string): void {
    if (this.isOver) return;
    this.isOver = true;
    this.worker.terminate();
    this.onEnd();
    this.waiting.crash(crashed(cause));
  }

  /** The reply, or the crash that comes before it; never rejects. */
  guard<T>(work: Promise<Reply<T>>): Promise<Reply<T>> {
    return this.waiting.guard(work);
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
