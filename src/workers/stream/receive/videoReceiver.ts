import { LabError, pixelFormat } from '../../../kernels/index.ts';
import type { Image } from '../../../kernels/index.ts';
import { rgbColor } from '../../video/codecTrial.ts';
import { Converter } from '../converter.ts';
import type { StreamDescription } from '../encoders/encoder.ts';
import { STREAM_COLOR, STREAM_COLOR_SPACE } from '../encoders/videoSettings.ts';
import type { Packet } from '../packet.ts';
import type { FrameLedger } from '../sources/frameLedger.ts';
import { FrameReader } from '../sources/framePlanes.ts';

/** Milliseconds after which a frame that does not come out of the decoder counts as lost. */
const PATIENCE_MS = 3000;

/** One window's stream at the client: decoded frame by frame. */
export class VideoReceiver {
  private readonly ledger: FrameLedger;
  private readonly planes = new FrameReader();
  private toPlanes: Converter | undefined;
  private decoder: VideoDecoder | undefined;
  private decoded: VideoFrame | undefined;
  private stream: StreamDescription | undefined;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(ledger: FrameLedger) {
    this.ledger = ledger;
  }

  /** Valid until the next packet. @throws LabError `stream/no-key-frame`, `stream/decoder-failed`, `stream/frame-lost` */
  async receive(packet: Packet): Promise<Image> {
    if (packet.stream !== undefined) this.begin(packet.stream);
    const { decoder } = this;
    if (decoder === undefined || decoder.state !== 'configured') throw new LabError({ code: 'stream/no-key-frame', what: `Frame ${String(packet.sequence)} came before a key frame that says what the stream is.`, remedy: 'It shows again from the next key frame on.' });
    const answer = new Promise<void>((resolve) => { this.wake = resolve; });
    const timer = setTimeout(() => this.wake(), PATIENCE_MS);
    decoder.decode(new EncodedVideoChunk({ type: packet.keyFrame ? 'key' : 'delta', timestamp: packet.options.timestamp ?? packet.sequence, data: packet.payload }));
    await answer;
    clearTimeout(timer);
    return this.take(packet);
  }

  close(): void {
    if (this.decoder !== undefined && this.decoder.state !== 'closed') this.decoder.close();
    this.decoder = undefined;
    this.toPlanes = undefined;
    this.letGo();
  }

  private begin(stream: StreamDescription): void {
    const { codec, codedWidth, codedHeight, description, colorSpace } = stream;
    this.close();
    this.stream = stream;
    this.failure = undefined;
    this.decoder = new VideoDecoder({
      output: (frame) => {
        this.letGo();
        this.decoded = this.ledger.open(frame);
        this.wake();
      },
      error: (error) => { this.failure = error; this.wake(); },
    });
    this.decoder.configure({ codec, codedWidth, codedHeight, optimizeForLatency: true, ...(description === undefined ? {} : { description }), ...(colorSpace === undefined ? {} : { colorSpace }) });
  }

  private letGo(): void {
    if (this.decoded !== undefined) this.ledger.close(this.decoded);
    this.decoded = undefined;
  }

  private async take(packet: Packet): Promise<Image> {
    if (this.failure !== undefined) throw new LabError({ code: 'stream/decoder-failed', what: `The browser’s decoder refused frame ${String(packet.sequence)} of window ${String(packet.window)}: ${this.failure.message}.`, remedy: 'It shows again from the next key frame on.' });
    if (this.decoded === undefined) throw new LabError({ code: 'stream/frame-lost', what: `Frame ${String(packet.sequence)} of window ${String(packet.window)} did not come out of the decoder within ${String(PATIENCE_MS / 1000)} s.`, remedy: 'The machine may be overloaded: lower the size or the rate.' });
    try {
      return await this.inItsColors(await this.planes.read(this.decoded));
    } finally {
      this.letGo();
    }
  }

  /** A browser that gives R, G, B alone may have made them by another matrix than the stream's: they are taken back to Y, U, V by its own. */
  private async inItsColors(image: Image): Promise<Image> {
    const { stream } = this;
    if (stream === undefined || pixelFormat(image.format).family !== 'rgb') return image;
    const color = await rgbColor({ codec: stream.codec, height: stream.codedHeight, colorSpace: stream.colorSpace ?? STREAM_COLOR_SPACE });
    if (color === undefined || (color.matrix === STREAM_COLOR.matrix && color.range === STREAM_COLOR.range)) return image;
    this.toPlanes ??= new Converter(({ width, height }) => ({ format: 'yuv444p', width, height, colorSpec: color }));
    return { ...this.toPlanes.run(image), colorSpec: STREAM_COLOR };
  }
}
