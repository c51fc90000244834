import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fuzz, readersOf } from './testing/fuzz.ts';

const folder = join(import.meta.dirname, 'kernels/codecs/testdata');
const pngs = readdirSync(folder).filter((name) => name.endsWith('.png')).map((name) => new Uint8Array(readFileSync(join(folder, name))));

/** Each reader has this long, or as many inputs. `npm run fuzz` goes on for as long as is wanted. */
const [MOST_MS, MOST_INPUTS] = [250, 2000];

test.each(readersOf(pngs))('$id: damaged input gives a picture or a typed refusal, soon', (reader) => {
  const { inputs, untyped, slowestMs } = fuzz(reader, 1, (count, ms) => count < MOST_INPUTS && ms < MOST_MS);
  expect(untyped.map(({ error, input }) => `${error}\n${Buffer.from(input).toString('hex').slice(0, 2000)}`)).toEqual([]);
  expect(slowestMs).toBeLessThan(5000);
  expect(inputs).toBeGreaterThan(0);
});
