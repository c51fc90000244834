import { LabError } from '../../labError.ts';
import { MARKER } from './format/codes.ts';
import type { Frame, FrameComponent } from './frame.ts';
import type { HuffmanTable, HuffmanTables } from './huffmanTables.ts';
import type { Density } from './options.ts';
import type { Output } from './output.ts';
import type { ComponentTables, QuantTable } from './quantTables.ts';
import { ZIGZAG } from './quantTables.ts';

/** A segment's length field counts itself. */
const LONGEST_PAYLOAD = 65_533;
const DENSITY_UNITS = { none: 0, inch: 1, cm: 2 } as const;
const JFIF_VERSION = [1, 1];
const ascii = (text: string): readonly number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const EXIF_HEADER = ascii('Exif\0\0');
const u16 = (value: number): readonly [number, number] => [value >> 8, value & 255];

/** @throws LabError `jpeg/segment` when the payload is longer than a segment can be */
function segment(out: Output, marker: number, name: string, payload: ArrayLike<number>): void {
  if (payload.length > LONGEST_PAYLOAD) {
    throw new LabError({ code: 'jpeg/segment', what: `A ${name} segment holds at most 65 533 B; ${String(payload.length)} B were given.`, remedy: 'Shorten it, or leave it out.', vpiStatus: 'INVALID_ARGUMENT' });
  }
  out.bytes([0xff, marker, ...u16(payload.length + 2)]);
  out.bytes(payload);
}

/** UTF-8; a lone surrogate becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
  const escaped = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
  return Uint8Array.from(escaped.match(/%..|./gs) ?? [], (part) => (part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0)));
}

function exifPayload(exif: Uint8Array): Uint8Array {
  const headed = EXIF_HEADER.every((byte, index) => exif[index] === byte);
  const payload = new Uint8Array(exif.length + (headed ? 0 : EXIF_HEADER.length));
  if (!headed) payload.set(EXIF_HEADER);
  payload.set(exif, headed ? 0 : EXIF_HEADER.length);
  return payload;
}

/** Which DQT table each component uses; a table that components share is written once. */
export function tableSlots(frame: Frame, tables: ComponentTables): { readonly distinct: readonly QuantTable[]; readonly slots: readonly number[] } {
  const distinct: QuantTable[] = [];
  const slots = [tables.y, tables.cb, tables.cr].slice(0, frame.components.length).map((table) => {
    const known = distinct.indexOf(table);
    return known >= 0 ? known : distinct.push(table) - 1;
  });
  return { distinct, slots };
}

const componentRow = (slots: readonly number[]) => ({ id, h, v }: FrameComponent, index: number): readonly number[] => [id, (h << 4) | v, slots[index]];

function huffmanSegment(out: Output, tableClass: number, kind: 0 | 1, { counts, symbols }: HuffmanTable): void {
  segment(out, MARKER.DHT, 'DHT', [(kind << 4) | tableClass, ...counts, ...symbols]);
}

/** What stands before the scan, in words of the options. */
export interface HeaderFacts {
  readonly componentTables: ComponentTables;
  readonly density: Density;
  readonly comment?: string | undefined;
  readonly exif?: Uint8Array | undefined;
  readonly restartInterval: number;
}

/**
 * SOI, APP0 (JFIF), APP1 (EXIF), COM, DQT, SOF0, DHT, DRI, SOS: everything up to the entropy-coded bytes.
 * @throws LabError `jpeg/segment`
 * @source ITU-T T.81, annex B; JFIF 1.02
 */
export function writeHeader(out: Output, frame: Frame, huffman: HuffmanTables, facts: HeaderFacts): void {
  const { distinct, slots } = tableSlots(frame, facts.componentTables);
  const { unit, x, y } = facts.density;
  out.bytes([0xff, MARKER.SOI]);
  segment(out, MARKER.APP0, 'JFIF', [...ascii('JFIF\0'), ...JFIF_VERSION, DENSITY_UNITS[unit], ...u16(x), ...u16(y), 0, 0]);
  if (facts.exif !== undefined) segment(out, MARKER.APP1, 'EXIF', exifPayload(facts.exif));
  if (facts.comment !== undefined) segment(out, MARKER.COM, 'comment', utf8(facts.comment));
  for (const [slot, table] of distinct.entries()) segment(out, MARKER.DQT, 'DQT', [slot, ...ZIGZAG.map((natural) => table[natural])]);
  segment(out, MARKER.SOF0, 'SOF0', [8, ...u16(frame.height), ...u16(frame.width), frame.components.length, ...frame.components.flatMap(componentRow(slots))]);
  const classes = frame.components.length === 1 ? [huffman.luma] : [huffman.luma, huffman.chroma];
  for (const [index, { dc, ac }] of classes.entries()) {
    huffmanSegment(out, index, 0, dc);
    huffmanSegment(out, index, 1, ac);
  }
  if (facts.restartInterval > 0) segment(out, MARKER.DRI, 'DRI', u16(facts.restartInterval));
  const selectors = frame.components.flatMap(({ id, tableClass }) => [id, (tableClass << 4) | tableClass]);
  segment(out, MARKER.SOS, 'SOS', [frame.components.length, ...selectors, 0, 63, 0]);
}

/** The marker that ends the interval of that index, the first being 0. */
export const restartMarker = (interval: number): readonly number[] => [0xff, MARKER.RST0 + (interval & 7)];
export const END_OF_IMAGE: readonly number[] = [0xff, MARKER.EOI];
