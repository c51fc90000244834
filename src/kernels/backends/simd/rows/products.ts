import { i32x4 } from '../../../wasm/index.ts';
import { beforeUpsampling, doubled } from '../graph/chroma.ts';
import type { Origin } from '../graph/dataflow.ts';
import type { Graph } from '../graph/graph.ts';
import { placeKey } from '../graph/source.ts';
import type { Place } from '../graph/source.ts';
import type { Lanes, Vector } from '../lanes/lanes.ts';
import { countOf } from './operands.ts';
import type { Operands } from './operands.ts';

/** weight·x modulo 2^32, made once for all rows that want it. */
function product(graph: Graph, input: Origin, place: Place, weight: number): Lanes {
  const { e } = graph;
  const key = `${String(weight)} · ${String(input.index)} ${input.name} ${placeKey(place)}`;
  const lanes = graph.shared(key, () => e.map(e.as(graph.value(input, place), 'i32'), 'i32', (part) => i32x4.mul(part, e.int(weight | 0))));
  if (lanes === undefined) throw new TypeError('A product without numbers.');
  return lanes;
}

/** Σ weight·x + add, modulo 2^32. */
function productSum({ graph, inputs, place }: Operands, weights: readonly number[], add: number): readonly Vector[] {
  const products = inputs.map((input, term) => product(graph, input, place, weights[term] ?? 0).parts);
  return (products[0] ?? []).map((_, part) => [...products.flatMap((parts) => parts[part] ?? []), ...(add === 0 ? [] : [graph.e.int(add | 0)])].reduce((sum: Vector, term) => i32x4.add(sum, term)));
}

const isSpread = ({ graph, place }: Operands, input: Origin): boolean => beforeUpsampling(graph, [input], place)?.doubles === true;

/** Whether some inputs serve several columns and others do not. */
export const isPartlySpread = (operands: Operands): boolean => new Set(operands.inputs.map((input) => isSpread(operands, input))).size > 1;

/** As `productSum` of what enters a row; chroma's part is made once for the columns that share it. */
export function rowProducts(operands: Operands, weights: readonly number[], add: number): readonly Vector[] {
  const { graph, inputs, place } = operands;
  const { e } = graph;
  const weightsOf = (some: readonly Origin[]): readonly number[] => some.map((origin) => weights[inputs.indexOf(origin)] ?? 0);
  const [spread, plain] = [true, false].map((wanted) => inputs.filter((input) => isSpread(operands, input) === wanted));
  const before = spread === undefined || plain?.length === 0 ? undefined : beforeUpsampling(graph, spread, place);
  if (before === undefined || spread === undefined || plain === undefined) return productSum(operands, weights, add);
  const stored = { graph, ...before };
  const twice = doubled(e, e.lanes('i32', countOf(stored), productSum(stored, weightsOf(spread), add)));
  return productSum({ graph, inputs: plain, place }, weightsOf(plain), 0).map((sum, part) => i32x4.add(sum, twice.parts[part] ?? e.int(0)));
}
