import type { Image } from '../../image/types.ts';
import { LabError } from '../../labError.ts';
import { ChannelBuffers } from './channelBuffers.ts';
import { FRAME_FAULTS, asChannelFault } from './channelFaults.ts';
import type { ChannelAttributes, ChannelStatus, FrameOptions, JpegPacket } from './channelTypes.ts';
import { encodeFrameHere } from './frameEncoder.ts';
import type { JpegOptions } from './options.ts';
import { packetOf } from './packet.ts';

/** A frame on its way. */
interface PendingFrame {
  readonly sequence: number;
  readonly pts: number | undefined;
  readonly image: Image;
  readonly options: JpegOptions;
  readonly into: Uint8Array | undefined;
  settled: boolean;
  readonly resolve: (packet: JpegPacket) => void;
  readonly reject: (error: LabError) => void;
}

/**
 * A channel's frames: they wait, in order, for a buffer and the encoder; then are encoded; then keep their buffer
 * until their packet is released.
 */
export class FrameQueue {
  readonly #attributes: ChannelAttributes;
  readonly #changed: () => void;
  readonly #buffers: ChannelBuffers;
  readonly #waiting: PendingFrame[] = [];
  readonly #encoding = new Set<PendingFrame>();
  readonly #idleListeners: (() => void)[] = [];
  #isGone = false;
  #patienceMs = Infinity;
  /** Counts changes, so that a timer can tell whether anything moved. */
  #moves = 0;
  #nextSequence = 0;
  #done = { framesDone: 0, framesFailed: 0, bytesOut: 0 };

  constructor(attributes: ChannelAttributes, changed: () => void) {
    this.#attributes = attributes;
    this.#changed = changed;
    this.#buffers = new ChannelBuffers(attributes);
  }

  get status(): Omit<ChannelStatus, 'state'> {
    const { buffers } = this.#attributes;
    return { waiting: this.#waiting.length, encoding: this.#encoding.size, buffersInUse: this.#isGone ? 0 : buffers - this.#buffers.free, buffers, ...this.#done };
  }

  async add(image: Image, options: JpegOptions, { timeoutMs = Infinity, into, cancel, pts }: FrameOptions): Promise<JpegPacket> {
    this.#buffers.checkTarget(into);
    if (pts !== undefined && !(Number.isSafeInteger(pts) && pts >= 0)) throw FRAME_FAULTS.pts(pts);
    if (timeoutMs === 0 && !(this.#waiting.length === 0 && this.#isFree())) throw FRAME_FAULTS.notTaken('jpege/no-buffer', 'at once', this.#busyBuffers());
    return new Promise((resolve, reject) => {
      const frame: PendingFrame = { sequence: this.#nextSequence, pts, image, options, into, settled: false, resolve, reject };
      this.#nextSequence += 1;
      this.#waiting.push(frame);
      const abort = (): void => this.#drop(frame, FRAME_FAULTS.cancelled(frame.sequence));
      if (cancel?.aborted === true) abort();
      else cancel?.addEventListener('abort', abort);
      this.#pump();
      if (this.#waiting.includes(frame) && Number.isFinite(timeoutMs)) this.#expire(frame, timeoutMs);
    });
  }

  /**
   * Resolves when no frame waits or is being encoded. Frames that wait for buffers which nobody gives back are rejected
   * once nothing has moved for `patienceMs`.
   */
  async idle(patienceMs: number): Promise<void> {
    if (this.#isIdle()) return;
    this.#patienceMs = patienceMs;
    await new Promise<void>((resolve) => {
      this.#idleListeners.push(resolve);
      this.#watch();
    });
    this.#patienceMs = Infinity;
  }

  /** Rejects all frames and forgets all buffers, for good. */
  destroy(): void {
    this.#isGone = true;
    for (const frame of [...this.#waiting, ...this.#encoding]) this.#drop(frame, FRAME_FAULTS.destroyed(frame.sequence));
    this.#buffers.clear();
  }

  /** While the channel stops: frames that cannot go on are given up when the encoder is done and no buffer came back. */
  #watch(): void {
    this.#moves += 1;
    const seen = this.#moves;
    if (!Number.isFinite(this.#patienceMs) || this.#encoding.size > 0 || this.#waiting.length === 0) return;
    setTimeout(() => {
      if (this.#moves !== seen) return;
      for (const frame of [...this.#waiting]) this.#drop(frame, FRAME_FAULTS.notTaken('jpege/no-buffer', `before the channel stopped (nothing moved for ${String(this.#patienceMs)} ms)`, this.#busyBuffers()));
    }, this.#patienceMs);
  }

  #isIdle(): boolean {
    return this.#waiting.length === 0 && this.#encoding.size === 0;
  }

  #isFree(): boolean {
    return !this.#isGone && this.#buffers.free > 0 && this.#encoding.size < (this.#attributes.parallel ?? 1);
  }

  /** How many buffers keep frames out, or 0 when it is the encoder. */
  #busyBuffers(): number {
    return this.#buffers.free === 0 ? this.#attributes.buffers : 0;
  }

  #expire(frame: PendingFrame, timeoutMs: number): void {
    setTimeout(() => {
      if (this.#waiting.includes(frame)) this.#drop(frame, FRAME_FAULTS.notTaken('jpege/time-out', `within ${String(timeoutMs)} ms`, this.#busyBuffers()));
    }, timeoutMs);
  }

  /** Rejects a frame; if it is in the encoder its buffer comes back when the encoder does. */
  #drop(frame: PendingFrame, reason: LabError): void {
    if (frame.settled) return;
    frame.settled = true;
    const at = this.#waiting.indexOf(frame);
    if (at >= 0) this.#waiting.splice(at, 1);
    this.#done.framesFailed += 1;
    frame.reject(reason);
    this.#settle();
  }

  #pump(): void {
    while (this.#isFree()) {
      const frame = this.#waiting.shift();
      if (frame === undefined) break;
      void this.#run(frame);
    }
    this.#settle();
  }

  /** Encodes one frame; never rejects. */
  async #run(frame: PendingFrame): Promise<void> {
    const target = this.#buffers.take(frame.into);
    this.#encoding.add(frame);
    const release = (): void => this.#give(target);
    try {
      const { bytes, stages } = await (this.#attributes.encode ?? encodeFrameHere)({ image: frame.image, options: frame.options, target, isCancelled: () => frame.settled });
      if (frame.settled) release();
      else this.#deliver(frame, packetOf({ sequence: frame.sequence, pts: frame.pts, target, byteLength: bytes, stages, release, isGone: () => this.#isGone }));
    } catch (thrown) {
      release();
      this.#drop(frame, thrown instanceof LabError ? asChannelFault(thrown) : FRAME_FAULTS.failed(frame.sequence, thrown));
    }
    this.#encoding.delete(frame);
    this.#pump();
  }

  #deliver(frame: PendingFrame, packet: JpegPacket): void {
    frame.settled = true;
    this.#done.framesDone += 1;
    this.#done.bytesOut += packet.byteLength;
    frame.resolve(packet);
  }

  #give(target: Uint8Array): void {
    if (this.#isGone) return;
    this.#buffers.give(target);
    this.#pump();
  }

  #settle(): void {
    this.#changed();
    this.#watch();
    if (this.#isIdle()) for (const listener of this.#idleListeners.splice(0)) listener();
  }
}
