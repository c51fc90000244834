import { compile, wrapImage } from '../../kernels/index.ts';
import type { Pipeline } from '../../kernels/index.ts';
import { tellFaults } from '../line/workerFaults.ts';

tellFaults();

/** A conversion that travels with its buffers. */
export interface Errand {
  readonly pipeline: Pipeline;
  readonly source: ArrayBuffer;
  readonly target: ArrayBuffer;
}

self.addEventListener('message', ({ data }: MessageEvent<Errand>) => {
  const { pipeline, source, target } = data;
  compile(pipeline, 'simd').run(wrapImage(new Uint8Array(source), pipeline.from), wrapImage(new Uint8Array(target), pipeline.to));
  self.postMessage(data, { transfer: [source, target] });
});
