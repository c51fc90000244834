import type { Image } from '../image/types.ts';

export type BackendId = 'reference' | 'scalar' | 'simd';

/** A compiled conversion. */
export interface Kernel {
  readonly backend: BackendId;
  /** Writes every sample of `target`; padding between its rows is left as it is. Sizes and formats are those of the pipeline. */
  run(source: Image, target: Image): void;
}
