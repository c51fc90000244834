import type { ConvertOptions, Pipeline } from '../step.ts';

/** How far the code's result may be from Swizzle's, in stored numbers. */
export type Verdict = 'exact' | 'within-one' | 'differs' | 'unmeasured' | 'impossible';

/** A conversion to be said in another tool's words. */
export interface Request {
  readonly pipeline: Pipeline;
  readonly options: ConvertOptions;
  /** File that holds the source's planes. */
  readonly input: string;
  readonly output: string;
  /** Bytes of the input before the first plane. */
  readonly headerBytes: number;
}

export interface Translation {
  readonly tool: 'numpy' | 'ffmpeg' | 'opencv' | 'vpi' | 'gstreamer';
  readonly title: string;
  readonly language: 'python' | 'shell';
  readonly verdict: Verdict;
  /** One sentence: where the verdict comes from. */
  readonly reason: string;
  /** Left out where the tool cannot do it. */
  readonly code?: string;
}
