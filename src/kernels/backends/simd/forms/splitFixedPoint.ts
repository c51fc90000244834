import { addSaturated } from './form.ts';
import { q15mulr } from './formulaCore.ts';
import { fractionOf, isHalf, reduced, sumBounds, isNarrowQuotient } from './fraction.ts';
import type { Fraction, Range } from './fraction.ts';
import { STEP_QUOTIENTS, findQuotient, quotientValue } from './quotients.ts';
import type { FoundQuotient } from './quotients.ts';
import type { RowForm, RowQuestion } from './row.ts';

/**
 * floor((numerator·Y + T) / denominator) as a byte, for any whole T, by a sum of 16-bit numbers that stops at the ends by itself:
 * (x(Y) + t(T)) >> 7 with x + t near 128·(numerator·Y + T) / denominator. Seven fraction bits are enough because luma's multiples of
 * 1 / denominator are few; both are rounded, and the rounding of one never meets that of the other where it would matter.
 * u = Y − centre, s = T + shift: x = whole·u + (part·u >> 8), t = s + q15mulr(s, multiplier) + add.
 */
export interface LumaFraction {
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
export const LUMA_FRACTIONS: readonly LumaFraction[] = [
  // Limited range to full, 255 / 219.
  { numerator: 85, denominator: 73, most: 24_000, centre: 38, whole: 149, part: 11, shift: -1, multiplier: 24_688, add: 5666 },
];

/** x(Y). */
export const lumaValue = ({ centre, whole, part }: LumaFraction, y: number): number => whole * (y - centre) + ((part * (y - centre)) >> PART_BITS);

/** The two numbers that t(T) is the sum of. */
export function chromaValues({ shift, multiplier, add }: LumaFraction, chroma: number): readonly [number, number] {
  return [chroma + shift, q15mulr(chroma + shift, multiplier) + add];
}

/** T + shift: what a row adds to luma, as a multiple of 1 / denominator. */
export const multiplesOf = ({ terms }: RowQuestion['row'], { base, denominator }: Fraction, form: Pick<LumaFraction, 'denominator' | 'shift'>, names: readonly string[]): Fraction => reduced({
  weights: names.map((name) => (terms.find(({ from }) => from === name)?.weight ?? 0) * form.denominator),
  base: base * form.denominator + form.shift * denominator,
  denominator,
});

/** A row of luma with such a weight, and of chroma. */
export interface SplitFixedPoint {
  readonly constants: LumaFraction;
  readonly luma: string;
  readonly others: readonly string[];
  /** T + shift. */
  readonly chroma: FoundQuotient;
  /** Whether t fits 16 bits as one number. */
  readonly isOne: boolean;
}

/** T. */
function chromaRange({ weights, base, denominator }: Fraction, ranges: readonly Range[], { shift }: LumaFraction): Range {
  const { min, max } = sumBounds(weights, base, ranges);
  return { min: Math.floor(min / denominator) - shift, max: Math.floor(max / denominator) - shift };
}

const total = ([first, second]: readonly [number, number]): number => first + second;

function findWith(constants: LumaFraction, { row, rounding, channels, rangeOf, storageOf }: RowQuestion): SplitFixedPoint | undefined {
  const whole = fractionOf(row, rounding);
  const luma = row.terms.find(({ weight }) => weight * constants.denominator === row.denominator * constants.numerator)?.from;
  if (whole === undefined || luma === undefined) return undefined;
  const others = channels.filter((name) => name !== luma);
  const { spread, tall, quads } = storageOf(others);
  // Pixels of four bytes that each have their own chroma are pairs of luma and chroma as they are.
  if (others.length === 0 || (quads && !spread && !tall)) return undefined;
  const fraction = multiplesOf(row, whole, constants, others);
  const ranges = others.map(rangeOf);
  const { min, max } = chromaRange(fraction, ranges, constants);
  if (rangeOf(luma).min < 0 || rangeOf(luma).max > 255 || min < -constants.most || max > constants.most) return undefined;
  const quotient = { fraction, ranges };
  const chroma = isNarrowQuotient(quotient) ? findQuotient(STEP_QUOTIENTS, quotient) : undefined;
  return chroma === undefined ? undefined : { constants, luma, others, chroma, isOne: isHalf({ min: total(chromaValues(constants, min)), max: total(chromaValues(constants, max)) }) };
}

export const splitFixedPoint: RowForm<SplitFixedPoint> = {
  find: (question) => {
    const { row, isMatrix } = question;
    if (!isMatrix || row.bits !== 8 || row.terms.length < 2) return undefined;
    for (const constants of LUMA_FRACTIONS) {
      const found = findWith(constants, question);
      if (found !== undefined) return found;
    }
    return undefined;
  },
  proof: 'Every Y was tried with every T up to the largest, clamped to a byte.',
  leastCost: 3,
  value: ({ constants, luma, others, chroma, isOne }, input) => {
    const numbers = chromaValues(constants, quotientValue(chroma, others.map(input)) - constants.shift);
    return (isOne ? [total(numbers)] : numbers).reduce(addSaturated, lumaValue(constants, input(luma))) >> FRACTION_BITS;
  },
  clamps: false,
  stopsAt: { min: -256, max: 255 },
};
