import { divided, divisionOf } from './division.ts';
import type { Division } from './division.ts';
import { q15mulr } from './formulaCore.ts';
import { fractionOf, isHalf, quotientBounds, reduced, sumBounds } from './fraction.ts';
import type { Fraction, Range } from './fraction.ts';
import { multiwordDot } from './multiwordDot.ts';
import type { MultiwordDot } from './multiwordDot.ts';
import { LONG_QUOTIENTS, findQuotient, quotientValue } from './quotients.ts';
import type { FoundQuotient } from './quotients.ts';
import { isNarrowRow } from './row.ts';
import type { RowForm, RowQuestion } from './row.ts';

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

/** Found by `scripts/find-luma-forms.ts`; the tests try every Y. */
export const LUMA_QUOTIENTS: readonly LumaQuotient[] = [
  // Limited range to full in 10 bits, 1023 / 876.
  { numerator: 341, denominator: 292, most: 1023, offset: 36, multiplier: 21_995, shift: 2 },
];

/** I beyond Y. */
export const quotientBeyond = ({ multiplier, shift }: LumaQuotient, y: number): number => q15mulr(y, multiplier) >> shift;

/** D: from the inputs, or by a division of T, raised so that it is never negative. */
export type Wholes = { readonly by: 'inputs'; readonly form: MultiwordDot } | { readonly by: 'division'; readonly division: Division; readonly raised: number };

/**
 * floor((numerator·Y + T) / denominator), T whole, in two halves and a carry: I + D + 1 where k + q reaches the denominator, with
 * numerator·Y = I·denominator + k and T = D·denominator + q. Luma's half is shared by all rows, chroma's by all samples it serves.
 */
export interface SplitDivision {
  readonly constants: LumaQuotient;
  readonly luma: string;
  readonly others: readonly string[];
  /** T, less what luma has of it. */
  readonly multiples: FoundQuotient;
  readonly wholes: Wholes;
}

/** From the inputs where that takes one part more at most. */
function wholesOf({ weights, base, denominator: parts }: Fraction, denominator: number, ranges: readonly Range[]): Wholes {
  const form = multiwordDot.find({ fraction: reduced({ weights, base, denominator: parts * denominator }), ranges });
  if (form !== undefined && form.finer.length < 2) return { by: 'inputs', form };
  const { min, max } = sumBounds(weights, base, ranges);
  // Numbers that are never negative are divided more quickly.
  const raised = Math.ceil(Math.max(0, -min / parts) / denominator);
  const range = { min: Math.floor(min / parts) + raised * denominator, max: Math.floor(max / parts) + raised * denominator };
  return { by: 'division', division: divisionOf(denominator, range), raised };
}

function find(question: RowQuestion): SplitDivision | undefined {
  const { row, rounding, channels, rangeOf, storageOf } = question;
  const whole = fractionOf(row, rounding);
  const [luma] = row.terms;
  if (!isNarrowRow(question) || whole === undefined || luma === undefined || row.terms.length < 2) return undefined;
  if (!isHalf(quotientBounds(whole, row.terms.map(({ from }) => rangeOf(from))))) return undefined;
  const { min, max } = rangeOf(luma.from);
  const constants = LUMA_QUOTIENTS.find(({ numerator, denominator, most }) => luma.weight * denominator === row.denominator * numerator && min >= 0 && max <= most);
  const others = channels.filter((name) => name !== luma.from);
  if (constants === undefined || others.length === 0) return undefined;
  const { spread, tall } = storageOf(others);
  // Two halves are more work than one sum, where nothing shares them.
  if (!spread && !tall) return undefined;
  const weights = others.map((name) => (row.terms.find(({ from }) => from === name)?.weight ?? 0) * constants.denominator);
  const fraction = reduced({ weights, base: whole.base * constants.denominator - constants.offset * whole.denominator, denominator: whole.denominator });
  const ranges = others.map(rangeOf);
  const multiples = findQuotient(LONG_QUOTIENTS, { fraction, ranges });
  return multiples === undefined ? undefined : { constants, luma: luma.from, others, multiples, wholes: wholesOf(fraction, constants.denominator, ranges) };
}

export const splitDivision: RowForm<SplitDivision> = {
  find,
  proof: 'Both divisions are exact and both rests lie below the denominator: the sum of the rests reaches it once at most. Every Y was tried.',
  leastCost: 4,
  value: ({ constants, luma, others, multiples, wholes }, input) => {
    const { numerator, denominator, offset } = constants;
    const [y, chroma] = [input(luma), others.map(input)];
    const beyond = quotientBeyond(constants, y);
    const left = y * (numerator - denominator) - beyond * denominator;
    const t = quotientValue(multiples, chroma);
    const whole = wholes.by === 'inputs' ? multiwordDot.value(wholes.form, chroma) : divided(wholes.division, t + wholes.raised * denominator) - wholes.raised;
    return y + beyond + whole + Number(left > whole * denominator - t + denominator - 1 - offset);
  },
  clamps: false,
};
