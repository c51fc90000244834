import type { Form } from './form.ts';
import { solve } from './formula.ts';
import { coreValue } from './formulaCore.ts';
import type { Formula } from './formulaCore.ts';
import { keyOf } from './fraction.ts';
import type { Fraction, Quotient, Range } from './fraction.ts';
import { Memo } from './memo.ts';
import { FORMULA_TABLE } from './tables.ts';

const formulas = new Memo<Formula | undefined>();

/** The arithmetic for a fraction of one input, where it has few values. */
function formulaOf(fraction: Fraction, { min, max }: Range): Formula | undefined {
  if (max - min > 2048) return undefined;
  const [weight = 0] = fraction.weights;
  const key = keyOf(fraction, [{ min, max }]);
  const core = FORMULA_TABLE.get(key);
  if (core !== undefined || FORMULA_TABLE.has(key)) return core === undefined ? undefined : { core, clamp: undefined };
  return formulas.answer(key, () => solve({ min, values: Array.from({ length: max - min + 1 }, (_, at) => Math.floor((weight * (min + at) + fraction.base) / fraction.denominator)) }));
}

/** A fraction of one input by the arithmetic of 16-bit lanes. */
export const oneInput: Form<Quotient, Formula, readonly number[]> = {
  find: ({ fraction, ranges: [range, second] }) => (range === undefined || second !== undefined ? undefined : formulaOf(fraction, range)),
  proof: 'Every value of the input was tried.',
  leastCost: 0,
  value: ({ core, clamp }, [x = 0]) => {
    const value = coreValue(core, x);
    return clamp === undefined ? value : Math.min(clamp.max, Math.max(clamp.min, value));
  },
};
