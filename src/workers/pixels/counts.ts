import { allocImage, compile, freeImage, paletteOf } from '../../kernels/index.ts';
import type { Image, Pipeline } from '../../kernels/index.ts';
import { comparedComponents, differenceMeter } from '../../kernels/analysis/compare.ts';
import { inBands } from '../line/pacing.ts';

/** Rows that are counted before others may get a turn. */
const BAND_ROWS = 64;

/** Samples that a cast made otherwise than a clamp would have: those that wrapped. @returns undefined when it was cancelled on the way */
export async function countWrapped(source: Image, casted: Image, clamping: Pipeline, isCancelled: () => boolean): Promise<number | undefined> {
  const clamped = allocImage(clamping.to);
  try {
    if (!(await inBands(clamped.height, BAND_ROWS, compile(clamping, 'simd').prepare(source, clamped), isCancelled))) return undefined;
    let count = 0;
    for (const layout of comparedComponents(casted, clamped)) {
      const meter = differenceMeter(casted, clamped, layout);
      if (!(await inBands(meter.rows, BAND_ROWS, meter.take, isCancelled))) return undefined;
      count += meter.value().differing;
    }
    return count;
  } finally {
    freeImage(clamped);
  }
}

/** Pixels whose index is past the palette. @returns undefined when it was cancelled on the way */
export async function countOutsidePalette(image: Image, isCancelled: () => boolean): Promise<number | undefined> {
  const [indices] = image.planes;
  const colors = paletteOf(image)?.colors.length;
  if (image.format !== 'pal8' || colors === undefined || indices === undefined) return 0;
  let count = 0;
  const isDone = await inBands(image.height, BAND_ROWS, (from, to) => {
    for (let y = from; y < to; y += 1) for (let x = 0; x < image.width; x += 1) if ((indices.bytes[y * indices.stride + x] ?? 0) * 4 >= colors) count += 1;
  }, isCancelled);
  return isDone ? count : undefined;
}

/** Both counts. @param clamping undefined: nothing can have wrapped   @returns undefined when it was cancelled on the way */
export async function countLosses(image: Image, result: Image, clamping: Pipeline | undefined, isCancelled: () => boolean): Promise<{ readonly wrapped: number; readonly outsidePalette: number } | undefined> {
  const wrapped = clamping === undefined ? 0 : await countWrapped(image, result, clamping, isCancelled);
  const outsidePalette = wrapped === undefined ? undefined : await countOutsidePalette(image, isCancelled);
  return wrapped === undefined || outsidePalette === undefined ? undefined : { wrapped, outsidePalette };
}
