/** The public door of the kernels. Programs and tests outside rely on these names. */
export { LabError, formatBytes, toErrorInfo } from './labError.ts';
export type { LabErrorInfo } from './labError.ts';
export { PIXEL_FORMATS, PIXEL_FORMAT_IDS, isPixelFormatId, pixelFormat } from './tables/pixelFormats.ts';
export type { PixelFormatId } from './tables/pixelFormats.ts';
export { allocImage, imageBytes, specOf, wrapImage } from './image/image.ts';
export { byteLength, planeLayouts, requiredBytes } from './image/layout.ts';
export { locate, pixelAt } from './image/locate.ts';
export type { PixelSample } from './image/locate.ts';
export { alignOutward, cloneImage, compact, mayRestride, restride, subImage } from './image/views.ts';
export { toTransfer } from './image/transfer.ts';
export type { Image, ImageSpec, Palette, Plane, PlaneLayout, Rect } from './image/types.ts';
export { convert, tracePixel } from './convert.ts';
export { planConversion, planNaive } from './pipeline/plan.ts';
export { describePipeline, describeSteps } from './pipeline/describe.ts';
export type { ConvertOptions, Pipeline, Step } from './pipeline/step.ts';
export type { TraceRow, TraceValue } from './pipeline/trace.ts';
export { compilePipeline } from './backends/index.ts';
export type { BackendId, Kernel } from './backends/backend.ts';
