import { fillBytes, freeImage } from '../image/arena.ts';
import { allocImage } from '../image/image.ts';
import type { Image } from '../image/types.ts';
import { cloneImage, compact, restride, subImage } from '../image/views.ts';
import { OPERATION_ROWS } from '../tables/benchCases.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import { bytesOf, framesFor, inTurns } from './frames.ts';
import { measure } from './measure.ts';
import type { Hooks } from './measure.ts';
import type { BenchRow } from './report.ts';
import type { CaseOptions } from './run.ts';
import { summarize } from './statistics.ts';

/** An operation of the image model, as remote-desktop servers do them for every update of the screen. */
export interface OperationCase {
  readonly id: string;
  readonly title: string;
  readonly format: PixelFormatId;
  readonly run: (image: Image) => Image;
}

const half = ({ width, height }: Image) => ({ x: width >> 2, y: height >> 2, width: width >> 1, height: height >> 1 });

const RUNS: Readonly<Record<(typeof OPERATION_ROWS)[number]['id'], OperationCase['run']>> = {
  'clone-bgra': cloneImage,
  'restride-bgra': (image) => restride(image, (Math.ceil((image.width * 4) / 64) + 1) * 64),
  'sub-copy-bgra': (image) => compact(subImage(image, { x: 0, y: 0, width: image.width, height: image.height })),
  'half-sub-copy-bgra': (image) => compact(subImage(image, half(image))),
};

export const OPERATION_CASES: readonly OperationCase[] = OPERATION_ROWS.map((row) => ({ ...row, run: RUNS[row.id] }));

/** Runs an operation on one image after the other; results are held as long as it takes until their turn comes again, so that they too come from memory. */
function taker(one: OperationCase, images: readonly Image[]): { readonly run: () => void; readonly end: () => void } {
  const next = inTurns(images);
  const results: Image[] = [];
  return {
    run: () => {
      const [oldest] = results;
      if (oldest !== undefined && results.length >= images.length) freeImage(results.shift() ?? oldest);
      results.push(one.run(next()));
    },
    end: () => { for (const image of [...results, ...images]) freeImage(image); },
  };
}

/** One operation beside a native copy of as many bytes; undefined when cancelled. */
export async function runOperation(one: OperationCase, { width, height, method, budgetMs, until, frames }: CaseOptions, hooks: Hooks): Promise<readonly BenchRow[] | undefined> {
  const spec = { format: one.format, width, height } as const;
  const turn = frames ?? framesFor(2 * width * height * 4);
  const images = Array.from({ length: turn }, () => { const image = allocImage(spec); for (const { bytes } of image.planes) fillBytes(bytes, 7); return image; });
  const [first] = images;
  if (first === undefined) return [];
  const result = one.run(first);
  const [written, pixels] = [bytesOf(result), result.width * result.height];
  freeImage(result);
  const buffers = inTurns(images.map(() => ({ from: new Uint8Array(written).fill(7), to: new Uint8Array(written).fill(1) })));
  const { run, end } = taker(one, images);
  const samples = await measure([{ turn, run: () => { const { from, to } = buffers(); to.set(from); } }, { turn, run }], budgetMs, hooks, until);
  end();
  if (samples === undefined) return undefined;
  const [copy, own] = samples.map((list) => summarize(list, method, hooks.random));
  if (copy === undefined || own === undefined) return [];
  const facts = { case: one.id, from: one.format, to: one.format, width, height, threads: 1, mismatchPercent: null, maxError: null, timing: 'kernel', pixels, bytes: 2 * written } as const;
  return [{ ...facts, ...copy, engine: 'copy', ratioToCopy: 1, samples: samples[0] ?? [] }, { ...facts, ...own, engine: 'image model', ratioToCopy: own.medianMs / copy.medianMs, samples: samples[1] ?? [] }];
}
