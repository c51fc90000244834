import { paletteOf, planConversion, resultSize, specOf } from '../../kernels/index.ts';
import type { ColorSpec, Image, Pipeline } from '../../kernels/index.ts';
import type { Conversion } from './protocol.ts';

/** The same picture, its colours read as said. */
export const readAs = (image: Image, color: Partial<ColorSpec> | undefined): Image => (color === undefined ? image : { ...image, colorSpec: { ...image.colorSpec, ...color } });

/** What makes of an image what was asked for. @throws LabError as `planConversion` */
export function planOf(image: Image, { to, options, fromColor }: Conversion): Pipeline {
  const from = { ...specOf(image), palette: paletteOf(image), colorSpec: { ...image.colorSpec, ...fromColor } };
  return planConversion(from, typeof to === 'string' ? { format: to, ...resultSize(image, options) } : to, options);
}
