import { OBJECT, refuseArgument, sayValue } from '../arguments.ts';
import { LabError } from '../labError.ts';
import type { Subsampling } from '../tables/chroma.ts';
import { formatLayout } from './formatLayout.ts';
import { checkChoice, checkImage, checkRect as checkRectangle } from './checks.ts';
import { copyImage } from './image.ts';
import { rowSizes } from './layout.ts';
import type { Image, Plane, Rect } from './types.ts';

/** The smallest rectangle on the format's grid that covers `rect`, inside the image. */
export function alignOutward(rect: Rect, grid: Subsampling, image: Pick<Image, 'width' | 'height'>): Rect {
  checkRectangle(rect, 'A rectangle');
  if (!OBJECT.is(grid) || ![grid.x, grid.y].every((step) => Number.isSafeInteger(step) && step > 0)) refuseArgument('rect/grid', `A grid is an object with x and y, whole pixels above 0; ${sayValue(grid)} was given.`, 'Give { x: 2, y: 2 }.');
  if (!OBJECT.is(image) || ![image.width, image.height].every((pixels) => Number.isSafeInteger(pixels) && pixels > 0)) refuseArgument('image/invalid', `An image has a width and a height of whole pixels above 0; ${sayValue(image)} was given.`, 'Give an image, or { width, height }.');
  const x = Math.floor(rect.x / grid.x) * grid.x;
  const y = Math.floor(rect.y / grid.y) * grid.y;
  const right = Math.min(image.width, Math.ceil((rect.x + rect.width) / grid.x) * grid.x);
  const bottom = Math.min(image.height, Math.ceil((rect.y + rect.height) / grid.y) * grid.y);
  return { x, y, width: right - x, height: bottom - y };
}

const say = (rect: Rect): string => `${sayValue(rect.width)}×${sayValue(rect.height)} at (${sayValue(rect.x)}, ${sayValue(rect.y)})`;

function checkRect(image: Image, rect: Rect): void {
  if (!OBJECT.is(rect)) checkRectangle(rect, 'A view');
  const whole = [rect.x, rect.y, rect.width, rect.height].every(Number.isInteger);
  if (whole && rect.x >= 0 && rect.y >= 0 && rect.width > 0 && rect.height > 0 && rect.x + rect.width <= image.width && rect.y + rect.height <= image.height) return;
  throw new LabError({ code: 'view/outside', what: `The rectangle ${say(rect)} does not lie inside the ${String(image.width)}×${String(image.height)} image.`, remedy: 'Give a rectangle of whole pixels inside the image.', vpiStatus: 'INVALID_ARGUMENT' });
}

/** Refuses, or widens, a rectangle whose corner falls inside a block or between chroma samples. */
function onGrid(image: Image, rect: Rect, align: 'refuse' | 'outward'): Rect {
  const { grid } = formatLayout(image.format);
  if (rect.x % grid.x === 0 && rect.y % grid.y === 0) return rect;
  const aligned = alignOutward(rect, grid, image);
  if (align === 'outward') return aligned;
  throw new LabError({ code: 'view/unaligned', what: `A view into ${image.format} starts at multiples of ${String(grid.x)}×${String(grid.y)} pixels; (${String(rect.x)}, ${String(rect.y)}) was asked.`, remedy: `The nearest rectangle that covers it is ${say(aligned)}.`, vpiStatus: 'INVALID_ARGUMENT' });
}

function planeView(image: Image, plane: Plane, index: number, rect: Rect): Plane {
  const facts = formatLayout(image.format).planes[index];
  if (facts === undefined) return plane;
  const first = Math.floor(rect.y / facts.subY) * plane.stride + Math.floor(rect.x / facts.blockWidth) * facts.blockBytes;
  const rows = Math.ceil(rect.height / facts.subY);
  const { rowBytes } = rowSizes({ format: image.format, width: rect.width }, index);
  return { bytes: plane.bytes.subarray(first, first + plane.stride * (rows - 1) + rowBytes), stride: plane.stride };
}

/**
 * A rectangle of an image, without a copy: packed, planar and subsampled formats. Palette, colour spec and time are kept.
 * @param align what to do when the corner is off the chroma or block grid
 * @throws LabError `view/outside`, `view/unaligned`, `image/detached`
 */
export function subImage(image: Image, rect: Rect, align: 'refuse' | 'outward' = 'refuse'): Image {
  checkImage(image);
  checkChoice('view/align', 'What to do off the grid', ['refuse', 'outward'], align);
  checkRect(image, rect);
  const area = onGrid(image, rect, align);
  if (area.width === image.width && area.height === image.height) return image;
  return {
    ...image,
    width: area.width,
    height: area.height,
    planes: image.planes.map((plane, index) => planeView(image, plane, index, area)),
    origin: { x: image.origin.x + area.x, y: image.origin.y + area.y },
    sharesBytes: true,
  };
}

/**
 * A copy with other strides, in bytes, one per plane (a single number: for all); padding is zero.
 * @throws LabError `layout/stride` when a stride is below the row's bytes
 */
export function restride(image: Image, strides: number | readonly number[]): Image {
  checkImage(image);
  if (!Array.isArray(strides) && typeof strides !== 'number') refuseArgument('layout/stride', `Strides are bytes, one number for all planes or a list with one for each; ${sayValue(strides)} was given.`, 'Give 768, or [768, 384, 384].');
  return copyImage(image, typeof strides === 'number' ? image.planes.map(() => strides) : strides);
}

/** A copy with tight strides. */
export function compact(image: Image): Image {
  return copyImage(image);
}

/** A deep, independent copy with the same strides. */
export function cloneImage(image: Image): Image {
  checkImage(image);
  return copyImage(image, image.planes.map((plane) => plane.stride));
}

/** Bytes a compact copy would save when rows are rounded up to 4 bytes, per whole image. */
function restrideSavings(image: Image): { readonly saved: number; readonly total: number } {
  let saved = 0;
  let total = 0;
  for (const [index, plane] of image.planes.entries()) {
    const facts = formatLayout(image.format).planes[index];
    if (facts === undefined) continue;
    const rows = Math.ceil(image.height / facts.subY);
    const tight = Math.ceil(rowSizes(image, index).rowBytes / 4) * 4;
    saved += Math.max(0, plane.stride - tight) * rows;
    total += plane.stride * rows;
  }
  return { saved, total };
}

/** Whether a compact copy is worth making: it saves at least 1024 bytes and a tenth, and the image has more than two rows. */
export function mayRestride(image: Image): boolean {
  checkImage(image);
  const { saved, total } = restrideSavings(image);
  return image.height > 2 && saved >= 1024 && saved >= total / 10;
}
