import { i16x8 } from '../../../wasm/index.ts';
import { FRACTION_BITS, PART_BITS } from '../forms/splitFixedPoint.ts';
import type { LumaFraction, SplitFixedPoint } from '../forms/splitFixedPoint.ts';
import { doubled } from '../graph/chroma.ts';
import type { Graph, Recipe } from '../graph/graph.ts';
import { placeKey } from '../graph/source.ts';
import type { Lanes } from '../lanes/lanes.ts';
import { held, storedInputs } from './operands.ts';
import { emitQuotient } from './quotients.ts';
import type { RowPlace } from './rowPlace.ts';

/** x(Y), for all rows. */
function emitLuma({ graph, index, place }: RowPlace, { constants: { centre, whole, part }, luma: name }: SplitFixedPoint): Lanes | undefined {
  const { e } = graph;
  return graph.shared(`split fixed point ${String(index - 1)} ${name} ${placeKey(place)}`, () => e.map(e.as(graph.value({ index: index - 1, name }, place), 'i16'), 'i16', (luma) => {
    const u = e.hold(i16x8.sub(luma, e.half(centre)));
    return i16x8.add(i16x8.mul(u, e.half(whole)), i16x8.shr_s(i16x8.mul(u, e.half(part)), PART_BITS));
  }));
}

/** The numbers of t(T): their sum where it fits, the two where it does not. */
function emitChroma({ graph, row, index, place }: RowPlace, { constants, chroma, others, isOne }: SplitFixedPoint): readonly Lanes[] | undefined {
  const stored = storedInputs(graph, others, index, place);
  const key = `split fixed point ${String(index)} ${row.to} ${placeKey(stored.place)}`;
  const steps: Recipe = (at) => at.shared(`${key} in steps`, () => at.e.as(emitQuotient({ graph: at, inputs: stored.inputs, place: stored.place }, chroma), 'i16'));
  const made = isOne
    ? [held(graph, stored, key, (at) => emitChromaSum(at, constants, steps(at), true))]
    : [held(graph, stored, `${key} first`, steps), held(graph, stored, `${key} second`, (at) => emitChromaSum(at, constants, steps(at), false))];
  const lanes = made.filter((one) => one !== undefined);
  return lanes.length === made.length ? lanes.map((one) => (stored.doubles ? doubled(graph.e, one) : one)) : undefined;
}

function emitChromaSum({ e }: Graph, { multiplier, add }: LumaFraction, s: Lanes | undefined, withFirst: boolean): Lanes | undefined {
  return s === undefined ? undefined : e.map(s, 'i16', (part) => {
    const second = i16x8.add(i16x8.q15mulr_sat_s(part, e.half(multiplier)), e.half(add));
    return withFirst ? i16x8.add(part, second) : second;
  });
}

export function emitSplitFixedPoint(at: RowPlace, split: SplitFixedPoint): Lanes | undefined {
  const { e } = at.graph;
  const chroma = emitChroma(at, split);
  const luma = emitLuma(at, split);
  if (chroma === undefined || luma === undefined) return undefined;
  return e.map(luma, 'i16', (part, index) => i16x8.shr_s(chroma.reduce((total, { parts }) => i16x8.add_sat_s(total, parts[index] ?? e.int(0)), part), FRACTION_BITS));
}
