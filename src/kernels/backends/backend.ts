import type { Image } from '../image/types.ts';

export type BackendId = 'reference' | 'scalar' | 'simd';

/** A compiled conversion. */
export interface Kernel {
  readonly backend: BackendId;
  /** Writes every sample of `target`; padding between its rows is left as it is. Sizes and formats are those of the pipeline. */
  run(source: Image, target: Image): void;
  /**
   * The same in parts, for callers that want to breathe in between.
   * @returns writes the rows from ≤ y < to; both are luma rows, multiples of the destination's chroma height or its end
   */
  prepare(source: Image, target: Image): (from: number, to: number) => void;
  /** What other threads need to make parts of it; undefined where the images do not lie in one shared memory, or the backend runs in one thread only. */
  share?(source: Image, target: Image): SharedRun | undefined;
}

/** Where a plane starts in its memory, and its bytes a row. */
export interface PlaneAt {
  readonly at: number;
  readonly stride: number;
}

/** A compiled run over images in one memory: all numbers, so that it can be made elsewhere too. */
export interface SimdCall {
  readonly sources: readonly PlaneAt[];
  readonly targets: readonly PlaneAt[];
  /** Luma rows of one row of each plane. */
  readonly sourceSubY: readonly number[];
  readonly targetSubY: readonly number[];
  /** Pixels. */
  readonly width: number;
  /** Room for the last columns and for what rows share; each thread has its own. */
  readonly scratch: number;
}

/** A run that several threads can make together. Everything in it can be posted. */
export interface SharedRun {
  /** Names the module: the same for every run of a kernel. */
  readonly program: number;
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  /** Luma rows that belong together: parts start at multiples of it. */
  readonly together: number;
  readonly call: SimdCall;
  /** Bytes from one thread's scratch to the next's. */
  readonly scratchBytes: number;
  /** Threads, the caller's own included, whose scratch fits beside each other. One more would write over images. */
  readonly mostThreads: number;
}
