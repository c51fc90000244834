import { i16x8, i32x4 } from '../../../wasm/index.ts';
import type { FoundQuotient, QuotientId, QuotientParameters } from '../forms/quotients.ts';
import { emitDivision } from '../lanes/division.ts';
import { emitFormula } from '../lanes/formulaLanes.ts';
import type { Lanes, Vector } from '../lanes/lanes.ts';
import { countOf, dots, raisedDots, linearSum } from './operands.ts';
import type { Operands } from './operands.ts';
import { isPartlySpread, rowProducts } from './products.ts';

const words = (operands: Operands, sums: readonly Vector[]): Lanes => operands.graph.e.lanes('i32', countOf(operands), sums);

const joined = (sums: readonly Vector[], carries: readonly Vector[]): readonly Vector[] => sums.map((sum, part) => { const carry = carries[part]; return carry === undefined ? sum : i32x4.add(sum, carry); });

function emitFixedPoint(operands: Operands, { weights, times, add, shift, isUnsigned }: QuotientParameters['fixed-point']): Lanes {
  const { e } = operands.graph;
  const sums = times === 1 ? linearSum(operands, weights, add) : linearSum(operands, weights, 0).map((part) => i32x4.add(i32x4.mul(part, e.int(times)), e.int(add)));
  return words(operands, sums.map((part) => (isUnsigned ? i32x4.shr_u : i32x4.shr_s)(part, shift)));
}

/** Of weights of more than 16 bits, one product a number is less than two a pair, where chroma's are made for several columns at once. */
function emitWideFixedPoint(operands: Operands, fixed: QuotientParameters['wide-fixed-point']): Lanes {
  if (fixed.times !== 1 || !isPartlySpread(operands)) return emitFixedPoint(operands, fixed);
  return words(operands, rowProducts(operands, fixed.weights, fixed.add).map((part) => (fixed.isUnsigned ? i32x4.shr_u : i32x4.shr_s)(part, fixed.shift)));
}

function emitMultiwordDot(operands: Operands, { raise, upper, add, shift, finer }: QuotientParameters['multiword-dot']): Lanes {
  let carries: readonly Vector[] = [];
  for (const part of finer.toReversed()) carries = joined(dots(operands, part.weights, part.add), carries).map((sum) => (part.carry === 0 ? sum : i32x4.shr_s(sum, part.carry)));
  return words(operands, joined(raisedDots(operands, raise, upper, add), carries).map((sum) => i32x4.shr_s(sum, shift)));
}

function emitMultiwordMul(operands: Operands, { parts, bits, shift }: QuotientParameters['multiword-mul']): Lanes {
  let carries: readonly Vector[] = [];
  for (const [index, { weights, add }] of parts.entries()) {
    const sums = joined(rowProducts(operands, weights, add), carries);
    carries = sums.map((sum) => (index < parts.length - 1 ? i32x4.shr_u(sum, bits) : i32x4.shr_s(sum, shift)));
  }
  return words(operands, carries);
}

function emitQ15Division(operands: Operands, { fraction, division: { before, multiplier, after } }: QuotientParameters['q15-division']): Lanes {
  const { e } = operands.graph;
  const sums = words(operands, linearSum(operands, fraction.weights, fraction.base).map((part) => (before === 0 ? part : i32x4.shr_u(part, before))));
  return e.map(e.as(sums, 'i16'), 'i16', (part) => {
    const quotient = i16x8.q15mulr_sat_s(part, e.half(multiplier));
    return after === 0 ? quotient : i16x8.shr_s(quotient, after);
  });
}

/** What writes each form. */
const EMITTERS: { readonly [Id in QuotientId]: (operands: Operands, parameters: QuotientParameters[Id]) => Lanes | undefined } = {
  'one-input': ({ graph, inputs: [only], place }, formula) => (only === undefined ? undefined : emitFormula(graph.e, formula, graph.value(only, place))),
  'fixed-point': emitFixedPoint,
  'multiword-dot': emitMultiwordDot,
  'q15-division': emitQ15Division,
  'wide-fixed-point': emitWideFixedPoint,
  'division': (operands, { fraction: { weights, base }, division }) => words(operands, emitDivision(operands.graph.e, division, (add) => linearSum(operands, weights, base + add))),
  'multiword-mul': emitMultiwordMul,
};

/** A quotient in 16- or 32-bit lanes. */
export function emitQuotient<Id extends QuotientId>(operands: Operands, { form, parameters }: FoundQuotient<Id>): Lanes {
  const lanes = EMITTERS[form](operands, parameters);
  if (lanes === undefined) throw new TypeError('A quotient without inputs.');
  return lanes;
}
