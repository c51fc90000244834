import { i16x8, i32x4 } from '../../../wasm/index.ts';
import { floorOf } from '../lanes/arithmetic.ts';
import { halfDivision } from '../forms/q15Division.ts';
import { dotSum, pairsOf, pairsOfQuads, wideProduct } from '../lanes/dots.ts';
import type { Pairs } from '../lanes/dots.ts';
import type { Emitter } from '../lanes/emitter.ts';
import type { Origin } from '../graph/dataflow.ts';
import { fixedPoint, isNarrow } from '../forms/fixedPoint.ts';
import { fits32, isHalf, quotientBounds, sumBounds } from '../forms/fraction.ts';
import type { FixedPoint } from '../forms/fixedPoint.ts';
import type { Fraction, Range } from '../forms/fraction.ts';
import type { Graph } from '../graph/graph.ts';
import type { Lanes, Vector } from '../lanes/lanes.ts';
import { multiwordMul } from '../forms/multiwordMul.ts';
import type { MultiwordDot } from '../forms/multiwordDot.ts';
import { emitMultiwordMul, isPartlySpread, rowSum } from './products.ts';
import { bytePairs, quadNames } from '../graph/permute.ts';
import { placeKey } from '../graph/source.ts';
import type { Place } from '../graph/source.ts';

/** The inputs of a row two by two; straight from pixels of four bytes, or from chroma of two, where they are just that. */
function pairsFor(graph: Graph, inputs: readonly Origin[], place: Place): readonly Pairs[] {
  const bytes = place.even ? undefined : bytePairs(graph, inputs);
  if (bytes !== undefined) return graph.sharedPairs(`plane ${String(bytes.plane)} ${placeKey(place)}`, () => [{ ...bytes, vectors: graph.source.bytePairs(bytes.plane, place.row) }]);
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
  const single = only === undefined || second !== undefined || range === undefined ? undefined : wideProduct(graph.e, () => graph.value(only, place), range, weights[0] ?? 0, add);
  return single ?? dotSum(graph.e, pairsFor(graph, inputs, place), new Map(inputs.map(({ name }, index) => [name, weights[index] ?? 0])), add);
}

/** @param sum Σ weight·x + add */
function emitFixed(e: Emitter, { weights, times, add, shift, isUnsigned }: FixedPoint, sum: (weights: readonly number[], add: number) => readonly Vector[]): readonly Vector[] {
  const sums = times === 1 ? sum(weights, add) : sum(weights, 0).map((part) => i32x4.add(i32x4.mul(part, e.int(times)), e.int(add)));
  return sums.map((part) => (isUnsigned ? i32x4.shr_u : i32x4.shr_s)(part, shift));
}

/** A fraction of several inputs, rounded down, in 16-bit lanes; undefined where no exact form is known that is quicker than a division in 32 bits. */
export function emitFraction(graph: Graph, fraction: Fraction, inputs: readonly Origin[], place: Place): Lanes | undefined {
  const { e } = graph;
  const ranges = inputs.map((origin): Range => graph.flow.channel(origin));
  const { min, max } = sumBounds(fraction.weights, fraction.base, ranges);
  if (!ranges.every(isHalf) || !isHalf(quotientBounds(fraction, ranges))) return undefined;
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
  // Of weights of more than 16 bits, one product a number is less than two a pair, where chroma's are made for several columns at once.
  if (fixed?.times === 1 && isPartlySpread(graph, inputs, place)) return toHalves(emitFixed(e, fixed, (weights, add) => rowSum(graph, inputs, place, weights, add)));
  if (fixed !== undefined) return toHalves(emitFixed(e, fixed, sum));
  // Whole numerators, divided exactly; half a denominator and more is taken from them first.
  if (!fits32(fraction.weights, fraction.base - fraction.denominator, ranges)) {
    const multiword = multiwordMul(fraction, ranges);
    return multiword === undefined ? undefined : toHalves(emitMultiwordMul(graph, multiword, inputs, place));
  }
  return toHalves(floorOf(e, (add) => sum(fraction.weights, fraction.base + add), fraction.denominator, { min, max }));
}

/** The same, raised to the upper bits of their lanes. */
function raisedPairs(graph: Graph, inputs: readonly Origin[], place: Place, raise: number): readonly Pairs[] {
  const key = `${inputs.map(({ index, name }) => `${String(index)} ${name}`).join()} ${placeKey(place)} raised by ${String(raise)}`;
  return graph.sharedPairs(key, () => pairsFor(graph, inputs, place).map((pairs) => ({ ...pairs, vectors: pairs.vectors.map((vector) => graph.e.hold(i16x8.shl(vector, raise))) })));
}

/** A fraction in its long form, in 32-bit lanes. */
export function emitMultiwordDot(graph: Graph, { raise, upper, add, shift, finer }: MultiwordDot, inputs: readonly Origin[], place: Place): readonly Vector[] {
  const { e } = graph;
  const named = (weights: readonly number[]): ReadonlyMap<string, number> => new Map(inputs.map(({ name }, term) => [name, weights[term] ?? 0]));
  const joined = (sums: readonly Vector[], carried: readonly Vector[]): readonly Vector[] => sums.map((sum, part) => { const carry = carried[part]; return carry === undefined ? sum : i32x4.add(sum, carry); });
  let carried: readonly Vector[] = [];
  for (const part of finer.toReversed()) carried = joined(dotSum(e, pairsFor(graph, inputs, place), named(part.weights), part.add), carried).map((sum) => (part.carry === 0 ? sum : i32x4.shr_s(sum, part.carry)));
  return joined(dotSum(e, raisedPairs(graph, inputs, place, raise), named(upper), add), carried).map((sum) => i32x4.shr_s(sum, shift));
}
