import { bestBackend, compile } from './backends/index.ts';
import { checkImage, checkSpec } from './image/checks.ts';
import { allocImage, specOf } from './image/image.ts';
import type { RunContext } from './pipeline/behaviour.ts';
import { paletteFrom, paletteOf } from './image/palette.ts';
import type { Image, ImageSpec } from './image/types.ts';
import { planConversion } from './pipeline/plan.ts';
import { resultSize } from './pipeline/planResample.ts';
import type { ConvertOptions, Pipeline } from './pipeline/step.ts';
import type { TraceRow } from './pipeline/trace.ts';
import { trace } from './pipeline/trace.ts';
import { checkFormat } from './tables/pixelFormats.ts';
import type { PixelFormatId } from './tables/pixelFormats.ts';

function planFor(image: Image, to: PixelFormatId | ImageSpec, options: ConvertOptions): Pipeline {
  checkImage(image);
  if (typeof to === 'string') checkFormat(to);
  else checkSpec(to);
  const from = { ...specOf(image), palette: paletteOf(image) };
  const { timestamp } = image;
  return planConversion(from, typeof to === 'string' ? { format: to, ...resultSize(image, options), timestamp } : { timestamp, ...to }, options);
}

/**
 * A new image in another format.
 * @param to a format, or a spec with strides, colour spec and palette of the result; another size with `options.resample`: 'nearest', 'box' or 'bilinear'
 * @param options `decimate: n` takes every n-th pixel, and the size follows; left out: exactly VPI's Convert Image Format where VPI has the pair
 * @throws LabError as `planConversion`
 */
export function convert(image: Image, to: PixelFormatId | ImageSpec, options: ConvertOptions = {}): Image {
  const pipeline = planFor(image, to, options);
  const result = allocImage(pipeline.to, image);
  compile(pipeline, options.backend ?? bestBackend(pipeline)).run(image, result);
  return { ...result, origin: image.origin };
}

const contextFor = (image: Image, { to }: Pipeline): RunContext => ({
  sourcePalette: paletteOf(image),
  targetPalette: to.palette === undefined ? undefined : paletteFrom(to.palette),
});

/**
 * How one pixel of the result (x, y in the result) came about: one row a step, from the stored bytes to the stored bytes.
 * @throws LabError as `convert`, and `pixel/outside`
 */
export function tracePixel(image: Image, to: PixelFormatId | ImageSpec, x: number, y: number, options: ConvertOptions = {}): readonly TraceRow[] {
  const pipeline = planFor(image, to, options);
  return trace(pipeline, image, x, y, contextFor(image, pipeline));
}

