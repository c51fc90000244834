import type { VideoSample, VideoSampleSink } from 'mediabunny';
import type { FrameTimes } from './frameTimes.ts';

/** Later than a key frame's time by less than packets lie apart. */
const JUST_AFTER_SECONDS = 1e-6;

export interface NumberedSample {
  readonly index: number;
  /** To be closed by who asked for it. */
  readonly sample: VideoSample;
}

/** A video's frames as they are decoded, from one of them on, each with its number. */
export class FrameRun {
  private readonly samples: AsyncGenerator<VideoSample, void, unknown> | undefined;
  private readonly numberOf: (sample: VideoSample) => number;
  private wanted: number;

  /** @param from the first frame that is given; behind the last there is none to give */
  constructor(sink: VideoSampleSink, times: FrameTimes, from: number) {
    this.wanted = from;
    const key = times.countedFrom(from);
    const start = key === undefined ? times.insideOf(from) : (times.timeOf(key) ?? 0) + JUST_AFTER_SECONDS;
    this.samples = from >= times.count || start === undefined ? undefined : sink.samples(start);
    let counted = key ?? 0;
    this.numberOf = key === undefined ? ({ timestamp }) => times.indexAt(timestamp) : () => counted++;
  }

  /** A decoder may begin before the frame that was asked: what comes too early is passed over. */
  async next(): Promise<NumberedSample | undefined> {
    for (;;) {
      const sample = (await this.samples?.next())?.value ?? undefined;
      if (sample === undefined) return undefined;
      const index = this.numberOf(sample);
      if (index >= this.wanted) {
        this.wanted = index + 1;
        return { index, sample };
      }
      sample.close();
    }
  }

  /** Closes what was decoded and not given. */
  async end(): Promise<void> {
    await this.samples?.return();
  }
}
