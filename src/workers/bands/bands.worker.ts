import { BandRunner } from './runner.ts';
import type { BandMessage } from './runner.ts';

const runner = new BandRunner();

self.addEventListener('message', ({ data }: MessageEvent<BandMessage>) => {
  const answer = runner.handle(data);
  if (answer !== undefined) self.postMessage(answer);
});
