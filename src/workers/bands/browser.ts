import type { Threads } from './parallel.ts';
import { BandPool } from './pool.ts';
import type { BandThread } from './pool.ts';
import type { BandReply } from './runner.ts';
import { hearFaults } from '../line/workerFaults.ts';
import '../line/ownScripts.ts';

/** More threads wait for memory, not for each other. */
const MOST_THREADS = 8;

function startThread(): BandThread {
  const worker = new Worker(new URL('./bands.worker.ts', import.meta.url), { type: 'module', name: 'bands' });
  return {
    post: (message) => { worker.postMessage(message); },
    onReply: (listener) => { worker.addEventListener('message', ({ data }: MessageEvent<BandReply>) => listener(data)); },
    onFailure: (listener) => { hearFaults(worker, listener); },
    end: () => { worker.terminate(); },
  };
}

/** @param count threads beside the caller's own */
export const startPool = (count: number): BandPool => new BandPool(startThread, count);

/** Threads for this machine, started once and only where memory can be shared; how long handing over to them takes is measured then. */
export function browserThreads(): () => Promise<Threads | undefined> {
  let started: Promise<Threads | undefined> | undefined;
  const start = async (): Promise<Threads | undefined> => {
    const count = Math.min(MOST_THREADS, navigator.hardwareConcurrency) - 1;
    if (!self.crossOriginIsolated || count < 1) return undefined;
    const pool = startPool(count);
    return { pool, handOverMs: await pool.handOverMs() };
  };
  return () => (started ??= start());
}
