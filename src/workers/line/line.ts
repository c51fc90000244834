import type { Remote } from 'comlink';
import type { LabErrorInfo } from '../../kernels/index.ts';
import { Life } from './life.ts';
import type { WorkerLike } from './life.ts';
import type { Reply } from './reply.ts';
import { GRACE_MS, isSettledWithin } from './waiting.ts';

/** What tells one worker's line from another's. */
export interface LineOf<Api> {
  readonly start: () => WorkerLike;
  /** As in “The worker that streams stopped in the middle of this.” */
  readonly title: string;
  readonly remedy: string;
  /** A question that a worker which does not hang answers at once. */
  readonly probe: (api: Remote<Api>) => Promise<unknown>;
  /** Told of each worker that starts. */
  readonly onStart?: (worker: WorkerLike) => void;
}

/** The page's end of a worker: it starts with the first question, and after its end with the next one. Replies never reject. */
export class Line<Api> {
  private life: Life<Api> | undefined;
  private readonly of: LineOf<Api>;

  constructor(of: LineOf<Api>) {
    this.of = of;
  }

  get isStarted(): boolean {
    return this.life !== undefined;
  }

  /** Every question has an answer of its own: a worker that ends answers all that wait for it. */
  ask<T>(work: (api: Remote<Api>) => Promise<Reply<T>>): Promise<Reply<T>> {
    this.life ??= this.begin();
    return this.life.guard(work(this.life.api));
  }

  /** As `ask`, of a verb that cannot fail. */
  read<T>(work: (api: Remote<Api>) => Promise<T>): Promise<Reply<T>> {
    return this.ask(async (api) => ({ ok: true, value: await work(api) }));
  }

  /** As `ask`, of a verb without an answer. */
  async tell(work: (api: Remote<Api>) => Promise<void>): Promise<void> {
    await this.read(work);
  }

  /** A message beside the questions; a worker that is not there needs none. */
  post(message: unknown): void {
    this.life?.post(message);
  }

  /** As `ask`, for what is not to wait behind something that hangs. */
  async askAnew<T>(work: (api: Remote<Api>) => Promise<Reply<T>>): Promise<Reply<T>> {
    if (this.life?.isAsked === true) await this.endIfSilent();
    return this.ask(work);
  }

  /** Ends a worker that does not answer, so that what comes next finds one that does. */
  async endIfSilent(): Promise<void> {
    if (this.life !== undefined) await this.endUnlessSettled(this.of.probe(this.life.api), this.fault(`did not answer for ${String(GRACE_MS / 1000)} s; another one takes its place`));
  }

  /** Ends the worker that is there now, unless the work settles in time. */
  async endUnlessSettled(work: Promise<unknown>, error: LabErrorInfo): Promise<void> {
    const { life } = this;
    if (life !== undefined && !(await isSettledWithin(work, GRACE_MS))) this.end(life, error);
  }

  private fault(what: string): LabErrorInfo {
    return { code: 'worker/crashed', what: `${this.of.title} ${what}.`, remedy: this.of.remedy };
  }

  private end(life: Life<Api>, error: LabErrorInfo): void {
    if (this.life === life) this.life = undefined;
    life.end(error);
  }

  private begin(): Life<Api> {
    const worker = this.of.start();
    this.of.onStart?.(worker);
    const life: Life<Api> = new Life<Api>(worker, (cause) => {
      this.end(life, this.fault(`stopped in the middle of this${cause === '' ? '' : ` (${cause})`}`));
    });
    return life;
  }
}
