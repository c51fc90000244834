import { LabError, toErrorInfo, wrapImage } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import type { Clock } from './clock.ts';
import type { WindowEncoder } from './encoders/encoder.ts';
import { asItIs } from './packet.ts';
import type { Outcome, Packet, SessionFrame } from './packet.ts';
import { clearAlpha } from './passthrough.ts';
import { formatOfXpra } from './rawFormats.ts';
import { COPIED_OPTIONS, IDLE_MS, route } from './route.ts';
import type { Capabilities, Decision, EncoderFacts, FrameOptions, RouteAction, VideoCodec, WindowId } from './route.ts';

export interface SessionParts {
  readonly clock: Clock;
  /** @throws LabError where the browser has no such encoder after all */
  readonly makeEncoder: (facts: EncoderFacts) => Promise<WindowEncoder>;
  /** @param quality undefined: the encoder's own choice */
  readonly encodeJpeg: (image: Image, settings: { readonly quality: number | undefined; readonly speed: number | undefined }) => Promise<Uint8Array>;
  readonly log: (window: WindowId, text: string) => void;
}

/** What the session holds for a window. */
interface WindowRecord {
  encoder: WindowEncoder | undefined;
  dstFormats: readonly string[] | undefined;
  lastFrameAt: number;
  wasIdle: boolean;
  /** Codecs that failed at this size: not tried again before the size changes. */
  failed: { readonly size: string; readonly codecs: Set<VideoCodec> };
  /** Frames follow each other. */
  queue: Promise<unknown>;
  busy: number;
  /** Somebody wants to begin in the middle: the next frame is a key frame. */
  wantsKey: boolean;
  callOffIdle: () => void;
}

const sizeOf = ({ width, height }: { readonly width: number; readonly height: number }): string => `${String(width)}×${String(height)}`;

/** Owns the windows' encoders: makes, re-makes and closes them as the routing says, and sends what they make. */
export class Session {
  private readonly parts: SessionParts;
  private readonly windows = new Map<WindowId, WindowRecord>();
  private readonly lost = new Set<WindowId>();
  private capabilities: Capabilities;

  constructor(capabilities: Capabilities, parts: SessionParts) {
    this.capabilities = capabilities;
    this.parts = parts;
  }

  setCapabilities(capabilities: Capabilities): void {
    this.capabilities = capabilities;
  }

  /** The encoder of a window, for people to look at. */
  encoderOf(window: WindowId): EncoderFacts | undefined {
    return this.windows.get(window)?.encoder?.facts;
  }

  /** Frames of the window that wait or are being encoded. */
  waiting(window: WindowId): number {
    return this.windows.get(window)?.busy ?? 0;
  }

  /** The window's next frame is to be one that needs no other. */
  askKeyFrame(window: WindowId): void {
    const record = this.windows.get(window);
    if (record !== undefined) record.wantsKey = true;
  }

  /** The client has no such window any more: nothing of it is encoded or sent. */
  lose(window: WindowId): void {
    this.lost.add(window);
    const record = this.windows.get(window);
    if (record !== undefined) void this.inTurn(record, () => { this.closeEncoder(window, record, 'the window is gone'); return Promise.resolve(); });
  }

  /** The window is there again, or a new one has its number: it starts afresh. */
  regain(window: WindowId): void {
    if (!this.lost.delete(window)) return;
    this.windows.get(window)?.callOffIdle();
    this.windows.delete(window);
  }

  /** Routes one frame and does what was decided. Frames of one window follow each other. */
  send(frame: SessionFrame, options: FrameOptions | undefined): Promise<Outcome> {
    const record = this.windows.get(frame.window) ?? this.open(frame.window);
    return this.inTurn(record, async () => {
      const outcome = await this.process(record, frame, options);
      record.lastFrameAt = this.parts.clock.now();
      this.armIdle(frame.window, record);
      return outcome;
    });
  }

  /** Closes every encoder once its frames are through. */
  async close(): Promise<void> {
    await Promise.all([...this.windows].map(([window, record]) => this.inTurn(record, () => {
      record.callOffIdle();
      this.closeEncoder(window, record, 'the session ends');
      return Promise.resolve();
    })));
    this.windows.clear();
  }

  private open(window: WindowId): WindowRecord {
    const record: WindowRecord = { encoder: undefined, dstFormats: undefined, lastFrameAt: this.parts.clock.now(), wasIdle: false, failed: { size: '', codecs: new Set() }, queue: Promise.resolve(), busy: 0, wantsKey: false, callOffIdle: () => undefined };
    this.windows.set(window, record);
    return record;
  }

  private async inTurn<T>(record: WindowRecord, work: () => Promise<T>): Promise<T> {
    record.busy += 1;
    const turn = record.queue.then(work).finally(() => { record.busy -= 1; });
    record.queue = turn.catch(() => undefined);
    return turn;
  }

  private armIdle(window: WindowId, record: WindowRecord): void {
    record.callOffIdle();
    record.callOffIdle = this.parts.clock.after(IDLE_MS, () => {
      if (record.busy > 0 || record.encoder === undefined) return;
      this.closeEncoder(window, record, `no frame for ${String(IDLE_MS / 1000)} s`);
      record.wasIdle = true;
    });
  }

  /** The encoder leaves the table before it is closed: nobody finds a closed one. */
  private closeEncoder(window: WindowId, record: WindowRecord, why: string): void {
    const { encoder } = record;
    if (encoder === undefined) return;
    record.encoder = undefined;
    encoder.close();
    this.parts.log(window, `Closed the ${encoder.facts.codec} encoder of ${sizeOf(encoder.facts)}: ${why}.`);
  }

  private decide(record: WindowRecord, frame: SessionFrame, options: FrameOptions | undefined): Decision {
    const { failed, encoder, dstFormats, lastFrameAt, wasIdle } = record;
    const video = this.capabilities.video.filter(({ codec }) => failed.size !== sizeOf(frame) || !failed.codecs.has(codec));
    const state = { isLost: this.lost.has(frame.window), encoder: encoder?.facts, dstFormats, idleMs: this.parts.clock.now() - lastFrameAt, wasIdle };
    return route(frame, options, this.capabilities.video.length > 0 && video.length === 0 ? { ...this.capabilities, video: this.capabilities.video.map((kind) => ({ ...kind, rgbFormats: [] })) } : { ...this.capabilities, video }, state);
  }

  private async process(record: WindowRecord, frame: SessionFrame, options: FrameOptions | undefined): Promise<Outcome> {
    // Said once, with whichever frame and whatever becomes of it.
    record.dstFormats = options?.dst_formats ?? record.dstFormats;
    const decision = this.decide(record, frame, options);
    const { action } = decision;
    switch (action.do) {
      case 'untouched': return this.sent(decision, asItIs(frame, options, false));
      case 'forward': return this.sent(decision, asItIs(frame, options, true));
      case 'passthrough': return this.sent(decision, this.passed(frame, options, action));
      case 'drop': return { state: 'dropped', decision, why: 'the window is gone' };
      case 'jpeg': return this.sendJpeg(record, decision, action, frame, options);
      case 'video': return this.sendVideo(record, decision, action, frame, options);
    }
  }

  /** Asks once more whether the window is there: it may have gone while its frame was encoded. */
  private sent(decision: Decision, packet: Packet): Outcome {
    if (decision.action.do === 'untouched' || !this.lost.has(packet.window)) return { state: 'sent', decision, packet };
    const says = `Window ${String(packet.window)} is gone: dropped before sending.`;
    return { state: 'dropped', decision: { ...decision, row: 5, reasons: [...decision.reasons, { row: 5, says }] }, why: 'the window went before its frame was sent' };
  }

  private passed(frame: SessionFrame, options: FrameOptions | undefined, action: Extract<RouteAction, { do: 'passthrough' }>): Packet {
    const { width, height } = frame;
    const { alpha, encoding, rowstride } = action;
    const payload = alpha === 'clear' ? clearAlpha(frame.payload, options?.rgb_format ?? '', width, height, rowstride) : frame.payload;
    return { ...asItIs(frame, options, true), encoding, payload, rowstride };
  }

  private pixels(frame: SessionFrame, options: FrameOptions | undefined, rowstride: number): Image {
    const name = options?.rgb_format ?? '';
    const format = formatOfXpra(name);
    if (format === undefined) throw new LabError({ code: 'stream/rgb-format', what: `Window ${String(frame.window)} sent pixels as “${name}”, which is no layout known here.`, remedy: 'Give an rgb_format such as BGRX or RGB.' });
    return wrapImage(frame.payload, { format, width: frame.width, height: frame.height, strides: [rowstride] });
  }

  private async sendJpeg(record: WindowRecord, decision: Decision, action: Extract<RouteAction, { do: 'jpeg' }>, frame: SessionFrame, options: FrameOptions | undefined): Promise<Outcome> {
    this.closeEncoder(frame.window, record, decision.closes ?? 'frames of this layout go as JPEG');
    const payload = await this.parts.encodeJpeg(this.pixels(frame, options, action.rowstride), action);
    return this.sent(decision, { ...asItIs(frame, copied(options, {}), true), encoding: 'jpeg', payload, rowstride: 0 });
  }

  private async sendVideo(record: WindowRecord, decision: Decision, action: Extract<RouteAction, { do: 'video' }>, frame: SessionFrame, options: FrameOptions | undefined): Promise<Outcome> {
    const image = this.pixels(frame, options, action.rowstride);
    try {
      const isNew = action.make !== undefined || record.encoder === undefined || record.wantsKey;
      record.wantsKey = false;
      const encoder = await this.encoderFor(record, decision, action, frame.window);
      const encoded = await encoder.encode({ image, timestamp: options?.timestamp ?? frame.sequence, keyFrame: isNew || action.keyFrame, quality: action.quality, speed: action.speed, options: options?.options });
      if (encoded === undefined) return { state: 'dropped', decision, why: 'the encoder’s rate control left it out' };
      const { bytes, keyFrame, stream, width, height } = encoded;
      return this.sent(decision, { ...asItIs(frame, copied(options, encoded.options), true), encoding: encoder.facts.codec, payload: bytes, width, height, rowstride: 0, keyFrame, stream });
    } catch (thrown) {
      this.failed(record, frame, action.encoder.codec, toErrorInfo(thrown).what);
      return this.process(record, frame, options);
    }
  }

  private async encoderFor(record: WindowRecord, decision: Decision, action: Extract<RouteAction, { do: 'video' }>, window: WindowId): Promise<WindowEncoder> {
    if (record.encoder !== undefined && action.make === undefined) return record.encoder;
    this.closeEncoder(window, record, decision.closes ?? `no frame for ${String(IDLE_MS / 1000)} s`);
    const { encoder: facts } = action;
    record.encoder = await this.parts.makeEncoder(facts);
    record.wasIdle = false;
    this.parts.log(window, `Made the ${facts.codec} encoder for ${sizeOf(facts)}, scaling ${facts.scaling.join(':')}, depth ${String(facts.depth)}, ${facts.csc}; its first frame is a key frame.`);
    return record.encoder;
  }

  /** A codec that fails is not tried again at this size: the next one, JPEG or raw takes its place. */
  private failed(record: WindowRecord, frame: SessionFrame, codec: VideoCodec, what: string): void {
    this.closeEncoder(frame.window, record, 'it failed');
    if (record.failed.size !== sizeOf(frame)) record.failed = { size: sizeOf(frame), codecs: new Set() };
    record.failed.codecs.add(codec);
    this.parts.log(frame.window, `${codec} failed at ${sizeOf(frame)}: ${what} Frames of this size take another way.`);
  }
}

/** The encoder's own words, and of the client's options those that it did not give. */
function copied(options: FrameOptions | undefined, own: FrameOptions): FrameOptions {
  const filled = COPIED_OPTIONS.flatMap((name) => (own[name] === undefined && options?.[name] !== undefined ? [[name, options[name]] as const] : []));
  return { ...own, ...Object.fromEntries(filled) };
}
