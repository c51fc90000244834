import type { ColorSpec, LabErrorInfo } from '../../kernels/index.ts';
import type { Client } from '../pixels/client.ts';
import { encodeInBands } from './bandsOnWorkers.ts';
import type { OptionValues } from './options.ts';
import { resolveValues } from './options.ts';
import { EncodePool } from './pool.ts';
import type { Absences, BlockFacts, BlockRequest, ChannelSetup, ChannelView, Encoded, EncodeFacts, JpegFacts, LoadResult, PacketFacts, Released, SizePrediction } from './protocol.ts';
import { encoderRow } from './rows.ts';
import type { EncoderId } from './rows.ts';
import type { WireImage } from './wire.ts';
import type { FileId, ImageId, ImageInfo, Reply } from '../pixels/protocol.ts';
import { toErrorInfo } from '../../kernels/labError.ts';
import '../line/ownScripts.ts';
import { startedWorker } from '../line/startWorker.ts';
import type { StartedWorker } from '../line/startWorker.ts';
import { GRACE_MS } from '../line/waiting.ts';

export { CHANNEL_ROWS, ENCODER_ROWS, encoderRow, isEncoderId } from './rows.ts';
export type { EncoderId, EncoderRow } from './rows.ts';
export { optionFault } from './options.ts';
export type { OptionRow, OptionValue, OptionValues } from './options.ts';
export type { Absences, BlockFacts, ChannelView, EncodeFacts, JpegFacts, LoadResult, PacketFacts, Released, SizePrediction, Timing } from './protocol.ts';
export type { Stage } from './stages.ts';

/** A finished encoding: numbers, and handles of what stayed elsewhere. */
export interface EncodeResult {
  readonly encoder: EncoderId;
  readonly options: OptionValues;
  readonly source: ImageId;
  readonly facts: EncodeFacts;
  /** The decoded picture, in the store of the pixels. */
  readonly image: ImageInfo;
  /** Handle of the encoded bytes. */
  readonly file: string;
}

/** One point of a rate–distortion curve. */
export type EncodePoint = Pick<EncodeResult, 'encoder' | 'options' | 'facts'>;

export interface EncodeJob {
  readonly image: ImageId;
  readonly encoder: EncoderId;
  readonly options: OptionValues;
  /** Milliseconds to spend on runs. */
  readonly budgetMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** What is wrong with an encoder's options, said before anything is sent; undefined where nothing is. */
export function encodingFault(encoder: EncoderId, options: OptionValues): LabErrorInfo | undefined {
  try {
    resolveValues(encoderRow(encoder).options, options);
    return undefined;
  } catch (thrown) {
    return toErrorInfo(thrown);
  }
}

/** The door to the encode workers: they are not the one that owns the pixels, so that tiles stay smooth. Replies never reject. */
export class EncodeClient {
  readonly workers: number;
  private readonly pixels: Client;
  private readonly pool: EncodePool;
  private readonly channelLane: ReturnType<EncodePool['reserve']>;
  private readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  private readonly asked = new Map<string, AbortController>();
  private readonly graceMs: number;
  /** Pictures whose memory a person agreed to. */
  private readonly agreed = new Set<ImageId>();
  private last: { readonly id: ImageId; readonly wire: Promise<Reply<WireImage>> } | undefined;
  private next = 1;
  private readonly colorOf: (image: ImageId) => Partial<ColorSpec> | undefined;

  /** @param colorOf what a person said over an image's own colours */
  constructor(pixels: Client, pool: EncodePool, colorOf: (image: ImageId) => Partial<ColorSpec> | undefined = () => undefined, graceMs = GRACE_MS) {
    this.graceMs = graceMs;
    this.pixels = pixels;
    this.pool = pool;
    this.colorOf = colorOf;
    this.workers = pool.size;
    this.channelLane = pool.reserve();
  }

  async absences(): Promise<Absences> {
    const reply = await this.pool.run(async (api) => ({ ok: true, value: await api.absences() }));
    return reply.ok ? reply.value : {};
  }

  /** Encodes, decodes again and compares; the decoded picture and the bytes are kept until `release`. */
  async encode(job: EncodeJob): Promise<Reply<EncodeResult>> {
    const { image: source, encoder, options } = job;
    const fromColor = this.colorOf(source);
    const reply = await this.run(job, true);
    if (!reply.ok) return reply;
    const { facts, file, decoded } = reply.value;
    if (decoded === undefined) return { ok: false, error: toErrorInfo(new TypeError('The worker sent no picture.')) };
    const image = await this.pixels.adopt(encoderRow(encoder).title, decoded, { kind: 'encoded', encoder, fromColor, bytes: facts.bytes });
    if (!image.ok) return image;
    const handle = `encoded-${String(this.next++)}`;
    this.files.set(handle, file);
    return { ok: true, value: { encoder, options, source, facts, image: image.value, file: handle } };
  }

  /** The numbers alone: for sweeps and searches. */
  async probe(job: EncodeJob): Promise<Reply<EncodePoint>> {
    const reply = await this.run(job, false);
    return reply.ok ? { ok: true, value: { encoder: job.encoder, options: job.options, facts: reply.value.facts } } : reply;
  }

  /** The person agreed to what encoding this picture takes. */
  allowLarge(image: ImageId): void {
    this.agreed.add(image);
  }

  bytes(file: string): Uint8Array<ArrayBuffer> | undefined {
    return this.files.get(file);
  }

  async release({ file, image }: Pick<EncodeResult, 'file' | 'image'>): Promise<void> {
    this.files.delete(file);
    await this.pixels.release([image.id]);
  }

  /** Lets go of files whose pictures are gone already. */
  forget(files: readonly string[]): void {
    for (const file of files) this.files.delete(file);
  }

  /** Lets go of copies of pictures that were closed. */
  closed(images: readonly ImageId[]): void {
    for (const id of images) this.agreed.delete(id);
    if (this.last !== undefined && images.includes(this.last.id)) this.last = undefined;
  }

  predict(image: ImageId, options: OptionValues): Promise<Reply<SizePrediction>> {
    return this.latest('predict', (signal) => this.withImage(image, (wire) => this.pool.run((api) => api.predict(wire, options), signal)));
  }

  /** @param file a handle of `encode`, or an opened file */
  inspect(file: string | { readonly opened: FileId }): Promise<Reply<JpegFacts>> {
    return this.latest('inspect', (signal) => this.withFile(file, (bytes) => this.pool.run((api) => api.inspect(bytes), signal)));
  }

  block(file: string | { readonly opened: FileId }, place: BlockRequest): Promise<Reply<BlockFacts>> {
    return this.latest('block', (signal) => this.withFile(file, (bytes) => this.pool.run((api) => api.block(bytes, place), signal)));
  }

  zip(files: readonly { readonly name: string; readonly file: string }[]): Promise<Reply<Uint8Array<ArrayBuffer>>> {
    const parts = files.flatMap(({ name, file }) => { const bytes = this.files.get(file); return bytes === undefined ? [] : [{ name, bytes }]; });
    return this.pool.run((api) => api.zip(parts));
  }

  /** So many channels, each on a worker of its own, for so long. */
  load(image: ImageId, options: OptionValues, channels: number, ms: number, signal?: AbortSignal): Promise<Reply<readonly LoadResult[]>> {
    return this.withImage(image, async (wire) => {
      const replies = await Promise.all(Array.from({ length: channels }, () => this.pool.run((api) => api.load(wire, options, ms), signal)));
      const failed = replies.find((reply) => !reply.ok);
      return failed?.ok === false ? failed : { ok: true, value: replies.flatMap((reply) => (reply.ok ? [reply.value] : [])) };
    });
  }

  createChannel(image: ImageId, setup: ChannelSetup): Promise<Reply<ChannelView>> {
    return this.withImage(image, (wire) => this.channelLane.call((api) => api.createChannel(wire, setup)));
  }

  callChannel(call: 'start' | 'stop' | 'destroy'): Promise<Reply<ChannelView>> {
    return this.channelLane.call((api) => api.callChannel(call));
  }

  /** Holds from the next frame on. */
  setChannelParams(options: OptionValues): Promise<Reply<ChannelView>> {
    return this.channelLane.call((api) => api.setChannelParams(options));
  }

  getChannelParams(): Promise<Reply<OptionValues>> {
    return this.channelLane.call((api) => api.getChannelParams());
  }

  sendFrame(image: ImageId, timeoutMs: number | undefined): Promise<Reply<PacketFacts>> {
    return this.withImage(image, (wire) => this.channelLane.call((api) => api.sendFrame(wire, timeoutMs)));
  }

  releasePacket(sequence: number): Promise<Reply<Released>> {
    return this.channelLane.call((api) => api.releasePacket(sequence));
  }

  async channel(): Promise<ChannelView | undefined> {
    const reply = await this.channelLane.call(async (api) => ({ ok: true, value: await api.channel() }));
    return reply.ok ? reply.value : undefined;
  }

  /** Of one kind the latest counts: what an older one still hangs in, some time after a newer was asked for, ends with its worker. */
  private async latest<T>(kind: string, work: (signal: AbortSignal) => Promise<Reply<T>>): Promise<Reply<T>> {
    const older = this.asked.get(kind);
    const own = new AbortController();
    this.asked.set(kind, own);
    if (older !== undefined) setTimeout(() => older.abort(), this.graceMs);
    const reply = await work(own.signal);
    if (this.asked.get(kind) === own) this.asked.delete(kind);
    return reply;
  }

  private run({ image, encoder, options, budgetMs, signal }: EncodeJob, wantsDecoded: boolean): Promise<Reply<Encoded>> {
    const fault = encodingFault(encoder, options);
    if (fault !== undefined) return Promise.resolve({ ok: false, error: fault });
    return this.withImage(image, (wire) => {
      const request = { image: wire, encoder, options, budgetMs, wantsDecoded };
      return encoder === 'ours-parallel' ? encodeInBands(this.pool, request, signal) : this.pool.run((api) => api.encode(request), signal);
    });
  }

  /** The image with the colours that it is said to have: an encoder converts what is not as its file has it. */
  private async withImage<T>(id: ImageId, work: (wire: WireImage) => Promise<Reply<T>>): Promise<Reply<T>> {
    const color = this.colorOf(id);
    if (this.last?.id !== id) this.last = { id, wire: this.pixels.handOver(id, this.agreed.has(id)) };
    const wire = await this.last.wire;
    if (wire.ok) return work(color === undefined ? wire.value : { ...wire.value, spec: { ...wire.value.spec, colorSpec: { ...wire.value.spec.colorSpec, ...color } } });
    this.last = undefined;
    return wire;
  }

  private async withFile<T>(file: string | { readonly opened: FileId }, work: (bytes: Uint8Array) => Promise<Reply<T>>): Promise<Reply<T>> {
    const held = typeof file === 'string' ? this.files.get(file) : undefined;
    if (held !== undefined) return work(held);
    if (typeof file === 'string') return { ok: false, error: { code: 'store/unknown', what: 'The encoded file is not here any more.', remedy: 'Encode again.' } };
    const reply = await this.pixels.fileBytes(file.opened);
    return reply.ok ? work(reply.value) : reply;
  }
}

const MOST_WORKERS = 4;

export function createEncodeClient(pixels: Client, colorOf: (image: ImageId) => Partial<ColorSpec> | undefined): EncodeClient {
  const start = (): StartedWorker => startedWorker(() => new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module', name: 'encode' }));
  return new EncodeClient(pixels, new EncodePool(start, Math.max(2, Math.min(MOST_WORKERS, navigator.hardwareConcurrency))), colorOf);
}
