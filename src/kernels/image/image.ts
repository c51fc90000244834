import { LabError, formatBytes } from '../labError.ts';
import { allocBytes } from './arena.ts';
import { checkBytes, checkImage } from './checks.ts';
import { byteLength, planeLayouts, requiredBytes } from './layout.ts';
import { paletteFrom, paletteOf, swapRedBlue } from './palette.ts';
import type { Image, ImageSpec, Plane } from './types.ts';

const ORIGIN = { x: 0, y: 0 } as const;

/**
 * Bytes seen as an image, without a copy.
 * @param bytes the whole buffer; `spec.offsets` count from its first byte
 * @throws LabError `bytes/type`, `bytes/detached`, `layout/too-short` and those of `planeLayouts`
 */
export function wrapImage(bytes: Uint8Array, spec: ImageSpec): Image {
  checkBytes(bytes);
  const layouts = planeLayouts(spec);
  for (const [index, plane] of layouts.entries()) {
    const end = plane.offset + plane.extent;
    if (end > bytes.length) {
      const needed = requiredBytes(spec);
      const short = needed - bytes.length;
      throw new LabError({
        code: 'layout/too-short',
        what: `${spec.format} ${String(spec.width)}×${String(spec.height)} needs ${formatBytes(needed)}; the buffer has ${formatBytes(bytes.length)} (${formatBytes(short)} short). Plane ${String(index)} would end at byte ${String(end)}.`,
        remedy: 'Check the size, the strides and the header offset, or pad the data.',
        vpiStatus: 'INVALID_ARGUMENT',
      });
    }
  }
  const planes = layouts.map((plane): Plane => ({ bytes: bytes.subarray(plane.offset, plane.offset + plane.extent), stride: plane.stride }));
  return imageOf(spec, planes, true);
}

/**
 * A new image, all bytes zero. A pal8 without a palette of its own gets room for one behind its indices.
 * Large images lie several to a buffer, where compiled conversions reach them without a copy: copy the bytes of a plane before handing them over.
 * @param near an image beside which this one is wanted: what it will be made from
 */
export function allocImage(spec: ImageSpec, near?: Image): Image {
  return { ...wrapImage(allocBytes(byteLength(spec), near?.planes[0]?.bytes), spec), sharesBytes: false };
}

function imageOf(spec: ImageSpec, planes: readonly Plane[], sharesBytes: boolean): Image {
  return {
    format: spec.format,
    width: spec.width,
    height: spec.height,
    planes,
    colorSpec: spec.colorSpec,
    palette: spec.palette === undefined ? undefined : paletteFrom(spec.palette),
    timestamp: spec.timestamp,
    origin: ORIGIN,
    sharesBytes,
  };
}

/** The spec of an image's own planes; offsets are left out, for planes need not share a buffer. */
export function specOf(image: Image): ImageSpec {
  checkImage(image);
  const { format, width, height, colorSpec, palette, timestamp } = image;
  return { format, width, height, colorSpec, palette, timestamp, strides: image.planes.map((plane) => plane.stride) };
}

/** Copies the rows of `from` over those of `to`; both have the same rows and at least `rowBytes` of stride. */
export function copyRows(from: Plane, to: Plane, rowBytes: number, rows: number): void {
  if (from.stride === rowBytes && to.stride === rowBytes) {
    to.bytes.set(from.bytes.subarray(0, rowBytes * rows));
    return;
  }
  for (let row = 0; row < rows; row += 1) {
    to.bytes.set(from.bytes.subarray(row * from.stride, row * from.stride + rowBytes), row * to.stride);
  }
}

/** Sets what lies between rows to zero. */
function clearPadding({ bytes, stride }: Plane, rowBytes: number): void {
  for (let at = rowBytes; at < bytes.length; at += stride) bytes.fill(0, at, at - rowBytes + stride);
}

/** A deep copy with the given strides (tight where left out); padding is zero. */
export function copyImage(image: Image, strides?: readonly number[]): Image {
  checkImage(image);
  const spec = { ...specOf(image), strides };
  const copy = wrapImage(allocBytes(byteLength(spec), undefined, 'any'), spec);
  for (const [index, { rowBytes, rows, stride }] of planeLayouts(spec).entries()) {
    const from = image.planes[index];
    const to = copy.planes[index];
    if (from === undefined || to === undefined) continue;
    copyRows(from, to, rowBytes, rows);
    if (stride > rowBytes) clearPadding(to, rowBytes);
  }
  return { ...copy, origin: image.origin, sharesBytes: false };
}

/** Planes one after another, with the given strides (tight where left out) and zero between rows: what a raw file holds. */
export function imageBytes(image: Image, strides?: readonly number[]): Uint8Array {
  checkImage(image);
  const spec = { ...specOf(image), strides };
  const bytes = new Uint8Array(byteLength(spec));
  const target = wrapImage(bytes, spec);
  for (const [index, layout] of planeLayouts(spec).entries()) {
    const from = image.planes[index];
    const to = target.planes[index];
    if (from !== undefined && to !== undefined) copyRows(from, to, layout.rowBytes, layout.rows);
  }
  return bytes;
}

/** A pal8 image's palette moved behind its indices, as raw pal8 files have it. */
export function withTrailingPalette(image: Image): Image {
  const palette = paletteOf(image);
  const indices = image.planes[0];
  if (palette === undefined || indices === undefined) return image;
  const bytes = new Uint8Array(1024);
  bytes.set(swapRedBlue(palette.colors));
  return { ...image, palette: undefined, planes: [indices, { bytes, stride: 1024 }] };
}
