/** Timers; Node and browsers have them, yet no ECMAScript lib does. */
declare function setTimeout(run: () => void, ms: number): unknown;
