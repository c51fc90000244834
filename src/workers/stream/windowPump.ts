import type { Image, LabErrorInfo } from '../../kernels/index.ts';
import { toErrorInfo } from '../../kernels/labError.ts';
import type { CanvasRole, FrameRow, WindowSetup, WindowView } from './protocol.ts';
import { Claims, ZLIB_LEVEL } from './claims.ts';
import { Converter } from './converter.ts';
import type { StreamDescription } from './encoders/encoder.ts';
import { SCALED_BY } from './encoders/videoSettings.ts';
import type { Packet } from './packet.ts';
import type { Painter } from './painter.ts';
import { Rates } from './rates.ts';
import { isRawEncoding } from './rawFormats.ts';
import { checksums, numberIn, psnrRgb } from './receive/check.ts';
import { Receiver } from './receive/receiver.ts';
import type { Recorder } from './recorder.ts';
import type { Decision, FrameOptions } from './routeTypes.ts';
import type { Session } from './session.ts';
import type { FrameLedger } from './sources/frameLedger.ts';
import type { SourceFrame } from './sources/source.ts';

/** What became of a frame, before it has its place in the list. */
export type RowFacts = Omit<FrameRow, 'key'>;

type Arrival = Pick<FrameRow, 'window' | 'sequence' | 'frame' | 'claimed' | 'bytesIn' | 'rowstride'>;
type End = Pick<FrameRow, 'decodeMs' | 'latencyMs' | 'psnr' | 'checksum' | 'number'> & { readonly failure: LabErrorInfo | undefined };

const NOT_DECODED = { decodeMs: 0, psnr: undefined, checksum: undefined, number: undefined };

const isPixels = (encoding: string): boolean => encoding === 'mmap' || isRawEncoding(encoding);

/** A window's two canvases: what is sent, and what comes out at the client. */
export interface Painters {
  sent?: Painter;
  decoded?: Painter;
}

/** One window: server, proxy and client in a row. */
export class WindowPump {
  recorder: Recorder | undefined;
  /** Of the window's stream, as its encoder's first frame said. */
  stream: StreamDescription | undefined;
  private readonly session: Session;
  private readonly receiver: Receiver;
  private readonly claims: Claims;
  private readonly rates = new Rates();
  private readonly toSentRgba = new Converter(({ width, height }) => ({ format: 'rgba', width, height }));
  private readonly toDecodedRgba = new Converter(({ width, height }) => ({ format: 'rgba', width, height }));
  private scaled: { readonly size: { readonly width: number; readonly height: number }; readonly converter: Converter } | undefined;
  private setup: WindowSetup;
  private toldDstFormats: string | undefined;
  private sequence = 0;
  private last: FrameRow | undefined;
  private readonly tally = { sent: 0, dropped: 0, failed: 0 };
  private size = { width: 0, height: 0 };
  private readonly painters: Painters;
  private readonly shown: { sent?: Image; decoded?: Image } = {};

  constructor(setup: WindowSetup, session: Session, ledger: FrameLedger, painters: Painters) {
    this.setup = setup;
    this.painters = painters;
    this.session = session;
    this.receiver = new Receiver(ledger);
    this.claims = new Claims(setup);
  }

  set(setup: WindowSetup): void {
    if (setup.isLost !== this.setup.isLost) {
      if (setup.isLost) this.session.lose(setup.id);
      else {
        this.session.regain(setup.id);
        this.toldDstFormats = undefined;
      }
    }
    this.setup = setup;
    this.claims.set(setup);
  }

  /** Takes one frame all the way. @param isDrawn whether anybody looks   @param timestamp microseconds, growing from frame to frame */
  async run(frame: SourceFrame, timestamp: number, isDrawn: boolean): Promise<RowFacts> {
    const started = performance.now();
    const sequence = this.sequence++;
    const pixels = this.claims.pixels(frame.image);
    const { bytes, rowstride } = this.claims.payload(pixels);
    const { width, height } = pixels;
    this.size = { width, height };
    const { id, encoding } = this.setup;
    const arrival: Arrival = { window: id, sequence, frame: frame.index, claimed: encoding, bytesIn: bytes.length, rowstride };
    const sent = this.toSentRgba.run(pixels);
    this.show('sent', sent, isDrawn);
    const outcome = await this.session.send({ window: id, sequence, encoding, width, height, rowstride, payload: bytes }, this.options(timestamp));
    const routeMs = performance.now() - started;
    if (outcome.state === 'dropped') return this.dropped(arrival, outcome.decision, outcome.why, routeMs);
    const { packet, decision } = outcome;
    const end = await this.decode(packet, sent, isDrawn, started);
    return this.arrived(arrival, packet, decision, end, routeMs);
  }

  /** Notes the row as the window's last. */
  note(row: FrameRow): void {
    this.last = row;
    this.tally[row.state] += 1;
    if (row.state === 'sent') this.rates.add(performance.now(), row.bytesOut, row.latencyMs);
  }

  view(): WindowView {
    const { id } = this.setup;
    const { recorder } = this;
    return {
      id, ...this.size, encoder: this.session.encoderOf(id), last: this.last, ...this.rates.read(performance.now()), queue: this.session.waiting(id), ...this.tally,
      recording: recorder === undefined ? undefined : { frames: recorder.frames, bytes: recorder.bytes, parts: recorder.parts },
    };
  }

  /** Draws once more what was last shown: the canvas is another. */
  repaint(role: CanvasRole): void {
    const image = this.shown[role];
    if (image !== undefined) this.painters[role]?.paint(image);
  }

  close(): void {
    this.receiver.close();
  }

  /** What was sent, at the size that came out: scaled as the encoder scales, so that only its losses count. */
  private asScaled(sent: Image, { width, height }: Image): Image {
    return sent.width === width && sent.height === height ? sent : this.toScaled({ width, height }).run(sent);
  }

  private toScaled(size: { readonly width: number; readonly height: number }): Converter {
    if (this.scaled?.size.width !== size.width || this.scaled.size.height !== size.height) this.scaled = { size, converter: new Converter(() => ({ format: 'rgba', ...size }), { resample: SCALED_BY }) };
    return this.scaled.converter;
  }

  private show(role: CanvasRole, image: Image, isDrawn: boolean): void {
    this.shown[role] = image;
    if (isDrawn) this.painters[role]?.paint(image);
  }

  private options(timestamp: number): FrameOptions {
    const { rgbFormat, quality, speed, scaling, depth, dstFormats, proxy, codec, encoderOptions } = this.setup;
    const told = dstFormats.join(' ');
    // The client says once what it decodes, and again when that changes.
    const isNews = told !== this.toldDstFormats;
    this.toldDstFormats = told;
    return { rgb_format: rgbFormat, quality, speed, scaling, depth, proxy, timestamp, ...(codec === undefined ? {} : { codec }), ...(isNews ? { dst_formats: dstFormats } : {}), ...(this.claims.isCompressed ? { zlib: ZLIB_LEVEL } : {}), ...(encoderOptions === undefined ? {} : { options: encoderOptions }) };
  }

  private async decode(packet: Packet, sent: Image, isDrawn: boolean, started: number): Promise<End> {
    const begun = performance.now();
    try {
      if (packet.stream !== undefined) this.stream = packet.stream;
      await this.recorder?.add(packet, this.stream);
      const image = await this.receiver.receive(packet);
      const times = { decodeMs: performance.now() - begun, latencyMs: performance.now() - started };
      if (image === undefined) return { ...NOT_DECODED, ...times, failure: undefined };
      const rgba = this.toDecodedRgba.run(image);
      this.show('decoded', rgba, isDrawn);
      const isSame = isPixels(packet.encoding);
      return {
        ...times,
        psnr: psnrRgb(this.asScaled(sent, rgba), rgba),
        checksum: isSame ? checksums(sent, rgba) : undefined,
        number: numberIn(rgba, rgba.width / sent.width, rgba.height / sent.height),
        failure: undefined,
      };
    } catch (thrown) {
      return { ...NOT_DECODED, latencyMs: performance.now() - started, failure: toErrorInfo(thrown) };
    }
  }

  private arrived(arrival: Arrival, packet: Packet, { row, reasons }: Decision, { failure, ...end }: End, routeMs: number): RowFacts {
    return {
      ...arrival, ...end, row, reasons, routeMs,
      state: failure === undefined ? 'sent' : 'failed',
      why: failure === undefined ? undefined : `${failure.what} ${failure.remedy}`,
      encoding: packet.encoding, keyFrame: packet.keyFrame, rowstride: packet.rowstride, bytesOut: packet.payload.length,
    };
  }

  private dropped(arrival: Arrival, { row, reasons }: Decision, why: string, routeMs: number): RowFacts {
    return { ...arrival, ...NOT_DECODED, row, reasons, why, routeMs, state: 'dropped', encoding: undefined, keyFrame: false, bytesOut: 0, latencyMs: routeMs };
  }
}
