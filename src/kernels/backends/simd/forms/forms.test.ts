import { describe, expect, test } from 'vitest';
import { channelNamed } from '../../../pipeline/signal.ts';
import { randomFrom } from '../../../testing/images.ts';
import { SOURCES, colourRows, exactRow } from '../testing/colourRows.ts';
import type { ColourRow } from '../testing/colourRows.ts';
import { fractionOf, isNarrowQuotient, keyOf } from './fraction.ts';
import type { Fraction, Range } from './fraction.ts';
import { CHROMA_QUOTIENTS, LONG_QUOTIENTS, PAIRED_QUOTIENTS, PIXEL_QUOTIENTS, QUOTIENT_FORMS, STEP_QUOTIENTS, quotientValue, tryQuotient } from './quotients.ts';
import type { QuotientId } from './quotients.ts';
import { PLAIN_STORAGE } from './row.ts';
import type { RowQuestion, Storage } from './row.ts';
import { ROW_FORMS, ROW_IDS, findRow, hasRow, rowValue, tryRow } from './rows.ts';
import type { FoundRow } from './rows.ts';

const TIMES = 150;
const ROWS = colourRows(SOURCES, ['bt601', 'bt709', 'bt2020', 'smpte240m', 'fcc', 'ycgco']);
const STORAGES: readonly Storage[] = [PLAIN_STORAGE, { spread: true, tall: true, quads: false, paired: false }, { ...PLAIN_STORAGE, paired: true }, { ...PLAIN_STORAGE, quads: true }];

function questionOf({ row, step, input }: ColourRow, storage: Storage, isClamped: boolean): RowQuestion {
  const channels = [...new Set(step.rows.flatMap(({ terms }) => terms.map(({ from }) => from)))];
  return { row, rounding: step.rounding, isMatrix: step.kind === 'matrix', isClamped, channels, rangeOf: (name) => channelNamed(input, name), storageOf: () => storage };
}

/** Every corner of the ranges, then numbers at random. */
function* samples(ranges: readonly Range[], random: () => number): Generator<readonly number[]> {
  for (let corner = 0; corner < 2 ** ranges.length; corner += 1) yield ranges.map(({ min, max }, term) => ((corner >> term) & 1 ? max : min));
  for (let time = 0; time < TIMES; time += 1) yield ranges.map(({ min, max }) => min + Math.floor(random() * (max - min + 1)));
}

/** @returns the first input for which a form is not the exact fraction, clamped */
function wrongAt(found: FoundRow, question: RowQuestion, random: () => number): string | undefined {
  const { row, channels, rangeOf } = question;
  const clamped = (value: number): number => Math.min(2 ** row.bits - 1, Math.max(0, value));
  for (const numbers of samples(channels.map(rangeOf), random)) {
    const input = (name: string): number => numbers[channels.indexOf(name)] ?? 0;
    const value = rowValue(found, input);
    if (clamped(value) !== exactRow(row, input)) return `${found.form} at ${numbers.join()}: ${String(value)}`;
    if (ROW_FORMS[found.form].clamps && value !== clamped(value)) return `${found.form} at ${numbers.join()} is not clamped`;
  }
  return undefined;
}

describe('forms of a row', () => {
  test('each is the exact fraction at all ends and at random, wherever it is found', () => {
    const random = randomFrom(18);
    const [wrong, seen] = [new Set<string>(), new Map<string, number>()];
    const asked = new Set<string>();
    for (const one of ROWS) for (const storage of STORAGES) for (const isClamped of [true, false]) {
      const question = questionOf(one, storage, isClamped);
      const key = JSON.stringify([one.row.terms, one.row.add, one.row.denominator, one.row.bits, question.channels.map(question.rangeOf).map(({ min, max }) => [min, max]), storage, isClamped]);
      if (asked.has(key)) continue;
      asked.add(key);
      for (const id of ROW_IDS) {
        const found = tryRow(id, question);
        if (found === undefined) continue;
        seen.set(id, (seen.get(id) ?? 0) + 1);
        const at = wrongAt(found, question, random);
        if (at !== undefined) wrong.add(`${one.title}: ${at}`);
      }
    }
    expect([...wrong]).toEqual([]);
    expect([...seen.keys()].toSorted()).toEqual([...ROW_IDS].toSorted());
  }, 60_000);

  test('storage decides which is taken, never whether there is one; and the reason asks the same list', () => {
    for (const one of ROWS) for (const storage of STORAGES) {
      const question = questionOf(one, storage, true);
      expect([one.title, findRow(question) !== undefined]).toEqual([one.title, hasRow(questionOf(one, PLAIN_STORAGE, true))]);
    }
  });

  test('are listed from the cheapest on, all of them', () => {
    const costs = ROW_IDS.map((id) => ROW_FORMS[id].leastCost);
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    expect([...ROW_IDS].toSorted()).toEqual(Object.keys(ROW_FORMS).toSorted());
  });
});

const floorOf = ({ weights, base, denominator }: Fraction, inputs: readonly number[]): number => {
  const [numerator, whole] = [weights.reduce((sum, weight, term) => sum + BigInt(weight) * BigInt(inputs[term] ?? 0), BigInt(base)), BigInt(denominator)];
  return Number(numerator / whole) - Number(numerator < 0n && numerator % whole !== 0n);
};

/** Fractions of whole rows, of rows without their first term, and of one term alone. */
const FRACTIONS = new Map(ROWS.flatMap(({ row, step, input }) => [row.terms, row.terms.slice(1), row.terms.slice(-1)].flatMap((terms): (readonly [string, readonly [Fraction, readonly Range[]]])[] => {
  const fraction = fractionOf({ ...row, terms }, step.rounding);
  const ranges = terms.map(({ from }): Range => channelNamed(input, from));
  return fraction === undefined || terms.length === 0 ? [] : [[keyOf(fraction, ranges), [fraction, ranges]]];
})));

/** And some that no conversion has. */
function* randomFractions(random: () => number): Generator<readonly [Fraction, readonly Range[]]> {
  const whole = (most: number): number => Math.floor(random() * most);
  for (let time = 0; time < 150; time += 1) {
    const denominator = 1 + whole(time % 3 === 0 ? 40 : 100_000);
    const count = 1 + whole(3);
    const fraction = { weights: Array.from({ length: count }, () => whole(2 * denominator) - denominator), base: whole(denominator * 4) - denominator, denominator };
    yield [fraction, Array.from({ length: count }, () => ({ min: time % 4 === 0 ? -whole(100) : 0, max: [255, 1023, 4095, 63][whole(4)] ?? 255 }))];
  }
}

describe('forms of a quotient', () => {
  const ids = [...new Set<QuotientId>([...CHROMA_QUOTIENTS, ...LONG_QUOTIENTS])];
  test.each(ids)('%s is the exact fraction, rounded down, at all ends and at random', (id) => {
    const random = randomFrom(19);
    const wrong: string[] = [];
    let seen = 0;
    for (const [fraction, ranges] of [...FRACTIONS.values(), ...randomFractions(random)]) {
      const narrow = isNarrowQuotient({ fraction, ranges });
      if (!narrow && !LONG_QUOTIENTS.includes(id)) continue;
      const found = tryQuotient(id, { fraction, ranges });
      if (found === undefined) continue;
      seen += 1;
      for (const inputs of samples(ranges, random)) {
        const value = quotientValue(found, inputs);
        if (value === floorOf(fraction, inputs)) continue;
        wrong.push(`${keyOf(fraction, ranges)} at ${inputs.join()}: ${String(value)}`);
        break;
      }
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(10);
  }, 60_000);

  test('are listed from the cheapest on', () => {
    for (const list of [PIXEL_QUOTIENTS, CHROMA_QUOTIENTS, STEP_QUOTIENTS, LONG_QUOTIENTS]) {
      const costs = list.map((id) => QUOTIENT_FORMS[id].leastCost);
      expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    }
    expect(new Set(PAIRED_QUOTIENTS)).toEqual(new Set(CHROMA_QUOTIENTS));
    expect(ids.toSorted()).toEqual(Object.keys(QUOTIENT_FORMS).toSorted());
  });
});
