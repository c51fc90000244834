import { compile, simdReason, specOf, wrapImage } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import type { Engine } from '../../kernels/bench/engine.ts';
import { inTurns } from '../../kernels/bench/frames.ts';
import { hearFaults } from '../line/workerFaults.ts';
import type { Errand } from './errand.worker.ts';
import '../line/ownScripts.ts';

/** An image's bytes, tight, in a buffer that can be handed over. */
function bufferOf({ planes }: Image): ArrayBuffer {
  const bytes = new Uint8Array(planes.reduce((sum, plane) => sum + plane.bytes.length, 0));
  let at = 0;
  for (const plane of planes) {
    bytes.set(plane.bytes, at);
    at += plane.bytes.length;
  }
  return bytes.buffer;
}

/** The conversion in another worker, to which the source is handed and which hands it back with the result: nothing is copied on the way. */
export const WITH_TRANSFER: Engine = {
  id: 'simd + transfer', title: 'simd + transfer', says: 'The same kernel in another worker; both buffers are handed over and back.', threads: 1, timing: 'transfer',
  absent: ({ pipeline }) => simdReason(pipeline),
  prepare: ({ pipeline, frames }) => {
    const worker = new Worker(new URL('./errand.worker.ts', import.meta.url), { type: 'module', name: 'errand' });
    const errands = frames.map(({ source, target }): { errand: Errand } => ({ errand: { pipeline, source: bufferOf(source), target: bufferOf(target) } }));
    const next = inTurns(errands);
    let fail: (cause: string) => void = () => undefined;
    hearFaults(worker, (cause) => fail(cause));
    const send = (held: { errand: Errand }): Promise<void> => new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Errand>) => { held.errand = data; resolve(); };
      fail = (cause) => { reject(new Error(cause)); };
      worker.postMessage(held.errand, [held.errand.source, held.errand.target]);
    });
    const [first] = errands;
    const [frame] = frames;
    return {
      run: () => send(next()),
      result: async () => {
        if (first === undefined || frame === undefined) throw new TypeError('There is no frame.');
        await send(first);
        return wrapImage(new Uint8Array(first.errand.target.slice(0)), specOf(frame.target));
      },
      end: () => { worker.terminate(); },
    };
  },
};

/** The conversion and the result’s way to the screen: as a bitmap that the page could draw. */
export const WITH_TILE: Engine = {
  id: 'simd + tile', title: 'simd + tile', says: 'The same kernel, then the result as a bitmap for the screen.', threads: 1, timing: 'tile',
  absent: ({ pipeline }) => (pipeline.to.format === 'rgba' ? simdReason(pipeline) : 'Only R, G, B, A goes to the screen without another conversion.'),
  prepare: ({ pipeline, frames }) => {
    const { width, height } = pipeline.to;
    const kernel = compile(pipeline, 'simd');
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('The browser gave no 2D context.');
    const data = new ImageData(width, height);
    const shown = wrapImage(new Uint8Array(data.data.buffer), pipeline.to);
    const next = inTurns(frames);
    return {
      run: () => {
        kernel.run(next().source, shown);
        context.putImageData(data, 0, 0);
        canvas.transferToImageBitmap().close();
      },
      result: () => {
        const [first] = frames;
        if (first !== undefined) kernel.run(first.source, shown);
        return shown;
      },
    };
  },
};
