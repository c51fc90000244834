/** Stands for a worker where there can be none: the first message is answered by an error, as a crash is. */
class AbsentWorker extends EventTarget {
  onerror: ((event: Event) => unknown) | null = null;
  private readonly why: string;

  constructor(why: string) {
    super();
    this.why = why;
  }

  postMessage(): void {
    const event = new ErrorEvent('error', { message: this.why });
    setTimeout(() => { this.onerror?.(event); this.dispatchEvent(event); });
  }

  terminate(): void {
    this.onerror = null;
  }
}

/** What every client needs of a worker. */
export type StartedWorker = Worker | AbsentWorker;

/** A worker, or, in a browser that has none or refuses it, one that says so. */
export function startedWorker(start: () => Worker): StartedWorker {
  if (typeof Worker === 'undefined') return new AbsentWorker('this browser has no workers');
  try {
    return start();
  } catch (thrown) {
    return new AbsentWorker(`this browser refuses the worker: ${String(thrown)}`);
  }
}
