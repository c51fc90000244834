import type { Table } from './formula.ts';
import { q15mulr } from './formulaCore.ts';
import { Memo } from './memo.ts';

/** floor(n / denominator) = q15mulr(n >> before, multiplier) >> after for every 0 ≤ n ≤ largest, the shifted n in 15 bits. */
export interface HalfDivision {
  readonly before: number;
  readonly multiplier: number;
  readonly after: number;
}

const known = new Memo<HalfDivision | undefined>();

function isExact({ multiplier, after }: HalfDivision, quotients: Table['values']): boolean {
  for (let index = 0; index < quotients.length; index += 1) if (q15mulr(index, multiplier) >> after !== quotients[index]) return false;
  return true;
}

function search(denominator: number, largest: number): HalfDivision | undefined {
  const before = Math.max(0, Math.ceil(Math.log2((largest + 1) / 0x8000)));
  // Low bits may go only where they never decide.
  if (denominator % 2 ** before !== 0) return undefined;
  const coarse = denominator / 2 ** before;
  const quotients = Int32Array.from({ length: (largest >> before) + 1 }, (_, index) => Math.floor(index / coarse));
  // The largest multiplier is the most precise.
  for (let after = 14; after >= 0; after -= 1) {
    for (const near of [0, 1, -1, 2, -2]) {
      const multiplier = Math.round(2 ** (15 + after) / coarse) + near;
      if (multiplier > 0x7fff || multiplier < 1) continue;
      const division = { before, multiplier, after };
      if (isExact(division, quotients)) return division;
    }
  }
  return undefined;
}

/** A division in 16-bit lanes, tried on every numerator; undefined where there is none. */
export function halfDivision(denominator: number, largest: number): HalfDivision | undefined {
  return known.answer(`${String(denominator)} ${String(largest)}`, () => search(denominator, largest));
}
