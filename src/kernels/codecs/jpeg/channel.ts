import { OBJECT, checkRows } from '../../arguments.ts';
import type { Image, ImageSpec } from '../../image/types.ts';
import { LabError } from '../../labError.ts';
import { checkAttributes } from './channelBuffers.ts';
import { FRAME_FAULTS, asChannelFault, checkCall } from './channelFaults.ts';
import type { ChannelAttributes, ChannelParams, ChannelState, ChannelStatus, FrameOptions, JpegPacket } from './channelTypes.ts';
import { FrameQueue } from './frameQueue.ts';
import type { JpegOptions } from './options.ts';
import { resolveOptions } from './options.ts';
import type { SizeBound } from './predict.ts';
import { predictJpegSize } from './predict.ts';
import { straightObstacle } from './toPlanes.ts';

/** As `work`, its faults said as the channel's. */
function asked<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw asChannelFault(thrown);
  }
}

/** JPEGE's, where `encodeJpeg` has 75. */
const QFACTOR = 100;

/** A copy, every value checked and every default filled in. @throws LabError as `encodeJpeg` for the options */
function paramsOf(params: JpegOptions): ChannelParams {
  return asked(() => {
    checkRows('jpeg', {}, OBJECT.is(params) ? {} : params);
    return resolveOptions({ ...params, quality: params.quality ?? QFACTOR });
  });
}

/** Long enough for whoever reads packets to release them. */
const STOP_PATIENCE_MS = 1000;

/**
 * A JPEG encoder with the life cycle of JPEGE: created → started ⇄ stopped → destroyed. Frames are encoded in the order
 * they are sent; a finished packet keeps its buffer until it is released, and frames wait while all buffers are taken.
 */
export class JpegChannel {
  readonly #attributes: ChannelAttributes;
  readonly #frames: FrameQueue;
  #state: ChannelState = 'created';
  #params: ChannelParams = paramsOf({});

  private constructor(attributes: ChannelAttributes) {
    this.#attributes = attributes;
    this.#frames = new FrameQueue(attributes, () => this.#changed());
  }

  /** @throws LabError `jpege/attribute` */
  static create(attributes: ChannelAttributes): JpegChannel {
    checkAttributes(attributes);
    return new JpegChannel(attributes);
  }

  /** Never throws, whatever the state. */
  query(): ChannelStatus {
    return { state: this.#state, ...this.#frames.status };
  }

  /**
   * Parameters of the frames sent from now on. What is left out has JPEGE's value: a qfactor of 100.
   * @throws LabError `jpege/wrong-state`, as `encodeJpeg` for the options; the old parameters stay then
   */
  setParams(params: JpegOptions): void {
    checkCall('setParams', this.#state);
    this.#params = paramsOf(params);
    this.#changed();
  }

  /** The parameters in use, those included that nobody set; to be changed and set again. @throws LabError `jpege/wrong-state` */
  getParams(): ChannelParams {
    checkCall('getParams', this.#state);
    return this.#params;
  }

  start(): void {
    checkCall('start', this.#state);
    this.#enter('started');
  }

  /** The size to give a buffer for such a frame with the parameters of now. */
  predictedSize(spec: ImageSpec): SizeBound {
    checkCall('predictedSize', this.#state);
    return asked(() => predictJpegSize(spec, this.#params));
  }

  /**
   * Takes a frame and resolves with its packet, which must be released.
   * @throws LabError in the promise: `jpege/wrong-state`, `jpege/frame-size`, `jpege/attribute`, `jpege/pts`, `jpege/no-buffer`,
   *   `jpege/time-out`, `jpege/cancelled`, `jpege/destroyed`, `jpege/encoder-failed`, and those of `encodeJpeg`
   */
  async sendFrame(image: Image, options: FrameOptions = {}): Promise<JpegPacket> {
    checkCall('sendFrame', this.#state);
    this.#checkFrame(image);
    return this.#frames.add(image, this.#params, options);
  }

  /**
   * Takes no more frames; resolves when those that were sent are done. Packets stay until they are released.
   * It never hangs on packets that nobody releases: frames that still wait for their buffers are rejected with
   * `jpege/no-buffer` once the encoder is idle and no buffer has come back for `patienceMs`.
   */
  async stop({ patienceMs = STOP_PATIENCE_MS }: { readonly patienceMs?: number } = {}): Promise<void> {
    checkCall('stop', this.#state);
    this.#enter('stopping');
    await this.#frames.idle(patienceMs);
    if (this.#isStopping()) this.#enter('stopped');
  }

  /** Frees all buffers; packets not released are lost, and frames on their way are rejected. */
  destroy(): void {
    checkCall('destroy', this.#state);
    this.#enter('destroyed');
    this.#frames.destroy();
  }

  /** Asked anew: the channel may have been destroyed while frames were awaited. */
  #isStopping(): boolean {
    return this.#state === 'stopping';
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
    if (image.width > maxWidth || image.height > maxHeight) throw FRAME_FAULTS.tooLarge(image, this.#attributes);
    const obstacle = this.#params.mode === 'straight' ? straightObstacle(image, this.#params.subsampling) : undefined;
    if (obstacle !== undefined) throw asChannelFault(new LabError(obstacle));
  }
}
