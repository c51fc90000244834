import { sayValue } from '../arguments.ts';
import { LabError, formatBytes } from '../labError.ts';
import { pixelFormat } from '../tables/pixelFormats.ts';
import { checkSpec } from './checks.ts';
import { formatLayout } from './formatLayout.ts';
import type { ImageSpec, PlaneLayout } from './types.ts';

function refuse(code: string, what: string, remedy: string): never {
  throw new LabError({ code, what, remedy, vpiStatus: 'INVALID_ARGUMENT' });
}

function checkPlane(spec: ImageSpec, index: number, rowBytes: number, stride: number, offset: number): void {
  const plane = `Plane ${String(index)} of ${spec.format} ${String(spec.width)}×${String(spec.height)}`;
  if (!Number.isSafeInteger(stride)) refuse('layout/stride', `${plane} has a stride of ${sayValue(stride)} B; rows start at whole bytes.`, `Give a whole number, ${String(rowBytes)} or more.`);
  if (stride < rowBytes) {
    refuse('layout/stride', `${plane} needs ${formatBytes(rowBytes)} a row; the stride given is ${String(stride)}.`, `Give a stride of at least ${String(rowBytes)}.`);
  }
  if (!Number.isSafeInteger(offset) || offset < 0) {
    refuse('layout/offset', `${plane} starts at byte ${sayValue(offset)}, which is no place in a buffer.`, 'Give an offset of 0 or more whole bytes.');
  }
}

/** Bytes of a plane's row that carry samples, and the stride when none is given. */
export function rowSizes(spec: Pick<ImageSpec, 'format' | 'width'>, plane: number): { readonly rowBytes: number; readonly tightStride: number } {
  const { blockBytes, blockWidth } = formatLayout(spec.format).planes[plane] ?? { blockBytes: 0, blockWidth: 1 };
  const { rowAlignPixels = 1 } = pixelFormat(spec.format);
  const bytesFor = (width: number): number => Math.ceil(width / blockWidth) * blockBytes;
  return { rowBytes: bytesFor(spec.width), tightStride: bytesFor(Math.ceil(spec.width / rowAlignPixels) * rowAlignPixels) };
}

/** Strides of every plane, each rounded up to a multiple of `alignment` bytes; those that a spec without any has where it is 1. */
export function alignedStrides(spec: Pick<ImageSpec, 'format' | 'width'>, alignment = 1): readonly number[] {
  return formatLayout(spec.format).planes.map((_, plane) => Math.ceil(rowSizes(spec, plane).tightStride / alignment) * alignment);
}

/** Strides of all planes from that of the first, in the proportion of their rows: 768 for nv12 is 768 and 768, for yuv420p 768, 384 and 384. */
export function proportionalStrides(spec: Pick<ImageSpec, 'format' | 'width'>, firstStride: number): readonly number[] {
  const { rowBytes: first } = rowSizes(spec, 0);
  return formatLayout(spec.format).planes.map((_, plane) => Math.ceil((firstStride * rowSizes(spec, plane).rowBytes) / first));
}

/**
 * Where each plane of a spec lies in one buffer: given strides and offsets, tight and one after another otherwise.
 * A palette that follows the indices is the last plane.
 * @throws LabError `format/unknown`, `layout/size`, `layout/stride`, `layout/offset`, and those of `checkSpec`
 */
export function planeLayouts(spec: ImageSpec): readonly PlaneLayout[] {
  checkSpec(spec);
  const layouts: PlaneLayout[] = [];
  let next = 0;
  for (const [index, { subY }] of formatLayout(spec.format).planes.entries()) {
    const { rowBytes, tightStride } = rowSizes(spec, index);
    const stride = spec.strides?.[index] ?? tightStride;
    const offset = spec.offsets?.[index] ?? next;
    checkPlane(spec, index, rowBytes, stride, offset);
    const rows = Math.ceil(spec.height / subY);
    layouts.push({ offset, stride, rowBytes, rows, extent: stride * (rows - 1) + rowBytes });
    next = offset + stride * rows;
  }
  const { trailingPaletteBytes = 0 } = pixelFormat(spec.format);
  if (trailingPaletteBytes > 0 && spec.palette === undefined) {
    const offset = spec.offsets?.[layouts.length] ?? next;
    checkPlane(spec, layouts.length, trailingPaletteBytes, spec.strides?.[layouts.length] ?? trailingPaletteBytes, offset);
    layouts.push({ offset, stride: trailingPaletteBytes, rowBytes: trailingPaletteBytes, rows: 1, extent: trailingPaletteBytes });
  }
  return layouts;
}

/** Bytes an image of this spec occupies, from byte 0 to its last plane's end: tight, or with the given strides and offsets. */
export function byteLength(spec: ImageSpec): number {
  return Math.max(...planeLayouts(spec).map((plane) => plane.offset + plane.stride * plane.rows));
}

/** Bytes that must be there: as `byteLength`, but the last row need not be padded to its stride. */
export function requiredBytes(spec: ImageSpec): number {
  return Math.max(...planeLayouts(spec).map((plane) => plane.offset + plane.extent));
}
