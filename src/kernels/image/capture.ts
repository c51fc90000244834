import { LabError } from '../labError.ts';
import { checkRect } from './checks.ts';
import { sayValue, refuseArgument } from '../arguments.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import type { Rect } from './types.ts';

/** What a screen of so many bits a pixel hands over. @source X11 visuals as xpra reads them */
const FORMAT_BY_DEPTH: Readonly<Record<number, PixelFormatId>> = { 32: 'bgr0', 30: 'x2rgb10le', 24: 'bgr24', 16: 'rgb565le', 8: 'pal8' };

/** @throws LabError `capture/depth` */
export function formatForDepth(bits: number): PixelFormatId {
  const format = typeof bits === 'number' && Object.hasOwn(FORMAT_BY_DEPTH, bits) ? FORMAT_BY_DEPTH[bits] : undefined;
  if (format === undefined) throw new LabError({ code: 'capture/depth', what: `No screen format has ${sayValue(bits)} bits a pixel.`, remedy: `Known depths are ${Object.keys(FORMAT_BY_DEPTH).join(', ')}.` });
  return format;
}

/** The part of `asked` inside `bounds`, cut on both sides; a width or height of 0 asks for the whole desktop’s. Undefined when they do not meet. @throws LabError `rect/invalid` */
export function clampRect(asked: Rect, bounds: Rect): Rect | undefined {
  checkRect(asked, 'The rectangle asked for');
  checkRect(bounds, 'The desktop');
  const [x, y] = [Math.max(asked.x, bounds.x), Math.max(asked.y, bounds.y)];
  const width = Math.min(asked.x + (asked.width === 0 ? bounds.width : asked.width), bounds.x + bounds.width) - x;
  const height = Math.min(asked.y + (asked.height === 0 ? bounds.height : asked.height), bounds.y + bounds.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** How many whole rows a buffer holds, and how many of those wanted it does not. */
export function wholeRows(bytes: number, stride: number, wanted: number): { readonly rows: number; readonly missing: number } {
  for (const [name, value, least] of [['number of bytes', bytes, 0], ['stride', stride, 1], ['number of rows', wanted, 0]] as const) {
    if (!Number.isSafeInteger(value) || value < least) refuseArgument('capture/rows', `The ${name} is a whole number, ${String(least)} or more; ${sayValue(value)} was given.`, 'Correct it.');
  }
  const rows = Math.min(wanted, Math.floor(bytes / stride));
  return { rows, missing: wanted - rows };
}
