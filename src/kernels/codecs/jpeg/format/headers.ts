import type { HuffmanTable } from '../huffmanTables.ts';
import { ZIGZAG } from '../quantTables.ts';
import { FRAME_KINDS } from './codes.ts';
import type { JpegSegment } from './segments.ts';
import { startsWith, unreadable } from './segments.ts';

/** What the payloads of segments say: tables, frame, scan. Shared by the inspector and the decoder. */

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

/** A scan header. */
export interface ScanHeader {
  readonly components: readonly { readonly index: number; readonly dcId: number; readonly acId: number }[];
  /** First and last coefficient in zigzag order. */
  readonly spectralFrom: number;
  readonly spectralTo: number;
  /** Successive approximation: the bit position before this scan (0: the first), and with it. */
  readonly bitHigh: number;
  readonly bitLow: number;
  /** Entropy-coded bytes in the file. */
  readonly from: number;
  readonly to: number;
}

export const need = (payload: Uint8Array, bytes: number, name: string): void => {
  if (payload.length < bytes) throw unreadable(`The ${name} segment has ${String(payload.length)} B where ${String(bytes)} are needed.`);
};

export const u16 = (bytes: Uint8Array, at: number): number => bytes[at] * 256 + bytes[at + 1];

/** @throws LabError `jpeg/unreadable` when the payload is too short */
export function readQuantTables(payload: Uint8Array): readonly InspectedQuantTable[] {
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

/** @throws LabError `jpeg/unreadable` when the payload is too short */
export function readHuffmanTables(payload: Uint8Array): readonly InspectedHuffmanTable[] {
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

/** @throws LabError `jpeg/unreadable` when the payload is too short */
export function readFrame({ marker, payload }: JpegSegment): InspectedFrame {
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

/** @throws LabError `jpeg/unreadable` when the payload is too short */
export function readScan({ payload, offset, byteLength }: JpegSegment, frame: InspectedFrame | undefined): ScanHeader {
  need(payload, 1, 'SOS');
  need(payload, 1 + 2 * payload[0], 'SOS');
  const components = Array.from({ length: payload[0] }, (_, position) => {
    const at = 1 + 2 * position;
    const index = frame?.components.findIndex(({ id }) => id === payload[at]) ?? -1;
    if (index < 0) throw unreadable(`The scan names component ${String(payload[at])}, which the frame header does not have.`);
    return { index, dcId: payload[at + 1] >> 4, acId: payload[at + 1] & 15 };
  });
  const [spectralFrom = 0, spectralTo = 63, bits = 0] = payload.subarray(1 + 2 * payload[0]);
  return { components, spectralFrom, spectralTo, bitHigh: bits >> 4, bitLow: bits & 15, from: offset + 4 + payload.length, to: offset + byteLength };
}

const DENSITY_UNITS = ['none', 'inch', 'cm'] as const;

/** Dots of a JFIF APP0 segment; undefined for other segments. */
export function readDensity(payload: Uint8Array): { readonly unit: 'none' | 'inch' | 'cm'; readonly x: number; readonly y: number } | undefined {
  return startsWith(payload, 'JFIF\0') && payload.length >= 12 ? { unit: DENSITY_UNITS[payload[7]] ?? 'none', x: u16(payload, 8), y: u16(payload, 10) } : undefined;
}
