import { LabError, byteLength, planeLayouts, specOf } from '../../../kernels/index.ts';
import type { Image } from '../../../kernels/index.ts';
import { Converter } from '../converter.ts';
import type { EncoderFacts } from '../route.ts';
import type { FrameLedger } from '../sources/frameLedger.ts';
import type { EncodeJob, EncodedFrame, StreamDescription, WindowEncoder } from './encoder.ts';
import { CODEC_ROWS, SCALED_BY, STREAM_COLOR_SPACE, USUAL_QUALITY, configOf, inputSpec, quantizerOf } from './videoSettings.ts';
import type { CodecRow } from './videoSettings.ts';

/** Milliseconds that an output is waited for where a flush would cost a key frame. */
const PATIENCE_MS = 1000;

interface Output {
  readonly bytes: Uint8Array;
  readonly keyFrame: boolean;
  readonly stream: StreamDescription | undefined;
}

function describe({ decoderConfig }: EncodedVideoChunkMetadata, width: number, height: number): StreamDescription | undefined {
  if (decoderConfig === undefined) return undefined;
  const { codec, codedWidth = width, codedHeight = height, description } = decoderConfig;
  const bytes = description === undefined ? undefined : ArrayBuffer.isView(description) ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength).slice() : new Uint8Array(description).slice();
  return { codec, codedWidth, codedHeight, description: bytes, colorSpace: STREAM_COLOR_SPACE };
}

/** A window's encoder in the browser: our own conversion to its planes, then WebCodecs. */
export class BrowserEncoder implements WindowEncoder {
  readonly facts: EncoderFacts;
  private readonly rate: CodecRow['rate'];
  private readonly ledger: FrameLedger;
  private readonly encoder: VideoEncoder;
  private readonly toPlanes: Converter;
  private readonly size: { readonly width: number; readonly height: number };
  private quality = USUAL_QUALITY;
  private speed: number | undefined;
  private config: VideoEncoderConfig;
  private output: Output | undefined;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;
  /** Whether each frame is flushed out. Where a flush makes the next frame a key frame, only while the encoder holds frames back. */
  private flushing: 'always' | 'late' | 'must' = 'always';

  /** @param rate as `rateOf` found it */
  constructor(facts: EncoderFacts, rate: CodecRow['rate'], ledger: FrameLedger) {
    this.facts = facts;
    this.rate = rate;
    this.ledger = ledger;
    const spec = inputSpec(facts);
    this.size = spec;
    this.toPlanes = new Converter(() => spec, { chromaDown: 'box', resample: SCALED_BY });
    this.encoder = new VideoEncoder({
      output: (chunk, metadata) => this.take(chunk, metadata ?? {}),
      error: (error) => { this.failure = error; this.wake(); },
    });
    this.config = configOf(facts, this.quality, this.speed, rate);
    this.encoder.configure(this.config);
  }

  async encode({ image, timestamp, keyFrame, quality, speed }: EncodeJob): Promise<EncodedFrame | undefined> {
    this.set(quality, speed);
    const planes = this.toPlanes.run(image);
    const frame = this.ledger.open(this.frameOf(planes, timestamp));
    this.output = undefined;
    try {
      this.encoder.encode(frame, { keyFrame, ...this.frameQuality() });
    } finally {
      this.ledger.close(frame);
    }
    await this.answered();
    if (this.failure !== undefined) throw new LabError({ code: 'stream/encoder-failed', what: `The browser’s ${CODEC_ROWS[this.facts.codec].title} encoder failed: ${this.failure.message}.`, remedy: 'The frame goes another way; choose another codec if it happens again.' });
    const made = this.takeOutput();
    if (made?.keyFrame === true && !keyFrame && this.flushing === 'always') this.flushing = 'late';
    return made === undefined ? undefined : { ...made, ...this.size, options: { csc: this.facts.csc } };
  }

  close(): void {
    if (this.encoder.state !== 'closed') this.encoder.close();
  }

  /** Sets what goes for all frames from now on; a new bitrate is told to the running encoder. */
  private set(quality: number | undefined, speed: number | undefined): void {
    this.quality = quality ?? this.quality;
    this.speed = speed ?? this.speed;
    const config = configOf(this.facts, this.quality, this.speed, this.rate);
    if (config.bitrate === this.config.bitrate && config.latencyMode === this.config.latencyMode) return;
    this.config = config;
    this.encoder.configure(config);
  }

  private frameQuality(): VideoEncoderEncodeOptions {
    if (this.rate.by === 'bitrate') return {};
    const quantizer = quantizerOf(this.quality, this.rate.worst);
    return this.facts.codec === 'av1' ? { av1: { quantizer } } : { vp9: { quantizer } };
  }

  private frameOf(planes: Image, timestamp: number): VideoFrame {
    const [first] = planes.planes;
    if (first === undefined) throw new TypeError('An image without planes.');
    const layout = planeLayouts(specOf(planes)).map(({ offset, stride }) => ({ offset, stride }));
    // The planes lie one after another, somewhere in a buffer that may hold other images too.
    const bytes = new Uint8Array(first.bytes.buffer, first.bytes.byteOffset, byteLength(specOf(planes)));
    return new VideoFrame(bytes, { format: this.facts.csc === 'YUV444P' ? 'I444' : 'I420', codedWidth: planes.width, codedHeight: planes.height, timestamp, layout, colorSpace: STREAM_COLOR_SPACE });
  }

  private take(chunk: EncodedVideoChunk, metadata: EncodedVideoChunkMetadata): void {
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    this.output = { bytes, keyFrame: chunk.type === 'key', stream: describe(metadata, this.size.width, this.size.height) };
    this.wake();
  }

  private takeOutput(): Output | undefined {
    return this.output;
  }

  /** The frame's output, a failure, or the encoder having nothing more to do: it left the frame out. */
  private async answered(): Promise<void> {
    const output = new Promise<void>((resolve) => { this.wake = resolve; });
    if (this.flushing === 'late' && (await this.comesBy(output))) return;
    const emptied = this.encoder.state === 'configured' ? this.encoder.flush().catch((thrown: unknown) => { this.failure ??= thrown instanceof Error ? thrown : new Error(String(thrown)); }) : Promise.resolve();
    await Promise.race([output, emptied]);
    if (this.flushing === 'late' && this.output !== undefined) this.flushing = 'must';
  }

  /** Whether the frame's output, or a failure, comes by itself. */
  private async comesBy(output: Promise<void>): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([output, new Promise<void>((resolve) => { timer = setTimeout(resolve, PATIENCE_MS); })]);
    clearTimeout(timer);
    return this.output !== undefined || this.failure !== undefined;
  }
}
