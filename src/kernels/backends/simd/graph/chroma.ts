import type { ChromaStep, Step } from '../../../pipeline/step.ts';
import { i16x8, i32x4 } from '../../../wasm/index.ts';
import type { Origin } from './dataflow.ts';
import { isChroma } from './dataflow.ts';
import type { Graph } from './graph.ts';
import type { Lanes } from '../lanes/lanes.ts';
import { PER_VECTOR, vectorsOf } from '../lanes/lanes.ts';
import { twice } from '../lanes/shuffles.ts';
import type { Emitter } from '../lanes/emitter.ts';
import type { Place } from './source.ts';

/** Where a chroma sample's value stands before the step; `even` asks for every second column of what leaves it. */
export function placeBefore({ from, to }: ChromaStep, { row, even }: Place): { readonly place: Place; readonly doubles: boolean } {
  const before = Math.floor((row * to.y) / from.y);
  if (from.x > to.x) return { place: { row: before, even: false }, doubles: !even };
  return { place: { row: before, even: even || to.x > from.x }, doubles: false };
}

/** Channels that one step spreads over more columns or rows, as they are before it. */
export interface BeforeUpsampling {
  readonly inputs: readonly Origin[];
  readonly place: Place;
  /** Whether each of their samples serves two columns. */
  readonly doubles: boolean;
}

/** @returns undefined where no step spreads them, or not the same one */
export function beforeUpsampling({ flow }: Graph, inputs: readonly Origin[], place: Place): BeforeUpsampling | undefined {
  const origins = inputs.map((input) => flow.origin(input));
  const [first] = origins;
  const step = first === undefined ? undefined : flow.step(first.index);
  if (first === undefined || step?.kind !== 'upsample' || origins.some(({ index, name }) => index !== first.index || !isChroma(name))) return undefined;
  return { inputs: origins.map(({ index, name }) => ({ index: index - 1, name })), ...placeBefore(step, place) };
}

/** Each sample twice. */
export function doubled(e: Emitter, lanes: Lanes): Lanes {
  const bytes = 16 / PER_VECTOR[lanes.kind];
  const count = lanes.count * 2;
  return e.lanes(lanes.kind, count, lanes.parts.flatMap((part) => [twice(part, bytes, false), twice(part, bytes, true)]).slice(0, vectorsOf(lanes.kind, count)));
}

/** Pairs of neighbouring columns summed. */
function columnSums(e: Emitter, lanes: Lanes): Lanes {
  if (lanes.kind === 'u8') return e.lanes('i16', lanes.count / 2, lanes.parts.map((part) => i16x8.extadd_pairwise_i8x16_u(part)));
  return e.as(e.lanes('i32', lanes.count / 2, e.as(lanes, 'i16').parts.map((part) => i32x4.extadd_pairwise_i16x8_s(part))), 'i16');
}

/** The mean of a block of one or two columns and rows, halves up: chroma is never negative. */
function emitBox(graph: Graph, { from, to }: ChromaStep, input: Origin, { row }: Place): Lanes {
  const { e } = graph;
  const [columns, rows] = [to.x / from.x, to.y / from.y];
  const sums = Array.from({ length: rows }, (_, index): Lanes => {
    const lanes = graph.value(input, { row: row * rows + index, even: false });
    return columns === 2 ? columnSums(e, lanes) : e.as(lanes, 'i16');
  });
  const [first, second] = sums;
  if (first === undefined) throw new TypeError('A block without rows.');
  const shift = Math.log2(columns * rows);
  return e.map(first, 'i16', (part, index) => {
    const sum = second === undefined ? part : i16x8.add(part, second.parts[index] ?? part);
    return i16x8.shr_s(i16x8.add(sum, e.half(2 ** (shift - 1))), shift);
  });
}

/** Whether chroma is averaged over two rows, so that both must be there at once. */
export const averagesRows = (step: Step): boolean => step.kind === 'downsample' && step.filter === 'box' && step.to.y > step.from.y;

export const averagesColumns = (step: Step): boolean => step.kind === 'downsample' && step.filter === 'box' && step.to.x > step.from.x;

/** Chroma of another spacing: repeated, averaged, or every second sample taken before anything else is computed of the others. */
export function emitChroma(graph: Graph, step: ChromaStep, input: Origin, wanted: Place): Lanes {
  if (step.kind === 'downsample' && step.filter === 'box' && (step.to.x > step.from.x || step.to.y > step.from.y)) return emitBox(graph, step, input, wanted);
  const { place, doubles } = placeBefore(step, wanted);
  const lanes = graph.value(input, place);
  return doubles ? doubled(graph.e, lanes) : lanes;
}
