import { formatLayout, peakOf } from '../image/formatLayout.ts';
import type { ComponentLayout } from '../image/formatLayout.ts';
import type { ImageSpec } from '../image/types.ts';
import { quantisation } from './colorMath.ts';
import { toNumber } from './fraction.ts';
import { DEFAULT_COLOR } from '../tables/colorSpecs.ts';
import { pixelFormat } from '../tables/pixelFormats.ts';

/** Counts of a component's values, in bins of one width. */
interface ComponentBins {
  readonly counts: Uint32Array;
  readonly from: number;
  readonly to: number;
  readonly min: number;
  readonly max: number;
}

/** Component values shown as black and as white, in stored numbers. */
export interface Levels {
  readonly black: number;
  readonly white: number;
}

/** Why these are black and white: the number's full scale, its limited range, or, where there is no full scale, what occurs. */
export type LevelsReason = 'full scale' | 'limited range' | 'occurring';

/** Grays whose numbers are measurements, without a full scale: signed, 32 bits or float. Float colours have one: 1.0. */
export const isMeasure = ({ component, kind, bits }: Pick<ComponentLayout, 'component' | 'kind' | 'bits'>): boolean => component === 'Y' && (kind !== 'unsigned' || bits === 32);

/**
 * What a component's black and white are where nobody chose them.
 * @param solo whether it is looked at alone, as stored; else as a part of the colour that it codes
 * @param occurring smallest and largest value of the picture
 */
export function ownLevels(layout: ComponentLayout, colorSpec: ImageSpec['colorSpec'], solo: boolean, occurring: { readonly min: number; readonly max: number }): Levels & { readonly reason: LevelsReason } {
  if (isMeasure(layout)) return { black: occurring.min, white: occurring.max, reason: 'occurring' };
  const { matrix, range } = { ...DEFAULT_COLOR, ...colorSpec };
  if (solo || range === 'full' || layout.kind === 'float') return { black: 0, white: peakOf(layout), reason: 'full scale' };
  const { scale, offset } = quantisation(layout.component, layout.bits, range, matrix);
  return { black: toNumber(offset), white: toNumber(offset) + toNumber(scale), reason: 'limited range' };
}

/** The component by whose numbers a picture's black and white are set: luma, or the colour component of most bits. */
export function leadingComponent(format: ImageSpec['format'], solo: string | undefined): ComponentLayout | undefined {
  const { components } = formatLayout(format);
  const colours = components.filter(({ component }) => component !== 'A');
  const alone = components.find(({ component }) => component === solo);
  if (alone !== undefined || pixelFormat(format).family !== 'rgb') return alone ?? colours[0];
  return colours.toSorted((a, b) => b.bits - a.bits)[0];
}

/** The value below which a share of the samples lies. @param edge of a bin: its lower or its upper one */
function quantile({ counts, from, to, min, max }: ComponentBins, share: number, edge: 0 | 1): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const width = (to - from) / counts.length;
  // A bin of one whole number is that number.
  const value = (bin: number): number => from + (width === 1 ? bin : (bin + edge) * width);
  let sum = 0;
  for (const [bin, count] of counts.entries()) {
    sum += count;
    if (sum > share * total) return Math.min(max, Math.max(min, value(bin)));
  }
  return max;
}

/** Percent of the samples that automatic levels leave below black, and above white. */
export const AUTO_PERCENT = 0.5;

/** Black and white such that half a percent of the samples lies below, and above; of several components the widest. */
export function autoLevels(histograms: readonly ComponentBins[]): Levels | undefined {
  if (histograms.length === 0) return undefined;
  const black = Math.min(...histograms.map((histogram) => quantile(histogram, AUTO_PERCENT / 100, 0)));
  const white = Math.max(...histograms.map((histogram) => quantile(histogram, 1 - AUTO_PERCENT / 100, 1)));
  return { black, white };
}

/** The histograms that automatic levels look at: of what is alone, of luma, or of the colours. */
export function leadingHistograms<T extends { readonly component: string }>(format: ImageSpec['format'], solo: string | undefined, histograms: readonly T[]): readonly T[] {
  const isRgb = pixelFormat(format).family === 'rgb';
  const leading = leadingComponent(format, solo)?.component;
  return histograms.filter(({ component }) => (solo === undefined && isRgb ? component !== 'A' : component === leading));
}
