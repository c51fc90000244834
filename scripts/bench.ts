/**
 * How long conversions take, as a ratio to a memory copy of as many bytes in the same run. Every call takes the next of many frames,
 * so that data comes from memory and not from a cache (`--frames 1`: always the same one).
 *   npm run bench
 *   npm run --silent bench -- --json --size 1920x1080 --cases nv12-rgba,rgba-nv12 --engines simd,copy
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ENGINES } from '../src/kernels/bench/engines.ts';
import { OPERATION_CASES, runOperation } from '../src/kernels/bench/operations.ts';
import type { Hooks } from '../src/kernels/bench/measure.ts';
import { runJpeg } from '../src/kernels/bench/jpeg.ts';
import type { Absent, BenchRow } from '../src/kernels/bench/report.ts';
import { runCase } from '../src/kernels/bench/run.ts';
import { JPEG_BENCH_CASES, JPEG_BENCH_ENGINES } from '../src/kernels/codecs/jpeg/bench.ts';
import { decodePng } from '../src/kernels/codecs/png.ts';
import { shareImages } from '../src/kernels/index.ts';
import type { Image } from '../src/kernels/index.ts';
import { BENCH_CASES, BENCH_SIZES } from '../src/kernels/tables/benchCases.ts';
import { threadsEngine } from '../src/workers/bands/engine.ts';
import { machine } from './bench/machine.ts';
import { nodeThreads } from './bench/nodeThreads.ts';
import { OPENCV_ENGINE, SHARP_ENGINE } from './bench/peers.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false }, size: { type: 'string' }, cases: { type: 'string' }, engines: { type: 'string' },
    seconds: { type: 'string', default: '1.2' }, frames: { type: 'string' }, threads: { type: 'string', default: '2' }, method: { type: 'string', default: 'median' },
  },
});

const listed = (text: string | undefined, known: readonly string[], what: string): readonly string[] => {
  const names = text?.split(',') ?? known;
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length > 0) throw new Error(`There is no ${what} called ${strange.join(', ')}; known: ${known.join(', ')}.`);
  return names;
};

function sizeOf(text: string): readonly [number, number] {
  const [width = 0, height = 0] = text.split('x').map(Number);
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) throw new Error(`--size is WIDTHxHEIGHT; ${text} was given.`);
  return [width, height];
}

const method = values.method === 'vpi' ? 'vpi' : 'median';
const frames = values.frames === undefined ? undefined : Number(values.frames);
const pools = new Map<number, ReturnType<typeof nodeThreads>>();
const poolOf = (count: number): ReturnType<typeof nodeThreads> => {
  const pool = pools.get(count) ?? nodeThreads(count);
  pools.set(count, pool);
  return pool;
};
const engines = [...ENGINES, ...values.threads.split(',').map(Number).map((count) => threadsEngine(count, () => Promise.resolve(poolOf(count)))), OPENCV_ENGINE, SHARP_ENGINE];
const engineIds = listed(values.engines, [...new Set([...engines.map(({ id }) => id), ...JPEG_BENCH_ENGINES.map(({ id }) => id)])], 'engine');
const caseIds = listed(values.cases, [...BENCH_CASES, ...OPERATION_CASES, ...JPEG_BENCH_CASES].map(({ id }) => id), 'case');
const sizes = values.size === undefined ? BENCH_SIZES : [sizeOf(values.size)];
const hooks: Hooks = { now: () => performance.now(), random: Math.random, isCancelled: () => false, breathe: () => new Promise((resolve) => { setImmediate(resolve); }) };

const photo = (): Image => decodePng(new Uint8Array(readFileSync(new URL('../e2e/fixtures/coffee.png', import.meta.url))));

const rows: BenchRow[] = [];
const absent: Absent[] = [];

function take(more: readonly BenchRow[]): void {
  rows.push(...more);
  if (values.json) return;
  console.table(more.map(({ case: name, width, height, engine, medianMs, ci95, ratioToCopy, mismatchPercent, maxError, bytes }) => ({
    case: name, size: `${String(width)}×${String(height)}`, engine, 'median ms': medianMs.toFixed(3), '95 %': ci95.map((end) => end.toFixed(3)).join(' … '), '× copy': ratioToCopy?.toFixed(2) ?? '', 'GB/s': (bytes / medianMs / 1e6).toFixed(1),
    exact: mismatchPercent === null ? '' : mismatchPercent === 0 ? 'exact' : `±${String(maxError)}, ${mismatchPercent.toFixed(1)} %`,
  })));
}

// Frames lie in shared memory only where several threads are measured.
shareImages(engineIds.some((id) => id.startsWith('simd×')));
for (const [width, height] of sizes) {
  const options = { width, height, method, budgetMs: Number(values.seconds) * 1000, frames } as const;
  for (const one of BENCH_CASES.filter(({ id }) => caseIds.includes(id))) {
    const found = await runCase(one, engines.filter(({ id }) => engineIds.includes(id)), options, hooks);
    take(found?.rows ?? []);
    absent.push(...(found?.absent ?? []));
  }
  // What the image model and the encoder have no engine for is left out where engines were chosen by name.
  for (const one of OPERATION_CASES.filter(({ id }) => caseIds.includes(id) && (values.engines === undefined || values.cases !== undefined))) take((await runOperation(one, options, hooks)) ?? []);
  for (const one of JPEG_BENCH_CASES.filter(({ id }) => caseIds.includes(id) && (values.engines === undefined || values.cases !== undefined))) {
    const found = await runJpeg(one, photo(), engineIds, options, hooks);
    take(found?.rows ?? []);
    absent.push(...(found?.absent ?? []));
  }
}
for (const pool of pools.values()) pool.end();
if (values.json) console.log(JSON.stringify({ machine: machine(), rows, absent, method, wasHidden: false }));
else for (const { case: name, engine, reason } of absent) console.log(`${name} by ${engine}: ${reason}`);
