import { i16x8 } from '../../../wasm/index.ts';
import type { Storage } from '../forms/row.ts';
import { beforeUpsampling } from '../graph/chroma.ts';
import type { Origin } from '../graph/dataflow.ts';
import type { Graph, Recipe } from '../graph/graph.ts';
import { bytePairs, quadNames } from '../graph/permute.ts';
import { placeKey } from '../graph/source.ts';
import type { Place } from '../graph/source.ts';
import { dotSum, pairsOf, pairsOfQuads, wideProduct } from '../lanes/dots.ts';
import type { Pairs } from '../lanes/dots.ts';
import type { Lanes, Vector } from '../lanes/lanes.ts';

/** What a quotient is made of: channels, and which of their samples. */
export interface Operands {
  readonly graph: Graph;
  readonly inputs: readonly Origin[];
  readonly place: Place;
}

/** Channels in the rows and columns they are stored in. */
export interface StoredInputs {
  readonly inputs: readonly Origin[];
  readonly place: Place;
  /** Whether each of their samples serves two columns. */
  readonly doubles: boolean;
  /** Whether each of their samples serves several rows. */
  readonly isTall: boolean;
  /** Samples of each in a round. */
  readonly count: number;
}

const NO_ORIGIN: Origin = { index: 0, name: '' };

export const countOf = ({ graph, inputs, place }: Operands): number => graph.count(inputs[0] ?? NO_ORIGIN, place);

/** @param names of channels that enter the step */
export function storedInputs(graph: Graph, names: readonly string[], index: number, place: Place): StoredInputs {
  const plain = names.map((name): Origin => ({ index: index - 1, name }));
  const stored = beforeUpsampling(graph, plain, place) ?? { inputs: plain, place, doubles: false };
  const [first] = stored.inputs;
  return { ...stored, isTall: first !== undefined && graph.flow.channel(first).sub.y > 1, count: countOf({ graph, ...stored }) };
}

/** What a row’s forms may make use of. */
export function storageOf(graph: Graph, names: readonly string[], index: number, place: Place): Storage {
  const { inputs, doubles, isTall, place: { even } } = storedInputs(graph, names, index, place);
  return { spread: doubles, tall: isTall, quads: quadNames(graph, inputs) !== undefined, paired: !even && bytePairs(graph, inputs) !== undefined };
}

/** What serves several rows is kept for them. */
export const held = (graph: Graph, { isTall }: Pick<StoredInputs, 'isTall'>, key: string, make: Recipe): Lanes | undefined => (isTall ? graph.kept(key, make) : graph.shared(key, () => make(graph)));

const keyOf = ({ inputs, place }: Operands): string => `${inputs.map(({ index, name }) => `${String(index)} ${name}`).join()} ${placeKey(place)}`;

/** The inputs two by two; straight from pixels of four bytes, or from chroma of two, where they are just that. */
function pairsFor({ graph, inputs, place }: Operands): readonly Pairs[] {
  const bytes = place.even ? undefined : bytePairs(graph, inputs);
  if (bytes !== undefined) return graph.sharedPairs(`plane ${String(bytes.plane)} ${placeKey(place)}`, () => [{ ...bytes, vectors: graph.source.bytePairs(bytes.plane, place.row) }]);
  return graph.sharedPairs(keyOf({ graph, inputs, place }), () => {
    const quads = quadNames(graph, inputs);
    if (quads !== undefined) return pairsOfQuads(graph.e, graph.source.quads(quads.plane, place), quads.names);
    return pairsOf(graph.e, inputs.map((origin) => ({ name: origin.name, lanes: graph.value(origin, place) })));
  });
}

const byName = ({ inputs }: Operands, weights: readonly number[]): ReadonlyMap<string, number> => new Map(inputs.map(({ name }, term) => [name, weights[term] ?? 0]));

/** Σ weight·x + add in 32-bit lanes, by dot products. */
export const dots = (operands: Operands, weights: readonly number[], add: number): readonly Vector[] => dotSum(operands.graph.e, pairsFor(operands), byName(operands, weights), add);

/** The same; of one input whose weight is wide, a single product where there is room. */
export function linearSum(operands: Operands, weights: readonly number[], add: number): readonly Vector[] {
  const { graph, inputs: [only, second], place } = operands;
  const single = only === undefined || second !== undefined ? undefined : wideProduct(graph.e, () => graph.value(only, place), graph.flow.channel(only), weights[0] ?? 0, add);
  return single ?? dots(operands, weights, add);
}

/** As `dots`, of inputs raised to the upper bits of their lanes. */
export function raisedDots(operands: Operands, raise: number, weights: readonly number[], add: number): readonly Vector[] {
  const { graph } = operands;
  const raised = graph.sharedPairs(`${keyOf(operands)} raised by ${String(raise)}`, () => pairsFor(operands).map((pairs) => ({ ...pairs, vectors: pairs.vectors.map((vector) => graph.e.hold(i16x8.shl(vector, raise))) })));
  return dotSum(graph.e, raised, byName(operands, weights), add);
}
