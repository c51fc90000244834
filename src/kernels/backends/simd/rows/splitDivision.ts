import type { Rounding } from '../../../pipeline/rounding.ts';
import type { RationalRow } from '../../../pipeline/step.ts';
import { i16x8, i32x4 } from '../../../wasm/index.ts';
import { floorOf } from '../lanes/arithmetic.ts';
import { beforeUpsampling, doubled } from '../graph/chroma.ts';
import type { Origin } from '../graph/dataflow.ts';
import { fractionOf, isHalf, reduced, sumBounds } from '../forms/fraction.ts';
import type { Fraction, Range } from '../forms/fraction.ts';
import { emitMultiwordDot } from './quotients.ts';
import type { Graph } from '../graph/graph.ts';
import type { Lanes, Vector } from '../lanes/lanes.ts';
import { PER_VECTOR } from '../lanes/lanes.ts';
import { multiwordMul } from '../forms/multiwordMul.ts';
import { multiwordDot } from '../forms/multiwordDot.ts';
import { LUMA_QUOTIENTS } from '../forms/lumaForm.ts';
import type { LumaQuotient } from '../forms/lumaForm.ts';
import { emitMultiwordMul } from './products.ts';
import { held, othersOf } from './lumaSum.ts';
import { placeKey } from '../graph/source.ts';
import type { Place } from '../graph/source.ts';

/**
 * floor((numerator·Y + T) / denominator), T whole, in two halves and a carry: I + D + 1 where k + q reaches the denominator, with
 * numerator·Y = I·denominator + k and T = D·denominator + q. Luma's half is shared by all rows, chroma's by all samples it serves.
 */
interface Carried {
  readonly form: LumaQuotient;
  readonly main: Origin;
  readonly others: readonly Origin[];
  /** T, less what luma has of it. */
  readonly chroma: Fraction;
}

function carried(graph: Graph, row: RationalRow, rounding: Rounding, index: number): Carried | undefined {
  const whole = fractionOf(row, rounding);
  const [luma] = row.terms;
  if (whole === undefined || luma === undefined || row.terms.length < 2) return undefined;
  const main = { index: index - 1, name: luma.from };
  const { min, max } = graph.flow.channel(main);
  const form = LUMA_QUOTIENTS.find(({ numerator, denominator, most }) => luma.weight * denominator === row.denominator * numerator && min >= 0 && max <= most);
  if (form === undefined) return undefined;
  const others = othersOf(graph, index, luma.from);
  const weights = others.map(({ name }) => (row.terms.find(({ from }) => from === name)?.weight ?? 0) * form.denominator);
  return { form, main, others, chroma: reduced({ weights, base: whole.base * form.denominator - form.offset * whole.denominator, denominator: whole.denominator }) };
}

/** I, and k less the offset. */
function emitLuma(graph: Graph, { form: { numerator, denominator, multiplier, shift }, main }: Carried, place: Place): readonly [Lanes, Lanes] | undefined {
  const { e } = graph;
  const key = `carried ${String(main.index)} ${main.name} ${placeKey(place)}`;
  const luma = e.as(graph.value(main, place), 'i16');
  const beyond = graph.shared(`${key} beyond`, () => e.map(luma, 'i16', (part) => i16x8.shr_s(i16x8.q15mulr_sat_s(part, e.half(multiplier)), shift)));
  if (beyond === undefined) return undefined;
  const whole = graph.shared(key, () => e.map(luma, 'i16', (part, at) => i16x8.add(part, beyond.parts[at] ?? e.int(0))));
  const rest = graph.shared(`${key} rest`, () => e.map(luma, 'i16', (part, at) => i16x8.sub(i16x8.mul(part, e.half(numerator - denominator)), i16x8.mul(beyond.parts[at] ?? e.int(0), e.half(denominator)))));
  return whole === undefined || rest === undefined ? undefined : [whole, rest];
}

/** A fraction rounded down in 32-bit lanes; undefined where neither form is found. */
function emitFloor(graph: Graph, fraction: Fraction, inputs: readonly Origin[], place: Place): readonly Vector[] | undefined {
  const ranges = inputs.map((origin): Range => graph.flow.channel(origin));
  const long = multiwordDot(fraction, ranges);
  if (long !== undefined) return emitMultiwordDot(graph, long, inputs, place);
  const multiword = multiwordMul(fraction, ranges);
  return multiword === undefined ? undefined : emitMultiwordMul(graph, multiword, inputs, place);
}

/** D: from the inputs where that takes one part more at most, or by a division of T. */
function emitWholes(graph: Graph, { weights, base, denominator: parts }: Fraction, denominator: number, inputs: readonly Origin[], place: Place, multiples: readonly Vector[]): readonly Vector[] {
  const { e } = graph;
  const ranges = inputs.map((origin): Range => graph.flow.channel(origin));
  const direct = multiwordDot(reduced({ weights, base, denominator: parts * denominator }), ranges);
  if (direct !== undefined && direct.finer.length < 2) return emitMultiwordDot(graph, direct, inputs, place);
  const { min, max } = sumBounds(weights, base, ranges);
  // Numbers that are never negative are divided more quickly.
  const raised = Math.ceil(Math.max(0, -min / parts) / denominator);
  const range = { min: Math.floor(min / parts) + raised * denominator, max: Math.floor(max / parts) + raised * denominator };
  return floorOf(e, (add) => multiples.map((part) => i32x4.add(part, e.int(add + raised * denominator))), denominator, range).map((whole) => i32x4.sub(whole, e.int(raised)));
}

/** D, and what k must be above for a carry, one beside the other. */
function emitChroma(graph: Graph, { chroma, form: { denominator, offset } }: Carried, inputs: readonly Origin[], place: Place): Lanes | undefined {
  const { e } = graph;
  const multiples = emitFloor(graph, chroma, inputs, place)?.map((part) => e.hold(part));
  if (multiples === undefined) return undefined;
  const wholes = emitWholes(graph, chroma, denominator, inputs, place, multiples).map((part) => e.hold(part));
  const count = graph.count(inputs[0] ?? { index: 0, name: '' }, place);
  const above = wholes.map((whole, part) => i32x4.add(i32x4.sub(i32x4.dot_i16x8_s(whole, e.pair(denominator, 0)), multiples[part] ?? e.int(0)), e.int(denominator - 1 - offset)));
  const [low, high] = [wholes, above].map((parts) => e.as(e.lanes('i32', count, parts), 'i16').parts);
  return { kind: 'i16', count: 2 * PER_VECTOR.i16 * (low?.length ?? 0), parts: [...(low ?? []), ...(high ?? [])] };
}

/** A row with a luma weight from one to two whose denominator is small, in 16-bit lanes; undefined where it is not, or sums do not fit. */
export function emitCarried(graph: Graph, row: RationalRow, rounding: Rounding, index: number, place: Place, range: Range): Lanes | undefined {
  const { e } = graph;
  const found = isHalf(range) ? carried(graph, row, rounding, index) : undefined;
  if (found === undefined) return undefined;
  const { inputs, ...before } = beforeUpsampling(graph, found.others, place) ?? { inputs: found.others, place, doubles: false };
  const [first] = inputs;
  const isTall = first !== undefined && graph.flow.channel(first).sub.y > 1;
  // Two halves are more work than one sum, where nothing shares them.
  if (!isTall && !before.doubles) return undefined;
  const key = `carried ${String(index)} ${row.to} ${placeKey(before.place)}`;
  const both = held(graph, { isTall }, key, (at) => emitChroma(at, found, inputs, before.place));
  const luma = emitLuma(graph, found, place);
  if (both === undefined || luma === undefined || first === undefined) return undefined;
  const half = (from: number): Lanes => {
    const lanes: Lanes = { kind: 'i16', count: graph.count(first, before.place), parts: both.parts.slice(from, from + both.parts.length / 2) };
    return before.doubles ? doubled(e, lanes) : lanes;
  };
  const [wholes, limits, [own, left]] = [half(0), half(both.parts.length / 2), luma];
  return e.map(own, 'i16', (part, at) => i16x8.sub(i16x8.add(part, wholes.parts[at] ?? e.int(0)), i16x8.gt_s(left.parts[at] ?? e.int(0), limits.parts[at] ?? e.int(0))));
}
