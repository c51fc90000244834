/**
 * How long conversions take, as a ratio to a memory copy of as many bytes in the same run. Every call takes the next of many frames,
 * so that data comes from memory and not from a cache (`--frames 1`: always the same one). `--help` says what can be chosen.
 *   npm run bench
 *   npm run --silent bench -- --json --size 1920x1080 --cases nv12-rgba,rgba-nv12 --engines simd,copy
 */
import { readFileSync } from 'node:fs';
import { measureCompilation } from '../src/kernels/bench/compilation.ts';
import type { Engine } from '../src/kernels/bench/engine.ts';
import { ENGINES } from '../src/kernels/bench/engines.ts';
import { OPERATION_CASES, runOperation } from '../src/kernels/bench/operations.ts';
import type { Hooks } from '../src/kernels/bench/measure.ts';
import { runJpeg, runJpegDecode } from '../src/kernels/bench/jpeg.ts';
import type { Absent, BenchRow } from '../src/kernels/bench/report.ts';
import { runCase } from '../src/kernels/bench/run.ts';
import { JPEG_BENCH_CASES, JPEG_BENCH_ENGINES, JPEG_DECODE_CASES } from '../src/kernels/codecs/jpeg/bench.ts';
import { decodePng } from '../src/kernels/codecs/png.ts';
import { shareImages } from '../src/kernels/index.ts';
import type { Image } from '../src/kernels/index.ts';
import { BENCH_CASES, BENCH_SIZES } from '../src/kernels/tables/benchCases.ts';
import { threadsEngine } from '../src/workers/bands/engine.ts';
import { machine } from './bench/machine.ts';
import { nodeThreads } from './bench/nodeThreads.ts';
import { UsageError, optionsOf, usage } from './bench/options.ts';
import type { Known, Options } from './bench/options.ts';
import { OPENCV_ENGINE, SHARP_ENGINE } from './bench/peers.ts';

const pools = new Map<number, ReturnType<typeof nodeThreads>>();
const poolOf = (count: number): ReturnType<typeof nodeThreads> => {
  const pool = pools.get(count) ?? nodeThreads(count);
  pools.set(count, pool);
  return pool;
};
const enginesWith = (threads: readonly number[]): readonly Engine[] => [...ENGINES, ...threads.map((count) => threadsEngine(count, () => Promise.resolve(poolOf(count)))), OPENCV_ENGINE, SHARP_ENGINE];
const known: Known = {
  cases: [...BENCH_CASES, ...OPERATION_CASES, ...JPEG_BENCH_CASES, ...JPEG_DECODE_CASES].map(({ id }) => id),
  engines: (threads) => [...new Set([...enginesWith(threads), ...JPEG_BENCH_ENGINES].map(({ id }) => id))],
  sizes: BENCH_SIZES,
};

/** What the command line asks for; ends the program where it asks for help or for what cannot be. */
function wanted(): Options {
  try {
    const options = optionsOf(process.argv.slice(2), known);
    if (options !== undefined) return options;
    process.stdout.write(usage(known));
    process.exit(0);
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    process.stderr.write(`${thrown.message}\nnpm run bench -- --help says what there is.\n`);
    process.exit(2);
  }
}

const { json, compile, cases: caseIds, engines: engineIds, threads, sizes, wantsAll, budgetMs, frames, method } = wanted();
const engines = enginesWith(threads);
const hooks: Hooks = { now: () => performance.now(), random: Math.random, isCancelled: () => false, breathe: () => new Promise((resolve) => { setImmediate(resolve); }) };

const photo = (): Image => decodePng(new Uint8Array(readFileSync(new URL('../e2e/fixtures/coffee.png', import.meta.url))));

const rows: BenchRow[] = [];
const absent: Absent[] = [];

function take(more: readonly BenchRow[]): void {
  rows.push(...more);
  if (json) return;
  console.table(more.map(({ case: name, width, height, engine, medianMs, ci95, ratioToCopy, mismatchPercent, maxError, file, bytes }) => ({
    case: name, size: `${String(width)}×${String(height)}`, engine, 'median ms': medianMs.toFixed(3), '95 %': ci95.map((end) => end.toFixed(3)).join(' … '), '× copy': ratioToCopy?.toFixed(2) ?? '', 'GB/s': (bytes / medianMs / 1e6).toFixed(1),
    exact: file !== undefined ? `${String(file.bytes)} B${typeof file.psnr === 'number' ? `, ${file.psnr.toFixed(1)} dB` : ''}` : mismatchPercent === null ? '' : mismatchPercent === 0 ? 'exact' : `±${String(maxError)}, ${mismatchPercent.toFixed(1)} %`,
  })));
}

if (compile) {
  const modules = BENCH_CASES.filter(({ id }) => caseIds.includes(id)).flatMap((one) => measureCompilation(one, hooks.now) ?? []);
  if (json) console.log(JSON.stringify({ machine: machine(), modules }));
  else console.table(modules.map(({ case: name, moduleBytes, firstMs, medianMs }) => ({ case: name, bytes: moduleBytes, 'first, ms': firstMs.toFixed(2), 'again, ms': medianMs.toFixed(2) })));
  process.exit(0);
}
// Frames lie in shared memory only where several threads are measured.
shareImages(engineIds.some((id) => id.startsWith('simd×')));
for (const [width, height] of sizes) {
  const options = { width, height, method, budgetMs, frames } as const;
  for (const one of BENCH_CASES.filter(({ id }) => caseIds.includes(id))) {
    const found = await runCase(one, engines.filter(({ id }) => engineIds.includes(id)), options, hooks);
    take(found?.rows ?? []);
    absent.push(...(found?.absent ?? []));
  }
  // What the image model and the encoder have no engine for is left out where engines were chosen by name.
  for (const one of OPERATION_CASES.filter(({ id }) => caseIds.includes(id) && wantsAll)) take((await runOperation(one, options, hooks)) ?? []);
  for (const one of JPEG_BENCH_CASES.filter(({ id }) => caseIds.includes(id) && wantsAll)) {
    const found = await runJpeg(one, photo(), engineIds, options, hooks);
    take(found?.rows ?? []);
    absent.push(...(found?.absent ?? []));
  }
  for (const one of JPEG_DECODE_CASES.filter(({ id }) => caseIds.includes(id) && wantsAll)) take((await runJpegDecode(one, photo(), engineIds, options, hooks))?.rows ?? []);
}
for (const pool of pools.values()) pool.end();
if (json) console.log(JSON.stringify({ machine: machine(), rows, absent, method, wasHidden: false }));
else for (const { case: name, engine, reason } of absent) console.log(`${name} by ${engine}: ${reason}`);
