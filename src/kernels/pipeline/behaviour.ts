import type { Palette } from '../image/types.ts';
import type { RationalRow } from './step.ts';
import type { Rounding } from './rounding.ts';
import type { Channel, Signal } from './signal.ts';

/** What a run knows beside the pipeline. */
export interface RunContext {
  readonly sourcePalette?: Palette | undefined;
  readonly targetPalette?: Palette | undefined;
}

/** How one channel that leaves a point step comes from those that enter it. x, y are in the channel's own grid. */
export type PointOutput =
  | { readonly type: 'same'; readonly from: number }
  | { readonly type: 'constant'; readonly value: number }
  | { readonly type: 'unary'; readonly from: number; readonly fn: (value: number, x: number, y: number) => number; readonly positional: boolean; readonly say: (value: number, result: number) => string }
  | { readonly type: 'nary'; readonly from: readonly number[]; readonly fn: (values: readonly number[], x: number, y: number) => number; readonly positional: boolean; readonly rational?: RationalKernel; readonly say: (values: readonly number[], result: number) => string };

/** A rational row ready to run on integers: the same numbers for every backend. */
export interface RationalKernel {
  readonly row: RationalRow;
  readonly rounding: Rounding;
  readonly max: number;
  /** Whether weighted sums stay below 2^52 for every input. */
  readonly fits: boolean;
}

export interface Tap {
  readonly at: number;
  readonly weight: number;
}

/** The samples of the input that make one of the output, along one axis. */
export interface Axis {
  readonly taps: (index: number) => readonly Tap[];
  /** Sum of the weights. */
  readonly denominator: number;
}

export type Action =
  | { readonly type: 'load' }
  | { readonly type: 'store' }
  | { readonly type: 'point'; readonly outputs: readonly PointOutput[] }
  | { readonly type: 'site'; readonly rounding: Rounding; readonly axes: (channel: Channel) => { readonly x: Axis; readonly y: Axis } | undefined };

/** What a step does and how it is said: the one place that knows a step kind. */
export interface Behaviour {
  /** The block's name. */
  readonly title: string;
  /** The block's parameters, in words. */
  readonly params: string;
  /** What is known of the values after the step. */
  readonly output: (input: Signal) => Signal;
  /** Whether the step changes nothing for such values. */
  readonly isIdentity: (input: Signal) => boolean;
  /** The channels that must enter for these to leave. */
  readonly needs: (live: ReadonlySet<string>) => ReadonlySet<string>;
  readonly action: (input: Signal, context: RunContext) => Action;
}

const never = (): boolean => false;

/** A step whose every channel passes, but for the named ones. */
export function channelwise(
  names: readonly string[],
  parts: {
    readonly title: string;
    readonly params: string;
    readonly change: (channel: Channel) => Channel;
    readonly fn: (channel: Channel) => (value: number, x: number, y: number) => number;
    readonly positional?: boolean;
    readonly isIdentity?: (channel: Channel) => boolean;
    readonly say?: (value: number, result: number) => string;
  },
): Behaviour {
  const touched = (signal: Signal): Channel[] => signal.channels.filter((channel) => names.includes(channel.name));
  const { isIdentity, positional = false, say = (_: number, result: number) => formatValue(result) } = parts;
  return {
    title: parts.title,
    params: parts.params,
    output: (input) => ({ ...input, channels: input.channels.map((channel) => (names.includes(channel.name) ? parts.change(channel) : channel)) }),
    isIdentity: isIdentity === undefined ? never : (input) => touched(input).every(isIdentity),
    needs: (live) => live,
    action: (input) => ({
      type: 'point',
      outputs: input.channels.map((channel, from): PointOutput => (names.includes(channel.name) ? { type: 'unary', from, fn: parts.fn(channel), positional, say } : { type: 'same', from })),
    }),
  };
}

/** A number as a person reads it: integers whole, others with up to seven significant digits. */
export function formatValue(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return Object.is(value, -0) ? '−0' : String(value).replace('-', '−');
  return String(Number(value.toPrecision(7))).replace('-', '−');
}
