import { JPEG_BENCH_ENGINES, mirrorTile } from '../codecs/jpeg/bench.ts';
import type { JpegBenchCase } from '../codecs/jpeg/bench.ts';
import { convert } from '../convert.ts';
import type { Image } from '../image/types.ts';
import { bytesOf } from './frames.ts';
import { measure } from './measure.ts';
import type { Hooks } from './measure.ts';
import type { Absent, BenchRow } from './report.ts';
import type { CaseOptions, CaseResult } from './run.ts';
import { summarize } from './statistics.ts';

interface Ready {
  readonly id: string;
  readonly run: () => Uint8Array;
}

/** Engines that encode once without a fault; the others are absent, with what they said. */
function getReady(one: JpegBenchCase, source: Image, engines: readonly string[]): { readonly ready: readonly Ready[]; readonly absent: readonly Absent[] } {
  const ready: Ready[] = [];
  const absent: Absent[] = [];
  for (const { id, prepare } of JPEG_BENCH_ENGINES.filter((engine) => engines.includes(engine.id))) {
    try {
      const run = prepare(source, one.options);
      run();
      ready.push({ id, run });
    } catch (thrown) {
      absent.push({ case: one.id, engine: id, reason: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }
  return { ready, absent };
}

/** JPEG encoders on a photograph, mirrored up to the size, beside a copy of the bytes that they read; undefined when cancelled. */
export async function runJpeg(one: JpegBenchCase, picture: Image, engines: readonly string[], { width, height, method, budgetMs }: CaseOptions, hooks: Hooks): Promise<CaseResult | undefined> {
  const source = convert(mirrorTile(picture, width, height), one.from);
  const read = bytesOf(source);
  const [from, to] = [new Uint8Array(read).fill(7), new Uint8Array(read)];
  const { ready, absent } = getReady(one, source, engines);
  const contenders: readonly Ready[] = [...(engines.includes('copy') ? [{ id: 'copy', run: () => { to.set(from); return to; } }] : []), ...ready];
  const samples = await measure(contenders.map(({ run }) => ({ run: () => { run(); } })), budgetMs, hooks);
  if (samples === undefined) return undefined;
  const summaries = samples.map((list) => summarize(list, method, hooks.random));
  const copyMs = summaries[contenders.findIndex(({ id }) => id === 'copy')]?.medianMs;
  const rows = contenders.flatMap(({ id, run }, index): BenchRow[] => {
    const summary = summaries[index];
    if (summary === undefined) return [];
    return [{ case: one.id, from: one.from, to: 'jpeg', width, height, engine: id, threads: 1, ...summary, ratioToCopy: copyMs === undefined ? null : summary.medianMs / copyMs, mismatchPercent: null, maxError: null, timing: 'kernel', bytes: read + run().length, samples: samples[index] }];
  });
  return { rows, absent };
}
