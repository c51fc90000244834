import { i32x4 } from '../../../wasm/index.ts';
import { beforeUpsampling, doubled } from '../graph/chroma.ts';
import type { Origin } from '../graph/dataflow.ts';
import type { Graph } from '../graph/graph.ts';
import type { Lanes, Vector } from '../lanes/lanes.ts';
import type { MultiwordMul } from '../forms/multiwordMul.ts';
import { placeKey } from '../graph/source.ts';
import type { Place } from '../graph/source.ts';

/** weight·x modulo 2^32, made once for all rows that want it. */
function product(graph: Graph, input: Origin, place: Place, weight: number): Lanes {
  const { e } = graph;
  const key = `${String(weight)} · ${String(input.index)} ${input.name} ${placeKey(place)}`;
  const lanes = graph.shared(key, () => e.map(e.as(graph.value(input, place), 'i32'), 'i32', (part) => i32x4.mul(part, e.int(weight | 0))));
  if (lanes === undefined) throw new TypeError('A product without numbers.');
  return lanes;
}

/** Σ weight·x + add, modulo 2^32. */
function productSum(graph: Graph, inputs: readonly Origin[], place: Place, weights: readonly number[], add: number): readonly Vector[] {
  const products = inputs.map((input, term) => product(graph, input, place, weights[term] ?? 0).parts);
  return (products[0] ?? []).map((_, part) => [...products.flatMap((parts) => parts[part] ?? []), ...(add === 0 ? [] : [graph.e.int(add | 0)])].reduce((sum: Vector, term) => i32x4.add(sum, term)));
}

const isSpread = (graph: Graph, input: Origin, place: Place): boolean => beforeUpsampling(graph, [input], place)?.doubles === true;

/** Whether some inputs serve several columns and others do not. */
export const isPartlySpread = (graph: Graph, inputs: readonly Origin[], place: Place): boolean => new Set(inputs.map((input) => isSpread(graph, input, place))).size > 1;

/** As `productSum` of what enters a row; chroma's part is made once for the columns that share it. */
export function rowSum(graph: Graph, inputs: readonly Origin[], place: Place, weights: readonly number[], add: number): readonly Vector[] {
  const { e } = graph;
  const weightsOf = (some: readonly Origin[]): readonly number[] => some.map((origin) => weights[inputs.indexOf(origin)] ?? 0);
  const [spread, plain] = [true, false].map((wanted) => inputs.filter((input) => isSpread(graph, input, place) === wanted));
  const before = spread === undefined || plain?.length === 0 ? undefined : beforeUpsampling(graph, spread, place);
  if (before === undefined || spread === undefined || plain === undefined) return productSum(graph, inputs, place, weights, add);
  const chroma = productSum(graph, before.inputs, before.place, weightsOf(spread), add);
  const twice = doubled(e, e.lanes('i32', graph.count(before.inputs[0] ?? { index: 0, name: '' }, before.place), chroma));
  return productSum(graph, plain, place, weightsOf(plain), 0).map((sum, part) => i32x4.add(sum, twice.parts[part] ?? e.int(0)));
}

/** The parts of a long fixed-point number, what is above each added to the next. */
export function emitMultiwordMul(graph: Graph, { parts, bits, shift }: MultiwordMul, inputs: readonly Origin[], place: Place): readonly Vector[] {
  let carried: readonly Vector[] | undefined;
  for (const [index, { weights, add }] of parts.entries()) {
    const below = carried;
    const sums = rowSum(graph, inputs, place, weights, add).map((sum, part) => { const carry = below?.[part]; return carry === undefined ? sum : i32x4.add(sum, carry); });
    carried = sums.map((sum) => (index < parts.length - 1 ? i32x4.shr_u(sum, bits) : i32x4.shr_s(sum, shift)));
  }
  return carried ?? [];
}
