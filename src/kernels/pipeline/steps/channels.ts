import type { Palette } from '../../image/types.ts';
import type { Behaviour, PointOutput } from '../behaviour.ts';
import { channelwise, formatValue } from '../behaviour.ts';
import { divideRounded } from '../rounding.ts';
import type { Channel } from '../signal.ts';
import { channelIndex, channelNamed, unsigned } from '../signal.ts';
import type { FillStep, LookupStep, NearestColorStep, PremultiplyStep, SwizzleStep } from '../step.ts';

/** Chooses and orders channels. */
export function swizzle({ order }: SwizzleStep): Behaviour {
  return {
    title: 'swizzle',
    params: order.join(' '),
    output: (input) => ({ ...input, channels: order.map((name) => channelNamed(input, name)) }),
    isIdentity: (input) => order.length === input.channels.length && order.every((name, index) => input.channels[index]?.name === name),
    needs: (live) => live,
    action: (input) => ({ type: 'point', outputs: order.map((name): PointOutput => ({ type: 'same', from: channelIndex(input, name) })) }),
  };
}

/** Adds constant channels: opaque alpha, neutral chroma. */
export function fill({ name, channels }: FillStep): Behaviour {
  const added = channels.map((row): Channel => ({ name: row.name, sub: row.sub, kind: row.float ? 'float' : 'int', min: row.value, max: row.value, bits: row.bits }));
  return {
    title: name,
    params: `add ${channels.map((row) => `${row.name} = ${formatValue(row.value)}`).join(', ')}`,
    output: (input) => ({ ...input, channels: [...input.channels, ...added] }),
    isIdentity: () => channels.length === 0,
    needs: (live) => new Set([...live].filter((needed) => !channels.some((row) => row.name === needed))),
    action: (input) => ({
      type: 'point',
      outputs: [...input.channels.map((_, from): PointOutput => ({ type: 'same', from })), ...channels.map(({ value }): PointOutput => ({ type: 'constant', value }))],
    }),
  };
}

/** What an index past the palette is shown as: opaque magenta. */
export const ERROR_COLOR = [255, 0, 255, 255] as const;

const COLOR = ['R', 'G', 'B', 'A'] as const;

/** Palette index → colour. */
export function lookup(_step: LookupStep): Behaviour {
  return {
    title: 'palette',
    params: 'index → R G B A',
    output: (input) => ({ ...input, channels: COLOR.map((name) => unsigned(name, 8)) }),
    isIdentity: () => false,
    needs: () => new Set(['I']),
    action: (input, { sourcePalette }) => ({
      type: 'point',
      outputs: COLOR.map((_, part): PointOutput => ({
        type: 'unary',
        from: channelIndex(input, 'I'),
        fn: (index) => sourcePalette?.colors[index * 4 + part] ?? ERROR_COLOR[part] ?? 0,
        positional: false,
        say: (index, result) => `palette[${formatValue(index)}] = ${formatValue(result)}`,
      })),
    }),
  };
}

function nearest({ colors }: Palette): (values: readonly number[]) => number {
  return (values) => {
    let [best, bestDistance] = [0, Infinity];
    for (let index = 0; index * 4 < colors.length; index += 1) {
      let distance = 0;
      for (let part = 0; part < 4; part += 1) distance += ((values[part] ?? 0) - (colors[index * 4 + part] ?? 0)) ** 2;
      if (distance < bestDistance) [best, bestDistance] = [index, distance];
    }
    return best;
  };
}

/** Colour → index of the palette's nearest, by squared distance in R,G,B,A; the first of equals. */
export function nearestColor(_step: NearestColorStep): Behaviour {
  return {
    title: 'nearest colour',
    params: 'R G B A → index',
    output: (input) => ({ ...input, channels: [unsigned('I', 8)] }),
    isIdentity: () => false,
    needs: () => new Set(COLOR),
    action: (input, { targetPalette }) => ({
      type: 'point',
      outputs: [{ type: 'nary', from: COLOR.map((name) => channelIndex(input, name)), fn: nearest(targetPalette ?? { colors: new Uint8Array(4) }), positional: false, say: (_, result) => `nearest of the palette: index ${formatValue(result)}` }],
    }),
  };
}

function alphaProduct(step: PremultiplyStep, colour: Channel, alpha: Channel): (values: readonly number[]) => number {
  const max = 2 ** alpha.bits - 1;
  if (colour.kind === 'float') return step.kind === 'premultiply' ? ([c = 0, a = 0]) => Math.fround(c * a) : ([c = 0, a = 0]) => (a === 0 ? 0 : Math.fround(c / a));
  if (step.kind === 'premultiply') return ([c = 0, a = 0]) => divideRounded(c * a, max, step.rounding);
  return ([c = 0, a = 0]) => (a === 0 ? 0 : Math.min(max, divideRounded(c * max, a, step.rounding)));
}

/** Colour × alpha / full scale, or back; alpha 0 gives 0. Integers exactly, floats in fp32. */
export function premultiply(step: PremultiplyStep): Behaviour {
  const base = channelwise(step.channels, {
    title: step.kind,
    params: step.kind === 'premultiply' ? 'c·a / full scale' : 'c·full scale / a',
    change: (channel) => (channel.kind === 'float' ? { ...channel, min: -Infinity, max: Infinity } : { ...channel, min: 0, max: 2 ** channel.bits - 1 }),
    fn: () => (value) => value,
  });
  return {
    ...base,
    needs: (live) => new Set([...live, 'A']),
    action: (input) => ({
      type: 'point',
      outputs: input.channels.map((channel, from): PointOutput => step.channels.includes(channel.name)
        ? { type: 'nary', from: [from, channelIndex(input, 'A')], fn: alphaProduct(step, channel, channelNamed(input, 'A')), positional: false, say: ([c = 0, a = 0], result) => `${formatValue(c)} ${step.kind === 'premultiply' ? '×' : '÷'} ${formatValue(a)} → ${formatValue(result)}` }
        : { type: 'same', from }),
    }),
  };
}
