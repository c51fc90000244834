/** What a cancelled job answers; nobody is waiting for it any more. */
export const CANCELLED = { code: 'job/cancelled', what: 'The job was cancelled.', remedy: 'Start it again if it was not meant so.' } as const;

/** Milliseconds of work before others get a turn. */
const TURN_MS = 12;

/** A turn of the event loop; timers would be held back in hidden tabs, messages are not. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Milliseconds without anything urgent after which the background goes on. */
const LULL_MS = 20;

/** What a person looks at goes first: work in the background pauses while it is made, and until nothing more of it has come for a moment. */
export class Precedence {
  private underWay = 0;
  private last = -Infinity;

  async first<T>(work: () => T | Promise<T>): Promise<T> {
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
      this.last = performance.now();
    }
  }

  /** A turn of the event loop for work in the background. */
  readonly turn = async (): Promise<void> => {
    await nextTurn();
    while (this.underWay > 0 || performance.now() - this.last < LULL_MS) await new Promise((resolve) => { setTimeout(resolve, LULL_MS); });
  };
}

/**
 * Runs bands of rows, and lets other messages through in between.
 * @param band writes rows from ≤ y < to   @param rows in all   @param step rows of a band   @param first row to begin with   @param turn how others get theirs
 * @returns false when it was cancelled on the way
 */
export async function inBands(rows: number, step: number, band: (from: number, to: number) => void | Promise<void>, isCancelled: () => boolean, first = 0, turn = nextTurn): Promise<boolean> {
  await turn();
  if (isCancelled()) return false;
  let started = performance.now();
  for (let from = first; from < rows; from += step) {
    await band(from, Math.min(rows, from + step));
    if (performance.now() - started < TURN_MS) continue;
    await turn();
    if (isCancelled()) return false;
    started = performance.now();
  }
  return true;
}

/** Runs a generator to its end, and lets other messages through in between. @returns what it returns; undefined when it was cancelled on the way */
export async function inTurns<T>(steps: Generator<unknown, T, void>, isCancelled: () => boolean, turn = nextTurn): Promise<T | undefined> {
  let started = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - started < TURN_MS) continue;
    await turn();
    if (isCancelled()) return undefined;
    started = performance.now();
  }
}
