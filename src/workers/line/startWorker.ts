/** Stands for a worker where there can be none: the first message is answered by an error, as a crash is. */
class AbsentWorker extends EventTarget {
  private readonly why: string;

  constructor(why: string) {
    super();
    this.why = why;
  }

  postMessage(): void {
    setTimeout(() => { this.dispatchEvent(new ErrorEvent('error', { message: this.why })); });
  }

  /** There is nothing to end. */
  terminate(): void {}
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
