import type { Image, Kernel, SharedRun } from '../../kernels/index.ts';
import { inBands } from '../line/pacing.ts';
import type { BandPool } from './pool.ts';

/** Rows made first, alone, to see how long they take. */
const TRIAL_ROWS = 64;
/** Rows that are made before others get a turn. */
const TURN_ROWS = 512;
/** Splitting must save at least this many hand-overs. */
const MARGIN = 2;

/** Whether handing parts to threads is quicker, by what was measured. @param aloneMs of the rows that are left */
export const paysOff = (aloneMs: number, handOverMs: number, threads: number): boolean => threads > 1 && aloneMs * (1 - 1 / threads) > MARGIN * handOverMs;

/** How a conversion was made. */
export interface Made {
  readonly isDone: boolean;
  readonly threads: number;
}

export interface Threads {
  readonly pool: BandPool;
  readonly handOverMs: number;
}

/**
 * Runs a kernel in turns with whoever else wants something. Large images in shared memory are split among threads where a trial says that this is quicker.
 * @param threads started when they are first needed; undefined where there are none
 */
export async function convertInTurns(kernel: Kernel, source: Image, target: Image, threads: () => Promise<Threads | undefined>, isCancelled: () => boolean): Promise<Made> {
  const band = kernel.prepare(source, target);
  const shared = kernel.share?.(source, target);
  const { height } = target;
  if (shared === undefined || height < 4 * TRIAL_ROWS) return { isDone: await inBands(height, TRIAL_ROWS, band, isCancelled), threads: 1 };
  band(0, TRIAL_ROWS);
  const started = performance.now();
  band(TRIAL_ROWS, 2 * TRIAL_ROWS);
  const aloneMs = ((performance.now() - started) * (height - 2 * TRIAL_ROWS)) / TRIAL_ROWS;
  const others = paysOff(aloneMs, 0.1, 2) ? await threads() : undefined;
  const rest = async (from: number, step: number, make: (from: number, to: number) => void | Promise<void>): Promise<boolean> => inBands(height, step, make, isCancelled, from);
  const size = others?.pool.sizeFor(shared) ?? 1;
  if (others === undefined || !paysOff(aloneMs, others.handOverMs, size)) return { isDone: await rest(2 * TRIAL_ROWS, TRIAL_ROWS, band), threads: 1 };
  return { isDone: await rest(2 * TRIAL_ROWS, TURN_ROWS * size, split(others.pool, shared, band)), threads: size };
}

/** A part by all threads; by this one alone when another fails. */
function split(pool: BandPool, shared: SharedRun, band: (from: number, to: number) => void): (from: number, to: number) => Promise<void> {
  return async (from, to) => {
    try {
      await pool.run(shared, from, to, band);
    } catch {
      band(from, to);
    }
  };
}
