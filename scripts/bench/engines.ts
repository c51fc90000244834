import { allocImage, compile, imageBytes } from '../../src/kernels/index.ts';
import type { Image, Pipeline } from '../../src/kernels/index.ts';

/** One way to do the work; `prepare` is not timed. */
export interface Engine {
  readonly id: string;
  readonly threads: number;
  /** @returns does it once, and its result's bytes for the check; undefined for the copy, which converts nothing */
  readonly prepare: (pipeline: Pipeline, source: Image) => { readonly run: () => void; readonly result: (() => Uint8Array) | undefined };
}

function compiled(backend: 'scalar' | 'simd'): Engine['prepare'] {
  return (pipeline, source) => {
    const target = allocImage(pipeline.to);
    const kernel = compile(pipeline, backend);
    return { run: () => { kernel.run(source, target); }, result: () => imageBytes(target) };
  };
}

/** A native copy of half the bytes that the conversion reads and writes: as much traffic as the conversion has. */
const copy: Engine['prepare'] = ({ to }, source) => {
  const written = allocImage(to).planes.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const read = source.planes.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const bytes = Math.round((read + written) / 2);
  const [from, target] = [new Uint8Array(bytes).fill(7), new Uint8Array(bytes)];
  return { run: () => { target.set(from); }, result: undefined };
};

export const ENGINES: readonly Engine[] = [
  { id: 'copy', threads: 1, prepare: copy },
  { id: 'scalar', threads: 1, prepare: compiled('scalar') },
  { id: 'simd', threads: 1, prepare: compiled('simd') },
];

