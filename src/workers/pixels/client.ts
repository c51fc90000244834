import type { ColorSpec, Rect } from '../../kernels/index.ts';
import type { ImageFix } from '../../kernels/codecs/jpeg/device/lint.ts';
import type { WireImage } from '../line/wire.ts';
import type { WorkerLike } from '../line/life.ts';
import '../line/ownScripts.ts';
import { startedWorker } from '../line/startWorker.ts';
import { UNFOLDS, formatOf, thingOf, thingsOf } from './asked.ts';
import { isSuperseded } from './lanes.ts';
import { PixelsLine } from './line.ts';
import type { CompareRequest, Conversion, Converted, DifferenceRequest, ExportKind, ExportOptions, FileFacts, FileId, ImageId, ImageInfo, OpenOptions, Opened, PairReading, PixelsApi, Provenance, RawGeometry, Reply, SearchRequest, TileRequest } from './protocol.ts';

export { isSuperseded };
export type { ClientState } from './line.ts';

const startWorker = (): WorkerLike => startedWorker(() => new Worker(new URL('./pixels.worker.ts', import.meta.url), { type: 'module', name: 'pixels' }));

/** The only door to the worker that holds the pixels: its verbs. Replies never reject. */
export class Client extends PixelsLine {
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

  fix(image: ImageId, fix: ImageFix, color: Partial<ColorSpec> | undefined): Promise<Reply<Opened>> {
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
}

export const createClient = (): Client => new Client(startWorker);
