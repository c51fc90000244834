import type { ColorSpec, Rect } from '../kernels/index.ts';
import type { DeviceFix } from '../kernels/codecs/jpeg/device/lint.ts';
import type { WireImage } from './encode/wire.ts';
import { Lanes, isSuperseded } from './lanes.ts';
import type { CompareRequest, Conversion, Converted, DifferenceRequest, ExportKind, ExportOptions, FileFacts, FileId, ImageId, ImageInfo, JobId, OpenOptions, Opened, PairReading, PixelsApi, Provenance, RawGeometry, Reply, SearchRequest, TileRequest } from './protocol.ts';
import { Recipes } from './recipes.ts';
import { WorkerLife } from './workerLife.ts';
import type { Id, WorkerLike } from './workerLife.ts';
import './ownScripts.ts';

export { isSuperseded };

export type ClientState = 'starting' | 'ready' | 'busy' | 'restarted';

const startWorker = (): WorkerLike => new Worker(new URL('./pixels.worker.ts', import.meta.url), { type: 'module', name: 'pixels' });

const idsOf = ({ file, images }: Opened): readonly Id[] => [file.id, ...images.map(({ id }) => id)];
const idOf = ({ id }: ImageInfo | FileFacts): readonly Id[] => [id];

/** A verb that leaves something in the worker. */
interface Making<T> {
  readonly needs: readonly Id[];
  readonly made: (value: T) => readonly Id[];
  readonly run: (life: WorkerLife, job: JobId) => Promise<Reply<T>>;
}

/**
 * The only door to the worker that holds the pixels. Replies never reject. Jobs of one lane: the latest wins.
 * After a crash the next request starts a new worker, which is given again what it is asked for: ids stay valid.
 */
export class Client {
  private readonly start: () => WorkerLike;
  private readonly recipes = new Recipes();
  private readonly lanes = new Lanes((job) => { if (this.life !== undefined) void this.life.api.cancel(job); });
  private readonly listeners = new Set<(state: ClientState) => void>();
  private life: WorkerLife | undefined;
  private running = 0;
  private current: ClientState = 'starting';

  constructor(start: () => WorkerLike) {
    this.start = start;
    // Started before anything is asked, so that it is there when something is.
    this.life = this.begin();
  }

  state(): ClientState {
    return this.current;
  }

  onState(listener: (state: ClientState) => void): () => void {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }

  /** @param lane undefined: not cancelled by a later opening */
  open(file: Blob, name: string, options: OpenOptions = {}, lane: string | undefined = 'open'): Promise<Reply<Opened>> {
    return this.make(lane, { needs: [], made: idsOf, run: ({ api }, job) => api.open(job, file, name, options) });
  }

  sample(id: string): Promise<Reply<Opened>> {
    return this.make('open', { needs: [], made: idsOf, run: ({ api }) => api.sample(id) });
  }

  async keep(name: string, bytes: Uint8Array): Promise<Reply<FileFacts>> {
    const copy = new Blob([new Uint8Array(bytes)]);
    return this.make(undefined, { needs: [], made: idOf, run: async ({ api }) => api.keep(name, new Uint8Array(await copy.arrayBuffer())) });
  }

  openRaw(file: FileId, geometry: RawGeometry): Promise<Reply<ImageInfo>> {
    return this.make(`raw ${file}`, { needs: [file], made: idOf, run: (life, job) => life.api.openRaw(job, life.now(file), geometry) });
  }

  convert(image: ImageId, conversion: Conversion): Promise<Reply<Converted>> {
    return this.make('convert', { needs: [image], made: (converted) => idOf(converted.image), run: (life, job) => life.api.convert(job, life.now(image), conversion) });
  }

  guess(file: FileId): ReturnType<PixelsApi['guess']> {
    return this.call([file], (life) => life.api.guess(life.now(file)));
  }

  pixel(image: ImageId, x: number, y: number, lane = 'pixel'): ReturnType<PixelsApi['pixel']> {
    return this.read(lane, [image], (life) => life.api.pixel(life.now(image), x, y));
  }

  /** @param lane several traces may be wanted at once: of the conversion, of its alternative */
  trace(image: ImageId, x: number, y: number, conversion: Conversion, lane = 'trace'): ReturnType<PixelsApi['trace']> {
    return this.read(lane, [image], (life) => life.api.trace(life.now(image), x, y, conversion));
  }

  region(image: ImageId, rect: Rect, lane = 'region'): ReturnType<PixelsApi['region']> {
    return this.read(lane, [image], (life) => life.api.region(life.now(image), rect));
  }

  tile(request: TileRequest): ReturnType<PixelsApi['tile']> {
    const { image, against } = request;
    return this.call(against === undefined ? [image] : [image, against.image], (life) =>
      life.api.tile({ ...request, image: life.now(image), against: against === undefined ? undefined : { ...against, image: life.now(against.image) } }));
  }

  histogram(image: ImageId, region: Rect | undefined, bins: number, lane = 'histogram'): ReturnType<PixelsApi['histogram']> {
    return this.read(lane, [image], (life, job) => life.api.histogram(job, life.now(image), region, bins));
  }

  /** @param lane several comparisons may be wanted at once: of a result with its source, with a reference */
  compare(first: ImageId, second: ImageId, request: CompareRequest, lane = 'compare'): ReturnType<PixelsApi['compare']> {
    return this.read(lane, [first, second], (life, job) => life.api.compare(job, life.now(first), life.now(second), request));
  }

  nextDifference(first: ImageId, second: ImageId, request: DifferenceRequest): ReturnType<PixelsApi['nextDifference']> {
    return this.read('next-difference', [first, second], (life, job) => life.api.nextDifference(job, life.now(first), life.now(second), request));
  }

  pairSamples(first: ImageId, second: ImageId, reading: PairReading | undefined, x: number, y: number): ReturnType<PixelsApi['pairSamples']> {
    return this.read('pair-samples', [first, second], (life) => life.api.pairSamples(life.now(first), life.now(second), reading, x, y));
  }

  searchSettings(image: ImageId, reference: ImageId, request: SearchRequest): ReturnType<PixelsApi['searchSettings']> {
    return this.read('search-settings', [image, reference], (life, job) => life.api.searchSettings(job, life.now(image), life.now(reference), request));
  }

  bytes(image: ImageId, plane: number, from: number, length: number): ReturnType<PixelsApi['bytes']> {
    return this.call([image], (life) => life.api.bytes(life.now(image), plane, from, length));
  }

  export(image: ImageId, kind: ExportKind, options: ExportOptions = {}): ReturnType<PixelsApi['export']> {
    return this.call([image], (life) => life.api.export(life.now(image), kind, options));
  }

  handOver(image: ImageId): ReturnType<PixelsApi['handOver']> {
    return this.call([image], (life) => life.api.handOver(life.now(image)));
  }

  adopt(name: string, image: WireImage, provenance: Provenance): Promise<Reply<ImageInfo>> {
    return this.make(undefined, { needs: [], made: idOf, run: ({ api }) => api.adopt(name, image, provenance) });
  }

  fileBytes(file: FileId): ReturnType<PixelsApi['fileBytes']> {
    return this.call([file], (life) => life.api.fileBytes(life.now(file)));
  }

  fix(image: ImageId, fix: DeviceFix, color: Partial<ColorSpec> | undefined): Promise<Reply<Opened>> {
    return this.make(undefined, { needs: [image], made: idsOf, run: (life) => life.api.fix(life.now(image), fix, color) });
  }

  exchangeChroma(image: ImageId): Promise<Reply<FileFacts>> {
    return this.make(undefined, { needs: [image], made: idOf, run: (life) => life.api.exchangeChroma(life.now(image)) });
  }

  /** Bytes held by images and files; 0 while there is no worker. */
  async memory(): Promise<number> {
    const reply = await this.call([], async ({ api }) => ({ ok: true, value: await api.memory() }));
    return reply.ok ? reply.value : 0;
  }

  async release(ids: readonly Id[]): Promise<void> {
    const gone = this.recipes.forget(ids);
    const { life } = this;
    if (life === undefined) return;
    const own = gone.map((id) => life.now(id));
    for (const id of gone) life.forget(id);
    await life.guard(life.api.release(own).then(() => ({ ok: true, value: undefined })));
  }

  cancel(lane: string): void {
    this.lanes.stop(lane);
  }

  /** Ends the worker as a crash would; for tests of the recovery. */
  simulateCrash(): void {
    this.life?.end('as a test asked');
  }

  private read<T>(lane: string, needs: readonly Id[], run: (life: WorkerLife, job: JobId) => Promise<Reply<T>>): Promise<Reply<T>> {
    return this.lanes.run(lane, (job) => this.call(needs, (life) => run(life, job)), () => undefined);
  }

  private async make<T>(lane: string | undefined, { needs, made, run }: Making<T>): Promise<Reply<T>> {
    const work = (job: JobId): Promise<Reply<T>> => this.call(needs, async (life) => {
      const reply = await run(life, job);
      if (reply.ok) for (const id of made(reply.value)) life.name(id, id);
      return reply;
    });
    const reply = await (lane === undefined ? work(0) : this.lanes.run(lane, work, (value) => void this.release(made(value))));
    if (reply.ok) {
      this.recipes.add({ ids: made(reply.value), needs, make: async (life) => {
        const again = await run(life, 0);
        return again.ok ? { ok: true, value: made(again.value) } : again;
      } });
    }
    return reply;
  }

  private async call<T>(needs: readonly Id[], run: (life: WorkerLife) => Promise<Reply<T>>): Promise<Reply<T>> {
    this.life ??= this.begin();
    const { life } = this;
    this.running += 1;
    this.say('busy');
    const work = async (): Promise<Reply<T>> => {
      const error = await this.recipes.bring(life, needs);
      return error === undefined ? run(life) : { ok: false, error };
    };
    const reply = await life.guard(work());
    this.running -= 1;
    if (this.running === 0) this.say('ready');
    return reply;
  }

  private begin(): WorkerLife {
    const life = new WorkerLife(this.start(), () => {
      if (this.life === life) this.life = undefined;
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

export function createClient(): Client {
  return new Client(startWorker);
}
