import type { Rounding } from '../../../pipeline/rounding.ts';
import type { RationalRow } from '../../../pipeline/step.ts';
import { i16x8 } from '../../../wasm/index.ts';
import { beforeUpsampling, doubled } from '../graph/chroma.ts';
import type { Origin } from '../graph/dataflow.ts';
import { fractionOf, isHalf, reduced, sumBounds } from '../forms/fraction.ts';
import type { Fraction, Range } from '../forms/fraction.ts';
import { emitFraction, emitMultiwordDot } from './quotients.ts';
import type { Graph, Recipe } from '../graph/graph.ts';
import type { Lanes } from '../lanes/lanes.ts';
import { FRACTION_BITS, LUMA_FORMS, PART_BITS, chromaValues } from '../forms/lumaForm.ts';
import type { LumaForm } from '../forms/lumaForm.ts';
import { multiwordDot } from '../forms/multiwordDot.ts';
import { held, othersOf } from './lumaSum.ts';
import { quadNames } from '../graph/permute.ts';
import { placeKey } from '../graph/source.ts';
import type { Place } from '../graph/source.ts';

/** A row of luma with a weight that has a form, and of chroma. */
interface Weighted {
  readonly form: LumaForm;
  readonly main: Origin;
  readonly others: readonly Origin[];
  /** Chroma's part as a multiple of 1 / the form's denominator, as it goes into t. */
  readonly chroma: Fraction;
}

/** T + shift. */
export const multiplesOf = ({ terms }: RationalRow, { base, denominator }: Fraction, form: Pick<LumaForm, 'denominator' | 'shift'>, names: readonly string[]): Fraction => reduced({
  weights: names.map((name) => (terms.find(({ from }) => from === name)?.weight ?? 0) * form.denominator),
  base: base * form.denominator + form.shift * denominator,
  denominator,
});

function weighted(graph: Graph, row: RationalRow, rounding: Rounding, index: number): Weighted | undefined {
  const whole = fractionOf(row, rounding);
  if (row.bits !== 8 || whole === undefined || row.terms.length < 2) return undefined;
  for (const form of LUMA_FORMS) {
    const luma = row.terms.find(({ weight }) => weight * form.denominator === row.denominator * form.numerator);
    if (luma === undefined) continue;
    const main = { index: index - 1, name: luma.from };
    const { min, max } = graph.flow.channel(main);
    const others = othersOf(graph, index, luma.from);
    const chroma = multiplesOf(row, whole, form, others.map(({ name }) => name));
    const range = chromaRange(graph, chroma, others, form);
    if (min >= 0 && max <= 255 && range.min >= -form.most && range.max <= form.most) return { form, main, others, chroma };
  }
  return undefined;
}

/** T. */
function chromaRange({ flow }: Graph, { weights, base, denominator }: Fraction, others: readonly Origin[], { shift }: LumaForm): Range {
  const { min, max } = sumBounds(weights, base, others.map((origin): Range => flow.channel(origin)));
  return { min: Math.floor(min / denominator) - shift, max: Math.floor(max / denominator) - shift };
}

/** x(Y), for all rows. */
function emitLuma(graph: Graph, { centre, whole, part }: LumaForm, main: Origin, place: Place): Lanes | undefined {
  const { e } = graph;
  return graph.shared(`weighted ${String(main.index)} ${main.name} ${placeKey(place)}`, () => e.map(e.as(graph.value(main, place), 'i16'), 'i16', (luma) => {
    const u = e.hold(i16x8.sub(luma, e.half(centre)));
    return i16x8.add(i16x8.mul(u, e.half(whole)), i16x8.shr_s(i16x8.mul(u, e.half(part)), PART_BITS));
  }));
}

/** T + shift. */
function emitMultiple(graph: Graph, { chroma }: Weighted, inputs: readonly Origin[], place: Place, key: string): Lanes | undefined {
  return graph.shared(`${key} in steps`, () => {
    const long = multiwordDot(chroma, inputs.map((origin): Range => graph.flow.channel(origin)));
    if (long === undefined) return emitFraction(graph, chroma, inputs, place);
    return graph.e.as(graph.e.lanes('i32', graph.count(inputs[0] ?? { index: 0, name: '' }, place), emitMultiwordDot(graph, long, inputs, place)), 'i16');
  });
}

/** The numbers of t(T): their sum where it fits, the two where it does not. */
function emitChroma(graph: Graph, row: Weighted, name: string, place: Place): readonly Lanes[] | undefined {
  const { e, flow } = graph;
  const { form, chroma, others } = row;
  const { inputs, ...before } = beforeUpsampling(graph, others, place) ?? { inputs: others, place, doubles: false };
  const [first] = inputs;
  if (first === undefined) return undefined;
  const isTall = flow.channel(first).sub.y > 1;
  // Pixels of four bytes that each have their own chroma are pairs of luma and chroma as they are.
  if (!isTall && !before.doubles && quadNames(graph, inputs) !== undefined) return undefined;
  const { min, max } = chromaRange(graph, chroma, others, form);
  const isOne = isHalf({ min: sum(chromaValues(form, min)), max: sum(chromaValues(form, max)) });
  const key = `weighted ${name} ${placeKey(before.place)}`;
  const multiple: Recipe = (at) => emitMultiple(at, row, inputs, before.place, key);
  const made = isOne
    ? [held(graph, { isTall }, key, (at) => emitChromaSum(at, form, multiple(at), true))]
    : [held(graph, { isTall }, `${key} first`, multiple), held(graph, { isTall }, `${key} second`, (at) => emitChromaSum(at, form, multiple(at), false))];
  const lanes = made.filter((one) => one !== undefined);
  return lanes.length === made.length ? lanes.map((one) => (before.doubles ? doubled(e, one) : one)) : undefined;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function emitChromaSum({ e }: Graph, { multiplier, add }: LumaForm, s: Lanes | undefined, withFirst: boolean): Lanes | undefined {
  return s === undefined ? undefined : e.map(s, 'i16', (part) => {
    const second = i16x8.add(i16x8.q15mulr_sat_s(part, e.half(multiplier)), e.half(add));
    return withFirst ? i16x8.add(part, second) : second;
  });
}

/** A row of weighted luma and chroma, in 16-bit lanes, beyond bytes where it is; undefined where luma's weight has no form. */
export function emitWeighted(graph: Graph, row: RationalRow, rounding: Rounding, index: number, place: Place): Lanes | undefined {
  const { e } = graph;
  const found = weighted(graph, row, rounding, index);
  const chroma = found === undefined ? undefined : emitChroma(graph, found, `${String(index)} ${row.to}`, place);
  const luma = found === undefined || chroma === undefined ? undefined : emitLuma(graph, found.form, found.main, place);
  if (chroma === undefined || luma === undefined) return undefined;
  return e.map(luma, 'i16', (part, at) => i16x8.shr_s(chroma.reduce((total, { parts }) => i16x8.add_sat_s(total, parts[at] ?? e.int(0)), part), FRACTION_BITS));
}
