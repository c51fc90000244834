import { LabError } from '../labError.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import type { Rect } from './types.ts';

/** What a screen of so many bits a pixel hands over. @source X11 visuals as xpra reads them */
const FORMAT_BY_DEPTH: Readonly<Record<number, PixelFormatId>> = { 32: 'bgr0', 30: 'x2rgb10le', 24: 'bgr24', 16: 'rgb565le', 8: 'pal8' };

/** @throws LabError `capture/depth` */
export function formatForDepth(bits: number): PixelFormatId {
  const format = FORMAT_BY_DEPTH[bits];
  if (format === undefined) throw new LabError({ code: 'capture/depth', what: `No screen format has ${String(bits)} bits a pixel.`, remedy: `Known depths are ${Object.keys(FORMAT_BY_DEPTH).join(', ')}.` });
  return format;
}

/** The part of `asked` inside `bounds`, cut on both sides; undefined when they do not meet. */
export function clampRect(asked: Rect, bounds: Rect): Rect | undefined {
  const [x, y] = [Math.max(asked.x, bounds.x), Math.max(asked.y, bounds.y)];
  const width = Math.min(asked.x + asked.width, bounds.x + bounds.width) - x;
  const height = Math.min(asked.y + asked.height, bounds.y + bounds.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** How many whole rows a buffer holds, and how many of those wanted it does not. */
export function wholeRows(bytes: number, stride: number, wanted: number): { readonly rows: number; readonly missing: number } {
  const rows = Math.min(wanted, Math.floor(bytes / stride));
  return { rows, missing: wanted - rows };
}
