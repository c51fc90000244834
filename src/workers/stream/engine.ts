import { transfer } from 'comlink';
import type { LabErrorInfo } from '../../kernels/index.ts';
import { toErrorInfo } from '../../kernels/labError.ts';
import type { Reply } from '../line/reply.ts';
import type { CanvasRole, PlayState, RecordedFile, StreamApi, StreamSettings, StreamSnapshot, WindowSetup } from './protocol.ts';
import { Account } from './account.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import { JpegEncoder } from './encoders/jpeg.ts';
import { BrowserEncoder } from './encoders/video.ts';
import { rateOf, videoKinds } from './encoders/videoSettings.ts';
import { Painter } from './painter.ts';
import { Recorder } from './recorder.ts';
import type { EncoderKind } from './routeTypes.ts';
import { Session } from './session.ts';
import { FrameLedger, openSource, pastEnd } from './sources/index.ts';
import type { FrameSource, SourceFrame, SourceInfo, SourceRequest } from './sources/index.ts';
import { Turns } from './turns.ts';
import { WindowPump } from './windowPump.ts';
import type { Painters } from './windowPump.ts';

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
  private readonly account = new Account();
  /** Frames and moves follow each other, whoever asks for them. */
  private readonly turns = new Turns();
  /** Counts the times it was played: one that was paused does not go on with the next. */
  private played = 0;

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
      this.account.begin();
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
    await this.turns.done;
  }

  step(direction: 1 | -1): Promise<Reply<undefined>> {
    if (this.state === 'playing') this.state = 'paused';
    return reply(async () => {
      await this.turns.take(async () => {
        if (direction === -1) await this.source?.seek(Math.max(0, this.position - 1));
        await this.cycle();
      });
      return undefined;
    });
  }

  /** Of moves asked while one is under way only the last is made. */
  seek(frame: number): Promise<Reply<undefined>> {
    return reply(async () => {
      await this.turns.takeNewest(() => this.moveTo(frame));
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
      await this.turns.done;
      const pump = this.pumps.get(window);
      const recorder = pump?.recorder;
      if (pump !== undefined) pump.recorder = undefined;
      return (await recorder?.finish()) ?? [];
    });
    return answer.ok ? transfer(answer, answer.value.map(({ bytes }) => bytes.buffer)) : answer;
  }

  snapshot(): StreamSnapshot {
    const { opened, closed } = this.ledger;
    const { rows, counts, lines } = this.account;
    return {
      state: this.state, source: this.source?.info, position: this.position, sourceDropped: this.source?.dropped ?? 0,
      windows: this.setups.map((setup) => this.pump(setup).view()),
      rows, counts, log: lines, frames: { opened, closed }, error: this.error, kinds: this.kinds, undrawn: this.undrawn,
    };
  }

  async close(): Promise<void> {
    this.state = 'closed';
    this.source?.close();
    await this.turns.done;
    await this.session.close();
    for (const pump of this.pumps.values()) pump.close();
    this.pumps.clear();
    this.session = this.newSession();
    this.source = undefined;
    this.error = undefined;
    this.position = -1;
    this.timestamp = 0;
    this.account.clear();
    this.applySettings();
  }

  private newSession(): Session {
    return new Session({ passthrough: false, jpeg: true, video: [] }, {
      clock: SYSTEM_CLOCK,
      makeEncoder: async (facts) => new BrowserEncoder(facts, await rateOf(facts), this.ledger),
      encodeJpeg: (image, settings) => Promise.resolve(this.jpeg.encode(image, settings)),
      log: (window, text) => this.account.log(window, text),
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

  private async playOn(isAtEnd: boolean): Promise<void> {
    this.played += 1;
    const { played } = this;
    if (isAtEnd) await this.orFail(() => this.source?.info.isSeekable === true ? this.source.seek(0) : Promise.resolve());
    let due = performance.now();
    while (this.state === 'playing' && played === this.played) {
      await this.orFail(() => this.cycle());
      const { source } = this;
      if (source === undefined) return;
      // A live source sets the pace itself, unless a slower one is asked.
      const fps = this.settings.fps > 0 ? this.settings.fps : source.info.isSeekable ? source.info.fps || USUAL_FPS : Infinity;
      due = Math.max(due + 1000 / fps, performance.now() - 1000 / fps);
      await new Promise<void>((resolve) => { setTimeout(resolve, Math.max(0, due - performance.now())); });
    }
  }

  private orFail(work: () => Promise<void>): Promise<void> {
    return this.turns.take(work).catch((thrown: unknown) => this.fail(toErrorInfo(thrown)));
  }

  private fail(error: LabErrorInfo): void {
    if (this.isClosed()) return;
    this.state = 'ended';
    this.error = error;
    this.account.log(0, `${error.what} ${error.remedy}`);
  }

  /** @throws LabError `stream/past-end`, and those of the source */
  private async moveTo(frame: number): Promise<void> {
    const { source } = this;
    if (source === undefined || this.isClosed()) return;
    if (source.info.frames !== undefined && frame >= source.info.frames) throw pastEnd(source.info.title, frame, source.info.frames);
    await source.seek(frame);
    if (this.state !== 'playing') await this.cycle();
  }

  private isClosed(): boolean {
    return this.state === 'closed';
  }

  /** One frame of the source, through every window; only ever in its turn. */
  private async cycle(): Promise<void> {
    const { source } = this;
    if (source === undefined || this.isClosed()) return;
    const frame = await this.nextFrame(source);
    if (this.isClosed()) return;
    if (frame === undefined) {
      this.end(source);
      return;
    }
    // Where it was moved away from its end it can be played on from there.
    if (this.state === 'ended') {
      this.state = 'paused';
      this.error = undefined;
    }
    this.position = frame.index;
    this.timestamp += Math.round(1e6 / (source.info.fps > 0 ? source.info.fps : USUAL_FPS));
    if (this.isHidden) this.undrawn += 1;
    await Promise.all(this.setups.map((setup) => this.runWindow(setup, frame)));
  }

  /** At its end a source begins again where looping is on. */
  private async nextFrame(source: FrameSource): Promise<SourceFrame | undefined> {
    const frame = await source.next();
    if (frame !== undefined || !this.settings.loop || !source.info.isSeekable || this.isClosed()) return frame;
    await source.seek(0);
    return source.next();
  }

  private end(source: FrameSource): void {
    this.state = 'ended';
    this.error = source.ending;
    this.account.log(0, source.ending?.what ?? 'The source is at its end.');
  }

  private async runWindow(setup: WindowSetup, frame: SourceFrame): Promise<void> {
    const pump = this.pump(setup);
    const facts = await pump.run(frame, this.timestamp, !this.isHidden);
    pump.note(this.account.add(facts));
  }
}
