import type { RationalRow } from '../../../pipeline/step.ts';
import type { Rounding } from '../../../pipeline/rounding.ts';
import type { Form } from './form.ts';
import type { Range } from './fraction.ts';

/** How some of a row’s inputs are stored: what may be computed for several pixels at once, and what lies ready. */
export interface Storage {
  /** Whether each of their samples serves two columns. */
  readonly spread: boolean;
  /** Whether each of their samples serves several rows. */
  readonly tall: boolean;
  /** Whether they are bytes of the same four-byte pixels. */
  readonly quads: boolean;
  /** Whether they lie in turns in a plane of bytes. */
  readonly paired: boolean;
}

/** Nothing that a form could make use of. Storage decides which form is taken, never whether there is one. */
export const PLAIN_STORAGE: Storage = { spread: false, tall: false, quads: false, paired: false };

/** A row of exact fractions that is to be computed: floor((Σ weight·x + base) / denominator), then clamped to 0 … 2^bits − 1. */
export interface RowQuestion {
  readonly row: RationalRow;
  readonly rounding: Rounding;
  /** Whether the row is one of a colour matrix, which 16-bit lanes are for. */
  readonly isMatrix: boolean;
  /** Whether the form may clamp. Otherwise what lies beyond is wanted as it is, or beyond the same end. */
  readonly isClamped: boolean;
  /** All that the step’s rows take, in one order, so that rows share their pairs. */
  readonly channels: readonly string[];
  readonly rangeOf: (name: string) => Range;
  readonly storageOf: (names: readonly string[]) => Storage;
}

/** A row’s inputs by their names. */
export type RowInputs = (name: string) => number;

export interface RowForm<Parameters> extends Form<RowQuestion, Parameters, RowInputs> {
  /** Whether results are clamped already. */
  readonly clamps: boolean;
  /** Where results stop by themselves. */
  readonly stopsAt?: Range;
}

/** Bits of results that 16-bit lanes hold before their clamp. */
const MOST_NARROW_BITS = 15;

export const isNarrowRow = ({ row, isMatrix }: RowQuestion): boolean => isMatrix && row.bits <= MOST_NARROW_BITS;
