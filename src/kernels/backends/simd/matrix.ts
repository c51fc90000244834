import type { RationalRow } from '../../pipeline/step.ts';
import type { Rounding } from '../../pipeline/rounding.ts';
import { i16x8, i32x4, i8x16 } from '../../wasm/index.ts';
import { floorOf } from './arithmetic.ts';
import { doubled, placeBefore } from './chroma.ts';
import { halfDivision } from './division.ts';
import { dotSum, pairsOf, pairsOfQuads, wideProduct } from './dots.ts';
import type { Pairs } from './dots.ts';
import type { Emitter } from './emitter.ts';
import type { Origin } from './facts.ts';
import { fits32, fixedPoint, fractionOf, isNarrow, keyOf, sumBounds } from './fixedPoint.ts';
import type { FixedPoint, Fraction, Range } from './fixedPoint.ts';
import { solve } from './formula.ts';
import type { Formula } from './formula.ts';
import type { Graph, Recipe } from './graph.ts';
import type { Lanes, Vector } from './lanes.ts';
import { PER_VECTOR } from './lanes.ts';
import { Memo } from './memo.ts';
import { quadNames } from './permute.ts';
import { emitFormula } from './formulaLanes.ts';
import { twice } from './shuffles.ts';
import type { Place } from './source.ts';

const placeKey = ({ row, even }: Place): string => `${String(row)} ${String(even)}`;
const isHalf = ({ min, max }: Range): boolean => min >= -0x8000 && max <= 0x7fff;

/** The inputs of a row two by two; straight from four-byte pixels where they are just that. */
function pairsFor(graph: Graph, inputs: readonly Origin[], place: Place): readonly Pairs[] {
  const key = `${inputs.map(({ index, name }) => `${String(index)} ${name}`).join()} ${placeKey(place)}`;
  return graph.sharedPairs(key, () => {
    const quads = quadNames(graph, inputs);
    if (quads !== undefined) return pairsOfQuads(graph.e, graph.source.quads(quads.plane, place), quads.names);
    return pairsOf(graph.e, inputs.map((origin) => ({ name: origin.name, lanes: graph.value(origin, place) })));
  });
}

/** Σ weight·x + add in 32-bit lanes. */
function weightedSum(graph: Graph, inputs: readonly Origin[], ranges: readonly Range[], place: Place, weights: readonly number[], add: number): readonly Vector[] {
  const [only, second] = inputs;
  const [range] = ranges;
  const single = only === undefined || second !== undefined || range === undefined ? undefined : wideProduct(graph.e, graph.value(only, place), range, weights[0] ?? 0, add);
  return single ?? dotSum(graph.e, pairsFor(graph, inputs, place), new Map(inputs.map(({ name }, index) => [name, weights[index] ?? 0])), add);
}

/** @param sum Σ weight·x + add */
function emitFixed(e: Emitter, { weights, times, add, shift, isUnsigned }: FixedPoint, sum: (weights: readonly number[], add: number) => readonly Vector[]): readonly Vector[] {
  const sums = times === 1 ? sum(weights, add) : sum(weights, 0).map((part) => i32x4.add(i32x4.mul(part, e.int(times)), e.int(add)));
  return sums.map((part) => (isUnsigned ? i32x4.shr_u : i32x4.shr_s)(part, shift));
}

/** A fraction of several inputs, rounded down, in 16-bit lanes; undefined where no exact form is known that is quicker than a division in 32 bits. */
function emitFraction(graph: Graph, fraction: Fraction, inputs: readonly Origin[], place: Place): Lanes | undefined {
  const { e } = graph;
  const ranges = inputs.map((origin): Range => graph.facts.channel(origin));
  const { min, max } = sumBounds(fraction.weights, fraction.base, ranges);
  const [least, largest] = [Math.floor(min / fraction.denominator), Math.floor(max / fraction.denominator)];
  if (!ranges.every(isHalf) || least < -0x8000 || largest > 0x7fff) return undefined;
  const count = graph.count(inputs[0] ?? { index: 0, name: '' }, place);
  const sum = (weights: readonly number[], add: number): readonly Vector[] => weightedSum(graph, inputs, ranges, place, weights, add);
  const toHalves = (sums: readonly Vector[]): Lanes => e.as(e.lanes('i32', count, sums), 'i16');
  const fixed = fixedPoint(fraction, ranges);
  if (fixed !== undefined && isNarrow(fixed)) return toHalves(emitFixed(e, fixed, sum));
  const half = min >= 0 && max < 2 ** 31 ? halfDivision(fraction.denominator, max) : undefined;
  if (half !== undefined && fraction.weights.every((weight) => Math.abs(weight) <= 0x7fff)) {
    const sums = sum(fraction.weights, fraction.base);
    return e.map(toHalves(sums.map((part) => (half.before === 0 ? part : i32x4.shr_u(part, half.before)))), 'i16', (part) => {
      const quotient = i16x8.q15mulr_sat_s(part, e.half(half.multiplier));
      return half.after === 0 ? quotient : i16x8.shr_s(quotient, half.after);
    });
  }
  if (fixed !== undefined) return toHalves(emitFixed(e, fixed, sum));
  // Whole numerators, divided exactly; half a denominator and more is taken from them first.
  if (!fits32(fraction.weights, fraction.base - fraction.denominator, ranges)) return undefined;
  return toHalves(floorOf(e, (add) => sum(fraction.weights, fraction.base + add), fraction.denominator, { min, max }));
}

/** A term that a row only adds, and what the other terms come to, in the rows and columns they were stored in. */
interface Separated {
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
function separate(graph: Graph, row: RationalRow, rounding: Rounding, index: number, place: Place): Separated | undefined {
  const main = row.terms.find(({ weight, centre }) => weight === row.denominator && centre === 0);
  const rest = row.terms.filter((term) => term !== main);
  const fraction = fractionOf({ ...row, terms: rest }, rounding);
  if (main === undefined || fraction === undefined) return undefined;
  const origins = rest.map(({ from }) => graph.facts.origin({ index: index - 1, name: from }));
  const step = graph.facts.step(origins[0]?.index ?? 0);
  const isUpsampled = step?.kind === 'upsample' && origins.every((origin) => origin.index === origins[0]?.index);
  const before = isUpsampled ? placeBefore(step, place) : { place, doubles: false };
  const inputs = isUpsampled ? origins.map(({ index: at, name }): Origin => ({ index: at - 1, name })) : rest.map(({ from }): Origin => ({ index: index - 1, name: from }));
  const [first] = inputs;
  if (first === undefined) return undefined;
  return {
    key: `${String(index)} ${row.to} ${placeKey(before.place)}`,
    main: { index: index - 1, name: main.from },
    others: (at) => emitOthers(at, fraction, inputs, before.place),
    count: graph.count(first, before.place),
    doubles: before.doubles,
    isTall: graph.facts.channel(first).sub.y > 1,
  };
}

/** What serves several rows is kept for them. */
const held = (graph: Graph, { isTall }: Separated, key: string, make: Recipe): Lanes | undefined => (isTall ? graph.kept(key, make) : graph.shared(key, () => make(graph)));

const formulas = new Memo<Formula | undefined>();

/** The arithmetic for a fraction of one input, where it has few values. */
function formulaOf(fraction: Fraction, { min, max }: Range): Formula | undefined {
  if (max - min > 2048) return undefined;
  const [weight = 0] = fraction.weights;
  return formulas.answer(keyOf(fraction, [{ min, max }]), () => solve({ min, values: Array.from({ length: max - min + 1 }, (_, at) => Math.floor((weight * (min + at) + fraction.base) / fraction.denominator)) }));
}

/** The smaller terms together: of one input by a formula where there is one. */
function emitOthers(graph: Graph, fraction: Fraction, inputs: readonly Origin[], place: Place): Lanes | undefined {
  const [only, second] = inputs;
  if (only !== undefined && second === undefined) {
    const formula = formulaOf(fraction, graph.facts.channel(only));
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
function addBytes(graph: Graph, apart: Separated, place: Place): Lanes | undefined {
  const { e } = graph;
  const [up, down] = upAndDown(graph, apart) ?? [];
  if (up === undefined || down === undefined) return undefined;
  return e.map(e.as(graph.value(apart.main, place), 'u8'), 'u8', (part, index) => i8x16.sub_sat_u(i8x16.add_sat_u(part, up.parts[index] ?? e.int(0)), down.parts[index] ?? e.int(0)));
}

const isSmallLuma = ({ min, max }: Range): boolean => min >= 0 && max <= 0x3fff;

/** A row of a colour matrix before its clamp, in 16-bit lanes, and how far it can go; undefined where 32-bit lanes must do it. */
export function emitUnclampedRow(graph: Graph, row: RationalRow, rounding: Rounding, index: number, place: Place): { readonly lanes: Lanes; readonly range: Range } | undefined {
  const { e } = graph;
  const fraction = fractionOf(row, rounding);
  if (row.bits > 15 || fraction === undefined) return undefined;
  const inputs = row.terms.map(({ from }): Origin => ({ index: index - 1, name: from }));
  const { min, max } = sumBounds(fraction.weights, fraction.base, inputs.map((origin): Range => graph.facts.channel(origin)));
  const range = { min: Math.floor(min / fraction.denominator), max: Math.floor(max / fraction.denominator) };
  const apart = separate(graph, row, rounding, index, place);
  const single = apart === undefined || !isSmallLuma(graph.facts.channel(apart.main)) ? undefined : held(graph, apart, apart.key, apart.others);
  if (apart !== undefined && single !== undefined) {
    const others = apart.doubles ? doubled(e, single) : single;
    return { lanes: e.map(e.as(graph.value(apart.main, place), 'i16'), 'i16', (part, at) => i16x8.add(part, others.parts[at] ?? e.int(0))), range };
  }
  const lanes = emitFraction(graph, fraction, inputs, place);
  return lanes === undefined ? undefined : { lanes, range };
}

/** A row of a colour matrix, rounded and clamped, in narrow lanes; undefined where 32-bit lanes must do it. */
export function emitMatrixRow(graph: Graph, row: RationalRow, rounding: Rounding, index: number, place: Place): Lanes | undefined {
  const { e } = graph;
  const apart = row.bits === 8 ? separate(graph, row, rounding, index, place) : undefined;
  const { min, max } = apart === undefined ? { min: -1, max: 0 } : graph.facts.channel(apart.main);
  const bytes = apart === undefined || min < 0 || max > 255 ? undefined : addBytes(graph, apart, place);
  if (bytes !== undefined) return bytes;
  const open = emitUnclampedRow(graph, row, rounding, index, place);
  if (open === undefined || row.bits === 8) return open === undefined ? undefined : e.as(open.lanes, 'u8');
  return e.map(open.lanes, 'i16', (part) => i16x8.min_s(i16x8.max_s(part, e.half(0)), e.half(2 ** row.bits - 1)));
}
