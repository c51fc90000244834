import { LabError } from '../../labError.ts';

/** Natural index of the k-th coefficient in zigzag order. @source ITU-T T.81, figure A.6 */
export const ZIGZAG: readonly number[] = [
  0, 1, 8, 16, 9, 2, 3, 10,
  17, 24, 32, 25, 18, 11, 4, 5,
  12, 19, 26, 33, 40, 48, 41, 34,
  27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36,
  29, 22, 15, 23, 30, 37, 44, 51,
  58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
];

/** Steps for luma, row by row. @source ITU-T T.81, table K.1 */
export const ANNEX_K_LUMA: readonly number[] = [
  16, 11, 10, 16, 24, 40, 51, 61,
  12, 12, 14, 19, 26, 58, 60, 55,
  14, 13, 16, 24, 40, 57, 69, 56,
  14, 17, 22, 29, 51, 87, 80, 62,
  18, 22, 37, 56, 68, 109, 103, 77,
  24, 35, 55, 64, 81, 104, 113, 92,
  49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];

/** Steps for chroma, row by row. @source ITU-T T.81, table K.2 */
export const ANNEX_K_CHROMA: readonly number[] = [
  17, 18, 24, 47, 99, 99, 99, 99,
  18, 21, 26, 66, 99, 99, 99, 99,
  24, 26, 56, 99, 99, 99, 99, 99,
  47, 66, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99,
];

/** 64 quantisation steps of 1 … 255, row by row (not zigzag). */
export type QuantTable = Uint8Array;

/** Tables of the user's own, row by row; Cr has Cb's where left out. */
export interface OwnTables {
  readonly y: ArrayLike<number>;
  readonly cb?: ArrayLike<number> | undefined;
  readonly cr?: ArrayLike<number> | undefined;
}

/** One table per component; components that share a table have the same object. */
export interface ComponentTables {
  readonly y: QuantTable;
  readonly cb: QuantTable;
  readonly cr: QuantTable;
}

/**
 * Steps scaled to a quality of 1 … 100; 50 gives the table itself.
 * @source Independent JPEG Group, libjpeg jcparam.c: jpeg_quality_scaling, jpeg_add_quant_table (baseline)
 */
export function scaleTable(base: readonly number[], quality: number): QuantTable {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - quality * 2;
  return Uint8Array.from(base, (step) => Math.min(255, Math.max(1, Math.floor((step * percent + 50) / 100))));
}

/** @throws LabError `jpeg/quality` */
export function checkQuality(quality: number): number {
  if (Number.isInteger(quality) && quality >= 1 && quality <= 100) return quality;
  throw new LabError({ code: 'jpeg/quality', what: `The quality (qfactor) is a whole number of 1 … 100; ${String(quality)} was given.`, remedy: 'Give 75 for ordinary pictures, 90 or more where details count.', vpiStatus: 'INVALID_ARGUMENT' });
}

function checkTable(name: string, steps: ArrayLike<number>): QuantTable {
  const refuse = (what: string): never => {
    throw new LabError({ code: 'jpeg/tables', what: `The ${name} quantisation table ${what}.`, remedy: 'Give 64 whole steps of 1 … 255, row by row.', vpiStatus: 'INVALID_ARGUMENT' });
  };
  if (steps.length !== 64) refuse(`has ${String(steps.length)} entries; 64 are needed`);
  const values = Array.from(steps);
  const wrong = values.findIndex((step) => !Number.isInteger(step) || step < 1 || step > 255);
  if (wrong >= 0) refuse(`has ${String(values[wrong])} as entry ${String(wrong)}`);
  return Uint8Array.from(values);
}

/**
 * The tables of a quality, or the user's own as they are.
 * @throws LabError `jpeg/quality`, `jpeg/tables`
 */
export function componentTables(quality: number, own?: OwnTables): ComponentTables {
  checkQuality(quality);
  if (own === undefined) {
    const chroma = scaleTable(ANNEX_K_CHROMA, quality);
    return { y: scaleTable(ANNEX_K_LUMA, quality), cb: chroma, cr: chroma };
  }
  const y = checkTable('Y', own.y);
  const cb = own.cb === undefined ? y : checkTable('Cb', own.cb);
  return { y, cb, cr: own.cr === undefined ? cb : checkTable('Cr', own.cr) };
}
