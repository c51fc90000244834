import type { ColorSpec, LabErrorInfo, Rect } from '../kernels/index.ts';
import type { DeviceFix } from '../kernels/codecs/jpeg/device/lint.ts';
import type { WireImage } from './encode/wire.ts';
import { CANCELLED, Lanes, isSuperseded } from './lanes.ts';
import type { CompareRequest, Conversion, Converted, DifferenceRequest, ExportKind, ExportOptions, FileFacts, FileId, ImageId, ImageInfo, JobId, OpenOptions, Opened, PairReading, PixelsApi, Provenance, RawGeometry, Reply, SearchRequest, TileRequest } from './protocol.ts';
import { Recipes } from './recipes.ts';
import { UNFOLDS, formatOf, idsOf, isWaitedFor, silenceOf, thingOf, thingsOf } from './asked.ts';
import type { Asked, Making, Thing } from './asked.ts';
import { GRACE_MS, isSettledWithin } from './waiting.ts';
import { WorkerLife } from './workerLife.ts';
import type { Call, Id, WorkerLike } from './workerLife.ts';
import './ownScripts.ts';
import { startedWorker } from './startWorker.ts';

export { isSuperseded };

export type ClientState = 'starting' | 'ready' | 'busy' | 'restarted';

/** So much let go of is worth another worker, once it has had nothing to do for so long. */
const [MOST_SPENT_BYTES, REST_MS] = [128 * 2 ** 20, 500];

const startWorker = (): WorkerLike => startedWorker(() => new Worker(new URL('./pixels.worker.ts', import.meta.url), { type: 'module', name: 'pixels' }));

/**
 * The only door to the worker that holds the pixels. Replies never reject. Jobs of one lane: the latest wins.
 * After a crash the next request starts a new worker, which is given again what it is asked for: ids stay valid.
 */
export class Client {
  private readonly start: () => WorkerLike;
  private readonly recipes = new Recipes();
  private readonly lanes = new Lanes((job) => this.cancelJob(job));
  /** Cancelled, and not answered by the worker yet. */
  private readonly cancelled = new Set<JobId>();
  /** What the app knows. */
  private readonly things = new Map<Id, Thing>();
  private readonly graceMs: number;
  private readonly listeners = new Set<(state: ClientState) => void>();
  private life: WorkerLife | undefined;
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

  /** @param lane undefined: not cancelled by a later opening */
  open(file: Blob, name: string, options: OpenOptions = {}, lane: string | undefined = 'open'): Promise<Reply<Opened>> {
    return this.make(lane, { title: `opening “${name}”`, needs: [], inOneGo: UNFOLDS * file.size, made: thingsOf, run: ({ api }, job) => api.open(job, file, name, options) });
  }

  sample(id: string): Promise<Reply<Opened>> {
    return this.make('open', { title: `opening the sample “${id}”`, needs: [], made: thingsOf, run: ({ api }) => api.sample(id) });
  }

  keep(name: string, bytes: Uint8Array): Promise<Reply<FileFacts>> {
    // A copy that neither the caller nor a crash can reach.
    const copy = new Blob([new Uint8Array(bytes)]);
    return this.make(this.waitedFor('keep'), { title: `taking in “${name}”`, needs: [], made: thingOf, run: ({ api }) => api.keep(name, copy) });
  }

  openAs(file: FileId, way: string): Promise<Reply<ImageInfo>> {
    return this.make(`raw ${file}`, { title: `showing ${this.named(file)} another way`, needs: [file], inOneGo: UNFOLDS * this.bytesOf(file), made: thingOf, run: (life, job) => life.api.openAs(job, life.now(file), way) });
  }

  openRaw(file: FileId, geometry: RawGeometry): Promise<Reply<ImageInfo>> {
    return this.make(`raw ${file}`, { title: `reading ${this.named(file)} as ${formatOf({ to: geometry.spec })}`, needs: [file], made: thingOf, run: (life, job) => life.api.openRaw(job, life.now(file), geometry) });
  }

  convert(image: ImageId, conversion: Conversion): Promise<Reply<Converted>> {
    return this.make('convert', { title: `converting ${this.named(image)} to ${formatOf(conversion)}`, needs: [image], made: (converted) => thingOf(converted.image), run: (life, job) => life.api.convert(job, life.now(image), conversion) });
  }

  guess(file: FileId): ReturnType<PixelsApi['guess']> {
    return this.call({ title: `guessing what ${this.named(file)} is`, needs: [file], inOneGo: this.bytesOf(file), run: (life) => life.api.guess(life.now(file)) });
  }

  pixel(image: ImageId, x: number, y: number, lane = 'pixel'): ReturnType<PixelsApi['pixel']> {
    return this.read(lane, { title: `reading a pixel of ${this.named(image)}`, needs: [image], run: (life) => life.api.pixel(life.now(image), x, y) });
  }

  /** @param lane several traces may be wanted at once: of the conversion, of its alternative */
  trace(image: ImageId, x: number, y: number, conversion: Conversion, lane = 'trace'): ReturnType<PixelsApi['trace']> {
    return this.read(lane, { title: `tracing a pixel of ${this.named(image)}`, needs: [image], run: (life) => life.api.trace(life.now(image), x, y, conversion) });
  }

  region(image: ImageId, rect: Rect, lane = 'region'): ReturnType<PixelsApi['region']> {
    return this.read(lane, { title: `reading pixels of ${this.named(image)}`, needs: [image], run: (life) => life.api.region(life.now(image), rect) });
  }

  tile(request: TileRequest): ReturnType<PixelsApi['tile']> {
    const { image, against } = request;
    return this.call({
      title: `drawing ${this.named(image)}`,
      needs: against === undefined ? [image] : [image, against.image],
      run: (life) => life.api.tile({ ...request, image: life.now(image), against: against === undefined ? undefined : { ...against, image: life.now(against.image) } }),
    });
  }

  histogram(image: ImageId, region: Rect | undefined, bins: number, lane = 'histogram'): ReturnType<PixelsApi['histogram']> {
    return this.read(lane, { title: `counting the values of ${this.named(image)}`, needs: [image], run: (life, job) => life.api.histogram(job, life.now(image), region, bins) });
  }

  /** @param lane several comparisons may be wanted at once: of a result with its source, with a reference */
  compare(first: ImageId, second: ImageId, request: CompareRequest, lane = 'compare'): ReturnType<PixelsApi['compare']> {
    return this.read(lane, { title: `comparing ${this.named(first)} with ${this.named(second)}`, needs: [first, second], run: (life, job) => life.api.compare(job, life.now(first), life.now(second), request) });
  }

  nextDifference(first: ImageId, second: ImageId, request: DifferenceRequest): ReturnType<PixelsApi['nextDifference']> {
    return this.read('next-difference', { title: `looking for a difference of ${this.named(first)} and ${this.named(second)}`, needs: [first, second], run: (life, job) => life.api.nextDifference(job, life.now(first), life.now(second), request) });
  }

  pairSamples(first: ImageId, second: ImageId, reading: PairReading | undefined, x: number, y: number): ReturnType<PixelsApi['pairSamples']> {
    return this.read('pair-samples', { title: `reading a pixel of ${this.named(first)} and ${this.named(second)}`, needs: [first, second], run: (life) => life.api.pairSamples(life.now(first), life.now(second), reading, x, y) });
  }

  searchSettings(image: ImageId, reference: ImageId, request: SearchRequest): ReturnType<PixelsApi['searchSettings']> {
    return this.read('search-settings', { title: `searching settings for ${this.named(image)}`, needs: [image, reference], run: (life, job) => life.api.searchSettings(job, life.now(image), life.now(reference), request) });
  }

  bytes(image: ImageId, plane: number, from: number, length: number): ReturnType<PixelsApi['bytes']> {
    return this.call({ title: `reading bytes of ${this.named(image)}`, needs: [image], run: (life) => life.api.bytes(life.now(image), plane, from, length) });
  }

  export(image: ImageId, kind: ExportKind, options: ExportOptions = {}): ReturnType<PixelsApi['export']> {
    return this.read(this.waitedFor('export'), { title: `writing ${this.named(image)} as ${kind}`, needs: [image], inOneGo: this.bytesOf(image), run: (life) => life.api.export(life.now(image), kind, options) });
  }

  handOver(image: ImageId, allowLarge = false): ReturnType<PixelsApi['handOver']> {
    return this.call({ title: `copying ${this.named(image)}`, needs: [image], inOneGo: this.bytesOf(image), run: (life) => life.api.handOver(life.now(image), allowLarge) });
  }

  adopt(name: string, image: WireImage, provenance: Provenance): Promise<Reply<ImageInfo>> {
    return this.make(undefined, { title: `taking in what ${name} made`, needs: [], made: thingOf, run: ({ api }) => api.adopt(name, image, provenance) });
  }

  fileBytes(file: FileId): ReturnType<PixelsApi['fileBytes']> {
    return this.call({ title: `reading ${this.named(file)}`, needs: [file], run: (life) => life.api.fileBytes(life.now(file)) });
  }

  fix(image: ImageId, fix: DeviceFix, color: Partial<ColorSpec> | undefined): Promise<Reply<Opened>> {
    return this.make(undefined, { title: `mending ${this.named(image)}`, needs: [image], inOneGo: this.bytesOf(image), made: thingsOf, run: (life) => life.api.fix(life.now(image), fix, color) });
  }

  exchangeChroma(image: ImageId): Promise<Reply<FileFacts>> {
    return this.make(undefined, { title: `exchanging U and V of ${this.named(image)}`, needs: [image], inOneGo: this.bytesOf(image), made: thingOf, run: (life) => life.api.exchangeChroma(life.now(image)) });
  }

  /** Bytes held by images and files; 0 while there is no worker. */
  async memory(): Promise<number> {
    const reply = await this.call({ title: 'adding up its memory', needs: [], isAside: true, run: async ({ api }) => ({ ok: true, value: await api.memory() }) });
    return reply.ok ? reply.value : 0;
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

  private named(id: Id): string {
    const thing = this.things.get(id);
    return thing === undefined ? 'a picture' : `“${thing.name}”`;
  }

  private bytesOf(id: Id): number {
    return this.things.get(id)?.bytes ?? 0;
  }

  /** A lane of its own: cancelled by a person alone. */
  private waitedFor(verb: string): string {
    return `${verb} ${String(this.waited++)}`;
  }

  private read<T>(lane: string, asked: Asked<T>): Promise<Reply<T>> {
    return this.lanes.run(lane, (job) => this.call(asked, job), () => undefined);
  }

  private async make<T>(lane: string | undefined, { title, needs, inOneGo, made, run }: Making<T>): Promise<Reply<T>> {
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
  private async call<T>(asked: Asked<T>, job: JobId = 0, isAgain = false): Promise<Reply<T>> {
    let life: WorkerLife;
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
  private async watch(life: WorkerLife | undefined, until: Promise<unknown> | undefined, job?: JobId): Promise<void> {
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
  private patienceMs(life: WorkerLife): number {
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

  private renewNow(life: WorkerLife): void {
    life.retire(CANCELLED);
    try { this.life = this.begin(); } catch { this.life = undefined; }
  }

  /** After a closing. @param released what it gave back, once the worker comes to it */
  private async closed(life: WorkerLife, released: Promise<Reply<number>>): Promise<void> {
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

  private begin(): WorkerLife {
    this.spentBytes = 0;
    const life = new WorkerLife(this.start(), (error) => {
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

export const createClient = (): Client => new Client(startWorker);
