import type { Behaviour } from '../behaviour.ts';
import { channelwise, formatValue } from '../behaviour.ts';
import { ROUNDINGS, roundNumber } from '../rounding.ts';
import type { Channel } from '../signal.ts';
import type { BitDepthStep, CastStep, ClampStep, NumberType, RangeStep, RoundStep } from '../step.ts';

/** Smallest and largest value of a number type. */
export function limits(type: NumberType): { readonly min: number; readonly max: number } {
  if (type.kind === 'float') return { min: -Infinity, max: Infinity };
  return type.signed ? { min: -(2 ** (type.bits - 1)), max: 2 ** (type.bits - 1) - 1 } : { min: 0, max: 2 ** type.bits - 1 };
}

const inside = (channel: Channel, { min, max }: { readonly min: number; readonly max: number }): boolean => channel.kind === 'int' && channel.min >= min && channel.max <= max;

/** fp32, two roundings: fround(fround(scale·x) + offset); scale 1 and offset 0 skip it: integers never become floats. @source VPI, range block */
export function range(step: RangeStep): Behaviour {
  const [scale, offset] = [Math.fround(step.scale), Math.fround(step.offset)];
  const isSkipped = scale === 1 && offset === 0;
  const fn = isSkipped ? (value: number): number => value : (value: number): number => Math.fround(Math.fround(scale * Math.fround(value)) + offset);
  const bounds = (channel: Channel): Channel => {
    const ends = [fn(channel.min), fn(channel.max)].map((end) => (Number.isNaN(end) ? Infinity : end));
    return { ...channel, kind: 'float', min: Math.min(...ends), max: Math.max(...ends) };
  };
  return channelwise(step.channels, {
    title: 'range',
    params: `fp32: ${formatValue(step.scale)}·x ${step.offset < 0 ? '−' : '+'} ${formatValue(Math.abs(step.offset))}`,
    change: isSkipped ? (channel) => channel : bounds,
    fn: () => fn,
    isIdentity: () => isSkipped,
    say: (value, result) => `${formatValue(step.scale)} × ${formatValue(value)} ${step.offset < 0 ? '−' : '+'} ${formatValue(Math.abs(step.offset))} = ${formatValue(result)}`,
  });
}

export function round(step: RoundStep): Behaviour {
  return channelwise(step.channels, {
    title: 'round',
    params: ROUNDINGS[step.rounding].title,
    // A float that may be NaN or infinite stays one: clamp or cast gives it its integer.
    change: (channel) => ({ ...channel, min: roundNumber(channel.min, step.rounding), max: roundNumber(channel.max, step.rounding) }),
    fn: () => (value) => roundNumber(value, step.rounding),
    isIdentity: (channel) => channel.kind === 'int',
    say: (value, result) => `round(${formatValue(value)}) = ${formatValue(result)}`,
  });
}

const sayType = (type: NumberType): string => (type.kind === 'float' ? 'f32' : `${type.signed ? 's' : 'u'}${String(type.bits)}`);

function typed(channel: Channel, type: NumberType): Channel {
  const { min, max } = limits(type);
  if (type.kind === 'float') return { ...channel, kind: 'float', bits: 32 };
  return { ...channel, kind: 'int', bits: type.bits, min: Math.max(min, Math.min(max, channel.min)), max: Math.min(max, Math.max(min, channel.max)) };
}

/** To the type's limits; NaN becomes 0. To a float type: the value as fp32. */
export function clamp(step: ClampStep): Behaviour {
  const { min, max } = limits(step.type);
  const toInteger = (value: number): number => (Number.isNaN(value) ? 0 : Math.min(max, Math.max(min, value)));
  return channelwise(step.channels, {
    title: 'clamp',
    params: step.type.kind === 'float' ? 'to f32: as a cast' : `to ${sayType(step.type)}: ${formatValue(min)}…${formatValue(max)}`,
    change: (channel) => typed(channel, step.type),
    fn: () => (step.type.kind === 'float' ? Math.fround : toInteger),
    isIdentity: (channel) => (step.type.kind === 'float' ? channel.kind === 'float' : inside(channel, limits(step.type))),
    say: (value, result) => `clamp(${formatValue(value)}) = ${formatValue(result)}`,
  });
}

/** Wraps modulo 2ⁿ; NaN and ±Infinity become 0: what C leaves undefined is decided so. */
export function cast(step: CastStep): Behaviour {
  const { type } = step;
  const { min, max } = limits(type);
  const span = type.kind === 'float' ? 1 : 2 ** type.bits;
  const wrap = (value: number): number => {
    if (!Number.isFinite(value)) return 0;
    // First the remainder, which is exact: value − min is not for large floats.
    const rest = value % span;
    if (rest < min) return rest + span;
    return rest > max ? rest - span : rest;
  };
  return channelwise(step.channels, {
    title: 'cast',
    params: `to ${sayType(type)}${type.kind === 'float' ? '' : ', wraps'}`,
    change: (channel) => (type.kind === 'float' ? typed(channel, type) : inside(channel, limits(type)) ? typed(channel, type) : { ...channel, kind: 'int', bits: type.bits, ...limits(type) }),
    fn: () => (type.kind === 'float' ? Math.fround : wrap),
    isIdentity: (channel) => (type.kind === 'float' ? channel.kind === 'float' : inside(channel, limits(type))),
    say: (value, result) => `cast(${formatValue(value)}) = ${formatValue(result)}${result !== value && type.kind !== 'float' ? ' (wrapped; undefined in C)' : ''}`,
  });
}

function moveBits(from: number, to: number, replicate: boolean): (value: number) => number {
  if (to <= from) return (value) => Math.floor(value / 2 ** (from - to));
  if (!replicate) return (value) => value * 2 ** (to - from);
  return (value) => {
    let bits = to - from;
    let wide = value * 2 ** bits;
    for (; bits > 0; bits -= from) wide += bits >= from ? value * 2 ** (bits - from) : Math.floor(value / 2 ** (from - bits));
    return wide;
  };
}

/** Bit depth by moving bits. @source replicate: FFmpeg, libyuv; shift: xpra */
export function bitDepth(step: BitDepthStep): Behaviour {
  const depths = new Map(step.channels.map((row) => [row.name, row]));
  const rowOf = (channel: Channel): { readonly from: number; readonly to: number } => depths.get(channel.name) ?? { from: channel.bits, to: channel.bits };
  return channelwise(step.channels.map(({ name }) => name), {
    title: 'bit depth',
    params: `${step.channels.map(({ name, from, to }) => `${name} ${String(from)}→${String(to)}`).join(', ')}, ${step.mode}`,
    change: (channel) => ({ ...channel, bits: rowOf(channel).to, min: 0, max: 2 ** rowOf(channel).to - 1 }),
    fn: (channel) => moveBits(rowOf(channel).from, rowOf(channel).to, step.mode === 'replicate'),
    isIdentity: (channel) => rowOf(channel).from === rowOf(channel).to,
    say: (value, result) => `${formatValue(value)} ${step.mode} → ${formatValue(result)}`,
  });
}
