import { JPEG_BENCH_ENGINES, mirrorTile } from '../../src/kernels/codecs/jpeg/bench.ts';
import type { JpegBenchCase } from '../../src/kernels/codecs/jpeg/bench.ts';
import { convert } from '../../src/kernels/index.ts';
import { decodePng } from '../../src/kernels/codecs/png.ts';
import { bytesOf } from '../../src/kernels/bench/frames.ts';
import { measure } from '../../src/kernels/bench/measure.ts';
import type { Hooks } from '../../src/kernels/bench/measure.ts';
import type { BenchRow } from '../../src/kernels/bench/report.ts';
import type { CaseOptions } from '../../src/kernels/bench/run.ts';
import { summarize } from '../../src/kernels/bench/statistics.ts';
import { readFileSync } from 'node:fs';

const PHOTO = new URL('../../e2e/fixtures/coffee.png', import.meta.url);

/** JPEG encoders on a photograph, mirrored up to the size, beside a copy of the bytes that they read. */
export async function runJpeg(one: JpegBenchCase, engines: readonly string[], { width, height, method, budgetMs }: CaseOptions, hooks: Hooks): Promise<readonly BenchRow[]> {
  const photo = mirrorTile(decodePng(new Uint8Array(readFileSync(PHOTO))), width, height);
  const source = convert(photo, one.from);
  const read = bytesOf(source);
  const [from, to] = [new Uint8Array(read).fill(7), new Uint8Array(read)];
  const chosen = JPEG_BENCH_ENGINES.filter(({ id }) => engines.includes(id)).map((engine) => ({ id: engine.id, run: engine.prepare(source, one.options) }));
  const contenders = [...(engines.includes('copy') ? [{ id: 'copy', run: () => { to.set(from); return to; } }] : []), ...chosen];
  const samples = await measure(contenders.map(({ run }) => ({ run: () => { run(); } })), budgetMs, hooks);
  const summaries = (samples ?? []).map((list) => summarize(list, method, hooks.random));
  const copyMs = summaries[contenders.findIndex(({ id }) => id === 'copy')]?.medianMs;
  return contenders.flatMap(({ id, run }, index): BenchRow[] => {
    const summary = summaries[index];
    if (summary === undefined) return [];
    return [{ case: one.id, from: one.from, to: 'jpeg', width, height, engine: id, threads: 1, ...summary, ratioToCopy: copyMs === undefined ? null : summary.medianMs / copyMs, mismatchPercent: null, maxError: null, timing: 'kernel', bytes: read + run().length, samples: samples?.[index] ?? [] }];
  });
}
