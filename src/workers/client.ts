import { wrap } from 'comlink';
import type { Remote } from 'comlink';
import type { LabErrorInfo, Rect } from '../kernels/index.ts';
import { Recipes } from './recipes.ts';
import type { Conversion, FileId, ImageId, OpenOptions, PixelsApi, RawGeometry, Reply, TileRequest } from './protocol.ts';

export type ClientState = 'starting' | 'ready' | 'busy' | 'restarted';

const SUPERSEDED: LabErrorInfo = { code: 'job/superseded', what: 'A newer request took the place of this one.', remedy: 'Nothing is to be done.' };
const CRASHED: LabErrorInfo = { code: 'worker/crashed', what: 'The worker that holds the pixels stopped in the middle of this.', remedy: 'It was started again and your document is back; try once more.' };

/** A reply that nobody should show: a newer request is under way. */
export const isSuperseded = (error: LabErrorInfo): boolean => error.code === 'job/superseded' || error.code === 'job/cancelled';

/**
 * The only door to the worker. Jobs of one lane: the latest wins, older ones are cancelled.
 * A worker that crashes is started again, and what it held is made anew from how it came about.
 */
export class Client {
  private worker: Worker;
  private api: Remote<PixelsApi>;
  private readonly lanes = new Map<string, number>();
  private readonly recipes = new Recipes();
  private readonly listeners = new Set<(state: ClientState) => void>();
  private abort: (error: LabErrorInfo) => void = () => undefined;
  private crash: Promise<LabErrorInfo>;
  private restoring: Promise<void> = Promise.resolve();
  private nextJob = 1;
  private running = 0;
  private current: ClientState = 'starting';

  constructor() {
    this.crash = this.whenCrashed();
    this.worker = this.start();
    this.api = wrap<PixelsApi>(this.worker);
  }

  state(): ClientState {
    return this.current;
  }

  onState(listener: (state: ClientState) => void): () => void {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }

  async open(file: Blob, name: string, options: OpenOptions = {}) {
    const reply = await this.lane('open', (api, job) => api.open(job, file, name, options));
    if (reply.ok) this.recipes.opened(reply.value, (api) => api.open(0, file, name, { allowLarge: true }));
    return reply;
  }

  async sample(id: string) {
    const reply = await this.lane('open', (api) => api.sample(id));
    if (reply.ok) this.recipes.opened(reply.value, (api) => api.sample(id));
    return reply;
  }

  async keep(name: string, bytes: Uint8Array) {
    const reply = await this.call((api) => api.keep(name, bytes));
    const copy = new Blob([Uint8Array.from(bytes)]);
    if (reply.ok) this.recipes.kept(reply.value.id, async (api) => api.keep(name, new Uint8Array(await copy.arrayBuffer())));
    return reply;
  }

  async openRaw(file: FileId, geometry: RawGeometry) {
    const reply = await this.lane('raw', (api, job) => api.openRaw(job, this.recipes.now(file), geometry));
    if (reply.ok) this.recipes.made(reply.value, (api, now) => api.openRaw(0, now(file), geometry));
    return reply;
  }

  async convert(image: ImageId, conversion: Conversion) {
    const reply = await this.lane('convert', (api, job) => api.convert(job, this.recipes.now(image), conversion));
    if (reply.ok) {
      this.recipes.made(reply.value.image, async (api, now) => {
        const again = await api.convert(0, now(image), conversion);
        return again.ok ? { ok: true, value: again.value.image } : again;
      });
    }
    return reply;
  }

  guess(file: FileId) {
    return this.call((api) => api.guess(this.recipes.now(file)));
  }

  pixel(image: ImageId, x: number, y: number, lane = 'pixel') {
    return this.lane(lane, (api) => api.pixel(this.recipes.now(image), x, y));
  }

  /** @param lane several traces may be wanted at once: of the conversion, of its alternative */
  trace(image: ImageId, x: number, y: number, conversion: Conversion, lane = 'trace') {
    return this.lane(lane, (api) => api.trace(this.recipes.now(image), x, y, conversion));
  }

  region(image: ImageId, rect: Rect, lane = 'region') {
    return this.lane(lane, (api) => api.region(this.recipes.now(image), rect));
  }

  tile(request: TileRequest) {
    const against = request.against === undefined ? undefined : { ...request.against, image: this.recipes.now(request.against.image) };
    return this.call((api) => api.tile({ ...request, image: this.recipes.now(request.image), against }));
  }

  histogram(image: ImageId, region: Rect | undefined, bins: number, lane = 'histogram') {
    return this.lane(lane, (api, job) => api.histogram(job, this.recipes.now(image), region, bins));
  }

  compare(a: ImageId, b: ImageId) {
    return this.lane('compare', (api, job) => api.compare(job, this.recipes.now(a), this.recipes.now(b)));
  }

  bytes(image: ImageId, plane: number, from: number, length: number) {
    return this.call((api) => api.bytes(this.recipes.now(image), plane, from, length));
  }

  export(image: ImageId, kind: Parameters<PixelsApi['export']>[1]) {
    return this.call((api) => api.export(this.recipes.now(image), kind));
  }

  async memory(): Promise<number> {
    return this.api.memory();
  }

  async release(ids: readonly (ImageId | FileId)[]): Promise<void> {
    await this.api.release(ids.map((id) => this.recipes.now(id)));
    this.recipes.forget(ids);
  }

  cancel(lane: string): void {
    const job = this.lanes.get(lane);
    this.lanes.delete(lane);
    if (job !== undefined) void this.api.cancel(job);
  }

  /** Ends the worker as a crash would; for tests of the recovery. */
  simulateCrash(): void {
    this.restart();
  }

  private async lane<T>(lane: string, run: (api: Remote<PixelsApi>, job: number) => Promise<Reply<T>>): Promise<Reply<T>> {
    const job = this.nextJob++;
    const older = this.lanes.get(lane);
    if (older !== undefined) void this.api.cancel(older);
    this.lanes.set(lane, job);
    const reply = await this.call((api) => run(api, job));
    if (this.lanes.get(lane) !== job) return { ok: false, error: SUPERSEDED };
    this.lanes.delete(lane);
    return reply;
  }

  private async call<T>(run: (api: Remote<PixelsApi>) => Promise<Reply<T>>): Promise<Reply<T>> {
    await this.restoring;
    this.running += 1;
    this.say('busy');
    const crashed = this.crash.then((error): Reply<T> => ({ ok: false, error }));
    try {
      return await Promise.race([run(this.api), crashed]);
    } finally {
      this.running -= 1;
      if (this.running === 0) this.say('ready');
    }
  }

  private start(): Worker {
    const worker = new Worker(new URL('./pixels.worker.ts', import.meta.url), { type: 'module', name: 'pixels' });
    worker.addEventListener('error', () => { this.restart(); });
    return worker;
  }

  private whenCrashed(): Promise<LabErrorInfo> {
    return new Promise((resolve) => { this.abort = resolve; });
  }

  private restart(): void {
    this.worker.terminate();
    this.abort(CRASHED);
    this.crash = this.whenCrashed();
    this.worker = this.start();
    this.api = wrap<PixelsApi>(this.worker);
    this.restoring = this.recipes.replay(this.api);
    this.say('restarted');
  }

  private say(state: ClientState): void {
    if (state === this.current) return;
    this.current = state;
    for (const listener of this.listeners) listener(state);
  }
}

export function createClient(): Client {
  return new Client();
}
