/** Time as the streaming knows it; a test has its own. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Runs something later; the function given back calls it off. */
  after(ms: number, run: () => void): () => void;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
