/** What a benchmark found: the same in Node and in the browser, and in the files that are saved. */

/** What the time includes. */
export type Timing =
  /** The conversion alone, from memory to memory. */
  | 'kernel'
  /** With the pixels' way in and out: to a worker and back, to other threads, into a VideoFrame or a canvas and out of it. */
  | 'transfer'
  /** With the result's way to the screen: tiles, drawn. */
  | 'tile';

/** How samples become one number. */
export type Method =
  /** Median of the batches, 95 % interval by bootstrap. */
  | 'median'
  /** As VPI's tables: batches of calls without their extremes; the median and half the spread of what is left. */
  | 'vpi';

export interface BenchRow {
  /** `nv12-rgba`, `jpeg-nv12-q75`, `clone-rgba`. */
  readonly case: string;
  readonly from: string;
  readonly to: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly engine: string;
  readonly threads: number;
  /** Milliseconds of one call. */
  readonly medianMs: number;
  /** Milliseconds; with `vpi` the median ± the error. */
  readonly ci95: readonly [number, number];
  /** To a native copy of as many bytes, (read + written) / 2, in the same run; `null` where no copy was measured. */
  readonly ratioToCopy: number | null;
  /** Samples that differ from the reference, in percent, and by how much at most; `null` where there is nothing to compare. */
  readonly mismatchPercent: number | null;
  readonly maxError: number | null;
  readonly timing: Timing;
  /** Pixels that one call makes, where that is not all of them. */
  readonly pixels?: number | undefined;
  /** What an encoder made: bytes, and dB over all samples of R, G, B to what it was given; `null` where they are equal, undefined where nobody looked. */
  readonly file?: { readonly bytes: number; readonly psnr?: number | null | undefined } | undefined;
  /** Bytes read and written by one call. */
  readonly bytes: number;
  /** Batches far from the others (beyond 5 median absolute deviations); they stay in. */
  readonly outliers: number;
  /** Milliseconds of one call in each batch, in the order of measuring. */
  readonly samples: readonly number[];
  /** The page was hidden while this was measured. */
  readonly wasHidden?: boolean | undefined;
}

/** An engine that has no row for a case, and why. */
export interface Absent {
  readonly case: string;
  readonly engine: string;
  readonly reason: string;
}

export interface Machine {
  /** Processor, as far as it says. */
  readonly cpu: string;
  readonly threads: number;
  /** `Node 20.20.2`, `Chromium 156`. */
  readonly runtime: string;
  /** ISO 8601. */
  readonly date: string;
  /** Whether memory can be shared and the clock is fine; always so in Node. */
  readonly isolated: boolean;
  /** Smallest step of the clock, milliseconds. */
  readonly timerStepMs: number;
}

export interface BenchReport {
  readonly machine: Machine;
  readonly rows: readonly BenchRow[];
  readonly absent: readonly Absent[];
  readonly method: Method;
  /** The page was hidden for a part of the run: browsers slow such pages down. */
  readonly wasHidden: boolean;
}

/** Megapixels in a second. */
export const megapixelsPerSecond = ({ width, height, pixels = width * height, medianMs }: Pick<BenchRow, 'width' | 'height' | 'pixels' | 'medianMs'>): number => pixels / medianMs / 1000;

/** Gigabytes read and written in a second. */
export const gigabytesPerSecond = ({ bytes, medianMs }: Pick<BenchRow, 'bytes' | 'medianMs'>): number => bytes / medianMs / 1e6;
