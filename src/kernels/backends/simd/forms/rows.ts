import { findForm, tryForm } from './form.ts';
import type { Found } from './form.ts';
import { byteSum, lumaSum } from './lumaSum.ts';
import type { LumaSum } from './lumaSum.ts';
import type { RowForm, RowInputs, RowQuestion } from './row.ts';
import { splitDivision } from './splitDivision.ts';
import type { SplitDivision } from './splitDivision.ts';
import { splitFixedPoint } from './splitFixedPoint.ts';
import type { SplitFixedPoint } from './splitFixedPoint.ts';
import { int32Row, pixelQuotient } from './wholeRow.ts';
import type { Int32Row, PixelQuotient } from './wholeRow.ts';

/** The constants of each form of a row. */
export interface RowParameters {
  readonly 'byte-sum': LumaSum;
  readonly 'luma-sum': LumaSum;
  readonly 'split-fixed-point': SplitFixedPoint;
  readonly 'split-division': SplitDivision;
  readonly 'pixel-quotient': PixelQuotient;
  readonly 'int32': Int32Row;
}

export type RowId = keyof RowParameters;
export type FoundRow<Id extends RowId = RowId> = Found<RowParameters, Id>;

/** Every way to compute a row of exact fractions. */
export const ROW_FORMS: { readonly [Id in RowId]: RowForm<RowParameters[Id]> } = {
  'byte-sum': byteSum,
  'luma-sum': lumaSum,
  'split-fixed-point': splitFixedPoint,
  'split-division': splitDivision,
  'pixel-quotient': pixelQuotient,
  'int32': int32Row,
};

/** The cheapest first. */
export const ROW_IDS: readonly RowId[] = ['byte-sum', 'luma-sum', 'split-fixed-point', 'split-division', 'pixel-quotient', 'int32'];

/** One form’s answer. */
export const tryRow = <Id extends RowId>(form: Id, question: RowQuestion): FoundRow<Id> | undefined => tryForm(ROW_FORMS, form, question);

/** The cheapest form that is exact for every input; undefined where none is. */
export const findRow = (question: RowQuestion): FoundRow | undefined => findForm(ROW_FORMS, ROW_IDS, question);

/** Whether some form is exact for every input: asked from the last, which are quickest to find. */
export const hasRow = (question: RowQuestion): boolean => findForm(ROW_FORMS, ROW_IDS.toReversed(), question) !== undefined;

/** What the lanes compute, before the clamp where the form does not clamp itself. */
export const rowValue = <Id extends RowId>({ form, parameters }: FoundRow<Id>, inputs: RowInputs): number => ROW_FORMS[form].value(parameters, inputs);
