import type { Image, ImageSpec } from '../../image/types.ts';
import { subImage } from '../../image/views.ts';
import { LabError } from '../../labError.ts';
import { planEncoding, withEngine } from './encode.ts';
import { betterTables, sumCounts } from './histogram.ts';
import type { HuffmanTables } from './huffmanTables.ts';
import { STANDARD_HUFFMAN } from './huffmanTables.ts';
import { END_OF_IMAGE, restartMarker, writeHeader } from './markers.ts';
import type { JpegOptions, JpegSettings } from './options.ts';
import { resolveOptions } from './options.ts';
import { GrowingOutput } from './output.ts';
import type { McuRows } from './scan.ts';
import { countRows, encodeRows } from './scan.ts';
import { stageClock } from './stages.ts';
import { encodedSpec, toPlanes } from './toPlanes.ts';

/** Rows of MCUs that one worker codes: whole restart intervals, so that nothing crosses from band to band. */
export interface Band extends McuRows {
  /** The pixel rows under them. */
  readonly y: number;
  readonly height: number;
}

export interface BandPlan {
  /** MCUs; to be given as the option of that name, to every band and to `joinBands`. */
  readonly restartInterval: number;
  readonly bands: readonly Band[];
}

/** MCUs an interval must have so that bands can start at rows: the one asked, or one row of MCUs. */
function rowInterval(mcusPerRow: number, asked: number): number {
  const interval = asked === 0 ? mcusPerRow : asked;
  if (mcusPerRow % interval === 0 || interval % mcusPerRow === 0) return interval;
  throw new LabError({ code: 'jpeg/bands', what: `A restart interval of ${String(interval)} MCUs does not meet the rows of ${String(mcusPerRow)} MCUs that bands are cut at.`, remedy: `Give ${String(mcusPerRow)} or a multiple that stays below 65 536, or none.`, vpiStatus: 'INVALID_ARGUMENT' });
}

/**
 * Cuts a picture into about equal bands for so many workers; fewer where there are not enough rows.
 * @throws LabError `jpeg/bands`, and as `encodeJpeg` for the options and the size
 */
export function planBands(spec: ImageSpec, options: JpegOptions, workers: number): BandPlan {
  const settings = resolveOptions(options);
  const { frame } = planEncoding(encodedSpec(spec, settings), settings);
  const restartInterval = rowInterval(frame.mcusPerRow, settings.restartInterval);
  const rowsPerCut = Math.max(1, restartInterval / frame.mcusPerRow);
  const cuts = Math.ceil(frame.mcuRows / rowsPerCut);
  const count = Math.max(1, Math.min(Math.floor(workers), cuts));
  const bands = Array.from({ length: count }, (_, index): Band => {
    const from = Math.floor((index * cuts) / count) * rowsPerCut;
    const to = Math.min(frame.mcuRows, Math.floor(((index + 1) * cuts) / count) * rowsPerCut);
    const y = from * frame.mcuHeight;
    return { from, to, firstInterval: (from * frame.mcusPerRow) / restartInterval, y, height: Math.min(spec.height, to * frame.mcuHeight) - y };
  });
  return { restartInterval, bands };
}

/** A band's own rows as an image of their own, without a copy, and the band as seen from there: what a worker is sent. */
export function cutBand(image: Image, band: Band): { readonly image: Image; readonly band: Band } {
  const rows = subImage(image, { x: 0, y: band.y, width: image.width, height: band.height });
  return { image: rows, band: { ...band, from: 0, to: band.to - band.from, y: 0 } };
}

const checked = (options: JpegOptions): JpegSettings => resolveOptions({ ...options, onStage: undefined });

/**
 * The symbols of one band of the picture (or of what `cutBand` gave), for Huffman tables made for the whole picture.
 * @returns u32, to be given to `bandTables` together with those of the other bands
 */
export function countBand(image: Image, band: Band, options: JpegOptions): Uint32Array {
  const settings = checked(options);
  const cut = cutBand(image, band);
  return withEngine(toPlanes(cut.image, settings), settings, stageClock(undefined), (job) => {
    countRows(job, cut.band);
    return job.engine.counts.slice();
  });
}

/** The tables that all bands must be coded with: made for their counts, or the standard ones without counts. */
export const bandTables = (counts: readonly Uint32Array[] = []): HuffmanTables => (counts.length === 0 ? STANDARD_HUFFMAN : betterTables(sumCounts(counts)));

/**
 * The entropy-coded bytes of one band, restart markers between its intervals.
 * @param options as for the whole picture, with the plan's `restartInterval`
 */
export function encodeBand(image: Image, band: Band, options: JpegOptions, tables: HuffmanTables = STANDARD_HUFFMAN): Uint8Array<ArrayBuffer> {
  const settings = checked(options);
  const cut = cutBand(image, band);
  const out = new GrowingOutput((image.width * band.height) / 4);
  withEngine(toPlanes(cut.image, settings), settings, stageClock(undefined), (job) => {
    job.engine.useCodes(tables);
    encodeRows(job, cut.band, out);
  });
  return out.view().slice();
}

/**
 * The file: header, bands in order with a restart marker after each but the last, end. Equal to `encodeJpeg` with the
 * plan's restart interval.
 * @param spec of the whole picture
 */
export function joinBands(spec: ImageSpec, plan: BandPlan, parts: readonly Uint8Array[], options: JpegOptions, tables: HuffmanTables = STANDARD_HUFFMAN): Uint8Array<ArrayBuffer> {
  const settings = checked({ ...options, restartInterval: plan.restartInterval });
  if (parts.length !== plan.bands.length) throw new LabError({ code: 'jpeg/bands', what: `The plan has ${String(plan.bands.length)} bands; ${String(parts.length)} were given.`, remedy: 'Give the bytes of every band, in order.', vpiStatus: 'INVALID_ARGUMENT' });
  const { frame } = planEncoding(encodedSpec(spec, settings), settings);
  const out = new GrowingOutput(parts.reduce((sum, part) => sum + part.length, 1024));
  writeHeader(out, frame, tables, settings);
  for (const [index, part] of parts.entries()) {
    out.bytes(part);
    const next = plan.bands.at(index + 1);
    if (next !== undefined) out.bytes(restartMarker(next.firstInterval - 1));
  }
  out.bytes(END_OF_IMAGE);
  return out.view().slice();
}
