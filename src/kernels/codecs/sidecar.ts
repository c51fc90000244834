import { planeLayouts } from '../image/layout.ts';
import { specOf } from '../image/image.ts';
import type { Image } from '../image/types.ts';

/** What a raw file needs beside it to be read again: the numbers that its bytes do not tell.
 * @param strides bytes a row of each plane of the file; tight where left out */
export function sidecar(image: Image, fileName: string, strides?: readonly number[]): string {
  const { format, width, height, colorSpec, palette, timestamp } = specOf(image);
  const planes = planeLayouts({ format, width, height, palette, strides }).map(({ offset, stride, rowBytes, rows }) => ({ offset, stride, rowBytes, rows }));
  return `${JSON.stringify({ file: fileName, format, width, height, planes, colorSpec, timestamp, palette: palette === undefined ? undefined : Array.from('colors' in palette ? palette.colors : palette) }, undefined, 2)}\n`;
}
