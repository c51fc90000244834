import type { QuantTable } from './quantTables.ts';

/** The transform's coefficients are 8 times the DCT's. */
export const DCT_SCALE = 8;

/**
 * Coefficients divided by their steps, rounded half away from zero; row by row, as the coefficients are.
 * @param block coefficients × 8, row by row   @param levels receives 64 levels from `at` on
 */
export function quantise(block: Int32Array, table: QuantTable, levels: Int16Array, at: number): void {
  for (let index = 0; index < 64; index += 1) {
    const step = table[index] * DCT_SCALE;
    const coefficient = block[index];
    const level = ((Math.abs(coefficient) + (step >> 1)) / step) | 0;
    levels[at + index] = coefficient < 0 ? -level : level;
  }
}

/** A division by `DCT_SCALE` × step as 16-bit lanes can do it, without a wider product. */
export interface LaneDivisor {
  /** Half the divisor. */
  readonly bias: number;
  /** ⌈2¹⁴⁺ˢ / step⌉, where 2ˢ ≤ step < 2ˢ⁺¹: 13 or 14 significant bits whatever the step. */
  readonly reciprocal: number;
  /** Half of what the last multiplication divides by: it rounds, and the quotient is to be floored. */
  readonly half: number;
  /** 2¹²⁻ˢ */
  readonly scale: number;
}

/** @param step 1 … 255 */
export function laneDivisor(step: number): LaneDivisor {
  const exponent = 31 - Math.clz32(step);
  return { bias: (step * DCT_SCALE) >> 1, reciprocal: Math.ceil(2 ** (14 + exponent) / step), half: 2 ** (exponent + 2), scale: 2 ** (12 - exponent) };
}

const q15mulr = (a: number, b: number): number => (a * b + 0x4000) >> 15;

/**
 * What the vector code computes in each lane; equal to the plain division for magnitudes up to 8 × 1024 and beyond.
 * The sum is cut to whole steps of 8 first, ⌊(n + 4q) / 8⌋ = m < 2¹¹: then ⌊m / q⌋ is the rounded quotient, and a
 * step of m moves 8 · 2ˢ · m / q by more than 4, far above the error (< 1.1) of the 16-bit reciprocal.
 */
export function divideLane(magnitude: number, { bias, reciprocal, half, scale }: LaneDivisor): number {
  const wholeSteps = ((magnitude + bias) << 1) & 0xfff0;
  return q15mulr(q15mulr(wholeSteps, reciprocal) - half, scale);
}
