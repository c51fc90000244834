import { median } from 'simple-statistics';
import { byteLength } from '../image/layout.ts';
import { BENCH_CASES, JPEG_DECODE_ROWS, JPEG_ROWS, MOST_REFERENCE_PIXELS, OPERATION_ROWS } from '../tables/benchCases.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import { framesFor } from './frames.ts';
import type { BenchRow } from './report.ts';

/** What is to be measured, as far as it takes time. */
export interface Planned {
  /** Ids of `BENCH_CASES`, `OPERATION_ROWS`, `JPEG_ROWS`, `JPEG_DECODE_ROWS`. */
  readonly cases: readonly string[];
  readonly sizes: readonly (readonly [width: number, height: number])[];
  /** Ids of engines. */
  readonly engines: readonly string[];
  /** Threads of `simd×n`: one row each. */
  readonly threads: readonly number[];
  /** Seconds for each case at each size, warm-up not counted. */
  readonly seconds: number;
  /** What earlier runs tell: the run keeps the time that is reckoned with it. */
  readonly pace?: Pace | undefined;
}

/** What earlier runs on this machine tell of the next. */
export interface Pace {
  /** Nanoseconds a pixel, by `caseGroup/engine`. */
  readonly nsPerPixel: Readonly<Record<string, number>>;
  /** How many times as long as was reckoned the last runs took. */
  readonly drift: number;
}

export type CaseKind = 'conversion' | 'operation' | 'jpeg' | 'jpegDecode';

/** One case at one size. */
interface Step {
  readonly kind: CaseKind;
  readonly pixels: number;
  /** Read and written by one call. */
  readonly bytes: number;
  readonly engines: readonly string[];
}

/** A machine of today, roughly: nanoseconds a pixel; other engines take less than 1. */
const USUAL_NS: Readonly<Record<string, number>> = {
  'conversion/scalar': 15, 'conversion/reference': 300, 'conversion/opencv.js': 3, 'conversion/canvas': 10, 'conversion/copyTo': 3,
  'jpeg/scalar': 60, 'jpeg/simd': 8, 'jpeg/jpeg-js': 90,
  'jpegDecode/scalar': 60, 'jpegDecode/simd': 20, 'jpegDecode/jpeg-js': 120,
};
const QUICK_NS = 0.7;
const JPEG_ENGINES: readonly string[] = ['copy', 'scalar', 'simd', 'jpeg-js'];
/** Frames are made, and what an engine makes of one is compared; a JPEG is decoded for that. */
const [FRAMES_SECONDS, ENGINE_SECONDS, COMPARE_NS, DECODE_NS] = [0.25, 0.12, 25, 300];
const MOST_DECODED_PIXELS = 1920 * 1080;
const MOST_PICTURES = 6;
/** An engine warms up until its times are flat: a quarter of a second where it is quick, a second at most. */
const [LEAST_WARM_UP, MOST_WARM_UP] = [0.25, 1];
const FEWEST_ROUNDS = 10;

/** The group of a case; one that is not known is taken for a conversion. */
export const kindOf = (id: string): CaseKind => (JPEG_ROWS.some((row) => row.id === id) ? 'jpeg' : JPEG_DECODE_ROWS.some((row) => row.id === id) ? 'jpegDecode' : OPERATION_ROWS.some((row) => row.id === id) ? 'operation' : 'conversion');

/** Engines of a plan that do something for a kind of case: one for each row that comes of it. */
export function enginesFor(kind: CaseKind, { engines, threads }: Pick<Planned, 'engines' | 'threads'>): readonly string[] {
  if (kind === 'operation') return engines.length === 0 ? [] : ['copy', 'image model'];
  if (kind === 'jpeg' || kind === 'jpegDecode') return engines.filter((id) => JPEG_ENGINES.includes(id));
  return engines.filter((id) => id !== 'jpeg-js').flatMap((id) => (id === 'simd×n' ? threads.map((count) => `simd×${String(count)}`) : [id]));
}

const sizedBytes = (format: PixelFormatId, width: number, height: number): number => byteLength({ format, width, height });

/** The steps of a plan in the order in which they are measured. */
function stepsOf(plan: Planned): readonly Step[] {
  const chosen = <T extends { readonly id: string }>(rows: readonly T[]): readonly T[] => rows.filter(({ id }) => plan.cases.includes(id));
  const [conversions, operations, jpegs, decodes] = (['conversion', 'operation', 'jpeg', 'jpegDecode'] as const).map((kind) => enginesFor(kind, plan));
  return plan.sizes.flatMap(([width, height]): readonly Step[] => {
    const pixels = width * height;
    const able = conversions.filter((engine) => engine !== 'reference' || pixels <= MOST_REFERENCE_PIXELS);
    return [
      ...(conversions.length === 0 ? [] : chosen(BENCH_CASES).map(({ from, to }): Step => ({ kind: 'conversion', pixels, bytes: sizedBytes(from, width, height) + sizedBytes(to, width, height), engines: able }))),
      ...(operations.length === 0 ? [] : chosen(OPERATION_ROWS).map(({ format }): Step => ({ kind: 'operation', pixels, bytes: 2 * sizedBytes(format, width, height), engines: operations }))),
      ...(jpegs.length === 0 ? [] : chosen(JPEG_ROWS).map(({ from }): Step => ({ kind: 'jpeg', pixels, bytes: 2 * sizedBytes(from, width, height), engines: jpegs }))),
      ...(decodes.length === 0 ? [] : chosen(JPEG_DECODE_ROWS).map((): Step => ({ kind: 'jpegDecode', pixels, bytes: sizedBytes('rgba', width, height), engines: decodes }))),
    ];
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Seconds of one step: frames, warming up, measuring, comparing. */
function secondsOf({ kind, pixels, bytes, engines }: Step, { seconds, pace }: Planned): number {
  const ns = (engine: string): number => pace?.nsPerPixel[`${kind}/${engine}`] ?? USUAL_NS[`${kind}/${engine}`] ?? QUICK_NS;
  const once = engines.map((engine) => (ns(engine) * pixels) / 1e9);
  // One file is decoded again and again; encoders take turns at a few pictures.
  const turn = kind === 'jpegDecode' ? 1 : kind === 'jpeg' ? Math.min(MOST_PICTURES, framesFor(bytes)) : framesFor(bytes);
  const warmUp = once.map((call) => call + Math.min(MOST_WARM_UP, Math.max(LEAST_WARM_UP, 2 * (turn + 1) * call)));
  const measured = Math.max(seconds, FEWEST_ROUNDS * sum(once));
  const reading = kind === 'operation' ? 0 : kind === 'conversion' || kind === 'jpegDecode' ? COMPARE_NS : pixels <= MOST_DECODED_PIXELS ? DECODE_NS : 0;
  const compared = sum(once) + (engines.length * reading * pixels) / 1e9;
  return (FRAMES_SECONDS + engines.length * ENGINE_SECONDS + sum(warmUp) + measured + compared) * (pace?.drift ?? 1);
}

/** Seconds that each case at each size takes, in the order in which they are measured. */
export const promisedSeconds = (plan: Planned): readonly number[] => stepsOf(plan).map((step) => secondsOf(step, plan));

/** How quick engines were in rows that were measured here, and how far what was reckoned was off. */
export function paceOf(rows: readonly BenchRow[], drift: number): Pace {
  const byEngine = new Map<string, number[]>();
  for (const row of rows) {
    const name = `${kindOf(row.case)}/${row.engine}`;
    byEngine.set(name, [...(byEngine.get(name) ?? []), (row.medianMs * 1e6) / (row.width * row.height)]);
  }
  return { drift, nsPerPixel: Object.fromEntries(Array.from(byEngine, ([name, paces]) => [name, median(paces)])) };
}

/**
 * Seconds that are left, from what the steps so far took of what was reckoned for them.
 * @param done steps that are done   @param elapsed seconds since the start
 */
export function secondsLeft(promised: readonly number[], done: number, elapsed: number): number {
  const [past, all] = [sum(promised.slice(0, done)), sum(promised)];
  return past === 0 ? Math.max(0, all - elapsed) : (elapsed / past) * (all - past);
}
