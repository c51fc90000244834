import type { HuffmanTable } from '../huffmanTables.ts';
import { ZIGZAG } from '../quantTables.ts';
import type { JpegSegment } from './segments.ts';
import { FRAME_KINDS, jpegSegments, startsWith, unreadable } from './segments.ts';

/** One DQT table. */
export interface InspectedQuantTable {
  readonly id: number;
  /** Steps of 8 or 16 bits. */
  readonly bits: 8 | 16;
  /** 64 steps, row by row. */
  readonly steps: readonly number[];
}

/** One DHT table. */
export interface InspectedHuffmanTable extends HuffmanTable {
  readonly id: number;
  readonly kind: 'dc' | 'ac';
}

export interface InspectedComponent {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  readonly quantId: number;
}

export interface InspectedFrame {
  /** `baseline`, `progressive`, … */
  readonly kind: string;
  readonly marker: number;
  readonly bitsPerSample: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly InspectedComponent[];
}

/** A scan and the tables that hold where it starts. */
export interface InspectedScan {
  readonly components: readonly { readonly index: number; readonly dcId: number; readonly acId: number }[];
  readonly huffman: readonly InspectedHuffmanTable[];
  readonly quant: readonly InspectedQuantTable[];
  readonly restartInterval: number;
  /** Entropy-coded bytes in the file. */
  readonly from: number;
  readonly to: number;
}

export interface JpegStructure {
  readonly segments: readonly JpegSegment[];
  readonly quantTables: readonly InspectedQuantTable[];
  readonly huffmanTables: readonly InspectedHuffmanTable[];
  readonly frame: InspectedFrame | undefined;
  readonly scans: readonly InspectedScan[];
  readonly restartInterval: number;
  readonly comments: readonly string[];
  readonly density: { readonly unit: 'none' | 'inch' | 'cm'; readonly x: number; readonly y: number } | undefined;
  readonly hasExif: boolean;
}

const need = (payload: Uint8Array, bytes: number, name: string): void => {
  if (payload.length < bytes) throw unreadable(`The ${name} segment has ${String(payload.length)} B where ${String(bytes)} are needed.`);
};

const u16 = (bytes: Uint8Array, at: number): number => bytes[at] * 256 + bytes[at + 1];

function readQuantTables(payload: Uint8Array): readonly InspectedQuantTable[] {
  const tables: InspectedQuantTable[] = [];
  for (let at = 0; at < payload.length;) {
    const bits = payload[at] >> 4 === 0 ? 8 : 16;
    const stepBytes = bits / 8;
    need(payload, at + 1 + 64 * stepBytes, 'DQT');
    const steps = new Array<number>(64).fill(0);
    for (const [k, natural] of ZIGZAG.entries()) steps[natural] = bits === 8 ? payload[at + 1 + k] : u16(payload, at + 1 + 2 * k);
    tables.push({ id: payload[at] & 15, bits, steps });
    at += 1 + 64 * stepBytes;
  }
  return tables;
}

function readHuffmanTables(payload: Uint8Array): readonly InspectedHuffmanTable[] {
  const tables: InspectedHuffmanTable[] = [];
  for (let at = 0; at < payload.length;) {
    need(payload, at + 17, 'DHT');
    const counts = [...payload.subarray(at + 1, at + 17)];
    const total = counts.reduce((sum, count) => sum + count, 0);
    need(payload, at + 17 + total, 'DHT');
    tables.push({ id: payload[at] & 15, kind: payload[at] >> 4 === 0 ? 'dc' : 'ac', counts, symbols: [...payload.subarray(at + 17, at + 17 + total)] });
    at += 17 + total;
  }
  return tables;
}

function readFrame({ marker, payload }: JpegSegment): InspectedFrame {
  need(payload, 6, 'SOF');
  const count = payload[5];
  need(payload, 6 + 3 * count, 'SOF');
  const components = Array.from({ length: count }, (_, index): InspectedComponent => {
    const at = 6 + 3 * index;
    return { id: payload[at], h: payload[at + 1] >> 4, v: payload[at + 1] & 15, quantId: payload[at + 2] };
  });
  const sane = components.every(({ h, v }) => h >= 1 && h <= 4 && v >= 1 && v <= 4);
  if (!sane || count === 0) throw unreadable('The frame header has a component without samples (sampling factors are 1 … 4).');
  return { kind: FRAME_KINDS[marker], marker, bitsPerSample: payload[0], height: u16(payload, 1), width: u16(payload, 3), components };
}

function readScan({ payload, offset, byteLength }: JpegSegment, frame: InspectedFrame | undefined): Pick<InspectedScan, 'components' | 'from' | 'to'> {
  need(payload, 1, 'SOS');
  need(payload, 1 + 2 * payload[0], 'SOS');
  const components = Array.from({ length: payload[0] }, (_, position) => {
    const at = 1 + 2 * position;
    const index = frame?.components.findIndex(({ id }) => id === payload[at]) ?? -1;
    if (index < 0) throw unreadable(`The scan names component ${String(payload[at])}, which the frame header does not have.`);
    return { index, dcId: payload[at + 1] >> 4, acId: payload[at + 1] & 15 };
  });
  return { components, from: offset + 4 + payload.length, to: offset + byteLength };
}

const DENSITY_UNITS = ['none', 'inch', 'cm'] as const;

function readDensity(payload: Uint8Array): JpegStructure['density'] {
  return startsWith(payload, 'JFIF\0') && payload.length >= 12 ? { unit: DENSITY_UNITS[payload[7]] ?? 'none', x: u16(payload, 8), y: u16(payload, 10) } : undefined;
}

/** UTF-8 where it is, Latin-1 where it is not. */
function text(bytes: Uint8Array): string {
  const latin1 = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  try {
    return decodeURIComponent(latin1.replace(/[^]/g, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`));
  } catch {
    return latin1;
  }
}

type Draft = { -readonly [K in keyof JpegStructure]: JpegStructure[K] };

/** Later tables replace earlier ones of the same name. */
const replacing = <T>(old: readonly T[], fresh: readonly T[], key: (table: T) => string): readonly T[] => {
  const names = new Set(fresh.map(key));
  return [...old.filter((table) => !names.has(key(table))), ...fresh];
};

/** What each marker adds to what is known. */
function take(draft: Draft, segment: JpegSegment): void {
  const { name, payload, marker } = segment;
  if (name === 'DQT') draft.quantTables = replacing(draft.quantTables, readQuantTables(payload), ({ id }) => String(id));
  else if (name === 'DHT') draft.huffmanTables = replacing(draft.huffmanTables, readHuffmanTables(payload), ({ id, kind }) => `${kind}${String(id)}`);
  else if (FRAME_KINDS[marker] !== undefined) draft.frame = readFrame(segment);
  else if (name === 'DRI') {
    need(payload, 2, 'DRI');
    draft.restartInterval = u16(payload, 0);
  } else if (name === 'COM') draft.comments = [...draft.comments, text(payload)];
  else if (name === 'APP0') draft.density = readDensity(payload) ?? draft.density;
  else if (name === 'APP1') draft.hasExif ||= startsWith(payload, 'Exif\0\0');
  else if (name === 'SOS') draft.scans = [...draft.scans, { ...readScan(segment, draft.frame), huffman: draft.huffmanTables, quant: draft.quantTables, restartInterval: draft.restartInterval }];
}

/**
 * Everything a JPEG says about itself: segments, tables, frame, scans. No pixel is decoded.
 * @throws LabError `jpeg/unreadable`
 */
export function inspectJpeg(bytes: Uint8Array): JpegStructure {
  const segments = jpegSegments(bytes);
  const draft: Draft = { segments, quantTables: [], huffmanTables: [], frame: undefined, scans: [], restartInterval: 0, comments: [], density: undefined, hasExif: false };
  for (const segment of segments) take(draft, segment);
  return draft;
}
