import { MATRICES } from '../tables/colorSpecs.ts';
import type { MatrixId, RangeId } from '../tables/colorSpecs.ts';
import type { Fraction, Matrix3 } from './fraction.ts';
import { div, fraction, fromRatio, invert, mul, sub } from './fraction.ts';
import { rationalRow } from './rational.ts';
import type { RationalRow } from './step.ts';

const [ZERO, ONE, TWO] = [fraction(0), fraction(1), fraction(2)];
const half = (n: number, d: number): Fraction => fraction(n, d);

/** Y, Pb, Pr from R, G, B by luma weights. @source ITU-T H.273, equations 38…40 */
function fromLumaWeights(kr: Fraction, kb: Fraction): Matrix3 {
  const kg = sub(sub(ONE, kr), kb);
  const difference = (row: readonly Fraction[], k: Fraction): Fraction[] => row.map((weight) => div(weight, mul(TWO, sub(ONE, k))));
  return [
    [kr, kg, kb],
    difference([sub(ZERO, kr), sub(ZERO, kg), sub(ONE, kb)], kb),
    difference([sub(ONE, kr), sub(ZERO, kg), sub(ZERO, kb)], kr),
  ];
}

const YCGCO: Matrix3 = [
  [half(1, 4), half(1, 2), half(1, 4)],
  [half(-1, 4), half(1, 2), half(-1, 4)],
  [half(1, 2), ZERO, half(-1, 2)],
];
const IDENTITY_GBR: Matrix3 = [[ZERO, ONE, ZERO], [ZERO, ZERO, ONE], [ONE, ZERO, ZERO]];

/** Rows Y, U, V over columns R, G, B, for components of 0 … 1 (chroma −½ … ½). */
function analogMatrix(id: MatrixId): Matrix3 {
  const row = MATRICES[id];
  if ('kr' in row) return fromLumaWeights(fromRatio(row.kr), fromRatio(row.kb));
  return id === 'ycgco' ? YCGCO : IDENTITY_GBR;
}

/** code = scale · analog + offset. */
export interface Quantisation {
  readonly scale: Fraction;
  readonly offset: Fraction;
}

/**
 * How a component is coded in `bits`. Chroma is centred on 2^(bits−1), so that neutral stays neutral at every depth.
 * @source ITU-T H.273 §8.3, VideoFullRangeFlag
 */
export function quantisation(component: string, bits: number, range: RangeId, matrix: MatrixId): Quantisation {
  const chroma = (component === 'U' || component === 'V') && matrix !== 'rgb';
  const offset = chroma ? fraction(2 ** bits, 2) : ZERO;
  if (range === 'full' || component === 'A') return { scale: fraction(2 ** bits - 1), offset };
  const unit = fraction(2 ** bits, 256);
  return chroma ? { scale: mul(fraction(224), unit), offset } : { scale: mul(fraction(219), unit), offset: mul(fraction(16), unit) };
}

const FLOAT_FULL: Quantisation = { scale: ONE, offset: ZERO };

/** One component from one coding to another. `toFloat`: full scale becomes 1.0. */
export function recode(name: string, bits: number, from: Quantisation, to: Quantisation | 'float'): RationalRow {
  const target = to === 'float' ? FLOAT_FULL : to;
  return rationalRow(name, bits, [{ from: name, weight: div(target.scale, from.scale), centre: from.offset }], target.offset);
}

/** Rows for RGB (full range) → Y U V, of the named outputs. `bits` undefined: floats of 0 … 1. */
export function rgbToYuvRows(matrix: MatrixId, range: RangeId, bits: number | undefined, outputs: readonly string[]): readonly RationalRow[] {
  const weights = analogMatrix(matrix);
  const rgbScale = bits === undefined ? ONE : fraction(2 ** bits - 1);
  return ['Y', 'U', 'V'].flatMap((to, index) => {
    if (!outputs.includes(to)) return [];
    const { scale, offset } = bits === undefined ? FLOAT_FULL : quantisation(to, bits, range, matrix);
    const terms = ['R', 'G', 'B'].map((from, column) => ({ from, weight: div(mul(weights[index]?.[column] ?? ZERO, scale), rgbScale), centre: ZERO }));
    return [rationalRow(to, bits ?? 32, terms, offset)];
  });
}

/** Rows for Y U V → RGB of full range at the same depth. */
export function yuvToRgbRows(matrix: MatrixId, range: RangeId, bits: number): readonly RationalRow[] {
  const inverse = invert(analogMatrix(matrix));
  const rgbScale = fraction(2 ** bits - 1);
  return ['R', 'G', 'B'].map((to, index) => {
    const terms = ['Y', 'U', 'V'].map((from, column) => {
      const { scale, offset } = quantisation(from, bits, range, matrix);
      return { from, weight: div(mul(inverse[index]?.[column] ?? ZERO, rgbScale), scale), centre: offset };
    });
    return rationalRow(to, bits, terms, ZERO);
  });
}

