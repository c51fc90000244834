import { LabError, formatBytes } from '../../kernels/index.ts';
import type { Image, LabErrorInfo } from '../../kernels/index.ts';
import { splitMjpeg } from '../../kernels/codecs/mjpeg/index.ts';
import type { MjpegFrame } from '../../kernels/codecs/mjpeg/index.ts';
import { toErrorInfo } from '../../kernels/labError.ts';
import type { FileFrame, FrameTrack, MjpegApi, MjpegSettings, MjpegSnapshot, PartView } from './protocol.ts';
import { PRESETS } from './protocol.ts';
import { nextTurn } from '../line/pacing.ts';
import type { Reply } from '../line/reply.ts';
import { Rates } from '../stream/rates.ts';
import { FrameLedger, openSource } from '../stream/sources/index.ts';
import type { FrameSource, SourceInfo, SourceRequest } from '../stream/sources/index.ts';
import { nextQuality } from './bitrate.ts';
import type { Chain, ChainId, ChainResult } from './chain.ts';
import { FusedChain } from './fast.ts';
import { Figures, bottleneckOf, ratioOf, timedOf } from './figures.ts';
import { NaiveChain, OwnEncoderChain } from './naive.ts';
import { Outlet } from './outlet.ts';
import { Pacer, skip } from './pacer.ts';
import { viewPart } from './partView.ts';
import { Recording } from './recording.ts';
import { totalMs } from './stageBook.ts';

const LONGEST_TRACKS = 32;

const CHAIN_MAKERS: Record<ChainId, () => Chain> = {
  naive: () => new NaiveChain(),
  encoder: () => new OwnEncoderChain(),
  fused: () => new FusedChain(false),
  fast: () => new FusedChain(true),
};

async function reply<T>(work: () => Promise<T> | T): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, error: toErrorInfo(thrown) };
  }
}

const NOTHING: LabErrorInfo = { code: 'mjpeg/nothing', what: 'No frame was made yet.', remedy: 'Start the stream first.' };

/** What one run has of its own. */
interface Run {
  readonly source: FrameSource;
  readonly figures: Figures;
  readonly pacer: Pacer;
  readonly rates: Rates;
  readonly startedAt: number;
  isStopped: boolean;
  done: Promise<void>;
}

/** Runs frames of a source through the chains, and gives them to whoever plays and records. */
export class MjpegEngine implements MjpegApi {
  private readonly ledger = new FrameLedger();
  private readonly chains = new Map<ChainId, Chain>();
  private settings: MjpegSettings = { preset: 'both', fps: 0, ceiling: 0, crop: undefined, decimate: 4, filter: 'nearest', chroma: 'nearest', quality: 75 };
  private quality = 75;
  private run: Run | undefined;
  private state: MjpegSnapshot['state'] = 'idle';
  private error: LabErrorInfo | undefined;
  private outlet: Outlet | undefined;
  private recording: Recording | undefined;
  private tracks: readonly FrameTrack[] = [];
  private made = 0;
  private key = 0;
  private sourceSize: MjpegSnapshot['sourceSize'];
  private size: MjpegSnapshot['size'];
  private newest: ChainResult | undefined;
  private file: { readonly bytes: Uint8Array<ArrayBuffer>; readonly frames: readonly MjpegFrame[] } | undefined;

  async start(request: SourceRequest, settings: MjpegSettings): Promise<Reply<SourceInfo>> {
    await this.stop();
    return reply(async () => {
      const source = await openSource(request, this.ledger);
      this.configure(settings);
      this.quality = settings.quality;
      [this.tracks, this.made, this.error, this.newest] = [[], 0, undefined, undefined];
      const now = performance.now();
      const run: Run = { source, figures: new Figures(), pacer: new Pacer(settings.fps, now), rates: new Rates(), startedAt: now, isStopped: false, done: Promise.resolve() };
      this.run = run;
      this.state = 'running';
      run.done = this.loop(run);
      return source.info;
    });
  }

  configure(settings: MjpegSettings): void {
    this.settings = settings;
    this.quality = Math.min(this.quality, settings.quality);
    this.run?.pacer.set(settings.fps, performance.now());
  }

  play(port: MessagePort): void {
    this.outlet?.close();
    this.outlet = new Outlet(port);
  }

  async stop(): Promise<void> {
    const { run } = this;
    if (run !== undefined) {
      run.isStopped = true;
      run.source.close();
      await run.done;
    }
    this.outlet?.close();
    this.outlet = undefined;
    if (this.state === 'running') this.state = 'idle';
  }

  snapshot(): MjpegSnapshot {
    const { run, outlet, recording } = this;
    const chains = run?.figures.views() ?? [];
    const [naive, fast, kept] = [timedOf(chains, 'naive'), timedOf(chains, 'fast'), run?.figures.kept()];
    const { fps, bytesPerSecond, latencyMs } = run?.rates.read(performance.now()) ?? { fps: 0, bytesPerSecond: 0, latencyMs: 0 };
    return {
      state: this.state, source: run?.source.info, size: this.size, sourceSize: this.sourceSize, chains, ratio: ratioOf(naive, fast), kept, keptRatio: ratioOf(kept, fast), bottleneck: bottleneckOf(chains), tracks: this.tracks,
      fps, bitsPerSecond: bytesPerSecond * 8, made: this.made,
      dropped: { source: (run?.pacer.skipped ?? 0) + (run?.source.dropped ?? 0), player: outlet?.dropped ?? 0 },
      delivered: outlet?.delivered ?? 0, depth: outlet?.depth ?? 0, ageMs: outlet === undefined || outlet.delivered === 0 ? latencyMs : outlet.ageMs,
      quality: this.quality, recording: recording === undefined ? undefined : { frames: recording.frames, bytes: recording.bytes },
      memory: run?.figures.memory ?? [], frames: { opened: this.ledger.opened, closed: this.ledger.closed }, error: this.error,
    };
  }

  record(handle: FileSystemFileHandle | undefined): Promise<Reply<undefined>> {
    return reply(async () => {
      this.recording = await Recording.begin(handle);
      return undefined;
    });
  }

  finishRecording(): Promise<Reply<Blob | undefined>> {
    const { recording } = this;
    this.recording = undefined;
    return reply(async () => {
      if (recording === undefined || recording.frames === 0) throw new LabError({ code: 'mjpeg/nothing-recorded', what: 'No frame was made since the recording began.', remedy: 'Start the stream, then record.' });
      return recording.finish();
    });
  }

  inspect(): Reply<PartView> {
    const { newest } = this;
    return newest === undefined ? { ok: false, error: NOTHING } : { ok: true, value: viewPart(newest.part, newest.jpeg.byteOffset - newest.part.byteOffset, newest.jpeg.length) };
  }

  openFile(file: Blob): Promise<Reply<readonly FileFrame[]>> {
    return reply(async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const frames = splitMjpeg(bytes);
      if (frames.length === 0) throw new LabError({ code: 'mjpeg/no-frame', what: `No JPEG was found in ${formatBytes(bytes.length)}.`, remedy: 'Choose an .mjpeg file or a saved multipart stream.' });
      this.file = { bytes, frames };
      return frames;
    });
  }

  fileFrame(index: number): Reply<PartView & { readonly jpeg: Uint8Array<ArrayBuffer> }> {
    const { file } = this;
    const frame = file?.frames[index];
    if (file === undefined || frame === undefined) return { ok: false, error: NOTHING };
    const before = file.frames[index - 1];
    const from = Math.max(before === undefined ? 0 : before.offset + before.byteLength, frame.offset - 4096);
    const part = file.bytes.subarray(from, frame.offset + frame.byteLength);
    return { ok: true, value: { ...viewPart(part, frame.offset - from, frame.byteLength), jpeg: file.bytes.slice(frame.offset, frame.offset + frame.byteLength) } };
  }

  private async loop(run: Run): Promise<void> {
    let sampledAt = run.startedAt;
    try {
      for (let next = 0; !run.isStopped;) {
        const frame = await this.due(run, next);
        if (run.isStopped) break;
        if (frame === undefined) {
          if (run.source.ending !== undefined || !run.source.info.isSeekable || next === 0) break;
          await run.source.seek(0);
          next = 0;
          continue;
        }
        next = frame.index + 1;
        this.make(run, frame.image, frame.index);
        const now = performance.now();
        if (now - sampledAt >= 1000) {
          run.figures.sampleMemory((now - run.startedAt) / 1000);
          sampledAt = now;
        }
      }
      this.error = run.source.ending;
    } catch (thrown) {
      this.error = toErrorInfo(thrown);
    }
    run.source.close();
    if (!run.isStopped) this.state = 'ended';
  }

  /** Waits until a frame is due, leaves out what came too late, and gives the newest. */
  private async due({ pacer, source }: Run, next: number): Promise<Awaited<ReturnType<FrameSource['next']>>> {
    await nextTurn();
    const wait = pacer.waitMs(performance.now());
    if (wait > 1) await new Promise((resolve) => { setTimeout(resolve, wait); });
    await skip(source, next, pacer.take(performance.now(), source.info.isSeekable));
    return source.next();
  }

  private chain(id: ChainId): Chain {
    const chain = this.chains.get(id) ?? CHAIN_MAKERS[id]();
    this.chains.set(id, chain);
    return chain;
  }

  /** One frame through every chain of the preset; who goes first changes from frame to frame. */
  private make(run: Run, image: Image, frame: number): void {
    const { settings } = this;
    const born = performance.now();
    const ids: readonly ChainId[] = PRESETS[settings.preset].chains;
    const shown = ids.at(-1);
    for (const id of this.made % 2 === 0 ? ids : ids.toReversed()) {
      const result = this.chain(id).run(image, { ...settings, quality: this.quality }, (born - run.startedAt) / 1000);
      run.figures.add(id, result.costs, result.jpeg.length);
      this.tracks = [...this.tracks.slice(1 - LONGEST_TRACKS), { key: (this.key += 1), chain: id, frame, costs: result.costs }];
      if (id === shown) this.give(run, result, born);
    }
    this.made += 1;
    const { width, height } = settings.crop ?? image;
    this.sourceSize = { width, height };
    this.size = { width: Math.ceil(width / settings.decimate), height: Math.ceil(height / settings.decimate) };
  }

  private give(run: Run, result: ChainResult, born: number): void {
    const { part, jpeg, costs } = result;
    this.newest = result;
    this.recording?.add(part);
    this.outlet?.offer(part, jpeg.byteOffset - part.byteOffset, jpeg.length, born);
    run.rates.add(performance.now(), part.length, totalMs(costs));
    const { fps, ceiling, quality: asked } = this.settings;
    this.quality = nextQuality(this.quality, { bytes: part.length, fps: fps > 0 ? fps : run.rates.read(performance.now()).fps, ceiling, asked });
  }
}
