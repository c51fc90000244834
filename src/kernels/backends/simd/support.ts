import { formatLayout } from '../../image/formatLayout.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import { channelNamed } from '../../pipeline/signal.ts';
import type { Signal } from '../../pipeline/signal.ts';
import { signalsOf } from '../../pipeline/simplify.ts';
import type { MatrixStep, Pipeline, RationalRow, RescaleStep, Step } from '../../pipeline/step.ts';
import { averagesColumns } from './graph/chroma.ts';
import { PLAIN_STORAGE } from './forms/row.ts';
import { hasRow } from './forms/rows.ts';
import { spacing } from './graph/source.ts';

const LARGEST_ADDRESSED_BYTES = 16;

/** Four of these, and a half, fit 15 bits. */
const MOST_AVERAGED = 2 ** 13 - 1;

/** Why a layout cannot be read or written eight pixels at a time. */
function layoutReason(format: PixelFormatId, side: 'read' | 'written'): string | undefined {
  const { planes, components } = formatLayout(format);
  for (const plane of planes) {
    if (plane.blockWidth > 2) return `${format} has blocks of ${String(plane.blockWidth)} pixels`;
    if (side === 'written' && plane.blockBytes > 8) return `${format} has pixels of ${String(plane.blockBytes)} bytes`;
    if (plane.blockBytes > LARGEST_ADDRESSED_BYTES) return `${format} has pixels of ${String(plane.blockBytes)} bytes`;
  }
  for (const layout of components) {
    const plane = planes[layout.plane];
    if (layout.sub.x > 2) return `${format} has one chroma sample for ${String(layout.sub.x)} pixels`;
    if (plane === undefined || spacing(layout, plane) === undefined) return `${format} has samples at uneven places`;
    if (layout.wordBytes === 4 && layout.kind !== 'float' && layout.bits === 32) return `${format} needs more than 31 bits`;
    if (side === 'written' && layout.kind === 'float' && plane.blockBytes !== 4) return `${format} has several floats a pixel`;
  }
  return undefined;
}

/** Whether some form is exact for every input of a row. */
const isExact = (row: RationalRow, { rows, kind, rounding }: MatrixStep | RescaleStep, input: Signal): boolean => hasRow({
  row, rounding, isMatrix: kind === 'matrix', isClamped: true,
  channels: [...new Set(rows.flatMap(({ terms }) => terms.map(({ from }) => from)))],
  rangeOf: (name) => channelNamed(input, name),
  storageOf: () => PLAIN_STORAGE,
});

function stepReason(step: Step, input: Signal): string | undefined {
  switch (step.kind) {
    case 'load': case 'store': case 'unpack': case 'pack': case 'swizzle': case 'gray2rgb': case 'fill': case 'round': return undefined;
    case 'upsample': case 'downsample': {
      const factors = [step.from.x / step.to.x, step.to.x / step.from.x].map((factor) => Math.max(1, factor));
      if (step.filter === 'bilinear') return 'bilinear chroma is not compiled yet';
      if (step.kind === 'downsample' && step.filter === 'box' && ['U', 'V'].some((name) => channelNamed(input, name).max > MOST_AVERAGED)) return 'averaged chroma of more than 13 bits';
      return factors.some((factor) => factor > 2) ? 'chroma changes by more than two' : undefined;
    }
    case 'range': return step.channels.some((name) => { const { kind, min, max } = channelNamed(input, name); return kind === 'int' && (min < -(2 ** 31) || max >= 2 ** 31); }) ? 'more than 31 bits enter the range block' : undefined;
    case 'clamp': return step.type.kind === 'int' && step.type.bits > 16 ? 'the result has more than 16 bits' : undefined;
    case 'cast': {
      if (step.type.kind === 'int' && step.type.bits > 16) return 'the result has more than 16 bits';
      const isWild = step.channels.some((name) => { const { min, max } = channelNamed(input, name); return min < -(2 ** 31) || max >= 2 ** 31; });
      return isWild && step.type.kind === 'int' ? 'a cast of unbounded floats' : undefined;
    }
    case 'rescale': case 'matrix': {
      if (step.rounding === 'half-even' && !step.float) return 'halves to even in an exact fraction';
      if (step.kind === 'rescale' && step.dither) return 'ordered dither is not compiled yet';
      if (step.float) return step.kind === 'matrix' || step.rows.some(({ terms, add }) => add !== 0 || terms.some(({ weight, centre }) => weight !== 1 || centre !== 0)) ? 'a float matrix' : undefined;
      return step.rows.some((row) => !isExact(row, step, input)) ? 'a sum beyond 31 bits' : undefined;
    }
    case 'bit-depth': return step.mode === 'replicate' && step.channels.some(({ from, to }) => to > 2 * from) ? 'bits are repeated more than twice' : undefined;
    case 'lookup': case 'nearest-color': return 'palettes';
    case 'premultiply': case 'unpremultiply': return `${step.kind} is not compiled yet`;
    case 'threshold': return 'single bits';
    case 'resample': return 'another size is made in front of the loop';
  }
}

const samplesInBlock = (format: PixelFormatId): number => Math.max(...formatLayout(format).components.map(({ samples }) => samples.length));

/** Why a pipeline cannot be compiled to SIMD; undefined where it can. */
export function simdReason(pipeline: Pipeline): string | undefined {
  const { from, to } = pipeline;
  const layouts = layoutReason(from.format, 'read') ?? layoutReason(to.format, 'written');
  if (layouts !== undefined) return layouts;
  if (to.width % samplesInBlock(to.format) !== 0) return 'the last block of a row is not full';
  if (from.width % samplesInBlock(from.format) !== 0 && pipeline.steps.some(averagesColumns)) return 'chroma is averaged and the last block of a row is not full';
  const signals = signalsOf(pipeline);
  return pipeline.steps.map((step, index) => { const input = signals[index]; return input === undefined ? undefined : stepReason(step, input); }).find((reason) => reason !== undefined);
}
