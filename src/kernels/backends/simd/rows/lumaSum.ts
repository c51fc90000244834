import type { Rounding } from '../../../pipeline/rounding.ts';
import type { RationalRow } from '../../../pipeline/step.ts';
import { i16x8, i8x16 } from '../../../wasm/index.ts';
import { beforeUpsampling, doubled } from '../graph/chroma.ts';
import type { Origin } from '../graph/dataflow.ts';
import { fixedPoint, isNarrow } from '../forms/fixedPoint.ts';
import { fractionOf, keyOf } from '../forms/fraction.ts';
import type { Fraction, Range } from '../forms/fraction.ts';
import { solve } from '../forms/formula.ts';
import type { Formula } from '../forms/formulaCore.ts';
import { emitFormula } from '../lanes/formulaLanes.ts';
import { emitFraction } from './quotients.ts';
import type { Graph, Recipe } from '../graph/graph.ts';
import type { Lanes } from '../lanes/lanes.ts';
import { PER_VECTOR } from '../lanes/lanes.ts';
import { Memo } from '../forms/memo.ts';
import { bytePairs } from '../graph/permute.ts';
import { FORMULA_TABLE } from '../forms/tables.ts';
import { twice } from '../lanes/shuffles.ts';
import { placeKey } from '../graph/source.ts';
import type { Place } from '../graph/source.ts';

/** A term that a row only adds, and what the other terms come to, in the rows and columns they were stored in. */
export interface Separated {
  /** Names `others`. */
  readonly key: string;
  readonly main: Origin;
  readonly others: Recipe;
  /** Samples of the others in a round. */
  readonly count: number;
  /** Whether each of the others serves two columns. */
  readonly doubles: boolean;
  /** Whether each of the others serves several rows. */
  readonly isTall: boolean;
}

/** Y + f(U, V), with f computed once a chroma sample: where luma's weight is one. */
export function separate(graph: Graph, row: RationalRow, rounding: Rounding, index: number, place: Place): Separated | undefined {
  const main = row.terms.find(({ weight, centre }) => weight === row.denominator && centre === 0);
  const rest = row.terms.filter((term) => term !== main);
  const fraction = fractionOf({ ...row, terms: rest }, rounding);
  if (main === undefined || fraction === undefined) return undefined;
  const plain = rest.map(({ from }): Origin => ({ index: index - 1, name: from }));
  const { inputs, ...before } = beforeUpsampling(graph, plain, place) ?? { inputs: plain, place, doubles: false };
  const [first] = inputs;
  if (first === undefined) return undefined;
  return {
    key: `${String(index)} ${row.to} ${placeKey(before.place)}`,
    main: { index: index - 1, name: main.from },
    others: (at) => emitOthers(at, fraction, inputs, before.place),
    count: graph.count(first, before.place),
    doubles: before.doubles,
    isTall: graph.flow.channel(first).sub.y > 1,
  };
}

/** What serves several rows is kept for them. */
export const held = (graph: Graph, { isTall }: Pick<Separated, 'isTall'>, key: string, make: Recipe): Lanes | undefined => (isTall ? graph.kept(key, make) : graph.shared(key, () => make(graph)));

/** What the step's rows have beside luma, in one order for all of them: so they share their pairs. */
export function othersOf({ flow }: Graph, index: number, luma: string): readonly Origin[] {
  const step = flow.step(index);
  const names = new Set(step?.kind === 'matrix' ? step.rows.flatMap(({ terms }) => terms.map(({ from }) => from)) : []);
  return [...names].filter((name) => name !== luma).map((name) => ({ index: index - 1, name }));
}

const formulas = new Memo<Formula | undefined>();

/** The arithmetic for a fraction of one input, where it has few values. */
function formulaOf(fraction: Fraction, { min, max }: Range): Formula | undefined {
  if (max - min > 2048) return undefined;
  const [weight = 0] = fraction.weights;
  const key = keyOf(fraction, [{ min, max }]);
  const core = FORMULA_TABLE.get(key);
  if (core !== undefined || FORMULA_TABLE.has(key)) return core === undefined ? undefined : { core, clamp: undefined };
  return formulas.answer(key, () => solve({ min, values: Array.from({ length: max - min + 1 }, (_, at) => Math.floor((weight * (min + at) + fraction.base) / fraction.denominator)) }));
}

/** Whether the input is one of two bytes that the other rows want as pairs too, of which one product does this row. */
function isPairedAnyway(graph: Graph, fraction: Fraction, only: Origin, { even }: Place): boolean {
  const fixed = even || bytePairs(graph, [only]) === undefined ? undefined : fixedPoint(fraction, [graph.flow.channel(only)]);
  return fixed !== undefined && isNarrow(fixed);
}

/** The smaller terms together: of one input by a formula where there is one. */
function emitOthers(graph: Graph, fraction: Fraction, inputs: readonly Origin[], place: Place): Lanes | undefined {
  const [only, second] = inputs;
  if (only !== undefined && second === undefined) {
    const formula = isPairedAnyway(graph, fraction, only, place) ? undefined : formulaOf(fraction, graph.flow.channel(only));
    if (formula !== undefined) return graph.e.as(emitFormula(graph.e, formula, graph.value(only, place)), 'i16');
  }
  return emitFraction(graph, fraction, inputs, place);
}

/** Numbers as what they add to a byte and what they take away; of eight both fit one vector, where sixteen would need two. */
function upAndDown(graph: Graph, apart: Separated): readonly [up: Lanes, down: Lanes] | undefined {
  const { e } = graph;
  const { key, count, doubles, others } = apart;
  const negated = (lanes: Lanes): Lanes => e.map(lanes, 'i16', (part) => i16x8.sub(e.int(0), part));
  if (!doubles || count > PER_VECTOR.i16) {
    const lanes = held(graph, apart, key, others);
    const bytes = (signed: Lanes): Lanes => (doubles ? doubled(e, e.as(signed, 'u8')) : e.as(signed, 'u8'));
    return lanes === undefined ? undefined : [bytes(lanes), bytes(negated(lanes))];
  }
  const both = held(graph, apart, `${key} both`, (at) => {
    const [part] = others(at)?.parts ?? [];
    return part === undefined ? undefined : at.e.lanes('u8', 16, [i8x16.narrow_i16x8_u(part, i16x8.sub(at.e.int(0), part))]);
  });
  const [part] = both?.parts ?? [];
  return part === undefined ? undefined : [e.lanes('u8', count * 2, [twice(part, 1, false)]), e.lanes('u8', count * 2, [twice(part, 1, true)])];
}

/** Bytes: what is positive is added and what is negative taken away, and both stop at the ends by themselves. */
export function addBytes(graph: Graph, apart: Separated, place: Place): Lanes | undefined {
  const { e } = graph;
  const [up, down] = upAndDown(graph, apart) ?? [];
  if (up === undefined || down === undefined) return undefined;
  return e.map(e.as(graph.value(apart.main, place), 'u8'), 'u8', (part, index) => i8x16.sub_sat_u(i8x16.add_sat_u(part, up.parts[index] ?? e.int(0)), down.parts[index] ?? e.int(0)));
}
