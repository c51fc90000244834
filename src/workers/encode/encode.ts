import { LabError, estimateJpegSize, predictJpegSize, specOf } from '../../kernels/index.ts';
import type { Image, ImageSpec, JpegOptions } from '../../kernels/index.ts';
import { transfer } from 'comlink';
import { zipSync } from 'fflate';
import { bandTables, countBand, encodeBand, joinBands, planBands } from '../../kernels/codecs/jpeg/bands.ts';
import type { Band } from '../../kernels/codecs/jpeg/bands.ts';
import { asChannelFault } from '../../kernels/codecs/jpeg/channelFaults.ts';
import { blockAt, inspectBlock } from '../../kernels/codecs/jpeg/inspect/block.ts';
import { inspectJpeg } from '../../kernels/codecs/jpeg/inspect/structure.ts';
import { ChannelDesk, loadChannel } from './channelDesk.ts';
import { decodeStill } from './decodeStill.ts';
import { ENCODERS } from './encoders/index.ts';
import { jpegOptions } from './encoders/ours.ts';
import { judge } from './judge.ts';
import { measure } from './measure.ts';
import type { OptionValues } from './options.ts';
import { resolveValues } from './options.ts';
import type { Absences, BandShare, EncodeApi } from './protocol.ts';
import type { Reply } from '../line/reply.ts';
import { reply } from './reply.ts';
import { ENCODER_ROWS, encoderRow } from './rows.ts';
import type { WireImage } from './wire.ts';
import { fromWire, toWire } from './wire.ts';

const ourOptions = (values: OptionValues): JpegOptions => jpegOptions(resolveValues(encoderRow('ours').options, values), 'simd');
const whole = (spec: ImageSpec): ImageSpec => ({ ...spec, offsets: undefined });

/** As `reply`, its error said as a channel's: with JPEGE's return code, and without words of VPI's. */
async function ofChannel<T>(work: () => T | Promise<T>): Promise<Reply<T>> {
  const answer = await reply(work);
  return answer.ok ? answer : { ok: false, error: asChannelFault(new LabError(answer.error)).info };
}

/** What one worker of several has to do. */
function shareOf(wire: WireImage, { index, bands }: BandShare, values: OptionValues): { readonly image: Image; readonly band: Band; readonly settings: JpegOptions } {
  const options = ourOptions(values);
  const plan = planBands(whole(wire.spec), options, bands);
  return { image: fromWire(wire), band: plan.bands[index], settings: { ...options, restartInterval: plan.restartInterval } };
}

/** The verbs of the protocol. */
export class EncodeWorker implements EncodeApi {
  private readonly desk = new ChannelDesk();

  async absences(): Promise<Absences> {
    const reasons = await Promise.all(ENCODER_ROWS.map(async ({ id }) => [id, await ENCODERS[id].absence()] as const));
    return Object.fromEntries(reasons.filter(([, reason]) => reason !== undefined));
  }

  encode({ image: wire, encoder, options, budgetMs, wantsDecoded }: Parameters<EncodeApi['encode']>[0]): ReturnType<EncodeApi['encode']> {
    return reply(async () => {
      const image = fromWire(wire);
      const { file, timing, stages } = await measure(image, encoder, options, budgetMs);
      const notes = [...file.notes];
      const decoded = await file.decode((note) => notes.push(note));
      const facts = { ...judge(image, decoded), bytes: file.bytes.length, timing, stages, notes };
      return { facts, file: file.bytes, decoded: wantsDecoded ? toWire(decoded) : undefined };
    });
  }

  judge(wire: Parameters<EncodeApi['judge']>[0], file: Uint8Array<ArrayBuffer>, mime: string): ReturnType<EncodeApi['judge']> {
    return reply(async () => {
      const image = fromWire(wire);
      const decoded = await decodeStill(file, mime, image);
      return { judgement: judge(image, decoded), decoded: toWire(decoded) };
    });
  }

  planBands(spec: ImageSpec, options: OptionValues, workers: number): ReturnType<EncodeApi['planBands']> {
    return reply(() => planBands(whole(spec), ourOptions(options), workers));
  }

  countBand(...[wire, share, options]: Parameters<EncodeApi['countBand']>): ReturnType<EncodeApi['countBand']> {
    return reply(() => { const { image, band, settings } = shareOf(wire, share, options); return countBand(image, band, settings); });
  }

  bandTables(counts: readonly Uint32Array[]): ReturnType<EncodeApi['bandTables']> {
    return reply(() => bandTables(counts));
  }

  async encodeBand(...[wire, share, options, tables]: Parameters<EncodeApi['encodeBand']>): ReturnType<EncodeApi['encodeBand']> {
    const made = await reply(() => { const { image, band, settings } = shareOf(wire, share, options); return encodeBand(image, band, settings, tables); });
    return made.ok ? transfer(made, [made.value.buffer]) : made;
  }

  async joinBands(...[spec, bands, parts, options, tables]: Parameters<EncodeApi['joinBands']>): ReturnType<EncodeApi['joinBands']> {
    const made = await reply(() => joinBands(whole(spec), planBands(whole(spec), ourOptions(options), bands), parts, ourOptions(options), tables));
    return made.ok ? transfer(made, [made.value.buffer]) : made;
  }

  predict(wire: Parameters<EncodeApi['predict']>[0], options: OptionValues): ReturnType<EncodeApi['predict']> {
    return reply(() => {
      const [image, settings] = [fromWire(wire), ourOptions(options)];
      return { boundBytes: predictJpegSize(specOf(image), settings).bytes, estimateBytes: estimateJpegSize(image, settings).bytes };
    });
  }

  inspect(file: Uint8Array): ReturnType<EncodeApi['inspect']> {
    return reply(() => {
      const { segments, ...structure } = inspectJpeg(file);
      return { ...structure, bytes: file.length, segments: segments.map(({ marker, name, offset, byteLength, says }) => ({ marker, name, offset, byteLength, says })) };
    });
  }

  block(...[file, { component, x, y }]: Parameters<EncodeApi['block']>): ReturnType<EncodeApi['block']> {
    return reply(() => {
      const structure = inspectJpeg(file);
      const { frame } = structure;
      if (frame === undefined || component >= frame.components.length) throw new LabError({ code: 'jpeg/block', what: `The file has no component ${String(component)}.`, remedy: 'Choose one of its components.' });
      const place = blockAt(frame, component, x, y);
      return { ...inspectBlock(file, structure, place), component, column: place.x, row: place.y };
    });
  }

  load(...[image, options, ms]: Parameters<EncodeApi['load']>): ReturnType<EncodeApi['load']> {
    return ofChannel(() => loadChannel(fromWire(image), options, ms));
  }

  zip(files: Parameters<EncodeApi['zip']>[0]): ReturnType<EncodeApi['zip']> {
    // Encoded pictures do not shrink any more: they are stored.
    return reply(() => zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), { level: 0 }));
  }

  createChannel(...[image, setup]: Parameters<EncodeApi['createChannel']>): ReturnType<EncodeApi['createChannel']> {
    return ofChannel(() => this.desk.create(fromWire(image), setup));
  }

  callChannel(call: 'start' | 'stop' | 'destroy'): ReturnType<EncodeApi['callChannel']> {
    return ofChannel(() => this.desk.call(call));
  }

  setChannelParams(options: OptionValues): ReturnType<EncodeApi['setChannelParams']> {
    return ofChannel(() => this.desk.setParams(options));
  }

  getChannelParams(): ReturnType<EncodeApi['getChannelParams']> {
    return ofChannel(() => this.desk.getParams());
  }

  sendFrame(...[image, timeoutMs]: Parameters<EncodeApi['sendFrame']>): ReturnType<EncodeApi['sendFrame']> {
    return ofChannel(() => this.desk.send(fromWire(image), timeoutMs));
  }

  releasePacket(sequence: number): ReturnType<EncodeApi['releasePacket']> {
    return ofChannel(() => this.desk.release(sequence));
  }

  channel(): ReturnType<EncodeApi['channel']> {
    return Promise.resolve(this.desk.status());
  }
}
