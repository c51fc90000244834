import type { LabErrorInfo } from '../../kernels/index.ts';
import { GRACE_MS, isSettledWithin } from '../line/waiting.ts';
import type { WorkerLike } from '../line/life.ts';
import type { Reply } from '../line/reply.ts';
import { idsOf, isWaitedFor, silenceOf } from './asked.ts';
import type { Asked, Making, Thing } from './asked.ts';
import { CANCELLED, Lanes } from './lanes.ts';
import { PixelsLife } from './life.ts';
import type { Call, Id } from './life.ts';
import type { JobId } from './protocol.ts';
import { Recipes } from './recipes.ts';

export type ClientState = 'starting' | 'ready' | 'busy' | 'restarted';

/** So much let go of is worth another worker, once it has had nothing to do for so long. */
const [MOST_SPENT_BYTES, REST_MS] = [128 * 2 ** 20, 500];

/**
 * The page's end of the worker that holds the pixels: what is asked is answered whatever becomes of the worker. Jobs of one lane: the latest wins.
 * After a crash the next request starts a new worker, which is given again what it is asked for: ids stay valid.
 */
export class PixelsLine {
  private readonly start: () => WorkerLike;
  private readonly recipes = new Recipes();
  private readonly lanes = new Lanes((job) => this.cancelJob(job));
  /** Cancelled, and not answered by the worker yet. */
  private readonly cancelled = new Set<JobId>();
  /** What the app knows. */
  private readonly things = new Map<Id, Thing>();
  private readonly graceMs: number;
  private readonly listeners = new Set<(state: ClientState) => void>();
  private life: PixelsLife | undefined;
  /** Asked and not answered yet. */
  private readonly asking = new Set<Asked<unknown>>();
  private waited = 0;
  private current: ClientState = 'starting';
  private lastEnd: LabErrorInfo | undefined;
  /** Bytes that the worker let go of with what was closed; the system does not have them back yet. */
  private spentBytes = 0;
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => WorkerLike, graceMs = GRACE_MS) {
    this.start = start;
    this.graceMs = graceMs;
    // Started before anything is asked, so that it is there when something is.
    try { this.life = this.begin(); } catch { /* Said by whatever is asked first. */ }
  }

  state(): ClientState {
    return this.current;
  }

  /** Why the worker was last started anew. */
  whyRestarted(): LabErrorInfo | undefined {
    return this.lastEnd;
  }

  onState(listener: (state: ClientState) => void): () => void {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }

  async release(ids: readonly Id[]): Promise<void> {
    const gone = this.recipes.forget(ids);
    for (const id of gone) this.things.delete(id);
    const { life } = this;
    if (life === undefined) return;
    const own = gone.map((id) => life.now(id));
    for (const id of gone) life.forget(id);
    const answer = life.guard<number>(life.api.release(own).then((value) => ({ ok: true, value })));
    // What is closed with its file is not about to be made again; results are, in the memory of the last one.
    if (gone.some((id) => id.startsWith('file-'))) void this.closed(life, answer);
    await answer;
  }

  cancel(lane: string): void {
    this.lanes.cancelLane(lane);
  }

  /** Cancels everything that a person waits for; a worker that does not answer then is replaced. */
  cancelWaited(): void {
    this.lanes.cancelAll(isWaitedFor);
  }

  /** Ends the worker as a crash would; for tests of the recovery. Nothing that is open is to blame for it. */
  simulateCrash(): void {
    this.life?.end('as a test asked', 'stopped');
  }

  protected named(id: Id): string {
    const thing = this.things.get(id);
    return thing === undefined ? 'a picture' : `“${thing.name}”`;
  }

  protected bytesOf(id: Id): number {
    return this.things.get(id)?.bytes ?? 0;
  }

  /** A lane of its own: cancelled by a person alone. */
  protected waitedFor(verb: string): string {
    return `${verb} ${String(this.waited++)}`;
  }

  protected read<T>(lane: string, asked: Asked<T>): Promise<Reply<T>> {
    return this.lanes.run(lane, (job) => this.call(asked, job), () => undefined);
  }

  protected async make<T>(lane: string | undefined, { title, needs, inOneGo, made, run }: Making<T>): Promise<Reply<T>> {
    const work = (job: JobId): Promise<Reply<T>> => {
      const answer = this.call({ title, needs, inOneGo, run: async (life, own) => {
        const reply = await run(life, own);
        if (reply.ok) for (const { id } of made(reply.value)) life.name(id, id);
        return reply;
      } }, job);
      // What is opened is not to wait for a worker that hangs in something else.
      if (needs.length === 0) void this.watch(this.life, answer);
      return answer;
    };
    const reply = await (lane === undefined ? work(0) : this.lanes.run(lane, work, (value) => void this.release(idsOf(made(value)))));
    if (reply.ok) {
      for (const thing of made(reply.value)) this.things.set(thing.id, thing);
      this.recipes.add({ title, ids: idsOf(made(reply.value)), needs, silentMs: silenceOf({ inOneGo }), make: async (life) => {
        const again = await run(life, 0);
        return again.ok ? { ok: true, value: idsOf(made(again.value)) } : again;
      } });
    }
    return reply;
  }

  /** The reply, or what kept the worker from giving one; never rejects. What a replaced worker still had to do is asked of the next one, once. */
  protected async call<T>(asked: Asked<T>, job: JobId = 0, isAgain = false): Promise<Reply<T>> {
    let life: PixelsLife;
    try {
      life = this.life ??= this.begin();
    } catch (thrown) {
      this.cancelled.delete(job);
      return { ok: false, error: { code: 'worker/none', what: `The worker that holds the pixels could not be started (${thrown instanceof Error ? thrown.message : String(thrown)}).`, remedy: 'Reload the page; where that does not help, this browser does not let pages start workers.' } };
    }
    this.asking.add(asked);
    this.say('busy');
    const { title, needs, run } = asked;
    const call: Call = { title, job, silentMs: silenceOf(asked), isBlamed: false };
    const work = async (): Promise<Reply<T>> => {
      const error = await this.recipes.bring(life, needs);
      if (error !== undefined) return { ok: false, error };
      return this.cancelled.has(job) ? { ok: false, error: CANCELLED } : life.during(call, () => run(life, job));
    };
    const reply = await life.guard(work());
    this.asking.delete(asked);
    if (this.asking.size === 0) this.say('ready');
    if (life.ended === 'replaced' && !reply.ok && !call.isBlamed && !isAgain && !this.cancelled.has(job)) return this.call(asked, job, true);
    this.cancelled.delete(job);
    return reply;
  }

  private cancelJob(job: JobId): void {
    const { life } = this;
    if (life === undefined) return;
    this.cancelled.add(job);
    void life.api.cancel(job);
    void this.watch(life, undefined, job);
  }

  /**
   * Replaces a worker that does not answer.
   * @param until nobody waits any more   @param job watched as long as it is under way, where it was cancelled
   */
  private async watch(life: PixelsLife | undefined, until: Promise<unknown> | undefined, job?: JobId): Promise<void> {
    if (life === undefined) return;
    const before = life.underWay;
    // An opening is its own business: it waits only for what was there before it.
    const isWaiting = (): boolean => life.ended === undefined && life.underWay.some((call) => (job === undefined ? before.includes(call) : call.job === job));
    let isAnswered = false;
    void until?.then(() => { isAnswered = true; });
    while (!isAnswered && isWaiting()) {
      const patienceMs = this.patienceMs(life);
      if (!(await life.answers(patienceMs)) && !isAnswered && isWaiting()) {
        const dropped = life.underWay.filter((call) => this.cancelled.has(call.job) || (job === undefined && call === before[0]));
        life.replace(dropped, patienceMs);
      }
      await new Promise((resolve) => { setTimeout(resolve, this.graceMs); });
    }
  }

  /** How long it may be silent: what is known to run in one go has its time, unless nobody wants it any more. */
  private patienceMs(life: PixelsLife): number {
    return this.graceMs + Math.max(0, ...life.underWay.filter(({ job }) => !this.cancelled.has(job)).map(({ silentMs }) => silentMs));
  }

  /**
   * A worker that rests takes its time to give memory back, and that of its WebAssembly it keeps: after a large closing another one
   * takes its place once nothing is under way, and is given what is still open when that is asked for.
   */
  private renewSoon(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.renew(), REST_MS);
  }

  private async renew(): Promise<void> {
    const { life } = this;
    if (life === undefined || this.spentBytes < MOST_SPENT_BYTES) return;
    // Asked beside everything that is counted: this question is nobody's.
    const held = await life.guard<number>(life.api.memory().then((value) => ({ ok: true, value })));
    if (this.life !== life || !held.ok) return;
    if (this.isWanted()) this.renewSoon();
    // What is still open has to be made again: no more of that than is won.
    else if (held.value <= this.spentBytes) this.renewNow(life);
  }

  private renewNow(life: PixelsLife): void {
    life.retire(CANCELLED);
    try { this.life = this.begin(); } catch { this.life = undefined; }
  }

  /** After a closing. @param released what it gave back, once the worker comes to it */
  private async closed(life: PixelsLife, released: Promise<Reply<number>>): Promise<void> {
    const isBusy = !(await isSettledWithin(released, this.graceMs));
    if (this.life !== life) return;
    // At work for what was closed, and deaf: nobody is to wait for that.
    if (isBusy && !this.isWanted()) {
      this.renewNow(life);
      return;
    }
    const reply = await released;
    if (this.life !== life || !reply.ok) return;
    this.spentBytes += reply.value;
    if (this.spentBytes >= MOST_SPENT_BYTES) this.renewSoon();
  }

  /** Whether something is under way for anything that is still open, or is being opened. */
  private isWanted(): boolean {
    return [...this.asking].some(({ needs, isAside }) => isAside !== true && needs.every((id) => this.things.has(id)));
  }

  private begin(): PixelsLife {
    this.spentBytes = 0;
    const life = new PixelsLife(this.start(), (error) => {
      if (this.life === life) this.life = undefined;
      this.lastEnd = error;
      this.say('restarted');
    });
    return life;
  }

  private say(state: ClientState): void {
    if (state === this.current) return;
    this.current = state;
    for (const listener of this.listeners) listener(state);
  }
}
