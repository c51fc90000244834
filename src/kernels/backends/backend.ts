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
}
