import { i16x8, i32x4 } from '../../../wasm/index.ts';
import type { Range } from '../forms/fraction.ts';
import { fractionOf, quotientBounds } from '../forms/fraction.ts';
import type { RowQuestion } from '../forms/row.ts';
import { ROW_FORMS, findRow } from '../forms/rows.ts';
import type { FoundRow, RowId, RowParameters } from '../forms/rows.ts';
import type { Step } from '../../../pipeline/step.ts';
import { emitDivision } from '../lanes/division.ts';
import type { Lanes, Vector } from '../lanes/lanes.ts';
import { emitByteSum, emitLumaSum } from './lumaSum.ts';
import { storageOf } from './operands.ts';
import { emitQuotient } from './quotients.ts';
import type { RowPlace } from './rowPlace.ts';
import { emitSplitDivision } from './splitDivision.ts';
import { emitSplitFixedPoint } from './splitFixedPoint.ts';

/** One product an input, in 32-bit lanes; clamped. */
function emitInt32({ graph, index, place }: RowPlace, { names, fraction: { weights, base }, division, floor, most }: RowParameters['int32']): Lanes {
  const { e } = graph;
  const inputs = names.map((name) => e.as(graph.value({ index: index - 1, name }, place), 'i32'));
  const [first] = inputs;
  const sums = (add: number): readonly Vector[] => (first?.parts ?? []).map((_, part) => {
    let sum: Vector = e.int(base + add);
    for (const [term, weight] of weights.entries()) {
      const value = inputs[term]?.parts[part];
      if (value !== undefined) sum = i32x4.add(sum, weight === 1 ? value : i32x4.mul(value, e.int(weight)));
    }
    return floor === 'sum' ? i32x4.max_s(sum, e.int(0)) : sum;
  });
  const quotients = emitDivision(e, division, sums).map((part) => (floor === 'quotient' ? i32x4.max_s(part, e.int(0)) : part));
  return { kind: 'i32', count: first?.count ?? 0, parts: quotients.map((part) => e.f.let(most === undefined ? part : i32x4.min_s(part, e.int(most)))) };
}

/** What writes each form. */
const EMITTERS: { readonly [Id in RowId]: (at: RowPlace, parameters: RowParameters[Id]) => Lanes | undefined } = {
  'byte-sum': emitByteSum,
  'luma-sum': emitLumaSum,
  'split-fixed-point': emitSplitFixedPoint,
  'split-division': emitSplitDivision,
  'pixel-quotient': ({ graph, index, place }, { names, quotient }) => graph.e.as(emitQuotient({ graph, inputs: names.map((name) => ({ index: index - 1, name })), place }, quotient), 'i16'),
  'int32': emitInt32,
};

/** One form’s lanes, before the clamp where it does not clamp itself. */
export function emitFound<Id extends RowId>(at: RowPlace, { form, parameters }: FoundRow<Id>): Lanes {
  const lanes = EMITTERS[form](at, parameters);
  if (lanes === undefined) throw new TypeError(`${at.row.to} has no inputs.`);
  return lanes;
}

type RowsStep = Extract<Step, { kind: 'matrix' | 'rescale' }>;

/** What a step asks for a row. */
export function questionOf({ graph, row, index, place }: RowPlace, step: RowsStep, isClamped: boolean): RowQuestion {
  return {
    row, isClamped, rounding: step.rounding, isMatrix: step.kind === 'matrix',
    channels: [...new Set(step.rows.flatMap(({ terms }) => terms.map(({ from }) => from)))],
    rangeOf: (name) => graph.flow.channel({ index: index - 1, name }),
    storageOf: (names) => storageOf(graph, names, index, place),
  };
}

/** A row rounded and clamped, in the narrowest lanes that are known to do it. */
export function emitRow(at: RowPlace, step: RowsStep): Lanes {
  const { graph: { e }, row: { bits, to } } = at;
  const found = findRow(questionOf(at, step, true));
  if (found === undefined) throw new TypeError(`No form gives ${to}.`);
  const lanes = emitFound(at, found);
  if (ROW_FORMS[found.form].clamps) return lanes;
  if (bits === 8) return e.as(lanes, 'u8');
  return e.map(lanes, 'i16', (part) => i16x8.min_s(i16x8.max_s(part, e.half(0)), e.half(2 ** bits - 1)));
}

/** A row before its clamp, in 16-bit lanes, and how far it can go; undefined where there is no such form. */
export function emitOpenRow(at: RowPlace, step: RowsStep): { readonly lanes: Lanes; readonly range: Range } | undefined {
  const question = questionOf(at, step, false);
  const [fraction, found] = [fractionOf(at.row, step.rounding), findRow(question)];
  if (fraction === undefined || found === undefined) return undefined;
  const { min, max } = quotientBounds(fraction, at.row.terms.map(({ from }) => question.rangeOf(from)));
  const { stopsAt = { min: -Infinity, max: Infinity } } = ROW_FORMS[found.form];
  return { lanes: emitFound(at, found), range: { min: Math.max(min, stopsAt.min), max: Math.min(max, stopsAt.max) } };
}
