import { MATRICES } from '../../tables/colorSpecs.ts';
import type { Behaviour, PointOutput } from '../behaviour.ts';
import { formatValue } from '../behaviour.ts';
import { rationalKernel, runRational, runRationalFloat, sayRational } from '../rational.ts';
import { ROUNDINGS } from '../rounding.ts';
import { channelIndex, channelNamed } from '../signal.ts';
import type { Channel, Signal } from '../signal.ts';
import type { MatrixStep, RationalRow, RescaleStep, SpreadStep, ThresholdStep } from '../step.ts';
import { bayerThreshold } from '../rounding.ts';

const FLOAT = { kind: 'float', min: -Infinity, max: Infinity, bits: 32 } as const;

function rowOutput(step: MatrixStep | RescaleStep, row: RationalRow, input: Signal): PointOutput {
  const inputs = row.terms.map(({ from }) => channelNamed(input, from));
  const kernel = rationalKernel(row, inputs, step.rounding);
  const from = row.terms.map((term) => channelIndex(input, term.from));
  const say = sayRational(row);
  if (step.float) return { type: 'nary', from, fn: runRationalFloat(row), positional: false, say };
  if (step.kind === 'rescale' && step.dither) return { type: 'nary', from, fn: dithered(row, kernel.max), positional: true, say };
  return { type: 'nary', from, fn: runRational(kernel), positional: false, rational: kernel, say };
}

/** Ordered dither: the remainder of the division is compared with the threshold of the position. */
function dithered(row: RationalRow, max: number): (values: readonly number[], x: number, y: number) => number {
  const [term] = row.terms;
  if (term === undefined) return () => 0;
  return (values, x, y) => {
    const exact = (term.weight * ((values[0] ?? 0) - term.centre) + row.add) / row.denominator;
    return Math.min(max, Math.max(0, Math.floor(exact + bayerThreshold(x, y))));
  };
}

function rowChannel(step: MatrixStep | RescaleStep, row: RationalRow, input: Signal): Channel {
  const { sub } = channelNamed(input, row.terms[0]?.from ?? '');
  return step.float ? { ...FLOAT, name: row.to, sub } : { name: row.to, sub, kind: 'int', min: 0, max: 2 ** row.bits - 1, bits: row.bits };
}

/** RGB ↔ YUV or RGB → gray, by exact fractions, rounded once and clamped. */
export function matrix(step: MatrixStep): Behaviour {
  const { title } = MATRICES[step.matrix];
  const bits = step.rows[0]?.bits ?? 8;
  const consumed = new Set(step.rows.flatMap((row) => row.terms.map(({ from }) => from)));
  const passing = (input: Signal): Channel[] => input.channels.filter(({ name }) => !consumed.has(name) && !step.rows.some(({ to }) => to === name));
  return {
    title: step.name,
    params: `${title} ${step.range}${step.float ? '' : `, ${String(bits)} bit, ${ROUNDINGS[step.rounding].short}, clamp to 0…${String(2 ** bits - 1)}`}`,
    output: (input) => ({ ...input, channels: [...step.rows.map((row) => rowChannel(step, row, input)), ...passing(input)] }),
    isIdentity: () => false,
    needs: (live) => new Set([...live].flatMap((name) => {
      const row = step.rows.find(({ to }) => to === name);
      return row === undefined ? [name] : row.terms.map(({ from }) => from);
    })),
    action: (input) => ({
      type: 'point',
      outputs: [...step.rows.map((row) => rowOutput(step, row, input)), ...passing(input).map(({ name }): PointOutput => ({ type: 'same', from: channelIndex(input, name) }))],
    }),
  };
}

function sayFactor({ terms, denominator, add }: RationalRow): string {
  const weight = terms[0]?.weight ?? 0;
  const centre = terms[0]?.centre ?? 0;
  const factor = denominator === 1 ? `× ${formatValue(weight)}` : `× ${formatValue(weight)}/${formatValue(denominator)}`;
  const post = add === 0 ? '' : ` ${add < 0 ? '−' : '+'} ${formatValue(Math.abs(add / denominator))}`;
  return `${centre === 0 ? '' : `(v − ${formatValue(centre)}) `}${factor}${post}`;
}

const isOne = ({ terms, denominator, add }: RationalRow): boolean => terms.every(({ weight, centre }) => weight === denominator && add === centre * denominator);

/** `R B × 255/31; G × 255/63`: rows that say the same are said once. */
function sayRows(step: RescaleStep): string {
  const names = new Map<string, string[]>();
  for (const row of step.rows) {
    const text = `${sayFactor(row)}${step.float ? '' : ` to ${String(row.bits)} bit`}`;
    names.set(text, [...(names.get(text) ?? []), row.to]);
  }
  return [...names].map(([text, group]) => `${group.join(' ')} ${text}`).join('; ');
}

/** Another bit depth or range, by an exact fraction per component. */
export function rescale(step: RescaleStep): Behaviour {
  const rowOf = (name: string): RationalRow | undefined => step.rows.find(({ to }) => to === name);
  const how = step.float ? 'to fp32' : step.dither ? 'ordered dither 8×8' : ROUNDINGS[step.rounding].short;
  return {
    title: 'rescale',
    params: `${sayRows(step)}, ${how}`,
    output: (input) => ({ ...input, channels: input.channels.map((channel) => { const row = rowOf(channel.name); return row === undefined ? channel : rowChannel(step, row, input); }) }),
    isIdentity: (input) => !step.float && step.rows.every((row) => isOne(row) && channelNamed(input, row.to).max < 2 ** row.bits),
    needs: (live) => live,
    action: (input) => ({
      type: 'point',
      outputs: input.channels.map((channel, from): PointOutput => { const row = rowOf(channel.name); return row === undefined ? { type: 'same', from } : rowOutput(step, row, input); }),
    }),
  };
}

/** Gray → R = G = B. */
export function spread(_step: SpreadStep): Behaviour {
  const others = (input: Signal): Channel[] => input.channels.filter(({ name }) => name !== 'Y');
  return {
    title: 'gray2rgb',
    params: 'R = G = B = Y',
    output: (input) => ({ ...input, channels: [...['R', 'G', 'B'].map((name) => ({ ...channelNamed(input, 'Y'), name })), ...others(input)] }),
    isIdentity: () => false,
    needs: (live) => new Set([...live].map((name) => (name === 'A' ? 'A' : 'Y'))),
    action: (input) => {
      const from = channelIndex(input, 'Y');
      return { type: 'point', outputs: [...[0, 1, 2].map((): PointOutput => ({ type: 'same', from })), ...others(input).map(({ name }): PointOutput => ({ type: 'same', from: channelIndex(input, name) }))] };
    },
  };
}

/** Gray → 1 bit. */
export function threshold(step: ThresholdStep): Behaviour {
  const plain = (value: number): number => (value > step.above ? 1 : 0);
  const ordered = (value: number, x: number, y: number): number => (value > bayerThreshold(x, y) * (step.above * 2 - 1) ? 1 : 0);
  return {
    title: 'threshold',
    params: step.dither ? 'ordered dither 8×8' : `Y > ${String(step.above)} → 1`,
    output: (input) => ({ ...input, channels: input.channels.map((channel) => (channel.name === 'Y' ? { ...channel, kind: 'int', min: 0, max: 1, bits: 1 } : channel)) }),
    isIdentity: () => false,
    needs: (live) => live,
    action: (input) => ({
      type: 'point',
      outputs: input.channels.map((channel, from): PointOutput => (channel.name === 'Y' ? { type: 'unary', from, fn: step.dither ? ordered : plain, positional: step.dither, say: (value, result) => `${formatValue(value)} > ${step.dither ? 'threshold' : String(step.above)} → ${String(result)}` } : { type: 'same', from })),
    }),
  };
}

