import { formatLayout } from '../image/formatLayout.ts';
import { checkImage } from '../image/checks.ts';
import { planeLayouts } from '../image/layout.ts';
import { assertInside, locateSample, numberToWord, pixelAt } from '../image/locate.ts';
import type { PixelSample } from '../image/locate.ts';
import type { Image } from '../image/types.ts';
import type { Action, RunContext, Tap } from './behaviour.ts';
import { formatValue } from './behaviour.ts';
import { inGrid, samplers } from './evaluate.ts';
import type { Sampler } from './evaluate.ts';
import { checkContext, checkPipeline } from './model.ts';
import type { Channel, Signal } from './signal.ts';
import { behaviour } from './steps/index.ts';
import { mainSource } from './steps/resample.ts';
import type { Pipeline, Step } from './step.ts';
import { wordGroups } from './words.ts';

export interface TraceValue {
  readonly name: string;
  readonly value: number;
  /** Column and row in the channel's own grid. */
  readonly x: number;
  readonly y: number;
}

/** What one step did to one pixel. */
export interface TraceRow {
  readonly kind: Step['kind'];
  readonly title: string;
  readonly params: string;
  readonly before: readonly TraceValue[];
  readonly after: readonly TraceValue[];
  /** One line a channel that changed: the formula with its numbers. */
  readonly formulas: readonly { readonly name: string; readonly text: string }[];
  /** For load: where the source's samples lie. For store: where the destination's do. */
  readonly memory?: readonly PixelSample[];
}

const valuesAt = (signal: Signal, sampler: Sampler, x: number, y: number): TraceValue[] =>
  signal.channels.map((channel, index) => {
    const [column, row] = inGrid(channel, x, y);
    return { name: channel.name, value: sampler(index, column, row), x: column, y: row };
  });

/** More would not be read. */
const MOST_TERMS = 64;

function sayTaps(channel: Channel, columns: readonly Tap[], rows: readonly Tap[], scale: number, at: (x: number, y: number) => number): string {
  const terms = rows.flatMap((row) => columns.map((column) => {
    const weight = row.weight * column.weight;
    const place = `${channel.name}[${String(column.at)}, ${String(row.at)}] ${formatValue(at(column.at, row.at))}`;
    return scale === 1 ? place : `${place} × ${String(weight)}/${String(scale)}`;
  }));
  const shown = terms.slice(0, MOST_TERMS);
  return `${shown.join(' + ')}${shown.length === terms.length ? '' : ` + … (${String(terms.length - shown.length)} more pixels)`}`;
}

interface Moment {
  readonly action: Action;
  readonly input: Signal;
  readonly output: Signal;
  readonly previous: Sampler;
  readonly after: readonly TraceValue[];
}

function formulas({ action, input, output, previous, after }: Moment): TraceRow['formulas'] {
  return output.channels.flatMap((channel, index) => {
    const result = after[index];
    if (result === undefined) return [];
    const { x, y, value } = result;
    if (action.type === 'site') {
      const axes = action.axes(input.channels[index] ?? channel);
      if (axes === undefined) return [];
      const text = sayTaps(channel, axes.x.taps(x), axes.y.taps(y), axes.x.denominator * axes.y.denominator, (column, row) => previous(index, column, row));
      return [{ name: channel.name, text: `${text} → ${formatValue(value)}` }];
    }
    const made = action.type === 'point' ? action.outputs[index] : undefined;
    if (made?.type === 'constant') return [{ name: channel.name, text: `${channel.name} = ${formatValue(value)}` }];
    if (made?.type === 'unary') return [{ name: channel.name, text: made.say(previous(made.from, x, y), value) }];
    if (made?.type === 'nary') return [{ name: channel.name, text: made.say(made.from.map((from) => previous(from, x, y)), value) }];
    return [];
  });
}

/** Where the destination's samples lie, and what is written there. */
function storedAt({ to }: Pipeline, values: readonly TraceValue[], x: number, y: number): PixelSample[] {
  const strides = planeLayouts(to).map(({ stride }) => stride);
  const { planes } = formatLayout(to.format);
  return wordGroups(to.format).flatMap(({ name, components }) => components.map((layout): PixelSample => {
    const where = locateSample(layout, planes[layout.plane]?.blockBytes ?? 0, strides[layout.plane] ?? 0, x, y);
    const stored = values.find((value) => value.name === name)?.value ?? 0;
    const whole = layout.bits === layout.wordBytes * 8;
    const value = whole ? stored : Math.floor(numberToWord(stored, layout.wordBytes, layout.kind) / 2 ** where.shift) % 2 ** layout.bits;
    return { ...where, component: layout.component, value };
  }));
}

/** The source pixel that a destination pixel comes from; of several, the one that weighs most. */
export function sourcePlace(pipeline: Pipeline, x: number, y: number): { readonly x: number; readonly y: number } {
  checkPipeline(pipeline);
  assertInside(pipeline.to, x, y);
  const step = pipeline.steps.find((candidate) => candidate.kind === 'resample');
  return step === undefined ? { x, y } : mainSource(step, x, y);
}

/**
 * The same run as the reference, for one pixel of the destination, with what every step did written down.
 * Rows before a change of size show the source pixel that weighs most.
 */
export function trace(pipeline: Pipeline, source: Image, x: number, y: number, context: RunContext): readonly TraceRow[] {
  checkPipeline(pipeline);
  checkImage(source);
  checkContext(context);
  assertInside(pipeline.to, x, y);
  const resampled = pipeline.steps.findIndex(({ kind }) => kind === 'resample');
  const main = sourcePlace(pipeline, x, y);
  const { stages, signals } = samplers(pipeline, source, context);
  const rows: TraceRow[] = [];
  let before: readonly TraceValue[] = [];
  for (const [index, step] of pipeline.steps.entries()) {
    const [input, output, sampler, previous] = [signals[index], signals[index + 1], stages[index], stages[index - 1]];
    if (input === undefined || output === undefined || sampler === undefined) break;
    const { title, params, action } = behaviour(step);
    const place = index < resampled ? main : { x, y };
    const after = valuesAt(output, sampler, place.x, place.y);
    const said = previous === undefined ? [] : formulas({ action: action(input, context), input, output, previous, after });
    const memory = step.kind === 'load' ? pixelAt(source, main.x, main.y) : step.kind === 'store' ? storedAt(pipeline, after, x, y) : undefined;
    rows.push({ kind: step.kind, title, params, before, after, formulas: said, ...(memory === undefined ? {} : { memory }) });
    before = after;
  }
  return rows;
}
