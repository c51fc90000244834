/** A thread of Node that makes parts of conversions: what `bands.worker.ts` is in a browser. */
import { parentPort } from 'node:worker_threads';
import { tsImport } from 'tsx/esm/api';

const { BandRunner } = await tsImport('../../src/workers/bands/runner.ts', import.meta.url);
const runner = new BandRunner();

parentPort?.on('message', (message) => {
  const answer = runner.handle(message);
  if (answer !== undefined) parentPort?.postMessage(answer);
});
