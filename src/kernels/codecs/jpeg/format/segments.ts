import { LabError, formatBytes } from '../../../labError.ts';
import { FRAME_KINDS, MARKER, isRestart, isSelfStanding } from './codes.ts';

/** One marker and what follows it. Offsets in bytes from the file's start. */
export interface JpegSegment {
  /** Second byte of the marker. */
  readonly marker: number;
  /** `SOI`, `APP1`, `SOF2` … */
  readonly name: string;
  readonly offset: number;
  /** Marker, length field and payload; for a scan, entropy-coded bytes and restart markers included. */
  readonly byteLength: number;
  /** Behind the length field. */
  readonly payload: Uint8Array;
  /** One sentence. */
  readonly says: string;
}

export const unreadable = (what: string): LabError => new LabError({ code: 'jpeg/unreadable', what, remedy: 'The file is damaged or cut short; get it again from its source.' });

const NAMES: Record<number, readonly [name: string, says: string]> = {
  [MARKER.DHT]: ['DHT', 'Huffman tables'], [MARKER.JPG]: ['JPG', 'reserved'], [MARKER.DAC]: ['DAC', 'arithmetic coding conditioning'],
  [MARKER.SOI]: ['SOI', 'start of image'], [MARKER.EOI]: ['EOI', 'end of image'], [MARKER.SOS]: ['SOS', 'start of scan, then entropy-coded bytes'],
  [MARKER.DQT]: ['DQT', 'quantisation tables'], [MARKER.DNL]: ['DNL', 'number of lines'], [MARKER.DRI]: ['DRI', 'restart interval'],
  [MARKER.DHP]: ['DHP', 'hierarchical progression'], [MARKER.EXP]: ['EXP', 'expand reference'],
  [MARKER.COM]: ['COM', 'comment'], [MARKER.TEM]: ['TEM', 'temporary use in arithmetic coding'],
};

function describe(marker: number): readonly [string, string] {
  const frame = FRAME_KINDS[marker];
  if (frame !== undefined) return [`SOF${String(marker - MARKER.SOF0)}`, `frame header, ${frame}`];
  if (marker >= MARKER.APP0 && marker <= MARKER.APP15) return [`APP${String(marker - MARKER.APP0)}`, 'application data'];
  if (isRestart(marker)) return [`RST${String(marker - MARKER.RST0)}`, 'restart'];
  return NAMES[marker] ?? [`0xFF${marker.toString(16).toUpperCase()}`, 'reserved'];
}

/** What an application's segment begins with, and what it carries then. */
const APPLICATIONS: readonly (readonly [signature: string, says: string])[] = [
  ['JFIF\0', 'JFIF: version, density'], ['JFXX\0', 'JFIF extension: a thumbnail'], ['Exif\0\0', 'EXIF: camera facts, orientation'],
  ['http://ns.adobe.com/xap/1.0/\0', 'XMP'], ['ICC_PROFILE\0', 'ICC colour profile'], ['Photoshop 3.0\0', 'Photoshop resources, IPTC'], ['Adobe', 'Adobe: colour transform'], ['MPF\0', 'several pictures in one file'],
];

export const startsWith = (bytes: Uint8Array, text: string): boolean => Array.from(text).every((letter, index) => bytes[index] === letter.charCodeAt(0));

/** Something in the file that is not as it should be; what could be read is read all the same. */
export interface JpegFault {
  /** `cut`: the bytes end early · `rubbish`: bytes that belong to nothing · `length`: a segment's length is impossible · `frame`, `scan`, `table`, `restart`, `data`, `colour`: said in `what`. */
  readonly kind: 'cut' | 'rubbish' | 'length' | 'frame' | 'scan' | 'table' | 'restart' | 'data' | 'colour';
  /** One sentence: what, and where. */
  readonly what: string;
}

/** The second byte of a marker that ends a scan: neither a restart marker nor a reserved code, which a decoder passes over. */
const endsScan = (marker: number): boolean => marker >= MARKER.SOF0 && !isRestart(marker);

/** The byte behind entropy-coded data: where the marker that ends it is. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0xff && endsScan(next)) return at;
  }
  return bytes.length;
}

/** The next marker at or behind a byte, fill bytes passed; −1 where there is none. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff) return at;
  }
  return -1;
}

function readSegment(bytes: Uint8Array, offset: number, faults: JpegFault[]): JpegSegment {
  const marker = bytes[offset + 1];
  const [name, standard] = describe(marker);
  if (isSelfStanding(marker)) return { marker, name, offset, byteLength: 2, payload: new Uint8Array(0), says: standard };
  const left = bytes.length - offset - 2;
  const length = left >= 2 ? bytes[offset + 2] * 256 + bytes[offset + 3] : left;
  if (length < 2 && left >= 2) faults.push({ kind: 'length', what: `The ${name} segment at byte ${String(offset)} claims a length of ${formatBytes(length)}; the length field alone takes 2.` });
  if (length > left || left < 2) faults.push({ kind: 'cut', what: `The ${name} segment at byte ${String(offset)} claims ${left < 2 ? 'no length' : formatBytes(length)}; ${formatBytes(left)} are left.` });
  const end = Math.min(bytes.length, offset + 2 + Math.max(2, length));
  const payload = bytes.subarray(Math.min(offset + 4, end), end);
  const says = APPLICATIONS.find(([signature]) => name.startsWith('APP') && startsWith(payload, signature))?.[1] ?? standard;
  return { marker, name, offset, byteLength: (marker === MARKER.SOS ? endOfScan(bytes, end) : end) - offset, payload, says };
}

/**
 * The segments of a JPEG in order, up to its end marker or the end of the bytes, in one pass: what encoder, decoder and inspector agree on.
 * Fill bytes are passed over; rubbish, impossible lengths and a missing end are faults, not errors.
 * @throws LabError `jpeg/unreadable` when the bytes do not begin as a JPEG
 * @source ITU-T T.81, annex B.1.1
 */
export function readSegments(bytes: Uint8Array): { readonly segments: readonly JpegSegment[]; readonly faults: readonly JpegFault[] } {
  if (bytes[0] !== 0xff || bytes[1] !== MARKER.SOI) throw unreadable('The bytes do not begin with a JPEG’s start marker (FF D8).');
  const [segments, faults]: [JpegSegment[], JpegFault[]] = [[], []];
  let end = 0;
  for (let at = 0; at >= 0; at = nextMarker(bytes, end)) {
    // Fill bytes are FF; anything else between two segments belongs to none.
    let rubbish = 0;
    for (let byte = end; byte < at; byte += 1) if (bytes[byte] !== 0xff) rubbish += 1;
    if (rubbish > 0) faults.push({ kind: 'rubbish', what: `${formatBytes(at - end)} at byte ${String(end)} belong to no segment.` });
    const segment = readSegment(bytes, at, faults);
    segments.push(segment);
    if (segment.marker === MARKER.EOI) return { segments, faults };
    end = at + segment.byteLength;
  }
  faults.push({ kind: 'cut', what: `The file ends at byte ${String(bytes.length)} without an end marker (FF D9).` });
  return { segments, faults };
}

/** As `readSegments`, without the faults. @throws LabError `jpeg/unreadable` */
export const jpegSegments = (bytes: Uint8Array): readonly JpegSegment[] => readSegments(bytes).segments;
