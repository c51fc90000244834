import { q15mulr } from './formulaCore.ts';

/**
 * floor((numerator·Y + T) / denominator) as a byte, for any whole T, by a sum of 16-bit numbers that stops at the ends by itself:
 * (x(Y) + t(T)) >> 7 with x + t near 128·(numerator·Y + T) / denominator. Seven fraction bits are enough because luma's multiples of
 * 1 / denominator are few; both are rounded, and the rounding of one never meets that of the other where it would matter.
 * u = Y − centre, s = T + shift: x = whole·u + (part·u >> 8), t = s + q15mulr(s, multiplier) + add.
 */
export interface LumaForm {
  readonly numerator: number;
  readonly denominator: number;
  /** T for which it was tried, either sign. */
  readonly most: number;
  readonly centre: number;
  readonly whole: number;
  readonly part: number;
  readonly shift: number;
  readonly multiplier: number;
  readonly add: number;
}

export const [FRACTION_BITS, PART_BITS] = [7, 8];

/** For the luma of a byte. Found by `scripts/find-luma-forms.ts`; the tests try every input again. */
export const LUMA_FORMS: readonly LumaForm[] = [
  // Limited range to full, 255 / 219.
  { numerator: 85, denominator: 73, most: 24_000, centre: 38, whole: 149, part: 11, shift: -1, multiplier: 24_688, add: 5666 },
];

/** x(Y). */
export const lumaValue = ({ centre, whole, part }: LumaForm, y: number): number => whole * (y - centre) + ((part * (y - centre)) >> PART_BITS);

/** The two numbers that t(T) is the sum of. */
export function chromaValues({ shift, multiplier, add }: LumaForm, chroma: number): readonly [number, number] {
  return [chroma + shift, q15mulr(chroma + shift, multiplier) + add];
}

/**
 * Luma as whole multiples and a rest, numerator·Y + offset = I·denominator + k with 0 ≤ k < denominator: I = Y + (q15mulr(Y, multiplier) >> shift).
 */
export interface LumaQuotient {
  readonly numerator: number;
  readonly denominator: number;
  /** From 0 on. */
  readonly most: number;
  readonly offset: number;
  readonly multiplier: number;
  readonly shift: number;
}

/** Found in the same way; the tests try every Y. */
export const LUMA_QUOTIENTS: readonly LumaQuotient[] = [
  // Limited range to full in 10 bits, 1023 / 876.
  { numerator: 341, denominator: 292, most: 1023, offset: 36, multiplier: 21_995, shift: 2 },
];

/** I beyond Y. */
export const quotientBeyond = ({ multiplier, shift }: LumaQuotient, y: number): number => q15mulr(y, multiplier) >> shift;
