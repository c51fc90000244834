import { LabError } from '../labError.ts';
import { sayValue } from '../arguments.ts';
import { checkImage, isPaletteInput } from './checks.ts';
import type { Image, Palette, PaletteInput } from './types.ts';

function refuse(what: string): never {
  throw new LabError({ code: 'palette/size', what, remedy: 'Give four values a colour, and at most 256 colours.', vpiStatus: 'INVALID_ARGUMENT' });
}

/**
 * 16-bit channels to 8: values that GDI made of 8 bits by << 8, all low bytes 0, come back by >> 8, so that white is 255; others by value / 257, rounded.
 * Alpha is judged by itself: GDI has none, and who adds it writes 65 535.
 */
function narrowed(channels: Uint16Array): Uint8Array {
  const isAlpha = (at: number): boolean => at % 4 === 3;
  const areShifted = (alpha: boolean): boolean => channels.every((value, at) => isAlpha(at) !== alpha || value % 256 === 0);
  const [coloursShifted, alphaShifted] = [areShifted(false), areShifted(true)];
  return Uint8Array.from(channels, (value, at) => ((isAlpha(at) ? alphaShifted : coloursShifted) ? value / 256 : Math.round(value / 257)));
}

/** A palette's colours as 8-bit R,G,B,A. @throws LabError `palette/size` */
export function paletteFrom(input: PaletteInput): Palette {
  if (!isPaletteInput(input)) refuse(`A palette is a Uint8Array or Uint16Array of R,G,B,A quadruples; ${sayValue(input)} was given.`);
  const colors = 'colors' in input ? input.colors : input;
  if (colors.length === 0 || colors.length % 4 !== 0 || colors.length > 1024) refuse(`A palette is 1 to 256 R,G,B,A quadruples; ${String(colors.length)} values were given.`);
  return 'colors' in input ? input : { colors: input instanceof Uint16Array ? narrowed(input) : input };
}

/** B,G,R,A bytes, as raw pal8 carries them after its indices, to R,G,B,A and back. */
export function swapRedBlue(bytes: Uint8Array): Uint8Array {
  const swapped = Uint8Array.from(bytes);
  for (let at = 0; at + 3 < swapped.length; at += 4) {
    swapped[at] = bytes[at + 2] ?? 0;
    swapped[at + 2] = bytes[at] ?? 0;
  }
  return swapped;
}

/** The palette an image is read with: its own, or the one that follows its indices; undefined for formats without. */
export function paletteOf(image: Image): Palette | undefined {
  checkImage(image);
  if (image.palette !== undefined) return image.palette;
  const trailing = image.format === 'pal8' ? image.planes[1] : undefined;
  return trailing === undefined ? undefined : { colors: swapRedBlue(trailing.bytes) };
}
