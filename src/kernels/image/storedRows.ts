import { planeLayouts } from './layout.ts';
import type { ImageSpec } from './types.ts';

/** A picture of which a buffer holds more rows than are shown: each plane starts where the one before it would end with so many. Ascend calls it the height stride, MediaCodec the slice height. @param rows luma rows, at least the height */
export function withStoredRows(spec: ImageSpec, rows: number): ImageSpec {
  const shown: ImageSpec = { ...spec, offsets: undefined };
  if (rows === spec.height) return shown;
  return { ...shown, offsets: planeLayouts({ ...shown, height: rows }).map(({ offset }) => offset) };
}

/** Luma rows stored, where the planes follow one another so: the height where nothing is said of their starts; undefined where they lie otherwise, or in one plane. */
export function storedRows(spec: ImageSpec): number | undefined {
  const [first, second] = planeLayouts(spec);
  if (first === undefined || second === undefined) return undefined;
  if (spec.offsets === undefined) return spec.height;
  const rows = Math.floor(second.offset / first.stride);
  if (rows < spec.height) return undefined;
  const offsets = planeLayouts({ ...spec, offsets: undefined, height: rows }).map(({ offset }) => offset);
  return offsets.join() === planeLayouts(spec).map(({ offset }) => offset).join() ? rows : undefined;
}
