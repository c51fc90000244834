import type { EncodedPacketSink, VideoCodec } from 'mediabunny';

/** Decoders count whole microseconds: a time may come back by so much too early. */
const ROUNDING_SECONDS = 1e-6;
/** How far into the last frame to ask for it; no frame follows that could be met instead. */
const INTO_LAST_SECONDS = 1e-3;

/** When each frame of a video is shown, in that order; frames may be shown for any time, each for another. */
export class FrameTimes {
  /** Seconds, growing. */
  private readonly times: Float64Array;
  private readonly keys: readonly number[] | undefined;

  /**
   * @param presentation seconds, in any order, as packets come; a time that is said twice is one frame
   * @param keys of these those of key frames, growing; only where packets lie between that show nothing
   */
  constructor(presentation: Iterable<number>, keys?: readonly number[]) {
    this.keys = keys;
    const times = Float64Array.from(new Set(presentation)).sort();
    // What is over when the video begins is never shown: it was cut off by the file's edit list.
    this.times = times.subarray(Math.max(0, times.findLastIndex((time) => time <= 0)));
  }

  get count(): number {
    return this.times.length;
  }

  /** Frames a second, the mean over all; 0 for a single frame. */
  get fps(): number {
    const seconds = (this.times.at(-1) ?? 0) - (this.times[0] ?? 0);
    return seconds > 0 ? (this.count - 1) / seconds : 0;
  }

  /** Seconds at which a frame is first shown; undefined where there is no such frame. */
  timeOf(index: number): number | undefined {
    return this.times[index];
  }

  /** Seconds well inside the time for which a frame is shown, so that no rounding gives its neighbour. */
  insideOf(index: number): number | undefined {
    const time = this.times[index];
    return time === undefined ? undefined : (time + (this.times[index + 1] ?? time + 2 * INTO_LAST_SECONDS)) / 2;
  }

  /**
   * The key frame at or before a frame, where frames must be counted from it: a packet that shows nothing gives its time
   * to the next frame that comes out, so the times of what is decoded are not to be trusted. Undefined: they are.
   */
  countedFrom(index: number): number | undefined {
    const time = this.times[index] ?? Infinity;
    const key = this.keys?.findLast((start) => start <= time);
    return key === undefined ? undefined : this.indexAt(key);
  }

  /** The frame that is shown at a time; −1 before the first, the last one from its time on. */
  indexAt(seconds: number): number {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] ?? Infinity) <= seconds + ROUNDING_SECONDS) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** @param data of a VP8 packet   @source RFC 6386, 9.1: show_frame, bit 4 of the frame tag */
const isShown = (data: Uint8Array): boolean => ((data[0] ?? 0) & 0x10) !== 0;

/** Looks at every packet of a track; without its data, but for VP8, where only they say that a packet shows nothing. */
export async function readFrameTimes(sink: Pick<EncodedPacketSink, 'packets'>, codec: VideoCodec | null): Promise<FrameTimes> {
  const isTold = codec !== 'vp8';
  const [times, keys]: [number[], number[]] = [[], []];
  let hidden = 0;
  for await (const { timestamp, type, data } of sink.packets(undefined, undefined, { metadataOnly: isTold })) {
    if (isTold || isShown(data)) times.push(timestamp);
    else hidden += 1;
    if (type === 'key') keys.push(timestamp);
  }
  return new FrameTimes(times, hidden > 0 ? keys : undefined);
}
