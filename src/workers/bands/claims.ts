/**
 * Rows of one run that threads take as they come to them: whoever wakes late finds fewer left, and nobody waits for a thread that sleeps.
 * All of it can be posted.
 */
export interface Claims {
  /** The next row that nobody has taken, and how many rows are made; shared by all threads. */
  readonly counters: Int32Array<SharedArrayBuffer>;
  /** Rows end here. */
  readonly to: number;
  /** Rows that are taken at once. */
  readonly step: number;
}

/** Places of the counters: each on a cache line of its own. */
const [NEXT, MADE, PLACES] = [0, 16, 32];

export const newCounters = (): Claims['counters'] => new Int32Array(new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT));

/** The rows from ≤ y < to, none of them taken. @param counters that no thread looks at any more */
export function offer(counters: Claims['counters'], from: number, to: number, step: number): Claims {
  Atomics.store(counters, MADE, from);
  Atomics.store(counters, NEXT, from);
  return { counters, to, step };
}

/** Takes rows and makes them until none are left. */
export function takeRows({ counters, to, step }: Claims, make: (from: number, to: number) => void): void {
  for (;;) {
    const from = Atomics.add(counters, NEXT, step);
    if (from >= to) return;
    const end = Math.min(to, from + step);
    make(from, end);
    Atomics.add(counters, MADE, end - from);
  }
}

/** Whether all rows are made, those that others took included. */
export const areMade = ({ counters, to }: Claims): boolean => Atomics.load(counters, MADE) >= to;
