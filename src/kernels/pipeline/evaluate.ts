import { formatLayout } from '../image/formatLayout.ts';
import type { ComponentLayout } from '../image/formatLayout.ts';
import { locateSample, numberToWord, readWord, wordToNumber, writeWord } from '../image/locate.ts';
import { paletteOf } from '../image/palette.ts';
import type { Image } from '../image/types.ts';
import type { Action, Axis, PointOutput, RunContext } from './behaviour.ts';
import { divideRoundedBig, roundNumber } from './rounding.ts';
import { channelIndex } from './signal.ts';
import type { Channel, Signal } from './signal.ts';
import { signalsOf } from './simplify.ts';
import { behaviour } from './steps/index.ts';
import type { Pipeline } from './step.ts';
import { wordGroups } from './words.ts';

/** One channel's sample at a column and row of its own grid. */
export type Sampler = (channel: number, x: number, y: number) => number;

export function runContext(source: Image, target: Pick<Image, 'palette'>): RunContext {
  return { sourcePalette: paletteOf(source), targetPalette: target.palette };
}

/**
 * Samples of a component in one row, those in the last block beyond the width included.
 * Beyond them the last one repeats: that is what a wider block of the destination is filled with.
 */
export function storedSamples(layout: ComponentLayout, width: number): number {
  const perBlock = layout.samples.length;
  return Math.ceil(Math.ceil(width / layout.sub.x) / perBlock) * perBlock;
}

function loadSampler(source: Image, signal: Signal): Sampler {
  const groups = wordGroups(source.format);
  const layouts = signal.channels.flatMap(({ name }) => groups.find((group) => group.name === name)?.components[0] ?? []);
  return (channel, x, y) => {
    const layout = layouts[channel];
    const plane = layout === undefined ? undefined : source.planes[layout.plane];
    if (layout === undefined || plane === undefined) return 0;
    const facts = formatLayout(source.format).planes[layout.plane];
    const column = Math.min(x, storedSamples(layout, source.width) - 1);
    const where = locateSample(layout, facts?.blockBytes ?? 0, plane.stride, column * layout.sub.x, y * layout.sub.y);
    return wordToNumber(readWord(plane, where.byte, where.wordBytes, where.bigEndian), where.wordBytes, where.kind);
  };
}

function pointSample(output: PointOutput, previous: Sampler, x: number, y: number): number {
  switch (output.type) {
    case 'same': return previous(output.from, x, y);
    case 'constant': return output.value;
    case 'unary': return output.fn(previous(output.from, x, y), x, y);
    case 'nary': return output.fn(output.from.map((from) => previous(from, x, y)), x, y);
  }
}

type Axes = { readonly x: Axis; readonly y: Axis };

/** Whether every weighted sum of a channel is exact in binary64, and its quotient rounds to the right side. */
export const sumsFit = ({ kind, min, max }: Channel, { x, y }: Axes): boolean => kind === 'float' || Math.max(Math.abs(min), Math.abs(max), 1) * x.denominator * y.denominator < 2 ** 51;

/** As `siteSample`, where the sums need more than 53 bits. */
function bigSiteSample(axes: Axes, at: (x: number, y: number) => number, x: number, y: number): number {
  let sum = 0n;
  for (const column of axes.x.taps(x)) for (const row of axes.y.taps(y)) sum += BigInt(column.weight) * BigInt(row.weight) * BigInt(at(column.at, row.at));
  return divideRoundedBig(sum, BigInt(axes.x.denominator) * BigInt(axes.y.denominator), 'half-away');
}

/** Weighted sum of the taps, exact, rounded once; floats: each column summed in binary64, then the columns, the mean as fp32. */
export function siteSample(channel: Channel, axes: Axes, at: (x: number, y: number) => number, x: number, y: number): number {
  if (!sumsFit(channel, axes)) return bigSiteSample(axes, at, x, y);
  let sum = 0;
  for (const column of axes.x.taps(x)) {
    let rows = 0;
    for (const row of axes.y.taps(y)) rows += row.weight * at(column.at, row.at);
    sum += column.weight * rows;
  }
  const mean = sum / (axes.x.denominator * axes.y.denominator);
  return channel.kind === 'float' ? Math.fround(mean) : roundNumber(mean, 'half-away');
}

function stage(action: Action, input: Signal, previous: Sampler): Sampler {
  if (action.type === 'point') {
    const { outputs } = action;
    return (channel, x, y) => { const output = outputs[channel]; return output === undefined ? 0 : pointSample(output, previous, x, y); };
  }
  if (action.type !== 'site') return previous;
  const axes = input.channels.map((channel) => action.axes(channel));
  return (channel, x, y) => {
    const [pair, facts] = [axes[channel], input.channels[channel]];
    if (pair === undefined || facts === undefined) return previous(channel, x, y);
    return siteSample(facts, pair, (column, row) => previous(channel, column, row), x, y);
  };
}

/** The values after each step, as functions of place: the definition that every backend equals. */
export function samplers(pipeline: Pipeline, source: Image, context: RunContext): { readonly stages: readonly Sampler[]; readonly signals: readonly Signal[] } {
  const signals = signalsOf(pipeline);
  const stages: Sampler[] = [];
  for (const [index, step] of pipeline.steps.entries()) {
    const input = signals[index];
    const output = signals[index + 1];
    const previous = stages[index - 1];
    if (input === undefined || output === undefined) break;
    stages.push(previous === undefined ? loadSampler(source, output) : stage(behaviour(step).action(input, context), input, previous));
  }
  return { stages, signals };
}

/** The column and row of a pixel in a channel's own grid. */
export const inGrid = (channel: Channel, x: number, y: number): [number, number] => [Math.floor(x / channel.sub.x), Math.floor(y / channel.sub.y)];

/** The words of one row of one plane, block by block. */
function storeRow(target: Image, planeIndex: number, planeRow: number, value: (component: ComponentLayout, x: number) => number): void {
  const { components, planes } = formatLayout(target.format);
  const [facts, plane] = [planes[planeIndex], target.planes[planeIndex]];
  if (facts === undefined || plane === undefined) return;
  const groups = wordGroups(target.format).flatMap(({ components: [first] }) => (first?.plane === planeIndex ? [first] : []));
  const [{ wordBytes, bigEndian, kind } = { wordBytes: 1, bigEndian: false, kind: 'unsigned' as const }] = components.filter((layout) => layout.plane === planeIndex);
  for (let block = 0; block * facts.blockWidth < target.width; block += 1) {
    const words = Array.from(facts.row.fill);
    for (const layout of groups) {
      for (const [index, { word }] of layout.samples.entries()) {
        words[word] = (words[word] ?? 0) + numberToWord(value(layout, block * layout.samples.length + index), wordBytes, kind);
      }
    }
    for (const [index, word] of words.entries()) writeWord(plane, planeRow * plane.stride + block * facts.blockBytes + index * wordBytes, wordBytes, bigEndian, word);
  }
}

/** Runs a pipeline sample by sample, over the luma rows from ≤ y < to. Slow and plain: the reference. */
export function referenceRows(pipeline: Pipeline, source: Image, target: Image): (from: number, to: number) => void {
  const { stages, signals } = samplers(pipeline, source, runContext(source, target));
  const [last, signal] = [stages[stages.length - 1], signals[signals.length - 1]];
  if (last === undefined || signal === undefined) throw new TypeError('A pipeline has at least a load and a store.');
  const groups = wordGroups(target.format);
  const channelOf = (layout: ComponentLayout): number => channelIndex(signal, groups.find(({ components }) => components[0] === layout)?.name ?? '');
  return (from, to) => {
    for (const [index, { subY }] of formatLayout(target.format).planes.entries()) {
      for (let row = Math.ceil(from / subY); row * subY < to; row += 1) storeRow(target, index, row, (layout, x) => last(channelOf(layout), x, row));
    }
  };
}
