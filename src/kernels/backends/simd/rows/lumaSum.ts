import { i16x8, i8x16 } from '../../../wasm/index.ts';
import type { LumaSum } from '../forms/lumaSum.ts';
import { doubled } from '../graph/chroma.ts';
import type { Graph, Recipe } from '../graph/graph.ts';
import { placeKey } from '../graph/source.ts';
import type { Lanes } from '../lanes/lanes.ts';
import { PER_VECTOR } from '../lanes/lanes.ts';
import { twice } from '../lanes/shuffles.ts';
import { held, storedInputs } from './operands.ts';
import type { StoredInputs } from './operands.ts';
import { emitQuotient } from './quotients.ts';
import type { RowPlace } from './rowPlace.ts';

/** What the terms beside luma come to. */
interface Chroma extends StoredInputs {
  /** Names it. */
  readonly key: string;
  readonly make: Recipe;
}

function chromaOf({ graph, row, index, place }: RowPlace, { others, chroma }: LumaSum): Chroma {
  const stored = storedInputs(graph, others, index, place);
  return { ...stored, key: `${String(index)} ${row.to} ${placeKey(stored.place)}`, make: (at) => at.e.as(emitQuotient({ graph: at, inputs: stored.inputs, place: stored.place }, chroma), 'i16') };
}

const lumaOf = ({ graph, index, place }: RowPlace, { luma }: LumaSum): Lanes => graph.value({ index: index - 1, name: luma }, place);

/** Numbers as what they add to a byte and what they take away; of eight both fit one vector, where sixteen would need two. */
function upAndDown(graph: Graph, chroma: Chroma): readonly [up: Lanes, down: Lanes] | undefined {
  const { e } = graph;
  const { key, count, doubles, make } = chroma;
  const negated = (lanes: Lanes): Lanes => e.map(lanes, 'i16', (part) => i16x8.sub(e.int(0), part));
  if (!doubles || count > PER_VECTOR.i16) {
    const lanes = held(graph, chroma, key, make);
    const bytes = (signed: Lanes): Lanes => (doubles ? doubled(e, e.as(signed, 'u8')) : e.as(signed, 'u8'));
    return lanes === undefined ? undefined : [bytes(lanes), bytes(negated(lanes))];
  }
  const both = held(graph, chroma, `${key} both`, (at) => {
    const [part] = make(at)?.parts ?? [];
    return part === undefined ? undefined : at.e.lanes('u8', 16, [i8x16.narrow_i16x8_u(part, i16x8.sub(at.e.int(0), part))]);
  });
  const [part] = both?.parts ?? [];
  return part === undefined ? undefined : [e.lanes('u8', count * 2, [twice(part, 1, false)]), e.lanes('u8', count * 2, [twice(part, 1, true)])];
}

/** Bytes: what is positive is added and what is negative taken away, and both stop at the ends by themselves. */
export function emitByteSum(at: RowPlace, sum: LumaSum): Lanes | undefined {
  const { e } = at.graph;
  const [up, down] = upAndDown(at.graph, chromaOf(at, sum)) ?? [];
  if (up === undefined || down === undefined) return undefined;
  return e.map(e.as(lumaOf(at, sum), 'u8'), 'u8', (part, index) => i8x16.sub_sat_u(i8x16.add_sat_u(part, up.parts[index] ?? e.int(0)), down.parts[index] ?? e.int(0)));
}

export function emitLumaSum(at: RowPlace, sum: LumaSum): Lanes | undefined {
  const { e } = at.graph;
  const chroma = chromaOf(at, sum);
  const single = held(at.graph, chroma, chroma.key, chroma.make);
  if (single === undefined) return undefined;
  const others = chroma.doubles ? doubled(e, single) : single;
  return e.map(e.as(lumaOf(at, sum), 'i16'), 'i16', (part, index) => i16x8.add(part, others.parts[index] ?? e.int(0)));
}
