import type { Input, VideoSample, VideoSampleSink } from 'mediabunny';
import { LabError, specOf } from '../../../kernels/index.ts';
import type { ImageSpec } from '../../../kernels/index.ts';
import { unreadable } from './faults.ts';
import type { FrameLedger } from './frameLedger.ts';
import { FrameReader } from './framePlanes.ts';
import { FrameRun } from './frameRun.ts';
import type { NumberedSample } from './frameRun.ts';
import { readFrameTimes } from './frameTimes.ts';
import type { FrameTimes } from './frameTimes.ts';
import type { FrameSource, SourceFrame, SourceInfo } from './source.ts';
import '../../line/ownScripts.ts';

interface Track {
  readonly input: Input;
  readonly sink: VideoSampleSink;
  readonly times: FrameTimes;
}

/** The library comes only when a video is opened. @throws LabError `stream/no-video`, `stream/codec` */
async function openTrack(file: Blob, name: string): Promise<Track> {
  const { ALL_FORMATS, BlobSource, EncodedPacketSink, Input: MediaInput, VideoSampleSink: Sink } = await import('mediabunny');
  const input = new MediaInput({ source: new BlobSource(file), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new LabError({ code: 'stream/no-video', what: `“${name}” has no video track.`, remedy: 'Open a file with moving pictures: MP4, WebM, MOV or MKV.' });
  if (!(await track.canDecode())) throw new LabError({ code: 'stream/codec', what: `This browser cannot decode the video of “${name}” (${(await track.getCodec()) ?? 'an unknown codec'}).`, remedy: 'Convert it to H.264, VP9 or AV1.' });
  return { input, sink: new Sink(track), times: await readFrameTimes(new EncodedPacketSink(track), await track.getCodec()) };
}

/** The frames of a video file, decoded by the browser as they are asked for. */
export class VideoSource implements FrameSource {
  readonly info: SourceInfo;
  readonly dropped = 0;
  readonly ending = undefined;
  private readonly track: Track;
  private readonly ledger: FrameLedger;
  private readonly planes = new FrameReader();
  private run: FrameRun;
  private isClosed = false;

  private constructor(track: Track, info: SourceInfo, ledger: FrameLedger) {
    this.track = track;
    this.info = info;
    this.ledger = ledger;
    this.run = new FrameRun(track.sink, track.times, 0);
  }

  /** @throws LabError `stream/no-video`, `stream/codec`, `stream/unreadable` */
  static async open(file: Blob, name: string, ledger: FrameLedger): Promise<VideoSource> {
    try {
      const track = await openTrack(file, name);
      const { times } = track;
      const run = new FrameRun(track.sink, times, 0);
      const first = await run.next();
      await run.end();
      if (first === undefined) throw new LabError({ code: 'stream/no-video', what: `“${name}” has a video track without a frame.`, remedy: 'Check that the file is whole.' });
      const spec = await specOfSample(first.sample, ledger);
      return new VideoSource(track, { kind: 'video', title: name, spec, fps: times.fps, frames: times.count, isSeekable: true }, ledger);
    } catch (thrown) {
      throw unreadable(name, thrown);
    }
  }

  async next(): Promise<SourceFrame | undefined> {
    try {
      const next = await this.run.next();
      return next === undefined ? undefined : await this.read(next);
    } catch (thrown) {
      if (this.isClosed) return undefined;
      throw unreadable(this.info.title, thrown);
    }
  }

  async seek(frame: number): Promise<void> {
    await this.run.end();
    if (!this.isClosed) this.run = new FrameRun(this.track.sink, this.track.times, Math.max(0, Math.trunc(frame)));
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    void this.run.end();
    this.track.input.dispose();
  }

  private async read({ index, sample }: NumberedSample): Promise<SourceFrame> {
    const { times } = this.track;
    const frame = frameOf(sample, this.ledger);
    try {
      return { index, timestamp: Math.round(((times.timeOf(index) ?? 0) - (times.timeOf(0) ?? 0)) * 1e6), image: await this.planes.read(frame) };
    } finally {
      this.ledger.close(frame);
    }
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
