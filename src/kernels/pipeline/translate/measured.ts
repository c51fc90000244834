import type { ImageSpec } from '../../image/types.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import { pixelFormat } from '../../tables/pixelFormats.ts';
import { colorOf, isYuv } from './demands.ts';

/** Colours that the peers were measured with: those of the YUV sides; gray and RGB are full range. */
export const VARIANTS = {
  full: { matrix: 'bt601', range: 'full' },
  limited: { matrix: 'bt601', range: 'limited' },
  bt709: { matrix: 'bt709', range: 'limited' },
} as const;

export type Variant = keyof typeof VARIANTS;
export type PeerId = 'ffmpeg' | 'opencv' | 'gstreamer';

/** The largest difference in stored numbers, and how many samples differ. */
export interface Difference {
  readonly maxError: number;
  readonly percent: number;
}

/** The variant that a conversion is, if it is one. */
export function variantOf(from: ImageSpec, to: ImageSpec): Variant | undefined {
  const sides = [from, to];
  const plainSides = sides.filter((spec) => !isYuv(spec) && pixelFormat(spec.format).family !== 'palette');
  if (plainSides.some((spec) => colorOf(spec).range !== 'full' )) return undefined;
  const yuv = sides.filter(isYuv).map(colorOf);
  if (yuv.length === 0) return 'full';
  return (['full', 'limited', 'bt709'] as const).find((id) => yuv.every(({ matrix, range }) => matrix === VARIANTS[id].matrix && range === VARIANTS[id].range));
}

/** Rows of the data: `tool variant from` → `difference: formats; difference: formats`. */
export type MeasuredRows = Readonly<Record<string, string>>;

export function lookUp(rows: MeasuredRows, tool: PeerId, variant: Variant, from: PixelFormatId, to: PixelFormatId): Difference | undefined {
  const found = rows[`${tool} ${variant} ${from}`]?.split('; ').find((part) => part.split(': ')[1]?.split(' ').includes(to) === true);
  const [maxError, percent] = (found?.split(': ')[0] ?? '').split('/').map(Number);
  return maxError === undefined || found === undefined ? undefined : { maxError, percent: percent ?? 0 };
}
