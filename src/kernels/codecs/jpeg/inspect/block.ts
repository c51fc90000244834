import { LabError } from '../../../labError.ts';
import { MARKER } from '../format/codes.ts';
import { ZIGZAG } from '../quantTables.ts';
import type { HuffmanDecoder } from './entropyReader.ts';
import { EntropyReader, huffmanDecoder } from './entropyReader.ts';
import { unreadable } from '../format/segments.ts';
import type { InspectedFrame, InspectedScan, JpegStructure } from './structure.ts';

/** One 8×8 block as the file has it. All arrays have 64 entries, row by row. */
export interface InspectedBlock {
  /** Quantised levels. */
  readonly levels: Int16Array;
  /** Steps that they are multiplied with. */
  readonly steps: readonly number[];
  /** Levels × steps: what the inverse DCT is given. */
  readonly coefficients: Int32Array;
  /** What the file codes in place of the DC level. */
  readonly dcDifference: number;
  /** Where its bits are in the file: the first, and the one behind the last. */
  readonly from: { readonly byte: number; readonly bit: number };
  readonly to: { readonly byte: number; readonly bit: number };
}

export interface BlockPlace {
  /** Index in the frame header. */
  readonly component: number;
  /** In blocks of the component. */
  readonly x: number;
  readonly y: number;
}

interface ScanComponent {
  readonly index: number;
  readonly h: number;
  readonly v: number;
  readonly dc: HuffmanDecoder;
  readonly ac: HuffmanDecoder;
}

const SEQUENTIAL: readonly number[] = [MARKER.SOF0, MARKER.SOF1];

const largest = (frame: InspectedFrame): { readonly h: number; readonly v: number } => ({ h: Math.max(...frame.components.map(({ h }) => h)), v: Math.max(...frame.components.map(({ v }) => v)) });

/** Blocks of a component that hold samples. */
export function blockGrid(frame: InspectedFrame, component: number): { readonly wide: number; readonly high: number } {
  const most = largest(frame);
  const { h, v } = frame.components[component];
  return { wide: Math.ceil(Math.ceil((frame.width * h) / most.h) / 8), high: Math.ceil(Math.ceil((frame.height * v) / most.v) / 8) };
}

/** The block of a component that a pixel belongs to. */
export function blockAt(frame: InspectedFrame, component: number, x: number, y: number): BlockPlace {
  const most = largest(frame);
  const { h, v } = frame.components[component];
  return { component, x: Math.floor((x * h) / most.h / 8), y: Math.floor((y * v) / most.v / 8) };
}

function scanComponents(frame: InspectedFrame, scan: InspectedScan): readonly ScanComponent[] {
  return scan.components.map(({ index, dcId, acId }) => {
    const decoder = (kind: 'dc' | 'ac', id: number): HuffmanDecoder => {
      const table = scan.huffman.find((candidate) => candidate.kind === kind && candidate.id === id);
      if (table === undefined) throw unreadable(`The scan uses the Huffman table ${kind.toUpperCase()} ${String(id)}, which the file does not have.`);
      return huffmanDecoder(table);
    };
    return { index, h: frame.components[index].h, v: frame.components[index].v, dc: decoder('dc', dcId), ac: decoder('ac', acId) };
  });
}

/** Reads one block's levels in zigzag order; the DC as a difference. */
function readLevels(reader: EntropyReader, { dc, ac }: ScanComponent, levels: Int16Array): void {
  levels.fill(0);
  levels[0] = reader.level(Math.min(reader.symbol(dc), 15));
  for (let k = 1; k < 64;) {
    const symbol = reader.symbol(ac);
    const [run, size] = [symbol >> 4, symbol & 15];
    if (size === 0 && run < 15) return;
    k += run;
    if (size > 0 && k < 64) levels[k] = reader.level(size);
    k += 1;
  }
}

/** Where the MCUs of a scan are: a scan of one component has one block an MCU. */
function scanGrid(frame: InspectedFrame, components: readonly ScanComponent[]): { readonly wide: number; readonly high: number } {
  if (components.length === 1) return blockGrid(frame, components[0].index);
  const most = largest(frame);
  return { wide: Math.ceil(frame.width / (8 * most.h)), high: Math.ceil(frame.height / (8 * most.v)) };
}

function finish({ levels, predictor, from, to }: ScannedBlock, steps: readonly number[]): InspectedBlock {
  const natural = new Int16Array(64);
  for (const [k, at] of ZIGZAG.entries()) natural[at] = levels[k];
  natural[0] = levels[0] + predictor;
  return { levels: natural, steps, coefficients: Int32Array.from(natural, (level, at) => level * steps[at]), dcDifference: levels[0], from, to };
}

function findScan(structure: JpegStructure, component: number): { readonly frame: InspectedFrame; readonly scan: InspectedScan } {
  const { frame } = structure;
  if (frame === undefined) throw unreadable('The file has no frame header.');
  if (!SEQUENTIAL.includes(frame.marker)) {
    throw new LabError({ code: 'jpeg/not-sequential', what: `The coefficients of a ${frame.kind} JPEG are spread over several scans; blocks are shown for baseline and extended sequential files.`, remedy: 'Encode the picture again with our encoder to look into its blocks.' });
  }
  const scan = structure.scans.find(({ components }) => components.some(({ index }) => index === component));
  if (scan === undefined) throw unreadable(`No scan has component ${String(component)}.`);
  return { frame, scan };
}

/** A block as it comes out of the scan; its levels are valid until the next one. */
interface ScannedBlock {
  readonly place: BlockPlace;
  /** Zigzag order, the DC as a difference to `predictor`. */
  readonly levels: Int16Array;
  readonly predictor: number;
  readonly from: InspectedBlock['from'];
  readonly to: InspectedBlock['to'];
}

/** All blocks of a scan in the order of coding, those beyond the picture's edge included. */
function* scanBlocks(bytes: Uint8Array, frame: InspectedFrame, scan: InspectedScan): Generator<ScannedBlock> {
  const components = scanComponents(frame, scan);
  const grid = scanGrid(frame, components);
  const reader = new EntropyReader(bytes, scan.from, scan.to);
  const predictors = new Int32Array(frame.components.length);
  const levels = new Int16Array(64);
  for (let mcu = 0; mcu < grid.wide * grid.high; mcu += 1) {
    if (mcu > 0 && scan.restartInterval > 0 && mcu % scan.restartInterval === 0) {
      reader.restart();
      predictors.fill(0);
    }
    const [column, row] = [mcu % grid.wide, Math.floor(mcu / grid.wide)];
    for (const component of components) {
      const { index, h, v } = components.length === 1 ? { ...component, h: 1, v: 1 } : component;
      for (let block = 0; block < h * v; block += 1) {
        const from = reader.position;
        const predictor = predictors[index];
        readLevels(reader, component, levels);
        predictors[index] += levels[0];
        yield { place: { component: index, x: column * h + (block % h), y: row * v + Math.floor(block / h) }, levels, predictor, from, to: reader.position };
      }
    }
  }
}

/**
 * One block's quantised levels, decoded from the start of its scan.
 * @throws LabError `jpeg/block` outside the grid, `jpeg/not-sequential`, `jpeg/unreadable`
 */
export function inspectBlock(bytes: Uint8Array, structure: JpegStructure, place: BlockPlace): InspectedBlock {
  const { frame, scan } = findScan(structure, place.component);
  const { wide, high } = blockGrid(frame, place.component);
  const inside = Number.isInteger(place.x) && Number.isInteger(place.y) && place.x >= 0 && place.y >= 0 && place.x < wide && place.y < high;
  if (!inside) throw new LabError({ code: 'jpeg/block', what: `There is no block (${String(place.x)}, ${String(place.y)}): component ${String(place.component)} has ${String(wide)}×${String(high)} blocks.`, remedy: 'Choose a block inside the picture.' });
  for (const block of scanBlocks(bytes, frame, scan)) {
    const { component, x, y } = block.place;
    if (component === place.component && x === place.x && y === place.y) return finish(block, stepsOf(frame, scan, component));
  }
  throw unreadable('The scan ends before the block.');
}

function stepsOf(frame: InspectedFrame, scan: InspectedScan, component: number): readonly number[] {
  const { quantId } = frame.components[component];
  const table = scan.quant.find(({ id }) => id === quantId);
  if (table === undefined) throw unreadable(`The frame uses the quantisation table ${String(quantId)}, which the file does not have.`);
  return table.steps;
}
