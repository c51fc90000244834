import type { Input, VideoSample, VideoSampleSink } from 'mediabunny';
import { LabError, specOf } from '../../../kernels/index.ts';
import type { ImageSpec } from '../../../kernels/index.ts';
import { unreadable } from './faults.ts';
import type { FrameLedger } from './frameLedger.ts';
import { FrameReader } from './framePlanes.ts';
import type { FrameSource, SourceFrame, SourceInfo } from './source.ts';

interface Track {
  readonly input: Input;
  readonly sink: VideoSampleSink;
  /** Seconds; when each frame is shown, in that order. */
  readonly times: readonly number[];
}

/** A frame's time lies a little into it, so that rounding does not give the one before. */
const INTO_FRAME_SECONDS = 1e-4;

const startOf = ({ times }: Track): number => times[0] ?? 0;

/** Frames a second over the whole track. */
function fpsOf({ times }: Track): number {
  const seconds = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return seconds > 0 ? (times.length - 1) / seconds : 0;
}

/** The library comes only when a video is opened. @throws LabError `stream/no-video`, `stream/codec` */
async function openTrack(file: Blob, name: string): Promise<Track> {
  const { ALL_FORMATS, BlobSource, EncodedPacketSink, Input: MediaInput, VideoSampleSink: Sink } = await import('mediabunny');
  const input = new MediaInput({ source: new BlobSource(file), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new LabError({ code: 'stream/no-video', what: `“${name}” has no video track.`, remedy: 'Open a file with moving pictures: MP4, WebM, MOV or MKV.' });
  if (!(await track.canDecode())) throw new LabError({ code: 'stream/codec', what: `This browser cannot decode the video of “${name}” (${(await track.getCodec()) ?? 'an unknown codec'}).`, remedy: 'Convert it to H.264, VP9 or AV1.' });
  const times: number[] = [];
  for await (const { timestamp } of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })) times.push(timestamp);
  return { input, sink: new Sink(track), times: times.sort((a, b) => a - b) };
}

/** The frames of a video file, decoded by the browser as they are asked for. */
export class VideoSource implements FrameSource {
  readonly info: SourceInfo;
  readonly dropped = 0;
  readonly ending = undefined;
  private readonly track: Track;
  private readonly ledger: FrameLedger;
  private readonly planes = new FrameReader();
  private samples: AsyncGenerator<VideoSample, void, unknown>;
  private index = 0;

  private constructor(track: Track, info: SourceInfo, ledger: FrameLedger) {
    this.track = track;
    this.info = info;
    this.ledger = ledger;
    this.samples = track.sink.samples();
  }

  /** @throws LabError `stream/no-video`, `stream/codec`, `stream/unreadable` */
  static async open(file: Blob, name: string, ledger: FrameLedger): Promise<VideoSource> {
    try {
      const track = await openTrack(file, name);
      const first = await track.sink.getSample(startOf(track));
      if (first === null) throw new LabError({ code: 'stream/no-video', what: `“${name}” has a video track without a frame.`, remedy: 'Check that the file is whole.' });
      const spec = await specOfSample(first, ledger);
      return new VideoSource(track, { kind: 'video', title: name, spec, fps: fpsOf(track), frames: track.times.length, isSeekable: true }, ledger);
    } catch (thrown) {
      throw unreadable(name, thrown);
    }
  }

  async next(): Promise<SourceFrame | undefined> {
    try {
      const { value: sample } = await this.samples.next();
      if (sample === undefined) return undefined;
      const index = this.index;
      this.index += 1;
      const frame = frameOf(sample, this.ledger);
      try {
        return { index, timestamp: Math.round((sample.timestamp - startOf(this.track)) * 1e6), image: await this.planes.read(frame) };
      } finally {
        this.ledger.close(frame);
      }
    } catch (thrown) {
      throw unreadable(this.info.title, thrown);
    }
  }

  async seek(frame: number): Promise<void> {
    await this.samples.return();
    this.index = Math.max(0, frame);
    const time = this.track.times[this.index];
    this.samples = this.track.sink.samples(time === undefined ? Infinity : time + INTO_FRAME_SECONDS);
  }

  close(): void {
    void this.samples.return();
    this.track.input.dispose();
  }
}

/** The browser's frame of a sample; the sample itself is done with. */
function frameOf(sample: VideoSample, ledger: FrameLedger): VideoFrame {
  ledger.open(sample);
  try {
    return ledger.open(sample.toVideoFrame());
  } finally {
    ledger.close(sample);
  }
}

async function specOfSample(sample: VideoSample, ledger: FrameLedger): Promise<ImageSpec> {
  const frame = frameOf(sample, ledger);
  try {
    return specOf(await new FrameReader().read(frame));
  } finally {
    ledger.close(frame);
  }
}
