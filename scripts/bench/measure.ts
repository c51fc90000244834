import { median, quantileSorted } from 'simple-statistics';
import { allocImage, convert, imageBytes, planConversion, subImage } from '../../src/kernels/index.ts';
import type { Image } from '../../src/kernels/index.ts';
import { formatLayout } from '../../src/kernels/image/formatLayout.ts';
import type { BenchCase } from '../../src/kernels/tables/benchCases.ts';
import type { Engine } from './engines.ts';

export interface BenchRow {
  readonly case: string;
  readonly from: string;
  readonly to: string;
  readonly width: number;
  readonly height: number;
  readonly engine: string;
  readonly threads: number;
  readonly medianMs: number;
  readonly ci95: readonly [number, number];
  readonly ratioToCopy: number;
  /** Bytes that differ from the reference, of the part that was checked. */
  readonly mismatchPercent: number;
  readonly maxError: number;
}

/** Texture in every direction: flat pictures flatter caches and branches. */
function texture(image: Image): Image {
  for (const { bytes } of image.planes) for (let at = 0; at < bytes.length; at += 1) bytes[at] = ((at * 2654435761) >>> 24) ^ (at >> 7);
  return image;
}

/** The smallest difference that the clock shows, in milliseconds. */
function timerStep(): number {
  let step = Infinity;
  for (let turn = 0; turn < 50; turn += 1) {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    step = Math.min(step, now - start);
  }
  return step;
}

interface Sampler {
  readonly engine: Engine;
  readonly run: () => void;
  readonly batch: number;
  readonly samples: number[];
}

function timeBatch(run: () => void, batch: number): number {
  const start = performance.now();
  for (let turn = 0; turn < batch; turn += 1) run();
  return (performance.now() - start) / batch;
}

/** Runs until two halves of the last runs agree within a tenth, or a second has passed. */
function warmUp(run: () => void): number {
  const times: number[] = [];
  const start = performance.now();
  while (performance.now() - start < 1000) {
    times.push(timeBatch(run, 1));
    const last = times.slice(-6);
    if (last.length === 6 && Math.abs(median(last.slice(0, 3)) - median(last.slice(3))) < 0.1 * median(last)) break;
  }
  return median(times.slice(-3));
}

/** @source Efron, “Bootstrap methods”, 1979: percentile interval of the median */
function bootstrap(samples: readonly number[]): readonly [number, number] {
  const medians = Array.from({ length: 400 }, () => median(samples.map(() => samples[Math.floor(Math.random() * samples.length)] ?? 0))).toSorted((a, b) => a - b);
  return [quantileSorted(medians, 0.025), quantileSorted(medians, 0.975)];
}

function shuffle<T>(list: T[]): T[] {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    const [a, b] = [list[at], list[other]];
    if (a !== undefined && b !== undefined) [list[at], list[other]] = [b, a];
  }
  return list;
}

/** How a result differs from the reference, on the top rows of the picture. */
function exactness(one: BenchCase, source: Image, result: Uint8Array | undefined): { readonly mismatchPercent: number; readonly maxError: number } {
  if (result === undefined) return { mismatchPercent: 0, maxError: 0 };
  const part = subImage(source, { x: 0, y: 0, width: source.width, height: Math.min(source.height, 32) });
  const expected = imageBytes(convert(part, one.to, { scale: one.scale, offset: one.offset, backend: 'reference' }));
  const firstPlane = source.width * Math.min(source.height, 32) * (formatLayout(one.to).planes[0]?.blockBytes ?? 1);
  let [differing, largest] = [0, 0];
  for (let at = 0; at < firstPlane; at += 1) {
    const error = Math.abs((expected[at] ?? 0) - (result[at] ?? 0));
    if (error > 0) differing += 1;
    largest = Math.max(largest, error);
  }
  return { mismatchPercent: (100 * differing) / firstPlane, maxError: largest };
}

/** All engines on one case, interleaved in random order. @param budgetMs per case */
export function measureCase(one: BenchCase, { width, height }: { readonly width: number; readonly height: number }, engines: readonly Engine[], budgetMs: number): readonly BenchRow[] {
  const source = texture(allocImage({ format: one.from, width, height }));
  const pipeline = planConversion({ format: one.from, width, height }, { format: one.to, width, height }, { scale: one.scale, offset: one.offset });
  const shortest = 100 * timerStep();
  const prepared = engines.map((engine) => ({ engine, ...engine.prepare(pipeline, source) }));
  const samplers = prepared.map(({ engine, run }): Sampler => ({ engine, run, batch: Math.max(1, Math.ceil(shortest / Math.max(warmUp(run), 1e-6))), samples: [] }));
  const start = performance.now();
  while (performance.now() - start < budgetMs || samplers.some(({ samples }) => samples.length < 7)) {
    for (const { run, batch, samples } of shuffle([...samplers])) samples.push(timeBatch(run, batch));
  }
  const copyMs = median(samplers.find(({ engine }) => engine.id === 'copy')?.samples ?? [Number.NaN]);
  return samplers.map(({ engine, samples }): BenchRow => {
    const result = prepared.find((other) => other.engine === engine)?.result?.();
    const medianMs = median(samples);
    return { case: one.id, from: one.from, to: one.to, width, height, engine: engine.id, threads: engine.threads, medianMs, ci95: bootstrap(samples), ratioToCopy: medianMs / copyMs, ...exactness(one, source, result) };
  });
}
