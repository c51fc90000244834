import { LabError } from '../../../labError.ts';
import { unreadable } from '../format/segments.ts';
import type { BlockDecoder, EngineScan, ScanBlock } from './engine.ts';
import type { FaultList } from './intervals.ts';
import { IntervalCursor, findIntervals } from './intervals.ts';
import type { HuffmanLookup } from './lookup.ts';
import { huffmanLookup } from './lookup.ts';
import type { PictureBuilder } from './planes.ts';
import type { DecodeFrame, DecodeScan } from './readFile.ts';
import { huffmanOf } from './readFile.ts';

export interface ScanContext {
  readonly bytes: Uint8Array;
  readonly frame: DecodeFrame;
  readonly decoder: BlockDecoder;
  /** Components whose quantisation table is fixed: by the first scan that has them. */
  readonly latched: Set<number>;
  readonly faults: FaultList;
  readonly checkpoint?: ((doneRows: number, rows: number) => void) | undefined;
}

/** Rows of MCUs: `from` ≤ row < `to`. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** What a table that no pass reads is replaced with. */
const EMPTY: HuffmanLookup = huffmanLookup({ counts: new Array<number>(16).fill(0), symbols: [] }, false);

function lookupOf(scan: DecodeScan, kind: 'dc' | 'ac', id: number): HuffmanLookup {
  const table = huffmanOf(scan, kind, id);
  if (table === undefined) throw unreadable(`A scan uses the Huffman table ${kind.toUpperCase()} ${String(id)}, which the file does not have`);
  return huffmanLookup(table, kind === 'ac');
}

/** @source ITU-T T.81, G.1.1.1 */
function checkProgression({ components, spectralFrom, spectralTo, bitHigh, bitLow }: DecodeScan): void {
  const band = spectralFrom === 0 ? spectralTo === 0 : spectralTo >= spectralFrom && spectralTo < 64 && components.length === 1;
  if (!band || bitLow > 13 || (bitHigh > 0 && bitHigh !== bitLow + 1)) throw unreadable(`A scan of coefficients ${String(spectralFrom)} … ${String(spectralTo)}, bits ${String(bitHigh)} → ${String(bitLow)}, of ${String(components.length)} components cannot be`);
}

/** A scan of one component has single blocks for MCUs, and only those that hold samples. */
export function gridOf(frame: DecodeFrame, { components }: Pick<DecodeScan, 'components'>): { readonly mcusPerRow: number; readonly mcuRows: number } {
  if (components.length > 1) return frame;
  const { blocksWide, blocksHigh } = frame.components[components[0].index];
  return { mcusPerRow: blocksWide, mcuRows: blocksHigh };
}

function planScan(frame: DecodeFrame, scan: DecodeScan): EngineScan {
  const { components, spectralFrom, spectralTo, bitHigh, bitLow } = scan;
  const indices = components.map(({ index }) => index);
  if (indices.length === 0 || new Set(indices).size < indices.length) throw unreadable('A scan names no component, or one twice');
  if (frame.progressive) checkProgression(scan);
  const [needsDc, needsAc] = frame.progressive ? [spectralFrom === 0 && bitHigh === 0, spectralFrom > 0] : [true, true];
  const alone = components.length === 1;
  const blocks = components.flatMap(({ index, dcId, acId }): readonly ScanBlock[] => {
    const dc = needsDc ? lookupOf(scan, 'dc', dcId) : EMPTY;
    const ac = needsAc ? lookupOf(scan, 'ac', acId) : EMPTY;
    const { h, v } = alone ? { h: 1, v: 1 } : frame.components[index];
    return Array.from({ length: h * v }, (_, block) => ({ component: index, across: block % h, down: Math.floor(block / h), dc, ac }));
  });
  const factor = (axis: 'h' | 'v'): readonly number[] => frame.components.map((component, index) => (indices.includes(index) ? (alone ? 1 : component[axis]) : 0));
  return { blocks, across: factor('h'), down: factor('v'), spectralFrom, spectralTo, bitHigh, bitLow };
}

/** Fixes the tables of components that come for the first time. @source libjpeg jdinput.c, latch_quant_tables */
function useTables({ frame, decoder, latched }: ScanContext, { components, quant }: DecodeScan): void {
  for (const { index } of components) {
    if (latched.has(index)) continue;
    const { quantId } = frame.components[index];
    const table = quant.get(quantId);
    if (table === undefined) throw unreadable(`Component ${String(index)} uses the quantisation table ${String(quantId)}, which the file does not have`);
    decoder.useSteps(index, table.steps);
    latched.add(index);
  }
}

/** Opens intervals one after another, and says where markers or data are missing. */
class IntervalFeed {
  readonly #context: ScanContext;
  readonly #cursor: IntervalCursor;
  readonly #interval: number;
  readonly #mcusPerRow: number;
  readonly #name: string;
  #left: number;
  #index: number;
  /** The interval has data that are not used up. */
  hasData = true;

  /** @param first index of the interval to begin with */
  constructor(context: ScanContext, scan: DecodeScan, mcusPerRow: number, first = 0) {
    this.#context = context;
    this.#cursor = new IntervalCursor(findIntervals(context.bytes, scan.from, scan.to));
    this.#interval = scan.restartInterval === 0 ? Infinity : scan.restartInterval;
    this.#mcusPerRow = mcusPerRow;
    this.#name = scan.components.map(({ index }) => String(index)).join(', ');
    this.#left = this.#interval;
    this.#index = 0;
    while (this.#index < first) {
      this.#index += 1;
      this.#cursor.next(this.#index, () => undefined);
    }
    const { from, to } = this.#cursor.current;
    context.decoder.startInterval(from, to);
  }

  /** No bits are left for what follows: it cannot change any more. */
  get isOver(): boolean {
    return !this.hasData && (this.#interval === Infinity || this.#cursor.isLast);
  }

  /** MCUs until the interval ends; a new one is opened where none are left. @param mcu index in the scan, for messages */
  room(mcu: number): number {
    if (this.#left === 0) {
      this.#index += 1;
      this.#left = this.#interval;
      const data = this.#cursor.next(this.#index, (what) => this.#context.faults.add('restart', `${what} (${this.#place(mcu)}).`));
      this.hasData = data !== undefined;
      this.#context.decoder.startInterval(data?.from ?? 0, data?.to ?? 0);
    }
    return this.#left;
  }

  /** @param decoded of `mcus` that had bits */
  took(mcu: number, mcus: number, decoded: number): void {
    this.#left -= mcus;
    if (decoded >= mcus || !this.hasData) return;
    this.hasData = false;
    this.#context.faults.add('data', `The data end early: ${this.#place(mcu + decoded)}, up to ${this.#interval === Infinity ? 'the end of the scan' : 'the next restart marker'} at byte ${String(this.#cursor.current.to)}.`);
  }

  #place(mcu: number): string {
    return `components ${this.#name}, row ${String(Math.floor(mcu / this.#mcusPerRow))}, MCU ${String(mcu % this.#mcusPerRow)} of ${String(this.#mcusPerRow)}`;
  }
}

/** Decodes a scan's rows. @param rows those of a band, which begins with an interval; all where left out */
function readRows(context: ScanContext, scan: DecodeScan, plan: EngineScan, builder: PictureBuilder, rows?: RowRange): void {
  const { frame, decoder, faults, checkpoint } = context;
  const { mcusPerRow, mcuRows } = gridOf(frame, scan);
  const { from, to } = rows ?? { from: 0, to: mcuRows };
  decoder.startScan(plan);
  const feed = new IntervalFeed(context, scan, mcusPerRow, from === 0 ? 0 : (from * mcusPerRow) / scan.restartInterval);
  const badBefore = decoder.badCodes;
  let firstBad = -1;
  for (let row = from; row < to && !feed.isOver; row += 1) {
    for (let first = 0; first < mcusPerRow;) {
      const mcu = row * mcusPerRow + first;
      const mcus = Math.min(feed.room(mcu), mcusPerRow - first);
      const decoded = frame.progressive ? (feed.hasData ? decoder.progressive(row, first, mcus) : 0) : decoder.sequential(first, mcus);
      feed.took(mcu, mcus, decoded);
      first += mcus;
    }
    if (firstBad < 0 && decoder.badCodes > badBefore) firstBad = row;
    if (!frame.progressive) for (const { index } of scan.components) builder.put(index, decoder.strips[index], (row - from) * plan.down[index] * 8, plan.down[index] * 8);
    checkpoint?.(row + 1 - from, to - from);
  }
  if (firstBad >= 0) faults.add('data', `${String(decoder.badCodes - badBefore)} codes that the Huffman tables do not have, the first in row ${String(firstBad)} of the MCUs of components ${scan.components.map(({ index }) => String(index)).join(', ')}; each was read as an empty one.`);
}

/** Decodes a scan. @returns false when nothing of it can be used, which is a fault */
export function runScan(context: ScanContext, scan: DecodeScan, builder: PictureBuilder, rows?: RowRange): boolean {
  try {
    const plan = planScan(context.frame, scan);
    useTables(context, scan);
    readRows(context, scan, plan, builder, rows);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.code !== 'jpeg/unreadable') throw thrown;
    context.faults.add('scan', `${thrown.info.what} (scan data at byte ${String(scan.from)}; passed over).`);
    return false;
  }
}
