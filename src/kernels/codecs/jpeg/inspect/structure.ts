import { isFrameHeader } from '../format/codes.ts';
import type { InspectedFrame, InspectedHuffmanTable, InspectedQuantTable, ScanHeader } from '../format/headers.ts';
import { need, readDensity, readFrame, readHuffmanTables, readQuantTables, readScan, u16 } from '../format/headers.ts';
import type { JpegFault, JpegSegment } from '../format/segments.ts';
import { readSegments, startsWith } from '../format/segments.ts';

export type { InspectedComponent, InspectedFrame, InspectedHuffmanTable, InspectedQuantTable } from '../format/headers.ts';

/** A scan and the tables that hold where it starts. */
export interface InspectedScan extends ScanHeader {
  readonly huffman: readonly InspectedHuffmanTable[];
  readonly quant: readonly InspectedQuantTable[];
  readonly restartInterval: number;
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
  /** What is not as it should be between and around the segments. */
  readonly faults: readonly JpegFault[];
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

/** Lists grow in place: a copy for each segment would make a file of many segments take the square of its length. */
type Draft = { -readonly [K in keyof JpegStructure]: JpegStructure[K] } & { readonly comments: string[]; readonly scans: InspectedScan[] };

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
  else if (isFrameHeader(marker)) draft.frame = readFrame(segment);
  else if (name === 'DRI') {
    need(payload, 2, 'DRI');
    draft.restartInterval = u16(payload, 0);
  } else if (name === 'COM') draft.comments.push(text(payload));
  else if (name === 'APP0') draft.density = readDensity(payload) ?? draft.density;
  else if (name === 'APP1') draft.hasExif ||= startsWith(payload, 'Exif\0\0');
  else if (name === 'SOS') draft.scans.push({ ...readScan(segment, draft.frame), huffman: draft.huffmanTables, quant: draft.quantTables, restartInterval: draft.restartInterval });
}

/**
 * Everything a JPEG says about itself: segments, tables, frame, scans. No pixel is decoded.
 * @throws LabError `jpeg/unreadable`
 */
export function inspectJpeg(bytes: Uint8Array): JpegStructure {
  const { segments, faults } = readSegments(bytes);
  const draft: Draft = { segments, quantTables: [], huffmanTables: [], frame: undefined, scans: [], restartInterval: 0, comments: [], density: undefined, hasExif: false, faults };
  for (const segment of segments) take(draft, segment);
  return draft;
}
