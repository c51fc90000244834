import { OBJECT, sayValue, suggest } from '../../arguments.ts';
import { LabError, formatBytes } from '../../labError.ts';
import type { HiStatus } from '../../labError.ts';
import { HI } from './channelFaults.ts';
import type { ChannelAttributes } from './channelTypes.ts';

const refuse = (what: string, remedy: string, hiStatus: HiStatus = HI.illegalParam): never => {
  throw new LabError({ code: 'jpege/attribute', what, remedy, hiStatus });
};

const whole = (name: string, value: number, least: number, most: number, remedy: string): void => {
  if (!Number.isInteger(value) || value < least || value > most) refuse(`The ${name} of a channel is a whole number of ${String(least)} … ${String(most)}; ${sayValue(value)} was given.`, remedy);
};

const MOST_BUFFERS = 64;
/** A stream has a header at least. */
const LEAST_BUFFER_BYTES = 1024;
const MOST_BUFFER_BYTES = 2 ** 31 - 1;

/** @throws LabError `jpege/attribute` */
export function checkAttributes(attributes: ChannelAttributes): void {
  if (!OBJECT.is(attributes)) refuse(`The attributes of a channel are an object; ${sayValue(attributes)} was given.`, 'Give { maxWidth, maxHeight, buffers, memory }.');
  const { maxWidth, maxHeight, buffers, parallel = 1, memory } = attributes;
  if (!OBJECT.is(memory)) refuse(`The memory of a channel is an object with a mode, user or system; ${sayValue(memory)} was given.`, 'Give { mode: \'user\' }, or { mode: \'system\', bufferBytes }.');
  const { mode }: { readonly mode: string } = memory;
  if (mode !== 'user' && mode !== 'system') refuse(`The memory mode of a channel is one of user, system; ${sayValue(mode)} was given.`, suggest(mode, ['user', 'system']));
  whole('largest width', maxWidth, 1, 65_535, 'Give the width of the largest frame.');
  whole('largest height', maxHeight, 1, 65_535, 'Give the height of the largest frame.');
  whole('number of buffers', buffers, 1, MOST_BUFFERS, 'Two are enough to encode one frame while another is read.');
  whole('number of frames in parallel', parallel, 1, MOST_BUFFERS, 'Give as many as there are workers.');
  if (memory.mode === 'system') whole('buffer size', memory.bufferBytes, LEAST_BUFFER_BYTES, MOST_BUFFER_BYTES, 'Give the predicted size of the largest frame.');
}

/** The channel's buffers: each is free or taken; memory is allocated when one is first used. */
export class ChannelBuffers {
  readonly #free: (Uint8Array | undefined)[];
  readonly #memory: ChannelAttributes['memory'];

  constructor({ buffers, memory }: Pick<ChannelAttributes, 'buffers' | 'memory'>) {
    this.#memory = memory;
    this.#free = Array.from({ length: buffers }, () => undefined);
  }

  get free(): number {
    return this.#free.length;
  }

  /** Where a frame's stream goes; undefined memory is made on first use. The caller has seen that one is free. */
  take(into: Uint8Array | undefined): Uint8Array {
    const own = this.#free.pop();
    if (this.#memory.mode === 'user') return into ?? new Uint8Array(0);
    return own ?? new Uint8Array(this.#memory.bufferBytes);
  }

  give(buffer: Uint8Array): void {
    this.#free.push(this.#memory.mode === 'system' ? buffer : undefined);
  }

  /** Forgets all memory. */
  clear(): void {
    this.#free.length = 0;
  }

  /** @throws LabError `jpege/attribute` when the frame's buffer does not go with the memory mode */
  checkTarget(into: Uint8Array | undefined): void {
    if (this.#memory.mode === 'user' && into === undefined) refuse('The channel’s memory is the user’s, and the frame brings no buffer.', 'Give `into`, of the predicted size.', HI.nullPtr);
    if (this.#memory.mode === 'system' && into !== undefined) refuse(`The channel has buffers of its own (${formatBytes(this.#memory.bufferBytes)}), and the frame brings another.`, 'Leave `into` out, or create the channel with the memory mode “user”.', HI.notSupport);
  }
}
