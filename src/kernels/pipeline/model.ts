import { OBJECT, refuseArgument, sayValue } from '../arguments.ts';
import { componentLayout, formatLayout } from '../image/formatLayout.ts';
import { checkSpec } from '../image/checks.ts';
import type { ImageSpec } from '../image/types.ts';
import type { ColorSpec } from '../tables/colorSpecs.ts';
import { DEFAULT_COLOR } from '../tables/colorSpecs.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import { pixelFormat } from '../tables/pixelFormats.ts';
import type { Subsampling } from '../tables/chroma.ts';
import type { ConvertOptions, NumberType, Pipeline } from './step.ts';

/** What planning asks of one side of a conversion. */
export interface Side {
  readonly spec: ImageSpec;
  readonly format: PixelFormatId;
  readonly model: 'gray' | 'rgb' | 'yuv';
  readonly color: ColorSpec;
  readonly chroma: Subsampling;
  readonly hasAlpha: boolean;
  readonly type: NumberType;
  /** A gray whose numbers are measurements, with no nominal full scale: signed, 32 bits or float. */
  readonly isMeasure: boolean;
}

function numberType(format: PixelFormatId): NumberType {
  const [first] = formatLayout(format).components;
  if (first === undefined || first.kind === 'float') return { kind: 'float' };
  const bits = Math.max(...formatLayout(format).components.map((layout) => layout.bits));
  return { kind: 'int', signed: first.kind === 'signed', bits };
}

export function sideOf(spec: ImageSpec, inherited: Partial<ColorSpec> = {}): Side {
  checkSpec(spec);
  const row = pixelFormat(spec.format);
  const type = numberType(spec.format);
  const model = row.family === 'palette' ? 'rgb' : row.family;
  const isMeasure = model === 'gray' && (type.kind === 'float' || type.signed || type.bits === 32);
  const { chroma } = formatLayout(spec.format);
  const stated = { ...DEFAULT_COLOR, ...inherited, ...spec.colorSpec };
  // A code range belongs to numbers with a full scale: floats and measurements have none.
  const color: ColorSpec = isMeasure || type.kind === 'float' ? { ...stated, range: 'full' } : stated;
  return { spec, format: spec.format, model, color, chroma, hasAlpha: componentLayout(spec.format, 'A') !== undefined, type, isMeasure };
}

const VPI_GRAY: ReadonlySet<PixelFormatId> = new Set(['gray', 's8', 'gray16le', 's16le', 'u32le', 's32le', 'grayf32le']);
const VPI_RGB: ReadonlySet<PixelFormatId> = new Set(['rgb24', 'bgr24', 'rgba', 'bgra', 'argb', 'abgr', 'rgb0', 'bgr0', '0rgb', '0bgr']);

const isVpiFormat = (format: PixelFormatId): boolean => format === 'nv12' || VPI_GRAY.has(format) || VPI_RGB.has(format);

/** Whether the pair is one of VPI's tables, where numbers keep their value across depths. */
export function isVpiPair(from: Side, to: Side, options: ConvertOptions): boolean {
  return options.depthMode === undefined && isVpiFormat(from.format) && isVpiFormat(to.format);
}

/** Whether the person changed the numbers by scale or offset, after rounding both to fp32. */
export function isScaled({ scale = 1, offset = 0 }: ConvertOptions): boolean {
  return Math.fround(scale) !== 1 || Math.fround(offset) !== 0;
}

/** Refuses what `planConversion` cannot have made. @throws LabError `pipeline/invalid`, and those of `checkSpec` */
export function checkPipeline(pipeline: Pipeline): void {
  if (!OBJECT.is(pipeline) || !Array.isArray(pipeline.steps) || pipeline.steps.some((step) => !OBJECT.is(step))) refuseArgument('pipeline/invalid', `A pipeline is what planConversion makes; ${sayValue(pipeline)} was given.`, 'Plan the conversion first.');
  checkSpec(pipeline.from);
  checkSpec(pipeline.to);
}

/** @throws LabError `pipeline/context` */
export function checkContext(context: object): void {
  if (!OBJECT.is(context)) refuseArgument('pipeline/context', `What a pipeline needs beside itself is what runContext makes; ${sayValue(context)} was given.`, 'Give runContext(source, target), or {}.');
}
