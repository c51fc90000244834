import type { Image, ImageSpec } from '../../image/types.ts';
import { LabError, toErrorInfo } from '../../labError.ts';
import { ChannelBuffers, checkAttributes } from './channelBuffers.ts';
import type { ChannelAttributes, ChannelCall, ChannelState, ChannelStatus, FrameOptions, JpegPacket } from './channelTypes.ts';
import { checkCall } from './channelTypes.ts';
import type { JpegOptions } from './options.ts';
import { resolveOptions } from './options.ts';
import { packetOf } from './packet.ts';
import type { SizeBound } from './predict.ts';
import { predictJpegSize } from './predict.ts';
import { straightObstacle } from './toPlanes.ts';

/** A frame on its way. */
interface PendingFrame {
  readonly sequence: number;
  readonly image: Image;
  readonly options: JpegOptions;
  readonly into: Uint8Array | undefined;
  settled: boolean;
  readonly resolve: (packet: JpegPacket) => void;
  readonly reject: (error: LabError) => void;
}

const error = (code: string, what: string, remedy: string): LabError => new LabError({ code, what, remedy, vpiStatus: 'INVALID_OPERATION' });

/**
 * A JPEG encoder with the life cycle of JPEGE: created → started ⇄ stopped → destroyed. Frames are encoded in the order
 * they are sent; a finished packet keeps its buffer until it is released, and frames wait while all buffers are taken.
 */
export class JpegChannel {
  readonly #attributes: ChannelAttributes;
  readonly #buffers: ChannelBuffers;
  readonly #waiting: PendingFrame[] = [];
  readonly #encoding = new Set<PendingFrame>();
  readonly #idleListeners: (() => void)[] = [];
  #state: ChannelState = 'created';
  #params: JpegOptions = { quality: 100 };
  #buffersInUse = 0;
  #nextSequence = 0;
  #done = { frames: 0, failed: 0, bytes: 0 };

  private constructor(attributes: ChannelAttributes) {
    this.#attributes = attributes;
    this.#buffers = new ChannelBuffers(attributes);
  }

  /** @throws LabError `jpege/attribute` */
  static create(attributes: ChannelAttributes): JpegChannel {
    checkAttributes(attributes);
    return new JpegChannel(attributes);
  }

  /** Never throws, whatever the state. */
  query(): ChannelStatus {
    const { frames, failed, bytes } = this.#done;
    return { state: this.#state, waiting: this.#waiting.length, encoding: this.#encoding.size, buffersInUse: this.#buffersInUse, buffers: this.#attributes.buffers, framesDone: frames, framesFailed: failed, bytesOut: bytes };
  }

  /** Parameters of the frames sent from now on; the qfactor is 100 until then, as JPEGE's. @throws LabError `jpege/wrong-state`, as `encodeJpeg` for the options */
  setParams(params: JpegOptions): void {
    this.#check('setParams');
    resolveOptions(params);
    this.#params = params;
  }

  start(): void {
    this.#check('start');
    this.#enter('started');
  }

  /** The size to give a buffer for such a frame with the parameters of now. */
  predictedSize(spec: ImageSpec): SizeBound {
    this.#check('predictedSize');
    return predictJpegSize(spec, this.#params);
  }

  /**
   * Takes a frame and resolves with its packet, which must be released.
   * @throws LabError at once or in the promise: `jpege/wrong-state`, `jpege/frame-size`, `jpege/attribute`, `jpege/no-buffer`,
   *   `jpege/time-out`, `jpege/cancelled`, `jpege/destroyed`, `jpege/encoder-failed`, and those of `encodeJpeg`
   */
  async sendFrame(image: Image, { timeoutMs = Infinity, into, cancel }: FrameOptions = {}): Promise<JpegPacket> {
    this.#check('sendFrame');
    this.#checkFrame(image);
    this.#buffers.checkTarget(into);
    if (timeoutMs === 0 && !this.#canStart()) throw this.#waitError('jpege/no-buffer', 'at once');
    return new Promise((resolve, reject) => {
      const frame: PendingFrame = { sequence: this.#nextSequence, image, options: this.#params, into, settled: false, resolve, reject };
      this.#nextSequence += 1;
      this.#waiting.push(frame);
      const abort = (): void => this.#drop(frame, error('jpege/cancelled', `Frame ${String(frame.sequence)} was cancelled.`, 'Send it again if it is wanted after all.'));
      if (cancel?.aborted === true) abort();
      else cancel?.addEventListener('abort', abort);
      this.#pump();
      if (this.#waiting.includes(frame) && Number.isFinite(timeoutMs)) this.#expire(frame, timeoutMs);
    });
  }

  /** Takes no more frames; resolves when those that were sent are done. */
  async stop(): Promise<void> {
    this.#check('stop');
    this.#enter('stopping');
    if (!this.#isIdle()) await new Promise<void>((resolve) => { this.#idleListeners.push(resolve); });
    this.#finishStopping();
  }

  /** Frees all buffers; packets not released are lost, and frames on their way are rejected. */
  destroy(): void {
    this.#check('destroy');
    this.#enter('destroyed');
    const gone = (frame: PendingFrame): LabError => error('jpege/destroyed', `The channel was destroyed before frame ${String(frame.sequence)} was done.`, 'Stop the channel and wait for it before it is destroyed.');
    for (const frame of [...this.#waiting, ...this.#encoding]) this.#drop(frame, gone(frame));
    this.#buffers.clear();
    this.#buffersInUse = 0;
    this.#settleIdle();
  }

  #check(call: ChannelCall): void {
    checkCall(call, this.#state);
  }

  #enter(state: ChannelState): void {
    this.#state = state;
    this.#changed();
  }

  #changed(): void {
    this.#attributes.onStatus?.(this.query());
  }

  #checkFrame(image: Image): void {
    const { maxWidth, maxHeight } = this.#attributes;
    if (image.width > maxWidth || image.height > maxHeight) throw error('jpege/frame-size', `The channel was created for frames up to ${String(maxWidth)}×${String(maxHeight)}; this one is ${String(image.width)}×${String(image.height)}.`, 'Create a channel for larger frames, or scale the frame down.');
    const obstacle = this.#params.mode === 'straight' ? straightObstacle(image, this.#params.subsampling) : undefined;
    if (obstacle !== undefined) throw new LabError({ ...obstacle, vpiStatus: 'INVALID_IMAGE_FORMAT' });
  }

  #canStart(): boolean {
    return this.#waiting.length === 0 && this.#buffers.free > 0 && this.#encoding.size < (this.#attributes.parallel ?? 1);
  }

  #isIdle(): boolean {
    return this.#waiting.length === 0 && this.#encoding.size === 0;
  }

  #waitError(code: string, howLong: string): LabError {
    const { buffers } = this.#attributes;
    const why = this.#buffers.free === 0 ? `all ${String(buffers)} buffers hold frames in work or packets that nobody released` : 'the encoder is busy with earlier frames';
    return error(code, `The frame could not be taken ${howLong}: ${why}.`, this.#buffers.free === 0 ? 'Release packets when they are read, or create the channel with more buffers.' : 'Send fewer frames a second, or wait longer.');
  }

  #expire(frame: PendingFrame, timeoutMs: number): void {
    setTimeout(() => {
      if (this.#waiting.includes(frame)) this.#drop(frame, this.#waitError('jpege/time-out', `within ${String(timeoutMs)} ms`));
    }, timeoutMs);
  }

  /** Rejects a frame; if it is in the encoder its buffer comes back when the encoder does. */
  #drop(frame: PendingFrame, reason: LabError): void {
    if (frame.settled) return;
    frame.settled = true;
    const at = this.#waiting.indexOf(frame);
    if (at >= 0) this.#waiting.splice(at, 1);
    this.#done = { ...this.#done, failed: this.#done.failed + 1 };
    frame.reject(reason);
    this.#changed();
    this.#settleIdle();
  }

  #pump(): void {
    while (this.#state !== 'destroyed' && this.#buffers.free > 0 && this.#encoding.size < (this.#attributes.parallel ?? 1)) {
      const frame = this.#waiting.shift();
      if (frame === undefined) break;
      void this.#run(frame);
    }
    this.#changed();
  }

  /** Encodes one frame; never rejects. */
  async #run(frame: PendingFrame): Promise<void> {
    const target = this.#buffers.take(frame.into);
    this.#buffersInUse += 1;
    this.#encoding.add(frame);
    const release = (): void => this.#give(target);
    try {
      const { bytes, stages } = await this.#attributes.encode({ image: frame.image, options: frame.options, target, isCancelled: () => frame.settled });
      if (frame.settled) release();
      else {
        frame.settled = true;
        this.#done = { ...this.#done, frames: this.#done.frames + 1, bytes: this.#done.bytes + bytes };
        frame.resolve(packetOf({ sequence: frame.sequence, target, byteLength: bytes, stages, release, isGone: () => this.#state === 'destroyed' }));
      }
    } catch (thrown) {
      release();
      this.#drop(frame, asFrameError(frame, thrown));
    }
    this.#encoding.delete(frame);
    this.#pump();
    this.#settleIdle();
  }

  #give(target: Uint8Array): void {
    if (this.#state === 'destroyed') return;
    this.#buffers.give(target);
    this.#buffersInUse -= 1;
    this.#pump();
  }

  #settleIdle(): void {
    if (this.#isIdle()) for (const listener of this.#idleListeners.splice(0)) listener();
  }

  #finishStopping(): void {
    if (this.#state === 'stopping') this.#enter('stopped');
  }
}

function asFrameError(frame: PendingFrame, thrown: unknown): LabError {
  if (thrown instanceof LabError) return thrown;
  return error('jpege/encoder-failed', `The encoder failed at frame ${String(frame.sequence)}: ${toErrorInfo(thrown).what}`, 'Send the frame again; if it fails again, try the scalar backend.');
}
