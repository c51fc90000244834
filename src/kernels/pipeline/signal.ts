import type { Subsampling } from '../tables/chroma.ts';

/** One value that travels through a pipeline beside others: a component, or a word that still holds several. */
export interface Channel {
  /** `R`, `Y`, …; a word that holds several components is named by all of them: `RGB`. */
  readonly name: string;
  /** Pixels per sample, in the signal's own pixels. */
  readonly sub: Subsampling;
  readonly kind: 'int' | 'float';
  /** Values lie in min … max; ±Infinity where nothing is known. A float channel may also carry NaN. */
  readonly min: number;
  readonly max: number;
  /** Nominal bits of an integer channel: full scale is 2^bits − 1. 32 for floats. */
  readonly bits: number;
}

/** What is known of the values between two steps. */
export interface Signal {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  readonly channels: readonly Channel[];
}

export function channelIndex(signal: Signal, name: string): number {
  return signal.channels.findIndex((channel) => channel.name === name);
}

export function channelNamed(signal: Signal, name: string): Channel {
  const channel = signal.channels[channelIndex(signal, name)];
  if (channel === undefined) throw new TypeError(`The signal has ${signal.channels.map((c) => c.name).join(' ')}, not ${name}.`);
  return channel;
}

/** Columns or rows of a channel's own grid: subsampled sizes round up. */
export function gridSize(signal: Signal, channel: Channel): { readonly width: number; readonly height: number } {
  return { width: Math.ceil(signal.width / channel.sub.x), height: Math.ceil(signal.height / channel.sub.y) };
}

/** An unsigned integer channel of full scale. */
export function unsigned(name: string, bits: number, sub: Subsampling = { x: 1, y: 1 }): Channel {
  return { name, sub, kind: 'int', min: 0, max: 2 ** bits - 1, bits };
}

/** The signal with some channels replaced by `change`. */
export function mapChannels(signal: Signal, names: readonly string[], change: (channel: Channel) => Channel): Signal {
  return { ...signal, channels: signal.channels.map((channel) => (names.includes(channel.name) ? change(channel) : channel)) };
}
