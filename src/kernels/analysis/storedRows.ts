import { formatLayout } from '../image/formatLayout.ts';
import { byteLength, planeLayouts } from '../image/layout.ts';
import { withStoredRows } from '../image/storedRows.ts';
import type { ImageSpec } from '../image/types.ts';
import type { Candidate } from './guessByRows.ts';

/** Rows of which devices store a multiple: Ascend's height stride is one of 2, MediaCodec's slice height of 16 or 32. */
const HEIGHT_ALIGNMENTS = [2, 4, 8, 16, 32, 64] as const;
const ROW_ALIGNMENTS = [1, 16, 32, 64, 128, 256] as const;

/** Pictures of which more rows are stored than shown, and maybe longer ones, that use all bytes; of several the least padded. The last plane's padding may be missing. */
export function explainByStoredRows(spec: ImageSpec, bytes: number): readonly Candidate[] {
  const size = `${String(spec.width)}×${String(spec.height)}`;
  const found: Candidate[] = [];
  for (const rowAlignment of ROW_ALIGNMENTS) {
    const strides = formatLayout(spec.format).planes.map(({ blockBytes, blockWidth }) => Math.ceil((Math.ceil(spec.width / blockWidth) * blockBytes) / rowAlignment) * rowAlignment);
    const wide = rowAlignment === 1 ? spec : { ...spec, strides };
    for (const alignment of HEIGHT_ALIGNMENTS) {
      const rows = Math.ceil(spec.height / alignment) * alignment;
      if (rows === spec.height) continue;
      const stored = withStoredRows(wide, rows);
      if (byteLength({ ...wide, height: rows }) !== bytes && byteLength(stored) !== bytes) continue;
      const starts = planeLayouts(stored).map(({ offset }) => String(offset));
      const wider = rowAlignment === 1 ? '' : ` of ${String(strides[0] ?? 0)} B`;
      found.push({ spec: stored, headerOffset: 0, prior: rowAlignment === 1 ? 0.87 : 0.83, reason: `${size} ${spec.format} stored in ${String(rows)} rows${wider} (a multiple of ${String(alignment)}) is exactly ${String(bytes)} B; planes start at ${starts.join(', ')}` });
    }
  }
  return found;
}
