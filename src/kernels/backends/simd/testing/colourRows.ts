import { planConversion } from '../../../index.ts';
import type { MatrixId, PixelFormatId } from '../../../index.ts';
import { signalsOf } from '../../../pipeline/simplify.ts';
import type { Signal } from '../../../pipeline/signal.ts';
import type { MatrixStep, Pipeline, RationalRow, RescaleStep } from '../../../pipeline/step.ts';
import type { RangeId } from '../../../tables/colorSpecs.ts';
import { specFor } from '../../../testing/images.ts';

/** A row of a conversion, and where it stands. */
export interface ColourRow {
  readonly title: string;
  readonly pipeline: Pipeline;
  readonly index: number;
  readonly step: MatrixStep | RescaleStep;
  readonly row: RationalRow;
  readonly input: Signal;
}

export const SOURCES: readonly PixelFormatId[] = ['yuv444p', 'nv12', 'yuv420p', 'yuyv422', 'nv24', 'p010le', 'yuv420p10le', 'yuv444p10le', 'yuv422p12le', 'yuv444p14le', 'ayuv', 'rgba', 'rgb565le', 'x2rgb10le', 'rgb48le'];
const TARGETS: readonly PixelFormatId[] = ['rgba', 'rgb565le', 'x2rgb10le', 'rgb48le', 'yuv444p', 'gray', 'yuv444p10le'];

/** Every row of exact fractions that conversions between these formats have. */
export function colourRows(sources: readonly PixelFormatId[], matrices: readonly MatrixId[], ranges: readonly RangeId[] = ['full', 'limited']): readonly ColourRow[] {
  return matrices.flatMap((matrix) => ranges.flatMap((range) => sources.flatMap((from) => TARGETS.flatMap((to) => {
    const colorSpec = { matrix, range };
    const pipeline = planConversion({ ...specFor(from, 16, 2), colorSpec }, { ...specFor(to, 16, 2), colorSpec });
    const signals = signalsOf(pipeline);
    return pipeline.steps.flatMap((step, index): ColourRow[] => {
      const input = signals[index];
      if ((step.kind !== 'matrix' && step.kind !== 'rescale') || step.float || input === undefined) return [];
      return step.rows.map((row) => ({ title: `${from} ${to} ${matrix} ${range} ${row.to}`, pipeline, index, step, row, input }));
    });
  }))));
}

/** Halves away from zero, of whole numbers of any size; clamped. */
export function exactRow({ terms, add, denominator, bits }: RationalRow, input: (name: string) => number): number {
  const numerator = terms.reduce((sum, { from, weight, centre }) => sum + BigInt(weight) * BigInt(input(from) - centre), BigInt(add));
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + BigInt(denominator)) / (2n * BigInt(denominator));
  return Math.min(2 ** bits - 1, Math.max(0, Number(numerator < 0n ? -rounded : rounded)));
}
