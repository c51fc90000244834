import { formatLayout } from '../image/formatLayout.ts';
import { byteLength, proportionalStrides, requiredBytes, rowSizes } from '../image/layout.ts';
import type { ImageSpec } from '../image/types.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import type { RowLength } from './rowLength.ts';

/** One way to explain a length, not yet looked at. */
export interface Candidate {
  readonly spec: ImageSpec;
  readonly headerOffset: number;
  /** 0 … 1: how much the arithmetic alone tells. */
  readonly prior: number;
  readonly reason: string;
}

/** Bytes of which rows commonly take a multiple. */
export const ALIGNMENTS = [16, 32, 64, 128, 256] as const;
const LONGEST_HEADER = 4096;

/** The picture whose rows take that many bytes, whole blocks of the first plane: a last byte may be 0 or 255 in all rows and look like padding. */
function widthOf(format: PixelFormatId, { stride, usedBytes }: RowLength): number {
  const { blockBytes, blockWidth } = formatLayout(format).planes[0] ?? { blockBytes: 1, blockWidth: 1 };
  return Math.min(Math.ceil(usedBytes / blockBytes), Math.floor(stride / blockBytes)) * blockWidth;
}

/** Pictures are seldom more than two and a half times as wide as high, or twice as high as wide; planes taken for one are. */
const isCommonShape = (width: number, height: number): boolean => width / height > 0.5 && width / height < 2.5;

/** The height at which the planes take all the bytes, or leave no more than a header; the last row's padding may be cut off. */
function heightFor(spec: Omit<ImageSpec, 'height'>, bytes: number): { readonly height: number; readonly spare: number } | undefined {
  const rows = byteLength({ ...spec, height: 1024 }) / 1024;
  for (let height = Math.ceil(bytes / rows) + 1; height >= 1 && height > bytes / rows - 3; height -= 1) {
    const [whole, needed] = [byteLength({ ...spec, height }), requiredBytes({ ...spec, height })];
    if (needed <= bytes && (bytes <= whole || bytes - whole <= LONGEST_HEADER)) return { height, spare: Math.max(0, bytes - whole) };
  }
  return undefined;
}

/** Layouts of a format whose rows are as long as the bytes themselves say, and that use all bytes. */
export function explainByRows(format: PixelFormatId, row: RowLength, bytes: number, hint: Partial<ImageSpec> = {}): Candidate[] {
  const { stride, usedBytes, unlikeness } = row;
  const sizes = { format, width: hint.width ?? widthOf(format, row) };
  if (sizes.width < 1) return [];
  const { rowBytes, tightStride } = rowSizes(sizes, 0);
  const strides = tightStride === stride ? undefined : proportionalStrides(sizes, stride);
  if (rowBytes > stride || strides?.some((length, plane) => length < rowSizes(sizes, plane).rowBytes) === true) return [];
  const found = heightFor({ ...sizes, strides }, bytes);
  if (found === undefined || (hint.height !== undefined && hint.height !== found.height)) return [];
  const { height, spare } = found;
  const alignment = strides === undefined ? undefined : ALIGNMENTS.findLast((candidate) => stride % candidate === 0);
  const rest = spare === 0 ? `${String(height)} rows make ${String(bytes)} B` : `${String(height)} rows leave a header of ${String(spare)} B`;
  const reason = `bytes repeat every ${String(stride)} B${alignment === undefined ? '' : ` (${String(stride / alignment)} × ${String(alignment)})`}${usedBytes < stride ? `, of which the last ${String(stride - usedBytes)} never change` : ''}; ${rest}`;
  const doubts = [rowBytes !== usedBytes && rowBytes !== stride, !isCommonShape(sizes.width, height)].filter(Boolean).length;
  return [{ spec: { ...sizes, height, strides }, headerOffset: spare, prior: (spare === 0 ? 0.88 : 0.55) - 0.08 * doubts - 0.1 * unlikeness, reason }];
}
