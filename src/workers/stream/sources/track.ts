import { specOf } from '../../../kernels/index.ts';
import type { LabErrorInfo } from '../../../kernels/index.ts';
import type { FrameLedger } from './frameLedger.ts';
import { FrameReader } from './framePlanes.ts';
import { liveSource } from './faults.ts';
import type { FrameSource, SourceFrame, SourceInfo, SourceRequest } from './source.ts';

type TrackRequest = Extract<SourceRequest, { kind: 'camera' | 'screen' }>;

const ENDINGS: Record<TrackRequest['kind'], LabErrorInfo> = {
  camera: { code: 'stream/camera-ended', what: 'The camera stopped giving pictures: it was unplugged, taken by another program, or its permission was withdrawn.', remedy: 'Plug it in again, or allow it, then open the camera once more.' },
  screen: { code: 'stream/screen-ended', what: 'The sharing of the tab, window or screen was stopped, or what was shared was closed.', remedy: 'Choose what to share once more.' },
};

/** Frames of a camera or of what is on a screen: always the newest; what came while nobody asked is closed and counted. */
export class TrackSource implements FrameSource {
  readonly info: SourceInfo;
  dropped = 0;
  ending: LabErrorInfo | undefined;
  private readonly reader: ReadableStreamDefaultReader<VideoFrame>;
  private readonly planes = new FrameReader();
  private readonly ledger: FrameLedger;
  private readonly kind: TrackRequest['kind'];
  private newest: VideoFrame | undefined;
  private index = -1;
  private start: number | undefined;
  private isClosed = false;
  private isOver = false;
  private wake: () => void = () => undefined;

  private constructor(request: TrackRequest, info: SourceInfo, reader: ReadableStreamDefaultReader<VideoFrame>, first: VideoFrame, ledger: FrameLedger) {
    this.kind = request.kind;
    this.info = info;
    this.reader = reader;
    this.ledger = ledger;
    this.newest = first;
    this.index = 0;
    void this.drain();
  }

  /** Waits for the first frame, which tells size and format. @throws LabError `stream/camera-ended`, `stream/screen-ended` */
  static async open(request: TrackRequest, ledger: FrameLedger): Promise<TrackSource> {
    const reader = request.frames.getReader();
    const { value: first } = await reader.read();
    if (first === undefined) throw liveSource(ENDINGS[request.kind]);
    ledger.open(first);
    const spec = specOf(await new FrameReader().read(first));
    const info: SourceInfo = { kind: request.kind, title: request.title, spec, fps: request.fps, frames: undefined, isSeekable: false };
    return new TrackSource(request, info, reader, first, ledger);
  }

  async next(): Promise<SourceFrame | undefined> {
    while (this.newest === undefined && !this.isOver && !this.isClosed) await new Promise<void>((resolve) => { this.wake = resolve; });
    const frame = this.newest;
    if (frame === undefined || this.isClosed) return undefined;
    this.newest = undefined;
    const { index } = this;
    try {
      this.start ??= frame.timestamp;
      return { index, timestamp: frame.timestamp - this.start, image: await this.planes.read(frame) };
    } finally {
      this.ledger.close(frame);
    }
  }

  seek(): Promise<void> {
    return Promise.reject(liveSource());
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.letGo();
    void this.reader.cancel().catch(() => undefined);
    this.wake();
  }

  private letGo(): void {
    if (this.newest !== undefined) this.ledger.close(this.newest);
    this.newest = undefined;
  }

  /** Takes every frame as it comes: one that is not taken would hold the camera up. */
  private async drain(): Promise<void> {
    for (;;) {
      const { value: frame, done } = await this.reader.read().catch(() => ({ value: undefined, done: true }));
      if (done || frame === undefined) break;
      this.ledger.open(frame);
      this.index += 1;
      if (this.newest !== undefined) this.dropped += 1;
      this.letGo();
      if (this.isClosed) this.ledger.close(frame);
      else this.newest = frame;
      this.wake();
    }
    this.isOver = true;
    if (!this.isClosed) this.ending = ENDINGS[this.kind];
    this.wake();
  }
}
