import { fractionOf, isNarrowQuotient } from './fraction.ts';
import { CHROMA_QUOTIENTS, PAIRED_QUOTIENTS, findQuotient, quotientValue } from './quotients.ts';
import type { FoundQuotient } from './quotients.ts';
import { isNarrowRow } from './row.ts';
import type { RowForm, RowInputs, RowQuestion } from './row.ts';

/** Y + f(U, V), where luma’s weight is one: f is made once a chroma sample. */
export interface LumaSum {
  readonly luma: string;
  readonly others: readonly string[];
  readonly chroma: FoundQuotient;
}

function findSum({ row, rounding, rangeOf, storageOf }: RowQuestion): LumaSum | undefined {
  const luma = row.terms.find(({ weight, centre }) => weight === row.denominator && centre === 0);
  const terms = row.terms.filter((term) => term !== luma);
  const fraction = fractionOf({ ...row, terms }, rounding);
  if (luma === undefined || fraction === undefined || terms.length === 0) return undefined;
  const others = terms.map(({ from }) => from);
  const quotient = { fraction, ranges: others.map(rangeOf) };
  const chroma = isNarrowQuotient(quotient) ? findQuotient(storageOf(others).paired ? PAIRED_QUOTIENTS : CHROMA_QUOTIENTS, quotient) : undefined;
  return chroma === undefined ? undefined : { luma: luma.from, others, chroma };
}

const sumValue = ({ luma, others, chroma }: LumaSum, input: RowInputs): number => input(luma) + quotientValue(chroma, others.map(input));

const PROOF = 'floor(Y + r) = Y + floor(r) for a whole Y.';

/** In bytes: what is positive is added and what is negative taken away, and both stop at the ends by themselves. */
export const byteSum: RowForm<LumaSum> = {
  find: (question) => {
    const { row: { terms, bits, denominator }, isMatrix, isClamped, rangeOf } = question;
    const luma = terms.find(({ weight, centre }) => weight === denominator && centre === 0);
    const { min, max } = luma === undefined ? { min: -1, max: 0 } : rangeOf(luma.from);
    return isMatrix && isClamped && bits === 8 && min >= 0 && max <= 255 ? findSum(question) : undefined;
  },
  proof: `${PROOF} Saturating bytes are the clamp.`,
  leastCost: 1,
  value: (parameters, input) => Math.min(255, Math.max(0, sumValue(parameters, input))),
  clamps: true,
};

const MOST_LUMA = 0x3fff;

/** In 16-bit lanes. */
export const lumaSum: RowForm<LumaSum> = {
  find: (question) => {
    const sum = isNarrowRow(question) ? findSum(question) : undefined;
    const { min, max } = sum === undefined ? { min: -1, max: 0 } : question.rangeOf(sum.luma);
    return min >= 0 && max <= MOST_LUMA ? sum : undefined;
  },
  proof: PROOF,
  leastCost: 2,
  value: sumValue,
  clamps: false,
};
