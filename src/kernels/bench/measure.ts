import { median } from 'simple-statistics';
import type { Random } from './statistics.ts';

/** Something that is timed beside others. */
export interface Contender {
  /** Does the work once. */
  readonly run: () => void | Promise<void>;
  /** Calls until the same memory comes again; left out: 1. All of it must have been there once before the clock means anything. */
  readonly turn?: number | undefined;
}

export interface Hooks {
  /** Milliseconds, of a clock that never goes back. */
  readonly now: () => number;
  readonly random: Random;
  /** Asked between batches. */
  readonly isCancelled: () => boolean;
  /** Lets others have a turn between batches. */
  readonly breathe: () => Promise<void>;
}

/** A batch lasts at least so many steps of the clock. */
const STEPS_PER_BATCH = 100;
const FEWEST_BATCHES = 10;
const LONGEST_WARM_UP_MS = 1000;
/** Two halves of the last warm-up runs agree within this. */
const FLAT = 0.1;
const WARM_UP_RUNS = 6;

/** The smallest difference that a clock shows, in milliseconds. */
export function timerStep(now: () => number): number {
  let step = Infinity;
  for (let turn = 0; turn < 20; turn += 1) {
    const start = now();
    let later = start;
    while (later === start) later = now();
    step = Math.min(step, later - start);
  }
  return step;
}

async function batchMs({ run }: Contender, count: number, now: () => number): Promise<number> {
  const start = now();
  for (let turn = 0; turn < count; turn += 1) {
    const pending = run();
    if (pending !== undefined) await pending;
  }
  return (now() - start) / count;
}

/** Runs until it no longer gets quicker. @returns milliseconds of one call, roughly */
async function warmUp(contender: Contender, { now, isCancelled }: Hooks): Promise<number> {
  const times: number[] = [];
  const fewest = Math.max(WARM_UP_RUNS, (contender.turn ?? 1) + 1);
  const start = now();
  do {
    times.push(await batchMs(contender, 1, now));
    const last = times.slice(-WARM_UP_RUNS);
    if (times.length >= fewest && Math.abs(median(last.slice(0, WARM_UP_RUNS / 2)) - median(last.slice(WARM_UP_RUNS / 2))) < FLAT * median(last)) break;
  } while (now() - start < LONGEST_WARM_UP_MS && !isCancelled());
  return median(times.slice(-3));
}

export function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  return list.map((item) => ({ item, key: random() })).toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

/**
 * Times contenders side by side: warmed up, in batches that last long enough for the clock, in a new random order each round.
 * @param budgetMs for all of them together, warm-up not counted; every one gets a few batches even if that takes longer
 * @param until a time of the clock: measuring goes on until then where the rest took less than was reckoned
 * @returns milliseconds of one call for each batch, in the order of the contenders; undefined when cancelled
 */
export async function measure(contenders: readonly Contender[], budgetMs: number, hooks: Hooks, until = -Infinity): Promise<readonly (readonly number[])[] | undefined> {
  const { now, random, isCancelled, breathe } = hooks;
  const shortest = STEPS_PER_BATCH * timerStep(now);
  const runs: { readonly contender: Contender; readonly count: number; readonly samples: number[] }[] = [];
  for (const contender of contenders) {
    const once = await warmUp(contender, hooks);
    runs.push({ contender, count: Math.max(1, Math.ceil(shortest / Math.max(once, 1e-6))), samples: [] });
    await breathe();
    if (isCancelled()) return undefined;
  }
  const start = now();
  while (now() - start < budgetMs || now() < until || runs.some(({ samples }) => samples.length < FEWEST_BATCHES)) {
    for (const { contender, count, samples } of shuffled(runs, random)) samples.push(await batchMs(contender, count, now));
    await breathe();
    if (isCancelled()) return undefined;
  }
  return runs.map(({ samples }) => samples);
}
