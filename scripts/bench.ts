/**
 * How long conversions take, as a ratio to a memory copy of the same bytes in the same run.
 *   npm run bench
 *   npm run --silent bench -- --json --size 1920x1080 --cases nv12-rgba,rgba-nv12 --engines scalar,copy
 */
import { parseArgs } from 'node:util';
import { BENCH_CASES } from '../src/kernels/tables/benchCases.ts';
import { machine } from './bench/machine.ts';
import { measureCase } from './bench/measure.ts';
import type { BenchRow } from './bench/measure.ts';
import { ENGINES } from './bench/engines.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, size: { type: 'string', default: '1920x1080' }, cases: { type: 'string' }, engines: { type: 'string' }, seconds: { type: 'string', default: '1.5' } } });

const listed = (text: string | undefined, known: readonly string[], what: string): readonly string[] => {
  const names = text?.split(',') ?? known;
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length > 0) throw new Error(`There is no ${what} called ${strange.join(', ')}; known: ${known.join(', ')}.`);
  return names;
};

const [width = 0, height = 0] = values.size.split('x').map(Number);
if (!(width > 0 && height > 0)) throw new Error(`--size is WIDTHxHEIGHT; ${values.size} was given.`);
const cases = listed(values.cases, BENCH_CASES.map(({ id }) => id), 'case');
const engines = listed(values.engines, ENGINES.map(({ id }) => id), 'engine');

const rows: BenchRow[] = [];
for (const one of BENCH_CASES.filter(({ id }) => cases.includes(id))) {
  rows.push(...measureCase(one, { width, height }, ENGINES.filter(({ id }) => engines.includes(id)), Number(values.seconds) * 1000));
  if (!values.json) console.table(rows.slice(-engines.length).map(({ case: name, engine, medianMs, ci95, ratioToCopy, mismatchPercent }) => ({ case: name, engine, 'median ms': medianMs.toFixed(3), '95 %': ci95.map((end) => end.toFixed(3)).join(' … '), '× copy': ratioToCopy.toFixed(2), 'differs %': mismatchPercent })));
}
if (values.json) console.log(JSON.stringify({ machine: machine(), rows }));
