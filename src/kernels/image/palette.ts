import { LabError } from '../labError.ts';
import type { Image, Palette, PaletteInput } from './types.ts';

/** A palette's colours as 8-bit R,G,B,A; 16-bit channels are narrowed by value / 257, rounded. */
export function paletteFrom(input: PaletteInput): Palette {
  if ('colors' in input) return input;
  if (input.length === 0 || input.length % 4 !== 0 || input.length > 1024) {
    throw new LabError({ code: 'palette/size', what: `A palette is 1 to 256 R,G,B,A quadruples; ${String(input.length)} values were given.`, remedy: 'Give four values a colour, and at most 256 colours.', vpiStatus: 'INVALID_ARGUMENT' });
  }
  return { colors: input instanceof Uint16Array ? Uint8Array.from(input, (value) => Math.round(value / 257)) : input };
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
  if (image.palette !== undefined) return image.palette;
  const trailing = image.format === 'pal8' ? image.planes[1] : undefined;
  return trailing === undefined ? undefined : { colors: swapRedBlue(trailing.bytes) };
}
