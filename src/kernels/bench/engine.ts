import type { Image } from '../image/types.ts';
import type { ConvertOptions, Pipeline } from '../pipeline/step.ts';
import type { BenchCase } from '../tables/benchCases.ts';
import type { Frame } from './frames.ts';
import type { Timing } from './report.ts';

/** What an engine is given: all of it made before the clock starts. */
export interface Work {
  readonly one: BenchCase;
  readonly pipeline: Pipeline;
  readonly options: ConvertOptions;
  readonly frames: readonly Frame[];
}

export interface Prepared {
  /** Converts the next frame. */
  readonly run: () => void | Promise<void>;
  /** What it makes of the first frame; undefined where nothing is converted. */
  readonly result: (() => Image | Promise<Image>) | undefined;
  readonly end?: () => void;
}

/** One way to do the work. */
export interface Engine {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it is. */
  readonly says: string;
  readonly threads: number;
  readonly timing: Timing;
  /** Why it cannot do this case; undefined where it can. */
  readonly absent: (work: Pick<Work, 'one' | 'pipeline'>) => string | undefined;
  readonly prepare: (work: Work) => Prepared | Promise<Prepared>;
}
