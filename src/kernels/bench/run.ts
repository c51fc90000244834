import { compile } from '../backends/index.ts';
import { compareImages } from '../analysis/compare.ts';
import { freeImage } from '../image/arena.ts';
import { allocImage } from '../image/image.ts';
import type { Image } from '../image/types.ts';
import { planConversion } from '../pipeline/plan.ts';
import type { Pipeline } from '../pipeline/step.ts';
import type { BenchCase } from '../tables/benchCases.ts';
import type { Engine, Prepared, Work } from './engine.ts';
import { bytesOf, freeFrames, makeFrames } from './frames.ts';
import { measure } from './measure.ts';
import type { Hooks } from './measure.ts';
import type { Absent, BenchRow, Method } from './report.ts';
import { summarize } from './statistics.ts';

export interface CaseOptions {
  readonly width: number;
  readonly height: number;
  readonly method: Method;
  /** Milliseconds for all engines together. */
  readonly budgetMs: number;
  /** A time of the hooks' clock until which measuring goes on; left out: the budget alone counts. */
  readonly until?: number | undefined;
  /** Frames that take turns; left out: more than the caches hold. */
  readonly frames?: number | undefined;
}

export interface CaseResult {
  readonly rows: readonly BenchRow[];
  readonly absent: readonly Absent[];
}

type Exactness = Pick<BenchRow, 'mismatchPercent' | 'maxError'>;

/** How far a result is from the reference: samples of all components together. */
export function exactness(expected: Image, result: Image): Exactness {
  const rows = compareImages(expected, result);
  const samples = rows.reduce((sum, row) => sum + row.samples, 0);
  return { mismatchPercent: (100 * rows.reduce((sum, row) => sum + row.differing, 0)) / samples, maxError: Math.max(...rows.map(({ maxError }) => maxError)) };
}

/** What is right for the first frame; scalar equals the reference, and is done sooner. */
function expectedOf(pipeline: Pipeline, source: Image): Image {
  const expected = allocImage(pipeline.to);
  compile(pipeline, 'scalar').run(source, expected);
  return expected;
}

function workFor(one: BenchCase, { width, height, frames }: CaseOptions): Omit<Work, 'frames'> & { readonly make: () => Work } {
  const options = { scale: one.scale, offset: one.offset };
  const pipeline = planConversion({ format: one.from, width, height, colorSpec: one.colorSpec }, { format: one.to, width, height }, options);
  return { one, options, pipeline, make: () => ({ one, options, pipeline, frames: makeFrames(pipeline.from, pipeline.to, frames) }) };
}

/** All engines on one case, in one interleaved run; undefined when cancelled. An engine that fails while it gets ready is absent, with what it said. */
export async function runCase(one: BenchCase, engines: readonly Engine[], options: CaseOptions, hooks: Hooks): Promise<CaseResult | undefined> {
  const planned = workFor(one, options);
  const absent: Absent[] = [];
  const able = engines.filter((engine) => {
    const reason = engine.absent(planned);
    if (reason !== undefined) absent.push({ case: one.id, engine: engine.id, reason });
    return reason === undefined;
  });
  const work = planned.make();
  const ready: { readonly engine: Engine; readonly prepared: Prepared }[] = [];
  for (const engine of able) {
    try {
      const prepared = await engine.prepare(work);
      // Once before the clock starts: what fails is absent, and the others go on.
      await prepared.run();
      ready.push({ engine, prepared });
    } catch (thrown) {
      absent.push({ case: one.id, engine: engine.id, reason: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }
  try {
    const samples = await measure(ready.map(({ prepared: { run } }) => ({ run, turn: work.frames.length })), options.budgetMs, hooks, options.until);
    return samples === undefined ? undefined : { rows: await rowsOf(work, ready, samples, options, hooks), absent };
  } finally {
    for (const { prepared } of ready) prepared.end?.();
    freeFrames(work.frames);
  }
}

async function rowsOf(work: Work, ready: readonly { readonly engine: Engine; readonly prepared: Prepared }[], samples: readonly (readonly number[])[], { width, height, method }: CaseOptions, hooks: Hooks): Promise<readonly BenchRow[]> {
  const [first] = work.frames;
  if (first === undefined) return [];
  const expected = expectedOf(work.pipeline, first.source);
  const summaries = samples.map((list) => summarize(list, method, hooks.random));
  const copyMs = summaries[ready.findIndex(({ engine }) => engine.id === 'copy')]?.medianMs;
  const rows: BenchRow[] = [];
  for (const [index, { engine, prepared }] of ready.entries()) {
    const summary = summaries[index];
    const list = samples[index];
    if (summary === undefined || list === undefined) continue;
    const result = await prepared.result?.();
    const exact: Exactness = result === undefined ? { mismatchPercent: null, maxError: null } : exactness(expected, result);
    const { one } = work;
    rows.push({ case: one.id, from: one.from, to: one.to, width, height, engine: engine.id, threads: engine.threads, ...summary, ratioToCopy: copyMs === undefined ? null : summary.medianMs / copyMs, ...exact, timing: engine.timing, bytes: bytesOf(first.source) + bytesOf(first.target), samples: list });
  }
  freeImage(expected);
  return rows;
}
