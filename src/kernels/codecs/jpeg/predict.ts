import { OBJECT } from '../../arguments.ts';
import { checkSpec } from '../../image/checks.ts';
import type { ImageSpec } from '../../image/types.ts';
import { blockBoundBits } from './blockBound.ts';
import { planEncoding } from './encode.ts';
import type { EngineJob } from './engine.ts';
import { tableOf } from './engine.ts';
import { checkJpegSize } from './frame.ts';
import { STANDARD_HUFFMAN } from './huffmanTables.ts';
import { END_OF_IMAGE, writeHeader } from './markers.ts';
import type { JpegOptions, JpegSettings } from './options.ts';
import { resolveOptions } from './options.ts';
import { GrowingOutput } from './output.ts';
import type { QuantTable } from './quantTables.ts';
import { encodedSpec } from './toPlanes.ts';

/** Bytes that make up a predicted size. */
export interface SizeBound {
  /** No picture of this spec, whatever its samples, makes a larger file. */
  readonly bytes: number;
  /** Markers before the scan, and the end marker. Exact; with own Huffman tables an upper bound. */
  readonly headerBytes: number;
  /** Entropy-coded bytes, stuffing and padding. */
  readonly scanBytes: number;
  readonly restartBytes: number;
}

/** Restart intervals of a scan, at least one. */
export const intervalsOf = (mcus: number, restartInterval: number): number => (restartInterval === 0 ? 1 : Math.ceil(mcus / restartInterval));

/** Bytes that do not depend on the samples: markers. With Huffman tables made for the picture, the most they can be. */
export function markerBytes({ frame }: EngineJob, settings: JpegSettings): { readonly headerBytes: number; readonly restartBytes: number } {
  const out = new GrowingOutput(1024);
  writeHeader(out, frame, STANDARD_HUFFMAN, settings);
  const restartBytes = 2 * (intervalsOf(frame.mcusPerRow * frame.mcuRows, settings.restartInterval) - 1);
  return { headerBytes: out.length + END_OF_IMAGE.length, restartBytes };
}

/** The bound of an MCU in eighths of a byte; a table that two components share is looked at once. */
function mcuBoundBits({ frame, tables }: EngineJob, anyBitMayBeOne: boolean): number {
  const bounds = new Map<QuantTable, number>();
  return frame.components.reduce((sum, { h, v, tableClass }, index) => {
    const table = tableOf(tables, index);
    const bound = (tableClass === 1 ? bounds.get(table) : undefined) ?? blockBoundBits(table, tableClass === 0 ? STANDARD_HUFFMAN.luma : STANDARD_HUFFMAN.chroma, anyBitMayBeOne);
    if (tableClass === 1) bounds.set(table, bound);
    return sum + h * v * bound;
  }, 0);
}

/**
 * A size that no picture exceeds: bound = header + Σ blocks ⌈bits + ones⌉ / 8 + 2 B per interval + 2 B per marker.
 *
 * `bits` is the most that one block can take (see `blockBoundBits`), and `ones` the 1-bits among them: a byte is stuffed
 * only when it is eight ones, so n bits with k ones grow to at most (n + k) / 8 bytes. An interval is padded by at most
 * 7 ones, which adds less than 2 bytes. Huffman tables made for the picture never take more bits than the standard
 * ones, but may have more ones; they are bounded by 2 × bits / 8.
 * @throws LabError as `encodeJpeg` for the same spec and options
 */
export function predictJpegSize(spec: ImageSpec, options: JpegOptions = {}): SizeBound {
  if (OBJECT.is(spec)) checkJpegSize(spec);
  checkSpec(spec);
  const settings = resolveOptions(options);
  const job = planEncoding(encodedSpec(spec, settings), settings);
  const mcus = job.frame.mcusPerRow * job.frame.mcuRows;
  const { headerBytes, restartBytes } = markerBytes(job, settings);
  const scanBytes = Math.ceil((mcus * mcuBoundBits(job, settings.optimizeHuffman)) / 8) + 2 * intervalsOf(mcus, settings.restartInterval);
  return { bytes: headerBytes + scanBytes + restartBytes, headerBytes, scanBytes, restartBytes };
}
