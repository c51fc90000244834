import { compile, simdReason } from '../backends/index.ts';
import type { BackendId } from '../backends/backend.ts';
import { MOST_REFERENCE_PIXELS } from '../tables/benchCases.ts';
import type { Engine } from './engine.ts';
import { bytesOf, inTurns } from './frames.ts';

function compiled(id: BackendId, title: string, says: string, absent: Engine['absent']): Engine {
  return {
    id, title, says, absent, threads: 1, timing: 'kernel',
    prepare: ({ pipeline, frames }) => {
      const kernel = compile(pipeline, id);
      const next = inTurns(frames);
      return {
        run: () => { const { source, target } = next(); kernel.run(source, target); },
        result: () => {
          const [first] = frames;
          if (first === undefined) throw new TypeError('There is no frame.');
          kernel.run(first.source, first.target);
          return first.target;
        },
      };
    },
  };
}

/** As much traffic as the conversion has, by the platform's own copy. */
const copy: Engine = {
  id: 'copy', title: 'memory copy', says: 'A native copy of half the bytes that the conversion reads and writes: the ceiling.', threads: 1, timing: 'kernel',
  absent: () => undefined,
  prepare: ({ frames }) => {
    const [first] = frames;
    const bytes = first === undefined ? 0 : Math.round((bytesOf(first.source) + bytesOf(first.target)) / 2);
    const next = inTurns(frames.map(() => ({ from: new Uint8Array(bytes).fill(7), to: new Uint8Array(bytes).fill(1) })));
    return { run: () => { const { from, to } = next(); to.set(from); }, result: undefined };
  },
};

/** Engines that need nothing but JavaScript. */
export const ENGINES: readonly Engine[] = [
  copy,
  compiled('reference', 'reference', 'The definition itself, row by row; slow, and never wrong.', ({ pipeline: { from } }) => (from.width * from.height > MOST_REFERENCE_PIXELS ? 'The reference is measured up to 640×480 only: larger pictures take seconds.' : undefined)),
  compiled('scalar', 'scalar', 'TypeScript on typed arrays, compiled from the same steps.', () => undefined),
  compiled('simd', 'simd', 'WebAssembly SIMD, written at run time from the same steps; one thread.', ({ pipeline }) => simdReason(pipeline)),
];
