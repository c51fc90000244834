import type { ChromaStep } from '../../pipeline/step.ts';
import type { Graph, Origin } from './graph.ts';
import type { Lanes } from './lanes.ts';
import { PER_VECTOR, vectorsOf } from './lanes.ts';
import { twice } from './shuffles.ts';
import type { Emitter } from './emitter.ts';
import type { Place } from './source.ts';

/** Where a chroma sample's value stands before the step; `even` asks for every second column of what leaves it. */
export function placeBefore({ from, to }: ChromaStep, { row, even }: Place): { readonly place: Place; readonly doubles: boolean } {
  const before = Math.floor((row * to.y) / from.y);
  if (from.x > to.x) return { place: { row: before, even: false }, doubles: !even };
  return { place: { row: before, even: even || to.x > from.x }, doubles: false };
}

/** Each sample twice. */
export function doubled(e: Emitter, lanes: Lanes): Lanes {
  const bytes = 16 / PER_VECTOR[lanes.kind];
  const count = lanes.count * 2;
  return e.lanes(lanes.kind, count, lanes.parts.flatMap((part) => [twice(part, bytes, false), twice(part, bytes, true)]).slice(0, vectorsOf(lanes.kind, count)));
}

/** Nearest chroma: repeated, or every second sample taken, before anything else is computed of the others. */
export function emitChroma(graph: Graph, step: ChromaStep, input: Origin, wanted: Place): Lanes {
  const { place, doubles } = placeBefore(step, wanted);
  const lanes = graph.value(input, place);
  return doubles ? doubled(graph.e, lanes) : lanes;
}
