import { JpegChannel, LabError, predictJpegSize, specOf } from '../../kernels/index.ts';
import type { Image, JpegOptions } from '../../kernels/index.ts';
import type { JpegPacket } from '../../kernels/codecs/jpeg/channelTypes.ts';
import { jpegOptions, optionValues } from './encoders/ours.ts';
import type { OptionValues } from './options.ts';
import { resolveValues } from './options.ts';
import type { ChannelSetup, ChannelView, PacketFacts, Released } from './protocol.ts';
import { CHANNEL_ROWS } from './rows.ts';

interface Held {
  readonly packet: JpegPacket;
  readonly facts: PacketFacts;
}

const paramsOf = (values: OptionValues): JpegOptions => jpegOptions(resolveValues(CHANNEL_ROWS, values), 'simd');

/** A worker's one channel, and the packets that nobody released yet. */
export class ChannelDesk {
  private channel: JpegChannel | undefined;
  private setup: ChannelSetup | undefined;
  private bufferBytes = 0;
  private params: OptionValues = {};
  /** Frames' times count from here. */
  private createdAt = 0;
  private readonly held = new Map<number, Held>();

  /** A new channel; the one before it is destroyed. @throws LabError as `JpegChannel.create` and `setParams` */
  create(image: Image, setup: ChannelSetup): ChannelView {
    const options = paramsOf(setup.options);
    const bufferBytes = predictJpegSize(specOf(image), options).bytes;
    const channel = JpegChannel.create({ maxWidth: image.width, maxHeight: image.height, buffers: setup.buffers, memory: setup.memory === 'system' ? { mode: 'system', bufferBytes } : { mode: 'user' } });
    channel.setParams(options);
    if (this.channel !== undefined && this.channel.query().state !== 'destroyed') this.channel.destroy();
    this.held.clear();
    this.channel = channel;
    this.setup = setup;
    this.bufferBytes = bufferBytes;
    this.params = optionValues(channel.getParams());
    this.createdAt = performance.now();
    return this.view();
  }

  async call(call: 'start' | 'stop' | 'destroy'): Promise<ChannelView> {
    const channel = this.get();
    if (call === 'start') channel.start();
    else if (call === 'stop') await channel.stop();
    else {
      channel.destroy();
      this.held.clear();
    }
    return this.view();
  }

  setParams(options: OptionValues): ChannelView {
    const channel = this.get();
    channel.setParams(paramsOf(options));
    this.params = optionValues(channel.getParams());
    return this.view();
  }

  /** What holds for the next frame. @throws LabError `jpege/wrong-state` */
  getParams(): OptionValues {
    return optionValues(this.get().getParams());
  }

  /** Resolves when the packet is there; with all buffers taken, when one is released or the time is out. */
  async send(image: Image, timeoutMs: number | undefined): Promise<PacketFacts> {
    const channel = this.get();
    const started = performance.now();
    // A still picture has no time of its own: its frame was taken when it was sent.
    const pts = Math.round((started - this.createdAt) * 1000);
    const into = this.setup?.memory === 'user' && channel.query().state === 'started' ? new Uint8Array(channel.predictedSize(specOf(image)).bytes) : undefined;
    const packet = await channel.sendFrame(image, { pts, timeoutMs, into });
    const facts = { sequence: packet.sequence, pts: packet.pts, bytes: packet.byteLength, ms: performance.now() - started };
    this.held.set(packet.sequence, { packet, facts });
    return facts;
  }

  /** Copies the stream out where the channel owns the memory, and frees the buffer. @throws LabError `jpege/released` */
  release(sequence: number): Released {
    const held = this.held.get(sequence);
    if (held === undefined) throw new LabError({ code: 'jpege/released', what: `There is no packet ${String(sequence)} to release.`, remedy: 'Send a frame first.' });
    this.held.delete(sequence);
    if (this.setup?.memory === 'system') return { sequence, copyMs: held.packet.take().copyMs };
    held.packet.release();
    return { sequence, copyMs: undefined };
  }

  status(): ChannelView | undefined {
    return this.channel === undefined ? undefined : this.view();
  }

  private get(): JpegChannel {
    if (this.channel === undefined) throw new LabError({ code: 'jpege/destroyed', what: 'There is no channel.', remedy: 'Create one first.' });
    return this.channel;
  }

  private view(): ChannelView {
    return { ...this.get().query(), held: Array.from(this.held.values(), ({ facts }) => facts), bufferBytes: this.bufferBytes, params: this.params };
  }
}

/** Encodes through a channel of two buffers until the time is spent; every packet is released at once. */
export async function loadChannel(image: Image, values: OptionValues, ms: number): Promise<{ readonly frames: number; readonly ms: number }> {
  const desk = new ChannelDesk();
  desk.create(image, { buffers: 2, memory: 'system', options: values });
  await desk.call('start');
  const frame = async (): Promise<void> => { desk.release((await desk.send(image, undefined)).sequence); };
  for (let warm = 0; warm < 3; warm += 1) await frame();
  const started = performance.now();
  let frames = 0;
  while (performance.now() - started < ms) {
    await frame();
    frames += 1;
  }
  const spent = performance.now() - started;
  await desk.call('destroy');
  return { frames, ms: spent };
}
