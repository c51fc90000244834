import { formatBytes } from '../../labError.ts';
import type { Findings } from '../reading.ts';
import { refusePng } from './refuse.ts';
import { zlibFault } from './zlib.ts';

/** What IHDR says. @source PNG specification, third edition, §11.2.1 */
export interface Header {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  readonly type: number;
  readonly channels: number;
  readonly isInterlaced: boolean;
}

/** The parts of a file that its pixels are made of. */
export interface Parts {
  readonly header: Header;
  /** R,G,B of each colour. */
  readonly palette: Uint8Array | undefined;
  readonly transparency: Uint8Array | undefined;
  /** The zlib stream, in as many pieces as the file has it. */
  readonly data: readonly Uint8Array[];
  /** Pieces before the first that a wrong checksum says to be damaged. */
  readonly soundPieces: number;
}

/** Colour types: samples a pixel and the depths that are allowed. §11.2.1, table 11.1 */
const TYPES: Partial<Record<number, { readonly channels: number; readonly depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};
export const PALETTE_TYPE = 3;

const CRC = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** @source PNG specification, annex D */
export function crc32(bytes: Uint8Array, from: number, to: number): number {
  let crc = -1;
  for (let at = from; at < to; at += 1) crc = CRC[(crc ^ bytes[at]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

const uint32 = (bytes: Uint8Array, at: number): number => ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;

/** Chunks that the pixels do not depend on: the bytes each has, where that is fixed, and where it must stand. §5.6, §11.3 */
interface SideChunk {
  readonly bytes?: number;
  /** Must come before the image data. */
  readonly isEarly?: boolean;
  /** Begins with a keyword of 1 to 79 bytes and a zero. */
  readonly hasKeyword?: boolean;
  readonly mayRepeat?: boolean;
}

const SIDE_CHUNKS: Partial<Record<string, SideChunk>> = {
  acTL: { bytes: 8, isEarly: true },
  bKGD: { isEarly: true },
  cHRM: { bytes: 32, isEarly: true },
  cICP: { bytes: 4, isEarly: true },
  cLLI: { bytes: 8, isEarly: true },
  eXIf: {},
  gAMA: { bytes: 4, isEarly: true },
  hIST: { isEarly: true },
  iCCP: { isEarly: true, hasKeyword: true },
  iTXt: { hasKeyword: true, mayRepeat: true },
  mDCV: { bytes: 24, isEarly: true },
  pHYs: { bytes: 9, isEarly: true },
  sBIT: { isEarly: true },
  sPLT: { isEarly: true, hasKeyword: true, mayRepeat: true },
  sRGB: { bytes: 1, isEarly: true },
  tEXt: { hasKeyword: true, mayRepeat: true },
  tIME: { bytes: 7 },
  zTXt: { hasKeyword: true, mayRepeat: true },
};

interface Chunk {
  readonly type: string;
  /** Of its first byte, the length, in the file. */
  readonly at: number;
  readonly data: Uint8Array;
  readonly isSound: boolean;
}

const name = ({ type, at }: Pick<Chunk, 'type' | 'at'>): string => `The ${type} chunk at byte ${String(at)}`;

function keywordFault(data: Uint8Array): string | undefined {
  const end = data.subarray(0, 80).indexOf(0);
  return end > 0 ? undefined : 'has no keyword of 1 to 79 letters';
}

function iccFault(data: Uint8Array): string | undefined {
  const end = data.indexOf(0);
  const fault = data[end + 1] === 0 ? zlibFault(data.subarray(end + 2)) : 'its method is not deflate';
  return fault === undefined ? undefined : `holds no profile: ${fault}`;
}

/** Walks the chunks once and keeps what the pixels need. */
class Reader {
  private header: Header | undefined;
  private palette: Uint8Array | undefined;
  private transparency: Uint8Array | undefined;
  private readonly data: Uint8Array[] = [];
  private soundPieces: number | undefined;
  private readonly seen = new Set<string>();
  private isBehindData = false;
  private readonly bytes: Uint8Array;
  private readonly findings: Findings;

  constructor(bytes: Uint8Array, findings: Findings) {
    this.bytes = bytes;
    this.findings = findings;
  }

  parts(): Parts {
    const end = this.walk();
    if (this.header === undefined) return refusePng('The PNG has no header.', 'The file is damaged; get it again from its source.');
    if (this.data.length === 0) return refusePng('The PNG has no image data (no IDAT chunk).', 'The file is damaged or cut short; get it again from its source.');
    if (this.header.type === PALETTE_TYPE && this.palette === undefined) return refusePng('The PNG has indices but no palette (no PLTE chunk before its data).', 'The colours are not in the file; get it again from its source.');
    if (end < this.bytes.length) this.findings.note(`${formatBytes(this.bytes.length - end)} follow the PNG’s end; they are not part of it.`);
    return { header: this.header, palette: this.palette, transparency: this.transparency, data: this.data, soundPieces: this.soundPieces ?? this.data.length };
  }

  /** @returns the byte behind the last chunk */
  private walk(): number {
    const { bytes, findings } = this;
    let at = 8;
    while (at + 8 <= bytes.length) {
      const length = uint32(bytes, at);
      const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
      if (!/^[A-Za-z]{4}$/.test(type)) break;
      const end = at + 8 + length;
      const isCut = end + 4 > bytes.length;
      this.take({ type, at, data: bytes.subarray(at + 8, end), isSound: !isCut && crc32(bytes, at + 4, end) === uint32(bytes, end) }, isCut);
      if (type === 'IEND') return Math.min(bytes.length, end + 4);
      at = end + 4;
    }
    if (this.data.length > 0) findings.note(at >= bytes.length ? 'The PNG’s end (IEND) is missing.' : `At byte ${String(at)} a chunk should begin; there is none, and the rest was not read.`);
    return bytes.length;
  }

  private take(chunk: Chunk, isCut: boolean): void {
    const { type } = chunk;
    if (this.header === undefined && type !== 'IHDR') {
      if (type === 'CgBI') refusePng('This is Apple’s variant of PNG (CgBI), which other programs do not read.', 'Turn it into a PNG with Xcode’s “pngcrush -revert-iphone-optimizations”.');
      refusePng(`The PNG begins with ${type} instead of its header.`, 'The file is damaged; get it again from its source.');
    }
    if (type === 'IHDR') this.takeHeader(chunk);
    else if (type === 'IDAT') this.takeData(chunk, isCut);
    else {
      if (this.data.length > 0) this.isBehindData = true;
      if (type === 'PLTE') this.takePalette(chunk);
      else if (type === 'tRNS') this.takeTransparency(chunk);
      else if (type === 'IEND') { if (!chunk.isSound) this.findings.note(`${name(chunk)} has a wrong checksum.`); }
      else if (/^[A-Z]/.test(type)) refusePng(`${name(chunk)} is one that a reader must understand, and is unknown here.`, 'Save the picture as an ordinary PNG.');
      else this.checkSide(chunk);
    }
    this.seen.add(type);
  }

  private takeHeader({ data, isSound }: Chunk): void {
    if (this.header !== undefined) refusePng('The PNG has two headers; which is right is not known.', 'The file is damaged; get it again from its source.');
    if (data.length !== 13 || !isSound) refusePng(`The PNG’s header has ${data.length === 13 ? 'a wrong checksum' : `${String(data.length)} B instead of 13`}.`, 'The file is damaged; get it again from its source.');
    const [width, height, depth, type] = [uint32(data, 0), uint32(data, 4), data[8], data[9]];
    const known = TYPES[type];
    if (known?.depths.includes(depth) !== true) return refusePng(`The PNG has colour type ${String(type)} with ${String(depth)} bits a sample, which does not exist.`, 'The header is damaged; get the file again.');
    if (data[10] !== 0 || data[11] !== 0 || data[12] > 1) refusePng(`The PNG wants compression ${String(data[10])}, filter method ${String(data[11])} and interlacing ${String(data[12])}; only 0, 0 and 0 or 1 exist.`, 'The header is damaged; get the file again.');
    if (width === 0 || height === 0 || width >= 2 ** 31 || height >= 2 ** 31) refusePng(`The PNG claims ${String(width)}×${String(height)} pixels.`, 'The header is damaged; get the file again.');
    this.header = { width, height, depth, type, channels: known.channels, isInterlaced: data[12] === 1 };
  }

  private takeData(chunk: Chunk, isCut: boolean): void {
    if (this.isBehindData) {
      this.findings.note(`${name(chunk)} does not follow the others at once; it was read as if it did.`);
      this.isBehindData = false;
    }
    if (isCut) this.findings.damaged(`${name(chunk)} is cut: the file ends within it.`);
    else if (!chunk.isSound) {
      this.findings.damaged(`${name(chunk)} has a wrong checksum.`);
      this.soundPieces ??= this.data.length;
    }
    this.data.push(chunk.data);
  }

  private takePalette(chunk: Chunk): void {
    const { data } = chunk;
    const isNeeded = this.header?.type === PALETTE_TYPE;
    const fault = this.data.length > 0 ? 'comes after the image data' : this.seen.has('PLTE') ? 'is a second palette' : data.length === 0 || data.length % 3 !== 0 || data.length > 768 ? `has ${String(data.length)} B, which are not 1 to 256 colours` : chunk.isSound ? undefined : 'has a wrong checksum';
    if (fault === undefined) {
      this.palette = data;
      const most = 2 ** (this.header?.depth ?? 8);
      if (isNeeded && data.length / 3 > most) this.findings.note(`${name(chunk)} has ${String(data.length / 3)} colours; indices of ${String(this.header?.depth)} bits reach ${String(most)}.`);
    } else if (!isNeeded) this.findings.note(`${name(chunk)} ${fault}; the picture does not need it.`);
    else if (this.palette === undefined) refusePng(`${name(chunk)} ${fault}, and the picture’s colours are in it.`, 'The file is damaged; get it again from its source.');
    else this.findings.damaged(`${name(chunk)} ${fault} and was not used.`);
  }

  private takeTransparency(chunk: Chunk): void {
    const { data, isSound } = chunk;
    const { type = 0 } = this.header ?? {};
    const [least, most] = type === PALETTE_TYPE ? [1, (this.palette?.length ?? 0) / 3] : type === 0 ? [2, 2] : [6, 6];
    if (type === 4 || type === 6) return this.findings.note(`${name(chunk)} has no meaning in a picture with alpha and was not used.`);
    const fault = this.data.length > 0 ? 'comes after the image data' : this.seen.has('tRNS') ? 'is a second one' : type === PALETTE_TYPE && this.palette === undefined ? 'comes before the palette' : data.length < least || data.length > most ? `has ${String(data.length)} B instead of ${least === most ? String(most) : `${String(least)} to ${String(most)}`}` : isSound ? undefined : 'has a wrong checksum';
    if (fault === undefined) this.transparency = data;
    else this.findings.damaged(`${name(chunk)} ${fault} and was not used: what should be transparent may be opaque.`);
  }

  private checkSide(chunk: Chunk): void {
    const { type, data } = chunk;
    const rule = SIDE_CHUNKS[type];
    const fault = !chunk.isSound ? 'has a wrong checksum or is cut'
      : rule === undefined ? undefined
        : rule.bytes !== undefined && data.length !== rule.bytes ? `has ${String(data.length)} B instead of ${String(rule.bytes)}`
          : rule.isEarly === true && this.data.length > 0 ? 'comes after the image data'
            : rule.mayRepeat !== true && this.seen.has(type) ? 'is a second one'
              : (rule.hasKeyword === true ? keywordFault(data) : undefined) ?? (type === 'iCCP' ? iccFault(data) : undefined);
    if (fault !== undefined) this.findings.note(`${name(chunk)} ${fault}; the pixels do not depend on it.`);
    else if (type === 'acTL') this.findings.note(`The PNG is animated (${String(uint32(data, 0))} ${uint32(data, 0) === 1 ? 'frame' : 'frames'}); its still picture is shown.`);
  }
}

/** @throws LabError `png/unreadable` where a fault leaves nothing to show */
export const readParts = (bytes: Uint8Array, findings: Findings): Parts => new Reader(bytes, findings).parts();
