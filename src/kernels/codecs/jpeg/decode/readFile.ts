import { LabError } from '../../../labError.ts';
import { FRAME_KINDS, MARKER, isFrameHeader } from '../format/codes.ts';
import type { InspectedFrame, InspectedHuffmanTable, InspectedQuantTable, ScanHeader } from '../format/headers.ts';
import { readDensity, readFrame, readHuffmanTables, readQuantTables, readScan, u16 } from '../format/headers.ts';
import type { JpegFault, JpegSegment } from '../format/segments.ts';
import { readSegments, startsWith, unreadable } from '../format/segments.ts';
import { STANDARD_HUFFMAN } from '../huffmanTables.ts';

/** Sizes in samples of the component unless said. */
export interface DecodeComponent {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  readonly quantId: number;
  readonly width: number;
  readonly height: number;
  /** Blocks that hold samples. */
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** Blocks of whole MCUs. */
  readonly paddedWide: number;
  readonly paddedHigh: number;
}

export interface DecodeFrame {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly precision: 8 | 12;
  readonly progressive: boolean;
  /** `baseline`, `extended sequential`, `progressive`. */
  readonly kind: string;
  readonly components: readonly DecodeComponent[];
  readonly hMax: number;
  readonly vMax: number;
  readonly mcusPerRow: number;
  readonly mcuRows: number;
}

/** A scan and the tables that hold where it starts. */
export interface DecodeScan extends ScanHeader {
  readonly huffman: ReadonlyMap<string, InspectedHuffmanTable>;
  readonly quant: ReadonlyMap<number, InspectedQuantTable>;
  readonly restartInterval: number;
}

/** What a JPEG says before any coefficient is read. */
export interface JpegFile {
  readonly bytes: Uint8Array;
  readonly frame: DecodeFrame;
  readonly scans: readonly DecodeScan[];
  /** Scans of the file, those above the bound included. */
  readonly scanCount: number;
  readonly jfif: boolean;
  /** Colour transform of Adobe's APP14; undefined without one. */
  readonly adobeTransform: number | undefined;
  readonly density: ReturnType<typeof readDensity>;
  readonly usesStandardTables: boolean;
  readonly faults: readonly JpegFault[];
}

/** More scans than any encoder makes: libjpeg-turbo's programs warn at as many. */
export const MOST_SCANS = 500;

const DECODED: readonly number[] = [MARKER.SOF0, MARKER.SOF1, MARKER.SOF2];

function planFrame({ marker, bitsPerSample, width, height, components }: InspectedFrame): DecodeFrame {
  const kind = FRAME_KINDS[marker];
  if (!DECODED.includes(marker)) {
    throw new LabError({ code: 'jpeg/process', what: `This JPEG is coded as “${kind}” (SOF${String(marker - MARKER.SOF0)}); Huffman-coded baseline, extended and progressive ones are decoded here.`, remedy: 'Let the browser decode it where it can, or save it as baseline JPEG with another tool.', vpiStatus: 'NOT_IMPLEMENTED' });
  }
  if (bitsPerSample !== 8 && bitsPerSample !== 12) throw unreadable(`The frame header claims ${String(bitsPerSample)} bits a sample; there are 8 and 12.`);
  if (components.length > 4) throw unreadable(`The frame header claims ${String(components.length)} components; up to 4 are decoded.`);
  if (width === 0 || height === 0) throw unreadable(`The frame header claims ${String(width)}×${String(height)} pixels${height === 0 ? ', and no DNL segment gives the height' : ''}.`);
  // One component alone has no other to be sampled against: its MCU is one block.
  const alone = components.length === 1;
  const hMax = alone ? 1 : Math.max(...components.map(({ h }) => h));
  const vMax = alone ? 1 : Math.max(...components.map(({ v }) => v));
  const [mcusPerRow, mcuRows] = [Math.ceil(width / (8 * hMax)), Math.ceil(height / (8 * vMax))];
  const plan = (component: InspectedFrame['components'][number]): DecodeComponent => {
    const { id, quantId } = component;
    const { h, v } = alone ? { h: 1, v: 1 } : component;
    const own = { width: Math.ceil((width * h) / hMax), height: Math.ceil((height * v) / vMax) };
    return { id, h, v, quantId, ...own, blocksWide: Math.ceil(own.width / 8), blocksHigh: Math.ceil(own.height / 8), paddedWide: mcusPerRow * h, paddedHigh: mcuRows * v };
  };
  return { width, height, precision: bitsPerSample, progressive: marker === MARKER.SOF2, kind, components: components.map(plan), hMax, vMax, mcusPerRow, mcuRows };
}

const tableKey = (kind: 'dc' | 'ac', id: number): string => `${kind}${String(id)}`;
export const huffmanOf = (scan: DecodeScan, kind: 'dc' | 'ac', id: number): InspectedHuffmanTable | undefined => scan.huffman.get(tableKey(kind, id));

/** Motion JPEG leaves out the tables that everybody has. */
const STANDARD_TABLES: readonly InspectedHuffmanTable[] = [STANDARD_HUFFMAN.luma, STANDARD_HUFFMAN.chroma].flatMap(({ dc, ac }, id) => [{ id, kind: 'dc', ...dc } as const, { id, kind: 'ac', ...ac } as const]);

/** Reads segments in order; damage to one is a fault, and the next is read. */
class FileReader {
  readonly faults: JpegFault[];
  readonly scans: DecodeScan[] = [];
  scanCount = 0;
  frame: InspectedFrame | undefined;
  jfif = false;
  adobeTransform: number | undefined;
  density: ReturnType<typeof readDensity>;
  usesStandardTables = false;
  #huffman: ReadonlyMap<string, InspectedHuffmanTable> = new Map(STANDARD_TABLES.map((table) => [tableKey(table.kind, table.id), table]));
  readonly #fromFile = new Set<string>();
  #quant: ReadonlyMap<number, InspectedQuantTable> = new Map();
  #restartInterval = 0;
  #isOver = false;
  readonly #mostScans: number;

  constructor(faults: readonly JpegFault[], mostScans: number) {
    this.faults = [...faults];
    this.#mostScans = mostScans;
  }

  take(segment: JpegSegment): void {
    if (this.#isOver) return;
    try {
      this.#read(segment);
    } catch (thrown) {
      if (!(thrown instanceof LabError) || thrown.code !== 'jpeg/unreadable') throw thrown;
      this.faults.push({ kind: segment.name === 'SOS' ? 'scan' : segment.name.startsWith('SOF') ? 'frame' : 'table', what: `${thrown.info.what} (at byte ${String(segment.offset)}; passed over)` });
    }
  }

  #read(segment: JpegSegment): void {
    const { name, marker, payload, offset } = segment;
    if (name === 'DQT') this.#quant = new Map([...this.#quant, ...readQuantTables(payload).map((table) => [table.id, table] as const)]);
    else if (name === 'DHT') this.#takeHuffman(payload);
    else if (isFrameHeader(marker)) this.#takeFrame(segment);
    else if (name === 'DRI') this.#restartInterval = payload.length >= 2 ? u16(payload, 0) : 0;
    else if (name === 'DNL' && payload.length >= 2) this.#takeLines(u16(payload, 0));
    else if (name === 'APP0') {
      this.jfif ||= startsWith(payload, 'JFIF\0');
      this.density = readDensity(payload) ?? this.density;
    } else if (name === 'APP14' && startsWith(payload, 'Adobe') && payload.length >= 12) [, this.adobeTransform] = [0, payload[11]];
    else if (name === 'SOS') this.#takeScan(segment);
    else if (name === 'SOI' && offset > 0) this.#end(`A second picture begins at byte ${String(offset)}`);
  }

  #takeHuffman(payload: Uint8Array): void {
    const tables = readHuffmanTables(payload);
    this.#huffman = new Map([...this.#huffman, ...tables.map((table) => [tableKey(table.kind, table.id), table] as const)]);
    for (const { kind, id } of tables) this.#fromFile.add(tableKey(kind, id));
  }

  #takeFrame(segment: JpegSegment): void {
    if (this.frame === undefined) this.frame = readFrame(segment);
    else if (this.scanCount > 0) this.#end(`A second frame header is at byte ${String(segment.offset)}`);
    else this.faults.push({ kind: 'frame', what: `A second frame header at byte ${String(segment.offset)} is passed over.` });
  }

  /** @source ITU-T T.81, B.2.5: the number of lines, where the frame header left it open */
  #takeLines(height: number): void {
    if (this.frame?.height === 0) this.frame = { ...this.frame, height };
  }

  #takeScan(segment: JpegSegment): void {
    this.scanCount += 1;
    if (this.scanCount === this.#mostScans + 1) this.faults.push({ kind: 'scan', what: `The file has more than ${String(this.#mostScans)} scans; those behind it, from byte ${String(segment.offset)}, are not decoded.` });
    if (this.scanCount > this.#mostScans) return;
    const header = readScan(segment, this.frame);
    const names = header.components.flatMap(({ dcId, acId }) => [tableKey('dc', dcId), tableKey('ac', acId)]);
    this.usesStandardTables ||= this.frame?.marker !== MARKER.SOF2 && names.some((name) => !this.#fromFile.has(name));
    this.scans.push({ ...header, huffman: this.#huffman, quant: this.#quant, restartInterval: this.#restartInterval });
  }

  #end(why: string): void {
    this.faults.push({ kind: 'frame', what: `${why}; what follows is not decoded.` });
    this.#isOver = true;
  }
}

/**
 * Headers, tables and where the scans are; linear in the bytes, nothing of the picture's size is allocated.
 * @throws LabError `jpeg/unreadable`, `jpeg/process` for arithmetic, lossless and hierarchical coding
 */
export function readJpegFile(bytes: Uint8Array, mostScans = MOST_SCANS): JpegFile {
  const { segments, faults } = readSegments(bytes);
  const reader = new FileReader(faults, mostScans);
  for (const segment of segments) reader.take(segment);
  if (reader.frame === undefined) throw unreadable('There is no frame header (SOF), so the picture has no size.');
  const { scans, scanCount, jfif, adobeTransform, density, usesStandardTables } = reader;
  const frame = planFrame(reader.frame);
  if (scans.length === 0) throw unreadable(`The header claims ${String(frame.width)}×${String(frame.height)} pixels, but there is no scan (SOS) with any of them.`);
  return { bytes, frame, scans, scanCount, jfif, adobeTransform, density, usesStandardTables, faults: reader.faults };
}
