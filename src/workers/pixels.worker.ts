import { expose } from 'comlink';
import { LabError, shareImages } from '../kernels/index.ts';
import { browserThreads } from './bands/browser.ts';
import { Pixels } from './pixels.ts';

/** Samples lie beside the page; the worker is told where by its own address. */
async function fetchSample(file: string): Promise<Uint8Array> {
  const base = new URL(import.meta.env.BASE_URL, self.location.href);
  const root = import.meta.env.DEV ? new URL('/', base) : new URL('../', self.location.href);
  const response = await fetch(new URL(`samples/${file}`, root));
  if (!response.ok) throw new LabError({ code: 'sample/missing', what: `The sample ${file} could not be loaded (${String(response.status)}).`, remedy: 'Reload the page once while online; samples are kept for offline use after that.' });
  return new Uint8Array(await response.arrayBuffer());
}

// A rejection that nobody handled would pass unseen: said as an error, it ends this worker and the client starts another.
self.addEventListener('unhandledrejection', ({ reason }) => reportError(reason));

// In an isolated page images lie in memory that other threads can work on too.
shareImages(self.crossOriginIsolated);

expose(new Pixels(fetchSample, browserThreads()));
