/**
 * Damages files of every kind, by a seed, and gives them to every reader: `npm run fuzz -- --seconds 60 --seed 7 --only png,qoi`.
 * Ends with 1 where anything but a typed refusal is thrown, or an input takes more than five seconds; such inputs are printed in base64.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fuzz, readersOf } from '../src/testing/fuzz.ts';
import type { Outcome } from '../src/testing/fuzz.ts';

const SLOW_MS = 5000;

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } } });
const [seconds, seed] = [Number(values.seconds), Number(values.seed)];
if (!(seconds > 0) || !Number.isInteger(seed)) {
  process.stderr.write('Usage: npm run fuzz -- --seconds 60 --seed 1 --only png,qoi\n');
  process.exit(2);
}

const folder = new URL('../src/kernels/codecs/testdata/', import.meta.url);
const pngs = readdirSync(folder).filter((name) => name.endsWith('.png')).map((name) => new Uint8Array(readFileSync(new URL(name, folder))));
const readers = readersOf(pngs).filter(({ id }) => values.only?.split(',').includes(id) ?? true);

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const row = ({ inputs, accepted, refused, untyped, slowestMs }: Outcome): Record<string, number> => ({ inputs, accepted, refused, untyped: untyped.length, 'slowest ms': Math.round(slowestMs * 10) / 10 });

const outcomes = readers.map((reader) => fuzz(reader, seed, (_, ms) => ms < (seconds * 1000) / readers.length));
console.table(Object.fromEntries(outcomes.map((outcome) => [outcome.id, row(outcome)])));
for (const { id, untyped, slowestMs, slowest } of outcomes) {
  for (const { error, input } of untyped) process.stdout.write(`${id}: ${error}\n  input: ${base64(input)}\n`);
  if (slowestMs > SLOW_MS) process.stdout.write(`${id}: ${(slowestMs / 1000).toFixed(1)} s\n  input: ${base64(slowest)}\n`);
}
process.exit(outcomes.some(({ untyped, slowestMs }) => untyped.length > 0 || slowestMs > SLOW_MS) ? 1 : 0);
