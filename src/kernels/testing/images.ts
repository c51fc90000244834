import { PIXEL_FORMAT_IDS, allocImage, planeLayouts, wrapImage } from '../index.ts';
import type { Image, ImageSpec, PixelFormatId } from '../index.ts';
import { formatLayout } from '../image/formatLayout.ts';

/** A small generator of repeatable numbers, 0 … 1. @source Marsaglia, “Xorshift RNGs”, 2003 */
export function randomFrom(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

/** A palette in which no two colours are alike. */
export const PALETTE = Uint8Array.from(Array.from({ length: 256 }, (_, index) => [(index * 73) & 255, (index * 151) & 255, (index * 29) & 255, 255 - (index >> 3)]).flat());


export const specFor = (format: PixelFormatId, width: number, height: number): ImageSpec => ({ format, width, height, ...(format === 'pal8' ? { palette: PALETTE } : {}) });

/** Random bytes; floats get tame values, for random bits are mostly enormous. Bits that belong to no component are random too. */
export function randomImage(spec: ImageSpec, seed: number): Image {
  const random = randomFrom(seed);
  const image = allocImage(spec);
  const isFloat = formatLayout(spec.format).components[0]?.kind === 'float';
  for (const { bytes } of image.planes) {
    if (isFloat) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      for (let at = 0; at + 4 <= bytes.length; at += 4) view.setFloat32(at, random() * 1.5 - 0.25, true);
    } else {
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(random() * 256);
    }
  }
  return image;
}

/** The image with padded strides and planes at odd places of a larger buffer whose every other byte is `filler`. */
export function padded(image: Image, spec: ImageSpec, extra: number, filler: number): { readonly image: Image; readonly buffer: Uint8Array } {
  const tight = planeLayouts({ ...spec, strides: undefined });
  const strides = tight.map(({ stride }) => stride + extra);
  let next = 3;
  const offsets = tight.map(({ rows }, index) => { const at = next; next += (strides[index] ?? 0) * rows + 5; return at; });
  const buffer = new Uint8Array(next).fill(filler);
  const target = wrapImage(buffer, { ...spec, strides, offsets });
  for (const [index, { rowBytes, rows }] of tight.entries()) {
    const [from, to] = [image.planes[index], target.planes[index]];
    if (from === undefined || to === undefined) continue;
    for (let row = 0; row < rows; row += 1) to.bytes.set(from.bytes.subarray(row * from.stride, row * from.stride + rowBytes), row * to.stride);
  }
  return { image: target, buffer };
}

export const ALL_PAIRS: readonly (readonly [PixelFormatId, PixelFormatId])[] = PIXEL_FORMAT_IDS.flatMap((from) => PIXEL_FORMAT_IDS.map((to) => [from, to] as const));
