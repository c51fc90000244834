import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findQ15Division } from './q15Division.ts';
import { solve } from './formula.ts';
import type { Table } from './formula.ts';
import { coreValue, goesOn, q15mulr } from './formulaCore.ts';
import { FIXED_POINT_TABLE, FORMULA_TABLE } from './tables.ts';

const tableOf = (count: number, fn: (x: number) => number, min = 0): Table => ({ min, values: Array.from({ length: count }, (_, index) => fn(min + index)) });
const rounded = (to: number, from: number) => (x: number): number => Math.floor((2 * x * to + from) / (2 * from));

/** What a formula gives, clamp included. */
function valueOf(table: Table, x: number): number | undefined {
  const formula = solve(table);
  if (formula === undefined) return undefined;
  const value = coreValue(formula.core, x);
  return formula.clamp === undefined ? value : Math.min(formula.clamp.max, Math.max(formula.clamp.min, value));
}

describe('formulas of 16-bit lanes', () => {
  test.each([
    ['5 bits to 8', tableOf(32, rounded(255, 31))],
    ['6 bits to 8', tableOf(64, rounded(255, 63))],
    ['10 bits to 8', tableOf(1024, rounded(255, 1023))],
    ['8 bits to 16, scaled so that halves occur', tableOf(256, (x) => Math.trunc(Math.fround(Math.fround(1.7) * x) - 13.3 + (x < 8 ? -0.5 : 0.5)))],
    ['one taken off', tableOf(256, (x) => x - 128)],
    ['what is clamped at both ends', tableOf(256, (x) => Math.min(200, Math.max(20, 2 * x - 40)))],
  ])('%s: found, and right for every value', (_, table) => {
    expect(solve(table)).toBeDefined();
    for (let index = 0; index < table.values.length; index += 1) expect(valueOf(table, table.min + index)).toBe(table.values[index]);
  });

  test('a curve has none', () => {
    expect(solve(tableOf(256, (x) => Math.floor((x * x) / 255)))).toBeUndefined();
  });

  test('nor has what leaves 16 bits', () => {
    expect(solve(tableOf(256, (x) => x * 1000))).toBeUndefined();
  });

  test('whatever is found for a straight line is right everywhere', () => {
    fc.assert(fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.integer({ min: -500, max: 500 }), fc.constantFrom(32, 64, 256), (slope, offset, count) => {
      const table = tableOf(count, (x) => Math.floor(slope * x + offset));
      return solve(table) === undefined || Array.from(table.values).every((value, x) => valueOf(table, x) === value);
    }), { numRuns: 300, seed: 7 });
  });

  test('what goes on beyond its table is clamped as the table ends, at every number of the range', () => {
    const [min, max] = [-1400, 2400];
    const formula = solve(tableOf(1024, rounded(255, 1023)));
    expect(formula !== undefined && goesOn(formula, { min, max })).toBe(true);
    for (let x = min; x <= max; x += 1) expect(Math.min(255, Math.max(0, formula === undefined ? -1 : coreValue(formula.core, x)))).toBe(Math.min(255, Math.max(0, rounded(255, 1023)(x))));
  });

  test('and does not where 16 bits end', () => {
    const core = { form: 'q15', centre: 0, raise: 5, multiplier: 8168, add: 0, shift: 5 } as const;
    expect(goesOn({ core, clamp: undefined }, { min: 0, max: 1023 })).toBe(true);
    expect(goesOn({ core, clamp: undefined }, { min: 0, max: 1024 })).toBe(false);
    expect(goesOn({ core: { form: 'product', multiplier: 259, add: 33, shift: 6 }, clamp: undefined }, { min: -1, max: 63 })).toBe(false);
  });

  test('q15mulr is the instruction: the product over 2^15, halves up', () => {
    for (const [a, b] of [[3, 0x4000], [-3, 0x4000], [1023, 8168], [-32768, 32767]] as const) expect(q15mulr(a, b)).toBe(Math.floor((a * b) / 32768 + 0.5));
  });
});

describe('divisions in 16-bit lanes', () => {
  test.each([[1000, 255_500], [341, 87_040]])('by %i up to %i, where there is one, for every numerator', (denominator, largest) => {
    const division = findQ15Division(denominator, largest);
    if (denominator === 1000) expect(division).toBeDefined();
    if (division === undefined) return;
    for (let n = 0; n <= largest; n += 1) if (q15mulr(n >> division.before, division.multiplier) >> division.after !== Math.floor(n / denominator)) throw new Error(`${String(n)} / ${String(denominator)}`);
  });

  test('none where low bits decide', () => {
    expect(findQ15Division(1001, 255_500)).toBeUndefined();
  });
});

/** `(299 587 114 + 500) / 1000: 0…255 0…255 0…255` */
function parsed(key: string): { readonly weights: readonly number[]; readonly base: number; readonly denominator: number; readonly ranges: readonly (readonly [number, number])[] } {
  const [fraction = '', ranges = ''] = key.split(': ');
  const [sum = '', denominator = ''] = fraction.slice(1).split(') / ');
  const [weights = '', base = ''] = sum.split(' + ');
  const pair = (text: string): readonly [number, number] => { const [min, max] = text.split('…').map(Number); return [min ?? 0, max ?? 0]; };
  return { weights: weights.split(' ').map(Number), base: Number(base), denominator: Number(denominator), ranges: ranges.split(' ').map(pair) };
}

/** The first input for which the fixed-point form is not the fraction rounded down. */
function counterexample(key: string, shift: number, add: number): string | undefined {
  const { weights: [a = 0, b = 0, c = 0], base, denominator, ranges: [[aMin, aMax] = [0, 0], [bMin, bMax] = [0, 0], [cMin, cMax] = [0, 0]] } = parsed(key);
  const [wa, wb, wc] = [a, b, c].map((weight) => Math.round((weight * 2 ** shift) / denominator));
  if (wa === undefined || wb === undefined || wc === undefined) return key;
  for (let x = aMin; x <= aMax; x += 1) {
    for (let y = bMin; y <= bMax; y += 1) {
      let exact = a * x + b * y + c * cMin + base;
      let fixed = wa * x + wb * y + wc * cMin + add;
      for (let z = cMin; z <= cMax; z += 1, exact += c, fixed += wc) if (fixed >> shift !== Math.floor(exact / denominator) || (fixed | 0) !== fixed) return `${key} at ${String(x)} ${String(y)} ${String(z)}`;
    }
  }
  return undefined;
}

test.each([...FIXED_POINT_TABLE].flatMap(([key, form]) => (form === undefined ? [] : [[key, form.shift, form.add] as const])))('%s by a shift of %i: every input', (key, shift, add) => {
  expect(counterexample(key, shift, add)).toBeUndefined();
}, 30_000);

test.each([...FORMULA_TABLE])('%s: what the table says is what is found, and right for every input', (key, core) => {
  const { weights: [weight = 0], base, denominator, ranges: [[min, max] = [0, 0]] } = parsed(key);
  const table = tableOf(max - min + 1, (x) => Math.floor((weight * x + base) / denominator), min);
  expect(solve(table)).toEqual(core === undefined ? undefined : { core, clamp: undefined });
  if (core !== undefined) for (let x = min; x <= max; x += 1) expect(coreValue(core, x)).toBe(table.values[x - min]);
});
