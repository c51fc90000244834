import { transfer } from 'comlink';
import type { LabErrorInfo } from '../../kernels/index.ts';
import { toErrorInfo } from '../../kernels/labError.ts';
import type { Reply } from '../protocol.ts';
import type { CanvasRole, FrameRow, PlayState, RecordedFile, StreamApi, StreamLogLine, StreamSettings, StreamSnapshot, WindowSetup } from '../streamProtocol.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import { JpegEncoder } from './encoders/jpeg.ts';
import { BrowserEncoder } from './encoders/video.ts';
import { videoKinds } from './encoders/videoSettings.ts';
import { Painter } from './painter.ts';
import { Recorder } from './recorder.ts';
import type { EncoderKind, RouteRowId } from './routeTypes.ts';
import { Session } from './session.ts';
import { FrameLedger, openSource } from './sources/index.ts';
import type { FrameSource, SourceFrame, SourceInfo, SourceRequest } from './sources/index.ts';
import { WindowPump } from './windowPump.ts';
import type { Painters } from './windowPump.ts';

const LONGEST_LIST = 48;
const LONGEST_LOG = 100;
const USUAL_FPS = 30;

const START_SETTINGS: StreamSettings = { passthrough: false, jpeg: true, codecs: [], fps: 0, loop: true };

async function reply<T>(work: () => Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, error: toErrorInfo(thrown) };
  }
}

/** Plays a source through the routing, window by window, and keeps account of every frame. */
export class StreamEngine implements StreamApi {
  private readonly ledger = new FrameLedger();
  private readonly jpeg = new JpegEncoder();
  private readonly pumps = new Map<number, WindowPump>();
  private readonly painters = new Map<number, Painters>();
  private session = this.newSession();
  private settings = START_SETTINGS;
  private setups: readonly WindowSetup[] = [];
  private kinds: readonly EncoderKind[] | undefined;
  private source: FrameSource | undefined;
  private state: PlayState = 'closed';
  private error: LabErrorInfo | undefined;
  private position = -1;
  private timestamp = 0;
  private isHidden = false;
  private undrawn = 0;
  private rows: readonly FrameRow[] = [];
  private counts: Partial<Record<RouteRowId, number>> = {};
  private lines: readonly StreamLogLine[] = [];
  private openedAt = performance.now();
  private nextKey = 1;
  /** Cycles follow each other, whoever asks for them. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor() {
    void videoKinds().then((kinds) => {
      this.kinds = kinds;
      this.applySettings();
    });
  }

  async open(request: SourceRequest): Promise<Reply<SourceInfo>> {
    await this.close();
    return reply(async () => {
      const source = await openSource(request, this.ledger);
      this.source = source;
      this.state = 'paused';
      this.openedAt = performance.now();
      return source.info;
    });
  }

  configure(settings: StreamSettings, windows: readonly WindowSetup[]): void {
    this.settings = settings;
    this.setups = windows;
    for (const [id, pump] of this.pumps) {
      if (windows.some((setup) => setup.id === id)) continue;
      pump.close();
      this.session.lose(id);
      this.pumps.delete(id);
      this.painters.delete(id);
    }
    for (const setup of windows) this.pump(setup).set(setup);
    this.applySettings();
  }

  play(): void {
    if (this.source === undefined || this.state === 'playing') return;
    const isAtEnd = this.state === 'ended';
    this.state = 'playing';
    this.error = undefined;
    void this.playOn(isAtEnd);
  }

  async pause(): Promise<void> {
    if (this.state === 'playing') this.state = 'paused';
    await this.turn;
  }

  step(direction: 1 | -1): Promise<Reply<undefined>> {
    return reply(async () => {
      await this.pause();
      if (direction === -1) await this.source?.seek(Math.max(0, this.position - 1));
      await this.cycle();
      return undefined;
    });
  }

  seek(frame: number): Promise<Reply<undefined>> {
    return reply(async () => {
      await this.turn;
      await this.source?.seek(frame);
      if (this.state !== 'playing') await this.cycle();
      return undefined;
    });
  }

  attach(window: number, role: CanvasRole, canvas: OffscreenCanvas): void {
    this.paintersOf(window)[role] = new Painter(canvas);
    this.pumps.get(window)?.repaint(role);
  }

  setHidden(isHidden: boolean): void {
    this.isHidden = isHidden;
    if (isHidden) this.undrawn = 0;
  }

  record(window: number): Promise<Reply<undefined>> {
    return reply(() => {
      const pump = this.pumps.get(window);
      if (pump !== undefined) pump.recorder = new Recorder(`window-${String(window)}`);
      this.session.askKeyFrame(window);
      return Promise.resolve(undefined);
    });
  }

  async finishRecording(window: number): Promise<Reply<readonly RecordedFile[]>> {
    const answer = await reply(async () => {
      await this.turn;
      const pump = this.pumps.get(window);
      const recorder = pump?.recorder;
      if (pump !== undefined) pump.recorder = undefined;
      return (await recorder?.finish()) ?? [];
    });
    return answer.ok ? transfer(answer, answer.value.map(({ bytes }) => bytes.buffer)) : answer;
  }

  snapshot(): StreamSnapshot {
    const { opened, closed } = this.ledger;
    return {
      state: this.state, source: this.source?.info, position: this.position, sourceDropped: this.source?.dropped ?? 0,
      windows: this.setups.map((setup) => this.pump(setup).view()),
      rows: this.rows, counts: this.counts, log: this.lines, frames: { opened, closed }, error: this.error, kinds: this.kinds, undrawn: this.undrawn,
    };
  }

  async close(): Promise<void> {
    this.state = 'closed';
    this.source?.close();
    await this.turn.catch(() => undefined);
    await this.session.close();
    for (const pump of this.pumps.values()) pump.close();
    this.pumps.clear();
    this.session = this.newSession();
    this.source = undefined;
    this.error = undefined;
    this.position = -1;
    this.timestamp = 0;
    this.rows = [];
    this.counts = {};
    this.lines = [];
    this.applySettings();
  }

  private newSession(): Session {
    return new Session({ passthrough: false, jpeg: true, video: [] }, {
      clock: SYSTEM_CLOCK,
      makeEncoder: (facts) => Promise.resolve(new BrowserEncoder(facts, this.ledger)),
      encodeJpeg: (image, settings) => Promise.resolve(this.jpeg.encode(image, settings)),
      log: (window, text) => this.log(window, text),
    });
  }

  private paintersOf(window: number): Painters {
    const painters = this.painters.get(window) ?? {};
    this.painters.set(window, painters);
    return painters;
  }

  private pump(setup: WindowSetup): WindowPump {
    const known = this.pumps.get(setup.id);
    if (known !== undefined) return known;
    const pump = new WindowPump(setup, this.session, this.ledger, this.paintersOf(setup.id));
    if (setup.isLost) this.session.lose(setup.id);
    else this.session.regain(setup.id);
    this.pumps.set(setup.id, pump);
    return pump;
  }

  private applySettings(): void {
    const { passthrough, jpeg, codecs } = this.settings;
    this.session.setCapabilities({ passthrough, jpeg, video: (this.kinds ?? []).filter(({ codec }) => codecs.includes(codec)) });
  }

  private log(window: number, text: string): void {
    this.lines = [{ key: this.nextKey++, at: (performance.now() - this.openedAt) / 1000, window, text }, ...this.lines].slice(0, LONGEST_LOG);
  }

  private async playOn(isAtEnd: boolean): Promise<void> {
    if (isAtEnd && this.source?.info.isSeekable === true) await this.source.seek(0);
    let due = performance.now();
    while (this.state === 'playing') {
      await this.cycle().catch((thrown: unknown) => this.fail(toErrorInfo(thrown)));
      const { source } = this;
      if (source === undefined) return;
      // A live source sets the pace itself, unless a slower one is asked.
      const fps = this.settings.fps > 0 ? this.settings.fps : source.info.isSeekable ? source.info.fps || USUAL_FPS : Infinity;
      due = Math.max(due + 1000 / fps, performance.now() - 1000 / fps);
      await new Promise<void>((resolve) => { setTimeout(resolve, Math.max(0, due - performance.now())); });
    }
  }

  private fail(error: LabErrorInfo): void {
    this.state = 'ended';
    this.error = error;
    this.log(0, `${error.what} ${error.remedy}`);
  }

  /** One frame of the source, through every window. */
  private cycle(): Promise<void> {
    const work = this.turn.catch(() => undefined).then(async () => {
      const { source } = this;
      if (source === undefined) return;
      const frame = await this.nextFrame(source);
      if (frame === undefined) {
        if (this.source === source) this.end(source);
        return;
      }
      this.position = frame.index;
      this.timestamp += Math.round(1e6 / (source.info.fps > 0 ? source.info.fps : USUAL_FPS));
      if (this.isHidden) this.undrawn += 1;
      await Promise.all(this.setups.map((setup) => this.runWindow(setup, frame)));
    });
    this.turn = work.catch(() => undefined);
    return work;
  }

  /** At its end a source begins again where looping is on. */
  private async nextFrame(source: FrameSource): Promise<SourceFrame | undefined> {
    const frame = await source.next();
    if (frame !== undefined || !this.settings.loop || !source.info.isSeekable || this.state === 'closed') return frame;
    await source.seek(0);
    return source.next();
  }

  private end(source: FrameSource): void {
    this.state = 'ended';
    this.error = source.ending;
    this.log(0, source.ending?.what ?? 'The source is at its end.');
  }

  private async runWindow(setup: WindowSetup, frame: SourceFrame): Promise<void> {
    const pump = this.pump(setup);
    const facts = await pump.run(frame, this.timestamp, !this.isHidden);
    const row: FrameRow = { key: this.nextKey++, ...facts };
    pump.note(row);
    this.rows = [row, ...this.rows].slice(0, LONGEST_LIST);
    if (row.row !== undefined) this.counts = { ...this.counts, [row.row]: (this.counts[row.row] ?? 0) + 1 };
  }
}
