import { BandRunner } from './runner.ts';
import type { BandMessage } from './runner.ts';
import { tellFaults } from '../line/workerFaults.ts';

tellFaults();

const runner = new BandRunner();

self.addEventListener('message', ({ data }: MessageEvent<BandMessage>) => {
  const answer = runner.handle(data);
  if (answer !== undefined) self.postMessage(answer);
});
