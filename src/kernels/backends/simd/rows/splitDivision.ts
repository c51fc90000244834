import { i16x8, i32x4 } from '../../../wasm/index.ts';
import type { SplitDivision } from '../forms/splitDivision.ts';
import { doubled } from '../graph/chroma.ts';
import { placeKey } from '../graph/source.ts';
import { emitDivision } from '../lanes/division.ts';
import type { Lanes, Vector } from '../lanes/lanes.ts';
import { PER_VECTOR } from '../lanes/lanes.ts';
import { countOf, held, storedInputs } from './operands.ts';
import type { Operands } from './operands.ts';
import { emitQuotient } from './quotients.ts';
import type { RowPlace } from './rowPlace.ts';

/** I, and k less the offset. */
function emitLuma({ graph, index, place }: RowPlace, { constants: { numerator, denominator, multiplier, shift }, luma: name }: SplitDivision): readonly [Lanes, Lanes] | undefined {
  const { e } = graph;
  const key = `split division ${String(index - 1)} ${name} ${placeKey(place)}`;
  const luma = e.as(graph.value({ index: index - 1, name }, place), 'i16');
  const beyond = graph.shared(`${key} beyond`, () => e.map(luma, 'i16', (part) => i16x8.shr_s(i16x8.q15mulr_sat_s(part, e.half(multiplier)), shift)));
  if (beyond === undefined) return undefined;
  const whole = graph.shared(key, () => e.map(luma, 'i16', (part, at) => i16x8.add(part, beyond.parts[at] ?? e.int(0))));
  const rest = graph.shared(`${key} rest`, () => e.map(luma, 'i16', (part, at) => i16x8.sub(i16x8.mul(part, e.half(numerator - denominator)), i16x8.mul(beyond.parts[at] ?? e.int(0), e.half(denominator)))));
  return whole === undefined || rest === undefined ? undefined : [whole, rest];
}

/** D. @param multiples T */
function emitWholes(operands: Operands, { wholes, constants: { denominator } }: SplitDivision, multiples: readonly Vector[]): readonly Vector[] {
  const { e } = operands.graph;
  if (wholes.by === 'inputs') return emitQuotient(operands, { form: 'multiword-dot', parameters: wholes.form }).parts;
  const { division, raised } = wholes;
  return emitDivision(e, division, (add) => multiples.map((part) => i32x4.add(part, e.int(add + raised * denominator)))).map((whole) => i32x4.sub(whole, e.int(raised))).map((whole) => e.hold(whole));
}

/** D, and what k must be above for a carry, one beside the other. */
function emitChroma(operands: Operands, split: SplitDivision): Lanes {
  const { e } = operands.graph;
  const { denominator, offset } = split.constants;
  const multiples = emitQuotient(operands, split.multiples).parts;
  const wholes = emitWholes(operands, split, multiples);
  const above = wholes.map((whole, part) => i32x4.add(i32x4.sub(i32x4.dot_i16x8_s(whole, e.pair(denominator, 0)), multiples[part] ?? e.int(0)), e.int(denominator - 1 - offset)));
  const [low, high] = [wholes, above].map((parts) => e.as(e.lanes('i32', countOf(operands), parts), 'i16').parts);
  return { kind: 'i16', count: 2 * PER_VECTOR.i16 * (low?.length ?? 0), parts: [...(low ?? []), ...(high ?? [])] };
}

export function emitSplitDivision(at: RowPlace, split: SplitDivision): Lanes | undefined {
  const { graph, row, index, place } = at;
  const { e } = graph;
  const stored = storedInputs(graph, split.others, index, place);
  const both = held(graph, stored, `split division ${String(index)} ${row.to} ${placeKey(stored.place)}`, (there) => emitChroma({ graph: there, inputs: stored.inputs, place: stored.place }, split));
  const luma = emitLuma(at, split);
  if (both === undefined || luma === undefined) return undefined;
  const half = (from: number): Lanes => {
    const lanes: Lanes = { kind: 'i16', count: stored.count, parts: both.parts.slice(from, from + both.parts.length / 2) };
    return stored.doubles ? doubled(e, lanes) : lanes;
  };
  const [wholes, limits, [own, left]] = [half(0), half(both.parts.length / 2), luma];
  return e.map(own, 'i16', (part, vector) => i16x8.sub(i16x8.add(part, wholes.parts[vector] ?? e.int(0)), i16x8.gt_s(left.parts[vector] ?? e.int(0), limits.parts[vector] ?? e.int(0))));
}
