import { Worker } from 'node:worker_threads';
import { BandPool } from '../../src/workers/bands/pool.ts';
import type { BandThread } from '../../src/workers/bands/pool.ts';
import type { BandReply } from '../../src/workers/bands/runner.ts';

function startThread(): BandThread {
  const worker = new Worker(new URL('./bandThread.mjs', import.meta.url));
  // A pool that nobody ends must not keep the program alive.
  worker.unref();
  return {
    post: (message) => { worker.postMessage(message); },
    onReply: (listener) => { worker.on('message', (reply: BandReply) => { listener(reply); }); },
    onFailure: (listener) => { worker.on('error', (error) => { listener(error instanceof Error ? error.message : String(error)); }); },
    end: () => { void worker.terminate(); },
  };
}

/** @param count threads in all, the caller's own included */
export const nodeThreads = (count: number): BandPool => new BandPool(startThread, count - 1);
