import { LabError, allocImage, bestBackend, cloneImage, compile, imageBytes, paletteFrom, simdReason, pixelAt, runContext, subImage, trace, wrapImage, formatBytes, requiredBytes, byteLength } from '../../kernels/index.ts';
import type { Rect } from '../../kernels/index.ts';
import { histogramsInSteps } from '../../kernels/analysis/histogram.ts';
import { hintFromName } from '../../kernels/codecs/rawName.ts';
import { FILE_TYPES, nameMismatch, sniff } from '../../kernels/codecs/sniff.ts';
import type { FileType } from '../../kernels/codecs/sniff.ts';
import { exchangeChroma } from '../../kernels/image/exchange.ts';
import type { Comparisons } from './comparisons.ts';
import { bytesToRead, decodeFile, decodeWay, otherWays, readingType } from './decode/index.ts';
import { reply } from '../line/reply.ts';
import { fromWire, toWire } from '../line/wire.ts';
import { ImageStore, MOST_HELD_BYTES, giveUp, readBlob, sizeOf } from './imageStore.ts';
import { countLosses } from './counts.ts';
import { CANCELLED, Precedence, inTurns } from '../line/pacing.ts';
import { convertInTurns } from '../bands/parallel.ts';
import type { Threads } from '../bands/parallel.ts';
import type { Conversion, Converted, FileFacts, FileId, GuessRow, ImageId, ImageInfo, JobId, OpenOptions, Opened, PixelsApi, RawGeometry, Region, Reply } from './protocol.ts';
import { planOf, readAs } from './planOf.ts';
import { readRegion } from './readRegion.ts';
import { SAMPLES, isSampleId } from '../samples/samples.ts';
import { dataRange } from './dataRange.ts';
import { paintDifference, paintTile } from './tile.ts';

/** Fetched with the first dump: the first load goes without. */
const guessing = () => import('../../kernels/analysis/guess.ts');

/** What a file is told by. */
const HEAD_BYTES = 512;

/** The verbs of the protocol over one store. @param fetchSample bytes of a file in `samples/` */
export class Pixels implements PixelsApi {
  private readonly store = new ImageStore();
  private readonly cancelled = new Set<JobId>();
  private comparing: Comparisons | undefined;
  private readonly precedence = new Precedence();
  private readonly fetchSample: (file: string) => Promise<Uint8Array>;
  private readonly threads: () => Promise<Threads | undefined>;

  /** @param threads for large conversions; left out: this one does everything */
  constructor(fetchSample: (file: string) => Promise<Uint8Array>, threads: () => Promise<Threads | undefined> = () => Promise.resolve(undefined)) {
    this.fetchSample = fetchSample;
    this.threads = threads;
  }

  open(job: JobId, file: Blob, name: string, { allowLarge = false, reading }: OpenOptions): Promise<Reply<Opened>> {
    return reply(() => this.precedence.first(async () => {
      const isCancelled = this.isCancelled(job);
      const found = sniff(await readBlob(file.slice(0, HEAD_BYTES)));
      const type = readingType(found, name, file.size, reading);
      if (type === 'raw' && file.size > MOST_HELD_BYTES) return this.openLargeRaw(file, name, found);
      const needed = await bytesToRead(type, file);
      this.store.admit({ what: `Reading “${name}”`, bytes: needed }, allowLarge);
      const bytes = await readBlob(file.slice(0, needed));
      if (isCancelled()) throw new LabError(CANCELLED);
      return this.openBytes(bytes, name, allowLarge, { type, found }, file);
    }));
  }

  openAs(_job: JobId, file: FileId, way: string): Promise<Reply<ImageInfo>> {
    return reply(async () => {
      const { facts } = this.store.file(file);
      const { image, label, provenance } = await decodeWay(await this.store.read(file, 0, facts.bytes), way);
      return this.store.addImage(image, `${facts.name} · ${label}`, provenance);
    });
  }

  openRaw(_job: JobId, file: FileId, geometry: RawGeometry): Promise<Reply<ImageInfo>> {
    return reply(() => this.precedence.first(() => this.wrapRaw(file, geometry)));
  }

  keep(name: string, bytes: Uint8Array | Blob): Promise<Reply<FileFacts>> {
    return reply(async () => (bytes instanceof Blob && bytes.size > MOST_HELD_BYTES ? this.addLarge(bytes, name) : this.addFile(bytes instanceof Blob ? await readBlob(bytes) : bytes, name)));
  }

  guess(file: FileId): Promise<Reply<readonly GuessRow[]>> {
    return reply(() => this.guessed(file));
  }

  sample(id: string): Promise<Reply<Opened>> {
    return reply(async () => {
      const sample = SAMPLES.find((row) => row.id === id);
      if (sample === undefined || !isSampleId(id)) throw new LabError({ code: 'sample/unknown', what: `There is no sample called “${id}”.`, remedy: `Choose one of ${SAMPLES.map((row) => row.id).join(', ')}.` });
      if (sample.file !== undefined) return this.openSample(await this.fetchSample(sample.file), sample.file);
      const made = (await import('../samples/makeSample.ts')).makeSample(id);
      if (made === undefined) throw new TypeError(`The sample ${id} has neither a file nor a maker.`);
      if ('image' in made) return { file: this.addFile(new Uint8Array(0), made.name), images: [this.store.addImage(made.image, made.name, { kind: 'sample', sample: id })], guesses: [] };
      const file = this.addFile(made.bytes, made.name);
      return { file, images: [], guesses: (await guessing()).guessLayouts(made.bytes, file.hint) };
    });
  }

  convert(job: JobId, id: ImageId, conversion: Conversion): Promise<Reply<Converted>> {
    return reply(() => this.precedence.first(async () => {
      const { image, info } = this.store.image(id);
      const started = performance.now();
      const { options } = conversion;
      const pipeline = planOf(image, conversion);
      const bytes = byteLength(pipeline.to);
      // What a cast wrapped is counted against a second picture.
      this.store.admit({ what: sizeOf(pipeline.to), bytes: options.policy === 'cast' ? 2 * bytes : bytes, largestBytes: bytes }, conversion.allowLarge ?? false);
      const result = allocImage(pipeline.to, image);
      const wanted = options.backend ?? bestBackend(pipeline);
      const kernel = compile(pipeline, wanted);
      const { backend } = kernel;
      const isCancelled = this.isCancelled(job, id);
      const { isDone, threads } = await convertInTurns(kernel, image, result, this.threads, isCancelled);
      const ms = performance.now() - started;
      const clamping = options.policy === 'cast' ? planOf(image, { ...conversion, options: { ...options, policy: 'clamp' } }) : undefined;
      const counts = isDone ? await countLosses(image, result, clamping, isCancelled) : undefined;
      if (counts === undefined) return giveUp(result);
      const { wrapped, outsidePalette } = counts;
      const converted = this.store.addImage(result, info.name, { kind: 'converted', from: id, fromColor: conversion.fromColor, options, wrapped, backend, ms });
      const fallback = wanted === 'simd' && backend === 'scalar' ? simdReason(pipeline) : undefined;
      return { image: converted, ms, backend, threads, fallback, wrapped, outsidePalette };
    }));
  }

  pixel(id: ImageId, x: number, y: number): ReturnType<PixelsApi['pixel']> {
    return reply(() => pixelAt(this.store.image(id).image, x, y));
  }

  trace(id: ImageId, x: number, y: number, conversion: Conversion): ReturnType<PixelsApi['trace']> {
    return reply(() => {
      const { image } = this.store.image(id);
      const pipeline = planOf(image, conversion);
      const palette = pipeline.to.palette === undefined ? undefined : paletteFrom(pipeline.to.palette);
      return trace(pipeline, image, x, y, runContext(image, { palette }));
    });
  }

  region(id: ImageId, rect: Rect): Promise<Reply<Region>> {
    return reply(() => readRegion(this.store.image(id).image, rect));
  }

  tile(request: Parameters<PixelsApi['tile']>[0]): ReturnType<PixelsApi['tile']> {
    return reply(async () => {
      const stored = this.store.image(request.image);
      const { against } = request;
      if (against === undefined) return this.precedence.first(async () => paintTile(stored.image, request, await dataRange(stored.image)));
      const other = await (await this.comparisons()).counterpart(stored, this.store.image(against.image), against.reading);
      return paintDifference(stored.image, other, request, against.mode, against.gain);
    });
  }

  histogram(job: JobId, id: ImageId, region: Rect | undefined, bins: number): ReturnType<PixelsApi['histogram']> {
    return reply(async () => {
      const { image } = this.store.image(id);
      const counted = await inTurns(histogramsInSteps(region === undefined ? image : subImage(image, region, 'outward'), bins), this.isCancelled(job, id), this.precedence.turn);
      if (counted === undefined) throw new LabError(CANCELLED);
      return counted;
    });
  }

  compare(...[job, first, second, request]: Parameters<PixelsApi['compare']>): ReturnType<PixelsApi['compare']> {
    return reply(async () => (await this.comparisons()).compare(this.store.image(first), this.store.image(second), request, this.isCancelled(job, first, second)));
  }

  nextDifference(...[job, first, second, { reading, after, direction }]: Parameters<PixelsApi['nextDifference']>): ReturnType<PixelsApi['nextDifference']> {
    return reply(async () => (await this.comparisons()).nextDifference(this.store.image(first), this.store.image(second), reading, after, direction, this.isCancelled(job, first, second)));
  }

  pairSamples(...[first, second, reading, x, y]: Parameters<PixelsApi['pairSamples']>): ReturnType<PixelsApi['pairSamples']> {
    return reply(async () => (await this.comparisons()).samples(this.store.image(first), this.store.image(second), reading, x, y));
  }

  searchSettings(...[job, image, reference, request]: Parameters<PixelsApi['searchSettings']>): ReturnType<PixelsApi['searchSettings']> {
    return reply(async () => (await this.comparisons()).search(this.store.image(image), this.store.image(reference), request, this.isCancelled(job, image, reference)));
  }

  bytes(id: ImageId, plane: number, from: number, length: number): Promise<Reply<Uint8Array>> {
    return reply(() => {
      const found = this.store.image(id).image.planes[plane];
      if (found === undefined) throw new LabError({ code: 'plane/unknown', what: `The image has no plane ${String(plane)}.`, remedy: 'Choose one of its planes.' });
      return found.bytes.slice(from, from + length);
    });
  }

  export(id: ImageId, kind: Parameters<PixelsApi['export']>[1], options: Parameters<PixelsApi['export']>[2] = {}): ReturnType<PixelsApi['export']> {
    return reply(async () => {
      const { image, info } = this.store.image(id);
      const pixels = image.width * image.height;
      // The file and its copy for the page; what is no raw file is made from another picture of up to 16 bits a component.
      this.store.admit({ what: `Writing ${sizeOf(info.spec)} as ${kind}`, bytes: kind === 'raw' ? 2 * info.bytes : Math.max(2 * info.bytes, 3 * 4 * pixels), largestBytes: Math.max(info.bytes, 4 * pixels) }, options.allowLarge ?? false);
      // With its encoders, fetched when a file is first wanted.
      const { exportImage } = await import('./export.ts');
      return exportImage(readAs(image, options.color), info.name, kind, options);
    });
  }

  handOver(id: ImageId, allowLarge = false): ReturnType<PixelsApi['handOver']> {
    return reply(() => {
      const { image, info } = this.store.image(id);
      // The copy, the picture as R, G, B that an encoder makes of it, and the one that is decoded again.
      this.store.admit({ what: `Encoding ${sizeOf(info.spec)}`, bytes: info.bytes + 8 * image.width * image.height, largestBytes: Math.max(info.bytes, 4 * image.width * image.height) }, allowLarge);
      return toWire(image);
    });
  }

  adopt(...[name, image, provenance]: Parameters<PixelsApi['adopt']>): ReturnType<PixelsApi['adopt']> {
    return reply(() => this.store.addImage(fromWire(image), name, provenance));
  }

  fileBytes(id: FileId): ReturnType<PixelsApi['fileBytes']> {
    return reply(async () => {
      const { name, bytes } = this.store.file(id).facts;
      this.store.admit({ what: `Reading “${name}” whole`, bytes }, false);
      return this.store.read(id, 0, bytes);
    });
  }

  fix(...[id, fix, color]: Parameters<PixelsApi['fix']>): ReturnType<PixelsApi['fix']> {
    return reply(async () => {
      const { image, info } = this.store.image(id);
      const { applyDeviceFix } = await import('../../kernels/codecs/jpeg/device/fix.ts');
      const fixed = cloneImage(applyDeviceFix(readAs(image, color), fix));
      const name = `${info.name} · ${fix.kind === 'convert' ? fix.format : fix.kind}`;
      return { file: this.addFile(new Uint8Array(0), name), images: [this.store.addImage(fixed, name, info.provenance)], guesses: [] };
    });
  }

  exchangeChroma(id: ImageId): Promise<Reply<FileFacts>> {
    return reply(() => {
      const { image, info } = this.store.image(id);
      return this.addFile(imageBytes(exchangeChroma(image), image.planes.map(({ stride }) => stride)), `${info.name} · U and V exchanged`);
    });
  }

  release(ids: readonly string[]): Promise<number> {
    const before = this.store.bytes();
    this.store.release(ids);
    return Promise.resolve(before - this.store.bytes());
  }

  cancel(job: JobId): void {
    this.cancelled.add(job);
  }

  memory(): Promise<number> {
    return Promise.resolve(this.store.bytes());
  }

  /** Fetched when two images are first compared. */
  private async comparisons(): Promise<Comparisons> {
    const made = await import('./comparisons.ts');
    this.comparing ??= new made.Comparisons(this.precedence.turn, (id) => this.store.has(id));
    return this.comparing;
  }

  /** True once after the job was cancelled, and as soon as an image that it is about was let go. */
  private isCancelled(job: JobId, ...about: readonly ImageId[]): () => boolean {
    return () => this.cancelled.delete(job) || !about.every((id) => this.store.has(id));
  }

  private addFile(bytes: Uint8Array, name: string, content: Uint8Array | Blob = bytes, type = sniff(bytes.subarray(0, HEAD_BYTES)), looks = type): FileFacts {
    return this.store.addFile(content, { name, bytes: content instanceof Blob ? content.size : content.length, type, mismatch: looks === type ? nameMismatch(name, type) : `It begins like ${FILE_TYPES[looks].title}; it is read as raw pixels.`, hint: type === 'raw' ? hintFromName(name, content instanceof Blob ? content.size : content.length) : undefined, ways: otherWays(type) });
  }

  private async addLarge(file: Blob, name: string, found?: FileType): Promise<FileFacts> {
    return this.addFile(await readBlob(file.slice(0, HEAD_BYTES)), name, file, ...(found === undefined ? [] : (['raw', found] as const)));
  }

  private async openLargeRaw(file: Blob, name: string, found: FileType): Promise<Opened> {
    const facts = await this.addLarge(file, name, found);
    return { file: facts, images: [], guesses: await this.guessed(facts.id) };
  }

  /** By what a large file begins with, and its length. */
  private async guessed(id: FileId): Promise<readonly GuessRow[]> {
    const { hint, bytes } = this.store.file(id).facts;
    return (await guessing()).guessLayouts(await this.store.read(id, 0, Math.min(bytes, MOST_HELD_BYTES)), hint, undefined, bytes);
  }

  private openSample(bytes: Uint8Array, name: string): Promise<Opened> {
    const type = sniff(bytes.subarray(0, HEAD_BYTES));
    return this.openBytes(bytes, name, false, { type, found: type });
  }

  private async openBytes(bytes: Uint8Array, name: string, allowLarge: boolean, { type, found }: { readonly type: FileType; readonly found: FileType }, blob?: Blob): Promise<Opened> {
    const decoded = await decodeFile(type, bytes, blob ?? new Blob([Uint8Array.from(bytes)]), allowLarge);
    const file = this.addFile(bytes, name, blob !== undefined && blob.size > MOST_HELD_BYTES ? blob : bytes, type, found);
    const images = decoded.map(({ image, label, provenance }) => this.store.addImage(image, label === '' ? name : `${name} · ${label}`, provenance));
    return { file, images, guesses: type === 'raw' ? (await guessing()).guessLayouts(bytes, file.hint) : [] };
  }

  private async wrapRaw(id: FileId, { spec, headerOffset, padShort, allowLarge = false }: RawGeometry): Promise<ImageInfo> {
    const { content, facts } = this.store.file(id);
    if (!Number.isSafeInteger(headerOffset) || headerOffset < 0) throw new LabError({ code: 'raw/offset', what: `The header offset is ${String(headerOffset)}; it must be a whole number of bytes, 0 or more.`, remedy: 'Give the number of bytes before the first sample.' });
    const frame = requiredBytes(spec);
    const needed = frame + headerOffset;
    const paddedBytes = Math.max(0, needed - facts.bytes);
    if (paddedBytes > 0 && !padShort) throw new LabError({ code: 'layout/too-short', what: `File ${formatBytes(facts.bytes)}, needed ${formatBytes(needed)} (${sizeOf(spec)}${headerOffset > 0 ? ` after ${formatBytes(headerOffset)}` : ''}). Short by ${formatBytes(paddedBytes)}.`, remedy: 'Show it padded with zeros, or correct the geometry.', vpiStatus: 'INVALID_ARGUMENT' });
    // Bytes that are held are only looked at; a slice of a file, and what is missing, must be allocated.
    if (paddedBytes > 0 || content instanceof Blob) this.store.admit({ what: sizeOf(spec), bytes: paddedBytes > 0 && content instanceof Blob ? 2 * frame : frame, largestBytes: frame }, allowLarge);
    const there = await this.store.read(id, headerOffset, needed);
    const whole = paddedBytes === 0 ? there : new Uint8Array(frame);
    if (paddedBytes > 0) whole.set(there);
    return this.store.addImage(wrapImage(whole, spec), facts.name, { kind: 'raw', headerOffset, paddedBytes });
  }
}
