import { byteLength, planeLayouts, requiredBytes } from '../../../kernels/index.ts';
import type { ImageSpec } from '../../../kernels/index.ts';
import { formatLayout } from '../../../kernels/image/formatLayout.ts';
import { proportionalStrides, rowSizes } from '../../../kernels/image/layout.ts';

const areAlike = (a: ImageSpec, b: ImageSpec): boolean => {
  const [rows, others] = [a, b].map(({ format }) => formatLayout(format).planes.map(({ subY }) => subY).join());
  return rows === others;
};

/** Starts of the planes one after another, in the order given. */
function inOrder(spec: ImageSpec, order: readonly number[]): readonly number[] | undefined {
  if (order.every((plane, index) => plane === index)) return undefined;
  const layouts = planeLayouts({ ...spec, offsets: undefined });
  const offsets = layouts.map(({ offset }) => offset);
  let next = 0;
  for (const plane of order) {
    offsets[plane] = next;
    next += (layouts[plane]?.stride ?? 0) * (layouts[plane]?.rows ?? 0);
  }
  return offsets;
}

/** The order of the planes, where one follows the other without a gap. */
function packedOrder(spec: ImageSpec): readonly number[] | undefined {
  const layouts = planeLayouts(spec).map((layout, plane) => ({ ...layout, plane })).toSorted((a, b) => a.offset - b.offset);
  let next = 0;
  for (const { offset, stride, rows } of layouts) {
    if (offset !== next) return undefined;
    next += stride * rows;
  }
  return layouts.map(({ plane }) => plane);
}

function orderOf(spec: ImageSpec): readonly number[] | undefined {
  try {
    return packedOrder(spec);
  } catch {
    return undefined; // A spec that is none has no order.
  }
}

function offsetsOf(spec: ImageSpec, order: readonly number[]): readonly number[] | undefined {
  try {
    return inOrder(spec, order);
  } catch {
    return undefined;
  }
}

/**
 * A spec with other facts. Strides stay while no row outgrows its own and the planes are alike;
 * planes that lay one after another do so still, in the same order, and others stay where they were.
 */
export function changeSpec(spec: ImageSpec, part: Partial<ImageSpec>): ImageSpec {
  const changed: ImageSpec = { ...spec, ...part };
  const isAlike = areAlike(spec, changed);
  const hold = isAlike && changed.strides?.every((stride, plane) => stride >= rowSizes(changed, plane).rowBytes) === true;
  const next: ImageSpec = { ...changed, strides: hold || part.strides !== undefined ? changed.strides : undefined, offsets: isAlike ? changed.offsets : undefined };
  if (next.offsets === undefined || part.offsets !== undefined) return next;
  const order = orderOf(spec);
  return order === undefined ? next : { ...next, offsets: offsetsOf(next, order) };
}

/** The planes of U and V where each has its own. */
function chromaPlanes(spec: ImageSpec): readonly [number, number] | undefined {
  const [u, v] = (['U', 'V'] as const).map((name) => formatLayout(spec.format).components.find(({ component }) => component === name)?.plane);
  return u === undefined || v === undefined || u === v ? undefined : [u, v];
}

/** Reads U where V was and V where U was: YV12 is yuv420p so. Undefined where they share a plane. */
export function swapChroma(spec: ImageSpec): ImageSpec | undefined {
  const planes = chromaPlanes(spec);
  if (planes === undefined) return undefined;
  const swap = (values: readonly number[]): readonly number[] => values.map((value, plane) => (plane === planes[0] ? values[planes[1]] : plane === planes[1] ? values[planes[0]] : value) ?? value);
  const offsets = swap(planeLayouts(spec).map(({ offset }) => offset));
  const swapped = { ...spec, strides: spec.strides === undefined ? undefined : swap(spec.strides), offsets };
  const order = packedOrder(swapped);
  return order === undefined ? swapped : { ...swapped, offsets: inOrder(swapped, order) };
}

/** The stride of the first plane, those of the others in proportion, with which the rows take exactly so many bytes; the last row's padding may be missing. */
export function fittingStrides(spec: ImageSpec, available: number): readonly number[] | undefined {
  const { rowBytes } = rowSizes(spec, 0);
  const withStride = (stride: number): ImageSpec => ({ ...spec, offsets: undefined, strides: proportionalStrides(spec, stride) });
  // Sizes grow with the stride: the widest that still fits.
  let [low, high] = [rowBytes, rowBytes * 2 + 4096];
  if (requiredBytes(withStride(rowBytes)) > available) return undefined;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (requiredBytes(withStride(middle)) <= available) low = middle;
    else high = middle - 1;
  }
  return byteLength(withStride(low)) >= available ? withStride(low).strides : undefined;
}
