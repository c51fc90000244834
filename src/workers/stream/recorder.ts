import type { BufferTarget, EncodedVideoPacketSource, Output } from 'mediabunny';
import { LabError } from '../../kernels/index.ts';
import type { RecordedFile } from './protocol.ts';
import type { StreamDescription } from './encoders/encoder.ts';
import type { Packet } from './packet.ts';
import type { VideoCodec } from './route.ts';
import { VIDEO_CODECS } from './routeTypes.ts';

interface Part {
  readonly output: Output;
  readonly target: BufferTarget;
  readonly source: EncodedVideoPacketSource;
  readonly codec: VideoCodec;
  readonly stream: StreamDescription;
  /** Microseconds. */
  readonly start: number;
}

const MUXED: Record<VideoCodec, 'vp8' | 'vp9' | 'av1' | 'avc'> = { vp8: 'vp8', vp9: 'vp9', av1: 'av1', h264: 'avc' };
/** Seconds a frame lasts where the next one does not say. */
const FRAME_SECONDS = 1 / 30;

const codecOf = ({ encoding }: Packet): VideoCodec | undefined => VIDEO_CODECS.find((codec) => codec === encoding);

/** Writes a window's video stream to a file: WebM, or MP4 for H.264. Another size or codec starts another file. */
export class Recorder {
  frames = 0;
  bytes = 0;
  private readonly files: RecordedFile[] = [];
  private readonly name: string;
  private part: Part | undefined;

  constructor(name: string) {
    this.name = name;
  }

  get parts(): number {
    return this.files.length + (this.part === undefined ? 0 : 1);
  }

  /** @param stream of the window's encoder, as its last first frame said */
  async add(packet: Packet, stream: StreamDescription | undefined): Promise<void> {
    const codec = codecOf(packet);
    if (codec === undefined || stream === undefined) return;
    if (this.part !== undefined && this.part.stream !== stream) await this.endPart();
    if (this.part === undefined && !packet.keyFrame) return;
    const timestamp = packet.options.timestamp ?? 0;
    this.part ??= await begin(codec, stream, timestamp);
    const { EncodedPacket } = await import('mediabunny');
    const seconds = Math.max(0, timestamp - this.part.start) / 1e6;
    const { codec: name, codedWidth, codedHeight, description, colorSpace } = stream;
    const decoderConfig = { codec: name, codedWidth, codedHeight, ...(description === undefined ? {} : { description }), ...(colorSpace === undefined ? {} : { colorSpace }) };
    await this.part.source.add(new EncodedPacket(packet.payload, packet.keyFrame ? 'key' : 'delta', seconds, FRAME_SECONDS), { decoderConfig });
    this.frames += 1;
    this.bytes += packet.payload.length;
  }

  /** @throws LabError `stream/nothing-recorded` */
  async finish(): Promise<readonly RecordedFile[]> {
    await this.endPart();
    if (this.files.length > 0) return this.files;
    throw new LabError({ code: 'stream/nothing-recorded', what: 'No frame of a video codec was sent since the recording began; JPEG and raw frames are no video.', remedy: 'Choose VP8, VP9, AV1 or H.264 for the window, play, and record again.' });
  }

  private async endPart(): Promise<void> {
    const { part } = this;
    this.part = undefined;
    if (part === undefined) return;
    await part.output.finalize();
    const { buffer } = part.target;
    const extension = part.codec === 'h264' ? 'mp4' : 'webm';
    const suffix = this.files.length === 0 ? '' : `-${String(this.files.length + 1)}`;
    if (buffer !== null) this.files.push({ name: `${this.name}${suffix}.${extension}`, type: `video/${extension}`, bytes: new Uint8Array(buffer) });
  }
}

async function begin(codec: VideoCodec, stream: StreamDescription, start: number): Promise<Part> {
  const { BufferTarget: Target, EncodedVideoPacketSource: Source, Mp4OutputFormat, Output: MediaOutput, WebMOutputFormat } = await import('mediabunny');
  const target = new Target();
  const output = new MediaOutput({ format: codec === 'h264' ? new Mp4OutputFormat() : new WebMOutputFormat(), target });
  const source = new Source(MUXED[codec]);
  output.addVideoTrack(source);
  await output.start();
  return { output, target, source, codec, stream, start };
}
