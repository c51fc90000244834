import { planeLayouts } from '../image/layout.ts';
import { specOf } from '../image/image.ts';
import type { Image } from '../image/types.ts';

/** What a raw file needs beside it to be read again: the numbers that its bytes do not tell. */
export function sidecar(image: Image, fileName: string): string {
  const { format, width, height, colorSpec, palette, timestamp } = specOf(image);
  const tight = { format, width, height, palette };
  const planes = planeLayouts(tight).map(({ offset, stride, rowBytes, rows }) => ({ offset, stride, rowBytes, rows }));
  return `${JSON.stringify({ file: fileName, format, width, height, planes, colorSpec, timestamp, palette: palette === undefined ? undefined : Array.from('colors' in palette ? palette.colors : palette) }, undefined, 2)}\n`;
}
