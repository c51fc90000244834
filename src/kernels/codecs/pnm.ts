import { LabError, formatBytes } from '../labError.ts';
import { byteLength } from '../image/layout.ts';
import { imageBytes, wrapImage } from '../image/image.ts';
import type { Image, ImageSpec } from '../image/types.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import { HELD_FORMATS } from '../tables/fileFormats.ts';
import type { Codec } from './codec.ts';
import { Findings, admitPossible } from './reading.ts';
import type { Admit, Reading } from './reading.ts';

function refuse(what: string): never {
  throw new LabError({ code: 'pnm/unreadable', what, remedy: 'Check that the file is whole and its header is as netpbm writes it.' });
}

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
const HASH = 0x23;
const NEWLINE = 0x0a;

/** More digits than this are no number of pixels; what they spell is cut in a message. */
const MOST_DIGITS = 10;

/** Whitespace-separated words; a comment begins with # anywhere, also within a word's line, and ends with the line. */
class Words {
  at: number;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** To the next byte that is neither space nor comment. */
  skip(): void {
    const { bytes } = this;
    while (this.at < bytes.length) {
      const byte = bytes[this.at];
      if (byte === HASH) this.at = this.lineEnd();
      else if (isSpace(byte)) this.at += 1;
      else return;
    }
  }

  /** Where this line ends, or the bytes. */
  lineEnd(): number {
    const end = this.bytes.indexOf(NEWLINE, this.at);
    return end < 0 ? this.bytes.length : end;
  }

  word(): string {
    this.skip();
    const from = this.at;
    while (this.at < this.bytes.length && !isSpace(this.bytes[this.at]) && this.bytes[this.at] !== HASH) this.at += 1;
    return String.fromCharCode(...this.bytes.subarray(from, Math.min(this.at, from + 40)));
  }

  number(name: string): number {
    return numberIn(this.word(), name);
  }

  /** Behind the one byte that ends the header; a comment glued to the last word ends with its line. */
  endHeader(): void {
    if (this.bytes[this.at] === HASH) this.at = this.lineEnd();
    this.at += 1;
  }
}

function numberIn(text: string, name: string): number {
  if (!/^\d+$/.test(text)) return refuse(`The PNM header has “${text}” where its ${name} should be.`);
  if (text.length > MOST_DIGITS) return refuse(`The PNM header claims a ${name} of ${String(text.length)} digits or more.`);
  return Number(text);
}

/** What a header says. */
interface Header {
  readonly width: number;
  readonly height: number;
  /** Samples a pixel: 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha. */
  readonly depth: number;
  readonly maximum: number;
  readonly isPlain: boolean;
  /** Where the samples begin. */
  readonly at: number;
}

/** Samples a pixel by PAM's tuple types. @source netpbm, man page pam(5) */
const TUPLES: Partial<Record<string, number>> = { BLACKANDWHITE: 1, GRAYSCALE: 1, BLACKANDWHITE_ALPHA: 2, GRAYSCALE_ALPHA: 2, RGB: 3, RGB_ALPHA: 4 };

function pamHeader(bytes: Uint8Array, findings: Findings): Header {
  const words = new Words(bytes, 2);
  const numbers = new Map<string, number>();
  const types: string[] = [];
  for (;;) {
    const key = words.word();
    if (key === 'ENDHDR') break;
    if (key === 'TUPLTYPE') {
      const line = String.fromCharCode(...bytes.subarray(words.at, Math.min(words.lineEnd(), words.at + 256)));
      types.push(line.trim());
      words.at = words.lineEnd();
    } else if (key === 'WIDTH' || key === 'HEIGHT' || key === 'DEPTH' || key === 'MAXVAL') numbers.set(key, words.number(key.toLowerCase()));
    else return refuse(key === '' ? 'The PAM header has no end (ENDHDR).' : `The PAM header has a line “${key}”, which is none of WIDTH, HEIGHT, DEPTH, MAXVAL, TUPLTYPE and ENDHDR.`);
  }
  words.at = words.lineEnd() + 1;
  const value = (key: string): number => numbers.get(key) ?? refuse(`The PAM header does not say its ${key}.`);
  const [depth, type] = [value('DEPTH'), types.join(' ')];
  if (depth < 1 || depth > 4) return refuse(`The PAM has ${String(depth)} samples a pixel; 1 to 4 are read here.`);
  const wanted = TUPLES[type];
  if (wanted !== undefined && wanted !== depth) return refuse(`The PAM is ${type}, which has ${String(wanted)} samples a pixel; its header says ${String(depth)}.`);
  if (wanted === undefined) findings.damaged(`The PAM’s tuple type ${type === '' ? 'is missing' : `“${type}” is not known`}: ${String(depth)} samples a pixel were read as ${['gray', 'gray and alpha', 'R, G, B', 'R, G, B and alpha'][depth - 1] ?? ''}.`);
  return { width: value('WIDTH'), height: value('HEIGHT'), depth, maximum: value('MAXVAL'), isPlain: false, at: words.at };
}

/** P1 to P6. A bitmap has no maximum: 1. */
function pnmHeader(bytes: Uint8Array, kind: number): Header {
  const words = new Words(bytes, 2);
  const [width, height] = [words.number('width'), words.number('height')];
  const maximum = kind === 1 || kind === 4 ? 1 : words.number('maximum');
  if (kind > 3) words.endHeader();
  return { width, height, depth: kind === 3 || kind === 6 ? 3 : 1, maximum, isPlain: kind <= 3, at: words.at };
}

/** A format that holds samples up to a maximum as they are. */
const OWN: Partial<Record<number, Partial<Record<number, PixelFormatId>>>> = {
  1: { 255: 'gray', 1023: 'gray10le', 4095: 'gray12le', 65_535: 'gray16le' },
  2: { 255: 'ya8' },
  3: { 255: 'rgb24', 1023: 'gbrp10le', 65_535: 'rgb48le' },
  4: { 255: 'rgba', 65_535: 'rgba64le' },
};

/** Where samples of this maximum go, and the full scale there. */
function target({ depth, maximum }: Header): { readonly format: PixelFormatId; readonly full: number } {
  const own = OWN[depth]?.[maximum];
  if (own !== undefined) return { format: own, full: maximum };
  const full = maximum > 255 ? 65_535 : 255;
  // 16-bit gray with alpha has no format of its own: its gray is spread over R, G and B.
  return { format: OWN[depth]?.[full] ?? 'rgba64le', full };
}

type Samples = Uint8Array | Uint16Array;

/** Reads numbers in text into the samples. @returns how many there were */
function plainSamples(bytes: Uint8Array, at: number, samples: Samples): number {
  const words = new Words(bytes, at);
  let found = 0;
  for (; found < samples.length; found += 1) {
    words.skip();
    let [value, from] = [0, words.at];
    for (; words.at < bytes.length && bytes[words.at] >= 0x30 && bytes[words.at] <= 0x39; words.at += 1) value = Math.min(65_535, value * 10 + bytes[words.at] - 0x30);
    if (words.at === from) break;
    samples[found] = value;
    from = words.at;
    if (from < bytes.length && !isSpace(bytes[from]) && bytes[from] !== HASH) return found;
  }
  return found;
}

/** Digits of a plain bitmap, which need no space between them. 1 is black. */
function plainBits(bytes: Uint8Array, at: number, samples: Samples): number {
  const words = new Words(bytes, at);
  for (let found = 0; found < samples.length; found += 1) {
    words.skip();
    const digit = (bytes[words.at] ?? 0) - 0x30;
    if (digit !== 0 && digit !== 1) return found;
    samples[found] = 1 - digit;
    words.at += 1;
  }
  return samples.length;
}

/** Big-endian pairs where the maximum needs them. */
function binarySamples(bytes: Uint8Array, at: number, samples: Samples): number {
  if (samples instanceof Uint8Array) {
    samples.set(bytes.subarray(at, at + samples.length));
    return Math.min(samples.length, bytes.length - at);
  }
  const found = Math.min(samples.length, Math.floor((bytes.length - at) / 2));
  for (let index = 0, from = at; index < found; index += 1, from += 2) samples[index] = bytes[from] * 256 + bytes[from + 1];
  return found;
}

/** Says what is missing. @throws LabError when not one row is there */
function checkFound(found: number, wanted: number, rowSamples: number, findings: Findings): void {
  if (found >= wanted) return;
  if (found < rowSamples) refuse(`The PNM needs ${String(wanted)} samples; ${String(found)} follow the header, less than a row.`);
  findings.damaged(`The PNM needs ${String(wanted)} samples; it has ${String(Math.max(0, found))}. What is missing, from row ${String(Math.floor(found / rowSamples))} on, is 0.`);
}

/** To full scale: v·full/max rounded; a sample above the maximum counts as it. */
function rescale(samples: Samples, { maximum }: Header, full: number, findings: Findings): void {
  let above = 0;
  for (const value of samples) if (value > maximum) above += 1;
  if (above > 0) findings.damaged(`${String(above)} ${above === 1 ? 'sample is' : 'samples are'} above the maximum of ${String(maximum)}; ${above === 1 ? 'it counts' : 'they count'} as it.`);
  if (full !== maximum) findings.scaled(`Samples of 0 … ${String(maximum)} are shown as 0 … ${String(full)}: ${full % maximum === 0 ? `each is ${String(full / maximum)} times the stored number` : `each is the stored number × ${String(full)} ÷ ${String(maximum)}, rounded`}.`);
  if (above === 0 && full === maximum) return;
  const table = Uint16Array.from({ length: maximum + 1 }, (_, value) => Math.floor((2 * value * full + maximum) / (2 * maximum)));
  for (let at = 0; at < samples.length; at += 1) samples[at] = table[Math.min(maximum, samples[at])];
}

/** Samples of pixel after pixel as an image of the format, whose order may be another. */
function imageOf(samples: Samples, spec: ImageSpec, depth: number): Image {
  const bytesOf = (values: Samples): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (spec.format === 'rgba64le' && depth === 2) return wrapImage(bytesOf(Uint16Array.from({ length: samples.length * 2 }, (_, at) => samples[(at >> 2) * 2 + (at % 4 === 3 ? 1 : 0)])), spec);
  if (spec.format !== 'gbrp10le') return wrapImage(bytesOf(samples), spec);
  const pixels = samples.length / 3;
  const planes = new Uint16Array(samples.length);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    planes[pixel] = samples[pixel * 3 + 1];
    planes[pixels + pixel] = samples[pixel * 3 + 2];
    planes[2 * pixels + pixel] = samples[pixel * 3];
  }
  return wrapImage(bytesOf(planes), spec);
}

/** A raw bitmap. PBM says 1 is black; monob says 1 is white. */
function rawBitmap(bytes: Uint8Array, { width, height, at }: Header, findings: Findings): Image {
  const rowBytes = Math.ceil(width / 8);
  const found = Math.max(0, Math.min(rowBytes * height, bytes.length - at));
  if (found < rowBytes) refuse(`The PBM’s pixels need ${formatBytes(rowBytes * height)}; ${formatBytes(found)} follow the header, less than a row.`);
  const rows = new Uint8Array(rowBytes * height);
  if (found < rows.length) findings.damaged(`The PBM’s pixels need ${formatBytes(rows.length)}; ${formatBytes(found)} follow the header. What is missing, from row ${String(Math.floor(found / rowBytes))} on, is black.`);
  for (let index = 0; index < found; index += 1) rows[index] = 255 - bytes[at + index];
  return wrapImage(rows, { format: 'monob', width, height });
}

function checkSurplus(bytes: Uint8Array, end: number, findings: Findings): void {
  if (end >= bytes.length) return;
  const isPicture = bytes[end] === 0x50 && bytes[end + 1] >= 0x31 && bytes[end + 1] <= 0x37;
  findings.note(`${formatBytes(bytes.length - end)} follow the picture${isPicture ? ', another one it seems; the first is shown' : '; they were not read'}.`);
}

/**
 * PBM, PGM, PPM and PAM, plain and raw. Maxima that a format of ours has (255, 1023, 4095, 65535) keep their numbers; others are scaled, and that is said.
 * @source netpbm, man pages pbm(5), pgm(5), ppm(5), pam(5)
 * @throws LabError `pnm/unreadable`, and those of `admit`
 */
export function readPnm(bytes: Uint8Array, admit: Admit = admitPossible): Reading {
  const kind = (bytes[1] ?? 0) - 0x30;
  if (bytes[0] !== 0x50 || kind < 1 || kind > 7) return refuse('The file does not begin with P1 to P7.');
  const findings = new Findings();
  const header = kind === 7 ? pamHeader(bytes, findings) : pnmHeader(bytes, kind);
  const { width, height, depth, maximum, at } = header;
  if (width === 0 || height === 0) return refuse(`The PNM claims ${String(width)}×${String(height)} pixels.`);
  if (maximum < 1 || maximum > 65_535) return refuse(`The PNM’s maximum is ${String(maximum)}; it must be 1 to 65535.`);
  if (kind === 4) {
    const rasterBytes = Math.ceil(width / 8) * height;
    admit({ width, height, bytes: bytes.length - at < rasterBytes / height ? 0 : rasterBytes });
    checkSurplus(bytes, at + rasterBytes, findings);
    return findings.reading(rawBitmap(bytes, header, findings));
  }
  const { format, full } = target(header);
  const sampleBytes = maximum > 255 ? 2 : 1;
  const count = width * height * depth;
  const isReordered = format === 'gbrp10le' || (format === 'rgba64le' && depth === 2);
  admit({ width, height, bytes: count * sampleBytes + (isReordered ? byteLength({ format, width, height }) : 0) });
  // A row of nothing is refused before room is made for the rest.
  checkFound(Math.min(count, bytes.length - at), count, width * depth, new Findings());
  const samples = sampleBytes === 2 ? new Uint16Array(count) : new Uint8Array(count);
  const found = (kind === 1 ? plainBits : header.isPlain ? plainSamples : binarySamples)(bytes, at, samples);
  checkFound(found, count, width * depth, findings);
  if (!header.isPlain) checkSurplus(bytes, at + count * sampleBytes, findings);
  rescale(samples, header, full, findings);
  return findings.reading(imageOf(samples, { format, width, height }, depth));
}

/** The picture alone, for files that are known to be sound. @throws LabError `pnm/unreadable` */
export const decodePnm = (bytes: Uint8Array): Image => readPnm(bytes).image;

/** The formats that are written, and their maxima. */
const MAXIMA = { gray: 255, gray10le: 1023, gray12le: 4095, gray16le: 65_535, rgb24: 255, rgb48le: 65_535 } as const;

const isWritable = (format: PixelFormatId): format is keyof typeof MAXIMA => Object.hasOwn(MAXIMA, format);

/** PGM for gray, PPM for RGB; samples of more than 8 bits big-endian, as the format has them. @throws LabError `pnm/format` */
export function encodePnm(image: Image): Uint8Array<ArrayBuffer> {
  const { format, width, height } = image;
  if (!isWritable(format)) throw new LabError({ code: 'pnm/format', what: `PNM has no type for ${format}.`, remedy: `Convert to one of ${Object.keys(MAXIMA).join(', ')} first.` });
  const maximum = MAXIMA[format];
  const header = `P${format.startsWith('gray') ? '5' : '6'}\n${String(width)} ${String(height)}\n${String(maximum)}\n`;
  const samples = imageBytes(image);
  // Bits above the depth belong to no sample, and in the file would be above its maximum.
  if (maximum > 255) for (let at = 0; at < samples.length; at += 2) [samples[at], samples[at + 1]] = [samples[at + 1] & (maximum >> 8), samples[at]];
  const out = new Uint8Array(header.length + byteLength({ format, width, height }));
  out.set(Array.from(header, (letter) => letter.charCodeAt(0)));
  out.set(samples, header.length);
  return out;
}

export const PNM: Codec = { id: 'ppm', title: 'PPM / PGM', says: 'Uncompressed; a short text header, then the samples.', extensions: ['ppm', 'pgm'], mime: 'image/x-portable-anymap', decode: decodePnm, encodes: HELD_FORMATS.ppm, encode: encodePnm };
