import { formatLayout } from '../../image/formatLayout.ts';
import { planeLayouts, rowSizes } from '../../image/layout.ts';
import type { ImageSpec } from '../../image/types.ts';
import { DEFAULT_COLOR } from '../../tables/colorSpecs.ts';
import type { ColorSpec } from '../../tables/colorSpecs.ts';
import { pixelFormat } from '../../tables/pixelFormats.ts';
import { isScaled } from '../model.ts';
import type { ConvertOptions } from '../step.ts';

export const colorOf = ({ colorSpec }: ImageSpec): ColorSpec => ({ ...DEFAULT_COLOR, ...colorSpec });

export const isYuv = ({ format }: Pick<ImageSpec, 'format'>): boolean => pixelFormat(format).family === 'yuv';

/** What an option asks for beyond a plain conversion, in words; undefined: nothing. */
export function beyondPlain(options: ConvertOptions): string | undefined {
  if (isScaled(options)) return 'scale and offset';
  if (options.policy === 'cast') return 'the policy cast';
  if (options.alphaFrom === 'premultiplied' || options.alphaTo === 'premultiplied') return 'premultiplied alpha';
  return undefined;
}

/** Whether everything is as it was measured: no filter, no dither, the exact depth and rounding. */
export function isPlain(options: ConvertOptions): boolean {
  const { chromaUp = 'nearest', chromaDown = 'nearest', dither = 'none', rounding = 'half-away', depthMode } = options;
  return beyondPlain(options) === undefined && chromaUp === 'nearest' && chromaDown === 'nearest' && dither === 'none' && rounding === 'half-away' && depthMode === undefined;
}

/** Whether rows follow each other without padding, as raw files of most tools have it. */
export function isTight(spec: ImageSpec): boolean {
  const layouts = planeLayouts(spec);
  let next = 0;
  return formatLayout(spec.format).planes.every((_, plane) => {
    const layout = layouts[plane];
    const { tightStride } = rowSizes(spec, plane);
    const fits = layout !== undefined && layout.stride === tightStride && layout.offset === next;
    next += tightStride * (layout?.rows ?? 0);
    return fits;
  });
}

/** `720x480`. */
export const size = ({ width, height }: ImageSpec): string => `${String(width)}x${String(height)}`;
