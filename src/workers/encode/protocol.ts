/** What crosses between the app and its encode workers. */
import type { ImageSpec } from '../../kernels/index.ts';
import type { BandPlan } from '../../kernels/codecs/jpeg/bands.ts';
import type { ChannelState, ChannelStatus } from '../../kernels/codecs/jpeg/channelTypes.ts';
import type { HuffmanTables } from '../../kernels/codecs/jpeg/huffmanTables.ts';
import type { InspectedBlock } from '../../kernels/codecs/jpeg/inspect/block.ts';
import type { JpegSegment } from '../../kernels/codecs/jpeg/format/segments.ts';
import type { JpegStructure } from '../../kernels/codecs/jpeg/inspect/structure.ts';
import type { Reply } from '../line/reply.ts';
import type { Judgement } from './judge.ts';
import type { OptionValues } from './options.ts';
import type { EncoderId } from './rows.ts';
import type { Stage } from './stages.ts';
import type { WireImage } from './wire.ts';

/** Why each encoder is not to be had; an encoder that is there is left out. */
export type Absences = Partial<Readonly<Record<EncoderId, string>>>;

export interface Timing {
  /** Of the runs that count, the one in the middle. */
  readonly medianMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  readonly runs: number;
}

/** An encoding without its pixels. */
export interface EncodeFacts extends Judgement {
  readonly bytes: number;
  readonly timing: Timing;
  readonly stages: readonly Stage[];
  readonly notes: readonly string[];
}

export interface Encoded {
  readonly facts: EncodeFacts;
  readonly file: Uint8Array<ArrayBuffer>;
  /** What the bytes hold, where it was asked for. */
  readonly decoded: WireImage | undefined;
}

export interface EncodeRequest {
  readonly image: WireImage;
  readonly encoder: EncoderId;
  readonly options: OptionValues;
  /** Milliseconds to spend on runs; 0: one run, which is not warmed up. */
  readonly budgetMs: number;
  readonly wantsDecoded: boolean;
}

/** A structure whose segments have lost their payload. */
export interface JpegFacts extends Omit<JpegStructure, 'segments'> {
  readonly segments: readonly Omit<JpegSegment, 'payload'>[];
  readonly bytes: number;
}

export interface BlockRequest {
  /** Index in the frame header. */
  readonly component: number;
  /** Pixels. */
  readonly x: number;
  readonly y: number;
}

export interface BlockFacts extends InspectedBlock {
  readonly component: number;
  /** In blocks of the component. */
  readonly column: number;
  readonly row: number;
}

export interface SizePrediction {
  readonly boundBytes: number;
  readonly estimateBytes: number;
}

export interface ChannelSetup {
  readonly buffers: number;
  readonly memory: 'system' | 'user';
  readonly options: OptionValues;
}

export interface PacketFacts {
  readonly sequence: number;
  /** Of its frame: microseconds since the channel was created. */
  readonly pts: number | undefined;
  readonly bytes: number;
  /** Milliseconds from sending to the packet. */
  readonly ms: number;
}

export interface Released {
  readonly sequence: number;
  /** Milliseconds of copying out; undefined where the user's own buffer was written. */
  readonly copyMs: number | undefined;
}

export interface ChannelView extends ChannelStatus {
  readonly state: ChannelState;
  /** Packets that nobody released. */
  readonly held: readonly PacketFacts[];
  readonly bufferBytes: number;
  /** In use: every one, defaults included. */
  readonly params: OptionValues;
}

export interface LoadResult {
  readonly frames: number;
  readonly ms: number;
}

/** One of the bands that a picture is cut into for so many workers: each worker plans for itself. */
export interface BandShare {
  readonly index: number;
  readonly bands: number;
}

/** The verbs of an encode worker. Every worker of the pool has them; a channel lives in one. */
export interface EncodeApi {
  absences(): Promise<Absences>;
  encode(request: EncodeRequest): Promise<Reply<Encoded>>;
  /** Decodes and compares a file that was made elsewhere. */
  judge(image: WireImage, file: Uint8Array<ArrayBuffer>, mime: string): Promise<Reply<{ readonly judgement: Judgement; readonly decoded: WireImage }>>;
  planBands(spec: ImageSpec, options: OptionValues, workers: number): Promise<Reply<BandPlan>>;
  countBand(image: WireImage, share: BandShare, options: OptionValues): Promise<Reply<Uint32Array>>;
  bandTables(counts: readonly Uint32Array[]): Promise<Reply<HuffmanTables>>;
  /** @param tables the standard ones where left out */
  encodeBand(image: WireImage, share: BandShare, options: OptionValues, tables: HuffmanTables | undefined): Promise<Reply<Uint8Array<ArrayBuffer>>>;
  joinBands(spec: ImageSpec, bands: number, parts: readonly Uint8Array[], options: OptionValues, tables: HuffmanTables | undefined): Promise<Reply<Uint8Array<ArrayBuffer>>>;
  predict(image: WireImage, options: OptionValues): Promise<Reply<SizePrediction>>;
  inspect(file: Uint8Array): Promise<Reply<JpegFacts>>;
  block(file: Uint8Array, place: BlockRequest): Promise<Reply<BlockFacts>>;
  /** Encodes the image again and again through a channel of its own. */
  load(image: WireImage, options: OptionValues, ms: number): Promise<Reply<LoadResult>>;
  zip(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<Reply<Uint8Array<ArrayBuffer>>>;
  createChannel(image: WireImage, setup: ChannelSetup): Promise<Reply<ChannelView>>;
  callChannel(call: 'start' | 'stop' | 'destroy'): Promise<Reply<ChannelView>>;
  setChannelParams(options: OptionValues): Promise<Reply<ChannelView>>;
  getChannelParams(): Promise<Reply<OptionValues>>;
  sendFrame(image: WireImage, timeoutMs: number | undefined): Promise<Reply<PacketFacts>>;
  releasePacket(sequence: number): Promise<Reply<Released>>;
  channel(): Promise<ChannelView | undefined>;
}

export type { BandPlan };
