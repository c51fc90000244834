import { requiredBytes } from '../../../kernels/index.ts';
import type { ImageSpec } from '../../../kernels/index.ts';
import { formatLayout } from '../../../kernels/image/formatLayout.ts';
import type { RawGeometry } from '../../../workers/pixels/protocol.ts';
import { changeSpec, fittingStrides } from './layoutEdits.ts';

export interface Fix {
  readonly title: string;
  readonly geometry: RawGeometry;
}

/** Ways to make the numbers agree when the file is shorter than its geometry. */
export function fixes(geometry: RawGeometry, fileBytes: number): readonly Fix[] {
  const { spec, headerOffset } = geometry;
  const rows = (height: number): ImageSpec => changeSpec(spec, { height });
  const out: Fix[] = [{ title: 'Show it, pad with 0', geometry: { ...geometry, padShort: true } }];
  const step = formatLayout(spec.format).chroma.y;
  let height = spec.height;
  // The most whole rows that the file has; sizes are monotonic in the height.
  let [low, high] = [0, spec.height];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (requiredBytes(rows(Math.max(1, middle))) + headerOffset <= fileBytes) low = middle;
    else high = middle - 1;
  }
  height = Math.floor(low / step) * step;
  if (height > 0 && height !== spec.height) out.push({ title: `Height ${String(height)}`, geometry: { ...geometry, spec: rows(height) } });
  const strides = fittingStrides(spec, fileBytes - headerOffset);
  if (strides !== undefined) out.push({ title: `Stride ${String(strides[0])}`, geometry: { ...geometry, spec: changeSpec(spec, { strides }) } });
  const missing = requiredBytes(spec) + headerOffset - fileBytes;
  if (headerOffset >= missing && missing > 0) out.push({ title: `Offset −${String(missing)}`, geometry: { ...geometry, headerOffset: headerOffset - missing } });
  return out;
}
