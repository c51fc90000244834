import type { ComponentLayout, PlaneFormat } from '../../image/formatLayout.ts';
import { formatLayout } from '../../image/formatLayout.ts';
import type { Pipeline, ResampleStep, Step } from '../../pipeline/step.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import { simdReason } from '../simd/index.ts';

/** One row of samples of one plane: how the smaller picture's row comes from the source's. */
export interface Unit {
  /** Plane of the source, and of the smaller picture. */
  readonly plane: number;
  readonly toPlane: number;
  /** Bytes that travel together: a pixel, or one component's sample. */
  readonly bytes: number;
  /** Bytes of them in the smaller picture: 4 for 3 where averages gain a byte nobody reads. */
  readonly toBytes: number;
  /** Luma columns and rows of one of the source's. */
  readonly sub: { readonly x: number; readonly y: number };
  /** Byte of a column of the plane's own grid in its row. */
  readonly byteOf: (column: number) => number;
  /** Whether the row holds these samples and nothing else. */
  readonly isAlone: boolean;
  /** Samples that are averaged, each way; 1 × 1: one is taken. */
  readonly box: { readonly x: number; readonly y: number };
}

/** A change of size as a strided load in front of the pipeline that is left. */
export interface Front {
  readonly step: ResampleStep;
  readonly units: readonly Unit[];
  /** From the smaller picture, without the step. */
  readonly inner: Pipeline;
}

type Split = { readonly front: Front } | { readonly reason: string };

/** Formats with a fourth byte, for pixels of three that are averaged four bytes at a time. */
const PADDED: Partial<Record<PixelFormatId, PixelFormatId>> = { rgb24: 'rgb0', bgr24: 'bgr0' };
const GATHERED_BYTES = [1, 2, 3, 4, 8];
const BOXES = [1, 2, 4];

const areBytes = (layouts: readonly ComponentLayout[]): boolean => layouts.every(({ kind, bits, wordBytes }) => kind === 'unsigned' && bits === 8 && wordBytes === 1);

function wholeUnit(format: PixelFormatId, facts: PlaneFormat, plane: number, { filter, ratio }: ResampleStep): Unit | string {
  const bytes = facts.blockBytes;
  const isBox = filter === 'box';
  if (!GATHERED_BYTES.includes(bytes)) return `${format} has pixels of ${String(bytes)} bytes`;
  if (isBox && (bytes === 2 || bytes === 8 || (bytes === 3 && PADDED[format] === undefined))) return `${format} is not averaged by SIMD`;
  const box = isBox ? { x: ratio.x[0], y: ratio.y[0] } : { x: 1, y: 1 };
  const unit: Unit = { plane, toPlane: plane, bytes, toBytes: isBox && bytes === 3 ? 4 : bytes, sub: { x: 1, y: 1 }, byteOf: (column) => column * bytes, isAlone: true, box };
  return unit;
}

/** A component of a YUV picture with fewer chroma samples, as a plane of its own. */
function componentUnit(layout: ComponentLayout, facts: PlaneFormat, toPlane: number, { filter, ratio }: ResampleStep): Unit | string {
  const { sub, samples, plane } = layout;
  const box = filter === 'box' ? { x: ratio.x[0] / sub.x, y: ratio.y[0] / sub.y } : { x: 1, y: 1 };
  if (!BOXES.includes(box.x) || !BOXES.includes(box.y)) return `averages of ${String(ratio.x[0])} × ${String(ratio.y[0])} pixels cut chroma samples`;
  const byteOf = (column: number): number => Math.floor(column / samples.length) * facts.blockBytes + (samples[column % samples.length]?.word ?? 0);
  const unit: Unit = { plane, toPlane, bytes: 1, toBytes: 1, sub, byteOf, isAlone: facts.blockBytes === 1, box };
  return unit;
}

function filterReason({ filter, ratio }: ResampleStep): string | undefined {
  if (filter === 'bilinear') return 'bilinear resampling is not compiled yet';
  const isWhole = [ratio.x, ratio.y].every(([n, d]) => d === 1 && BOXES.includes(n));
  return filter === 'box' && !isWhole ? 'averages are compiled of 2 or 4 pixels each way' : undefined;
}

/** What stands before the step, where a strided load can do it. */
function beforeReason(before: readonly Step[], { filter }: ResampleStep): string | undefined {
  for (const step of before) {
    if (step.kind === 'load' || step.kind === 'swizzle') continue;
    if (step.kind === 'unpack' && filter === 'nearest') continue;
    if (step.kind === 'upsample' && step.filter !== 'bilinear') continue;
    return step.kind === 'upsample' ? 'bilinear chroma is resampled by scalar' : `${step.kind} comes before resample`;
  }
  return undefined;
}

function unitsOf(pipeline: Pipeline, step: ResampleStep, loaded: readonly string[]): readonly Unit[] | string {
  const { format } = pipeline.from;
  const { planes, components, chroma } = formatLayout(format);
  const units: (Unit | string)[] = [];
  if (planes.every(({ blockWidth }) => blockWidth === 1) && chroma.x === 1 && chroma.y === 1) {
    if (step.filter === 'box' && !areBytes(components)) return `${format} is not averaged by SIMD`;
    units.push(...planes.map((facts, plane) => wholeUnit(format, facts, plane, step)));
  } else {
    const used = components.filter(({ component }) => loaded.includes(component));
    if (!areBytes(components) || used.length !== loaded.length || loaded.some((name) => !'YUV'.includes(name))) return `${format} with fewer chroma samples is not resampled by SIMD`;
    units.push(...used.map((layout) => { const facts = planes[layout.plane]; return facts === undefined ? '' : componentUnit(layout, facts, 'YUV'.indexOf(layout.component), step); }));
  }
  return units.find((unit) => typeof unit === 'string') ?? units.filter((unit) => typeof unit !== 'string');
}

/** The pipeline in two: a strided or averaging load, and what follows it at the smaller size. */
export function splitResample(pipeline: Pipeline): Split {
  const at = pipeline.steps.findIndex(({ kind }) => kind === 'resample');
  const step = pipeline.steps[at];
  const [load] = pipeline.steps;
  if (step?.kind !== 'resample' || load?.kind !== 'load') return { reason: 'there is nothing to resample' };
  const before = pipeline.steps.slice(0, at);
  const reason = filterReason(step) ?? beforeReason(before, step);
  if (reason !== undefined) return { reason };
  const units = unitsOf(pipeline, step, load.channels);
  if (typeof units === 'string') return { reason: units };
  const own = pipeline.from.format;
  const isYuv = formatLayout(own).planes.some(({ blockWidth }) => blockWidth > 1) || formatLayout(own).chroma.x * formatLayout(own).chroma.y > 1;
  const format = isYuv ? 'yuv444p' : units.some(({ bytes, toBytes }) => bytes !== toBytes) ? (PADDED[own] ?? own) : own;
  const kept = before.filter(({ kind }) => kind === 'unpack' || kind === 'swizzle');
  const inner: Pipeline = {
    from: { format, ...step.to, colorSpec: pipeline.from.colorSpec },
    to: pipeline.to,
    steps: [{ ...load, format }, ...kept, ...pipeline.steps.slice(at + 1)],
  };
  const innerReason = simdReason(inner);
  return innerReason === undefined ? { front: { step, units, inner } } : { reason: innerReason };
}
