import type { Quotient } from './fraction.ts';
import { dividedSum } from './division.ts';
import type { DividedSum } from './division.ts';
import { fixedPoint, wideFixedPoint } from './fixedPoint.ts';
import type { FixedPoint } from './fixedPoint.ts';
import { findForm, tryForm } from './form.ts';
import type { Form, Found } from './form.ts';
import type { Formula } from './formulaCore.ts';
import { multiwordDot } from './multiwordDot.ts';
import type { MultiwordDot } from './multiwordDot.ts';
import { multiwordMul } from './multiwordMul.ts';
import type { MultiwordMul } from './multiwordMul.ts';
import { oneInput } from './oneInput.ts';
import { q15DividedSum } from './q15Division.ts';
import type { Q15DividedSum } from './q15Division.ts';

/** The constants of each form of a quotient. */
export interface QuotientParameters {
  readonly 'one-input': Formula;
  readonly 'fixed-point': FixedPoint;
  readonly 'multiword-dot': MultiwordDot;
  readonly 'q15-division': Q15DividedSum;
  readonly 'wide-fixed-point': FixedPoint;
  readonly 'division': DividedSum;
  readonly 'multiword-mul': MultiwordMul;
}

export type QuotientId = keyof QuotientParameters;
export type FoundQuotient<Id extends QuotientId = QuotientId> = Found<QuotientParameters, Id>;

/** Every way to round a fraction down, the cheapest first. */
export const QUOTIENT_FORMS: { readonly [Id in QuotientId]: Form<Quotient, QuotientParameters[Id], readonly number[]> } = {
  'one-input': oneInput,
  'fixed-point': fixedPoint,
  'multiword-dot': multiwordDot,
  'q15-division': q15DividedSum,
  'wide-fixed-point': wideFixedPoint,
  'division': dividedSum,
  'multiword-mul': multiwordMul,
};

/** Of several inputs at every pixel. */
export const PIXEL_QUOTIENTS: readonly QuotientId[] = ['fixed-point', 'q15-division', 'wide-fixed-point', 'division', 'multiword-mul'];
/** Of chroma alone, which one or two channels are: of one, a formula where it has few values. */
export const CHROMA_QUOTIENTS: readonly QuotientId[] = ['one-input', ...PIXEL_QUOTIENTS];
/** The same of bytes that lie in turns: other rows want them as pairs too, of which one product does this row. */
export const PAIRED_QUOTIENTS: readonly QuotientId[] = ['fixed-point', ...CHROMA_QUOTIENTS];
/** Of chroma in parts of a step, where denominators are large. */
export const STEP_QUOTIENTS: readonly QuotientId[] = ['multiword-dot', ...PIXEL_QUOTIENTS];
/** The same where results need more than 16 bits. */
export const LONG_QUOTIENTS: readonly QuotientId[] = ['multiword-dot', 'multiword-mul'];

/** One form’s answer. */
export const tryQuotient = <Id extends QuotientId>(form: Id, quotient: Quotient): FoundQuotient<Id> | undefined => tryForm(QUOTIENT_FORMS, form, quotient);

/** The first form that is exact for every input. */
export const findQuotient = (ids: readonly QuotientId[], quotient: Quotient): FoundQuotient | undefined => findForm(QUOTIENT_FORMS, ids, quotient);

/** What the lanes compute. @param inputs in the order of the weights */
export const quotientValue = <Id extends QuotientId>({ form, parameters }: FoundQuotient<Id>, inputs: readonly number[]): number => QUOTIENT_FORMS[form].value(parameters, inputs);
