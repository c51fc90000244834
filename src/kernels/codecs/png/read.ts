import { wrapImage } from '../../image/image.ts';
import type { Image } from '../../image/types.ts';
import { formatBytes } from '../../labError.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import { Findings, admitPossible } from '../reading.ts';
import type { Admit, Reading } from '../reading.ts';
import { PALETTE_TYPE, readParts } from './chunks.ts';
import type { Header, Parts } from './chunks.ts';
import { inflateInto } from './inflate.ts';
import type { Inflated } from './inflate.ts';
import { refusePng } from './refuse.ts';
import { bitsPerPixel, passBytes, passesOf, scatter, unfilter, widen } from './rows.ts';
import { adler32, zlibFault } from './zlib.ts';

/** Bytes of a sample once each has its own: 1 or 2. */
const sampleBytes = ({ depth }: Header): number => (depth === 16 ? 2 : 1);

/** Whether the pixels become wider than the file has them: with an alpha from the transparent colour, or gray and alpha of 16 bits as R,G,B,A. */
const widensPixels = ({ header, transparency }: Parts): boolean => (header.type !== PALETTE_TYPE && transparency !== undefined) || (header.depth === 16 && header.channels === 2);

/** Everything that reading allocates: the filtered rows, samples moved to their places or widened, and a further copy where pixels grow. */
function needOf(parts: Parts): number {
  const { header, data } = parts;
  const samples = header.width * header.height * header.channels * sampleBytes(header);
  const filtered = passesOf(header).reduce((sum, pass) => sum + passBytes(pass), 0);
  const joined = data.length > 1 ? data.reduce((sum, { length }) => sum + length, 0) : 0;
  return filtered + joined + (header.isInterlaced || header.depth < 8 ? samples : 0) + (widensPixels(parts) ? (samples / header.channels) * 4 : 0);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const sumFits = (stream: Uint8Array, read: number, filtered: Uint8Array): boolean => stream.length >= read + 4 && stream.subarray(read, read + 4).reduce((sum, byte) => sum * 256 + byte, 0) === adler32(filtered);

/** What the end of the stream tells. */
function judgeEnd(findings: Findings, stream: Uint8Array, { end, read, written }: Inflated, filtered: Uint8Array): void {
  const reach = `${formatBytes(written)} of ${formatBytes(filtered.length)}`;
  if (written < filtered.length) return findings.damaged(end === 'broken' ? `The compressed data are broken after ${reach}.` : `The compressed data end after ${reach}.`);
  if (end === 'full' || end === 'broken') return findings.damaged(`The compressed data ${end === 'full' ? 'go on' : 'are broken'} where the picture ends; the rest was not read, so their checksum tells nothing.`);
  if (end === 'short' || stream.length < read + 4) return findings.damaged('The compressed data end before their checksum: every pixel is there, unproven.');
  if (!sumFits(stream, read, filtered)) return findings.damaged('The checksum of the pixels (Adler-32) is wrong: some of them are not as they were stored.');
  if (stream.length > read + 4) findings.note(`${formatBytes(stream.length - read - 4)} follow the end of the compressed data; they were not read.`);
}

/** Rows of all passes, with their filters. Of damaged data, those that the pieces before the damage give. */
function inflateRows({ header, data, soundPieces }: Parts, findings: Findings): { readonly filtered: Uint8Array; readonly written: number } {
  const stream = joined(data);
  const fault = zlibFault(stream);
  if (fault !== undefined) refusePng(`The PNG’s data cannot be decompressed: ${fault}.`, 'The file is damaged; get it again from its source.');
  const filtered = new Uint8Array(passesOf(header).reduce((sum, pass) => sum + passBytes(pass), 0));
  const inflated = inflateInto(stream, 2, filtered);
  if (soundPieces === data.length || (inflated.end === 'whole' && inflated.written === filtered.length && sumFits(stream, inflated.read, filtered))) {
    judgeEnd(findings, stream, inflated, filtered);
    return { filtered, written: inflated.written };
  }
  const sound = stream.subarray(0, data.slice(0, soundPieces).reduce((sum, { length }) => sum + length, 0));
  if (sound.length < 2) refusePng('The PNG’s data are damaged: their first chunk has a wrong checksum, and so have the pixels.', 'Get the file again from its source.');
  const { written } = inflateInto(sound, 2, filtered);
  findings.damaged(`What comes before the damaged chunk is ${formatBytes(written)} of ${formatBytes(filtered.length)}; what follows was not used.`);
  return { filtered, written };
}

/** One byte, or two big-endian ones, a sample, row after row. */
function samplesOf(parts: Parts, findings: Findings): Uint8Array {
  const { header } = parts;
  const { width, height, depth, channels } = header;
  const { filtered, written } = inflateRows(parts, findings);
  const [back, pixelBytes] = [Math.ceil(bitsPerPixel(header) / 8), channels * sampleBytes(header)];
  const passes = passesOf(header);
  const placed = header.isInterlaced ? new Uint8Array(width * height * pixelBytes) : undefined;
  let start = 0;
  for (const [index, pass] of passes.entries()) {
    const rows = unfilter(filtered, start, pass, back, Math.min(passBytes(pass), written - start));
    if (rows < pass.height) {
      if (index === 0 && rows === 0) refusePng(`The PNG’s data hold not one row of its ${String(width)}×${String(height)} pixels.`, 'The file is damaged or cut short; get it again from its source.');
      findings.damaged(`${header.isInterlaced ? `In pass ${String(index + 1)} of ${String(passes.length)} the rows` : 'Rows'} from ${String(rows)} on, of ${String(pass.height)}, are missing or broken; what is missing is 0.`);
    }
    const rowsOnly = filtered.subarray(start, start + pass.rowBytes * pass.height);
    if (placed === undefined) return widen(rowsOnly, width, height, depth);
    scatter(widen(rowsOnly, pass.width, pass.height, depth), pass, placed, width, pixelBytes);
    if (rows < pass.height) break;
    start += passBytes(pass);
  }
  return placed ?? filtered;
}

/** Big-endian pairs to little-endian ones, in place. */
function swapPairs(bytes: Uint8Array): Uint8Array {
  for (let at = 0; at + 1 < bytes.length; at += 2) [bytes[at], bytes[at + 1]] = [bytes[at + 1], bytes[at]];
  return bytes;
}

/** The pixels of the one transparent colour get alpha 0, every other the full one. @param key bytes of that colour as the file has a pixel, samples of fewer than 8 bits as 8 @source PNG specification, §11.3.1.1 tRNS */
function keyed(samples: Uint8Array, pixelBytes: number, partBytes: number, key: Uint8Array): Uint8Array {
  const outBytes = pixelBytes + partBytes;
  const out = new Uint8Array((samples.length / pixelBytes) * outBytes);
  for (let from = 0, to = 0; from < samples.length; from += pixelBytes, to += outBytes) {
    let isKey = true;
    for (let part = 0; part < pixelBytes; part += 1) {
      out[to + part] = samples[from + part];
      isKey &&= samples[from + part] === key[part];
    }
    if (!isKey) out.fill(255, to + pixelBytes, to + outBytes);
  }
  return out;
}

/** Gray and alpha of 16 bits have no format of their own: the gray is spread over R, G and B. */
function spreadGrayAlpha(samples: Uint8Array): Uint8Array {
  const [from, out] = [new Uint16Array(samples.buffer, samples.byteOffset, samples.length / 2), new Uint16Array(samples.length)];
  for (let at = 0, to = 0; at < from.length; at += 2, to += 4) {
    out[to] = out[to + 1] = out[to + 2] = from[at];
    out[to + 3] = from[at + 1];
  }
  return new Uint8Array(out.buffer);
}

/** R,G,B,A of each colour. */
function colorsOf(palette: Uint8Array, alpha: Uint8Array | undefined): Uint8Array {
  return Uint8Array.from({ length: (palette.length / 3) * 4 }, (_, at) => (at % 4 === 3 ? (alpha?.[at >> 2] ?? 255) : palette[(at >> 2) * 3 + (at % 4)]));
}

/** The transparent colour's bytes as a pixel has them. Only the low `depth` bits of its numbers count; others are said. */
function keyOf({ depth, channels }: Header, transparency: Uint8Array, findings: Findings): Uint8Array {
  const values = Array.from({ length: channels }, (_, part) => transparency[part * 2] * 256 + transparency[part * 2 + 1]);
  const masked = values.map((value) => value & (2 ** depth - 1));
  if (values.some((value, part) => value !== masked[part])) findings.note(`The transparent colour ${values.join(', ')} (tRNS) has more than ${String(depth)} bits; it counts as ${masked.join(', ')}.`);
  return Uint8Array.from(depth === 16 ? masked.flatMap((value) => [value >> 8, value & 255]) : masked);
}

/** By samples a pixel, alpha from a key included. */
const EIGHT: Partial<Record<number, PixelFormatId>> = { 1: 'gray', 2: 'ya8', 3: 'rgb24', 4: 'rgba' };
const SIXTEEN: Partial<Record<number, PixelFormatId>> = { 1: 'gray16le', 2: 'rgba64le', 3: 'rgb48le', 4: 'rgba64le' };

function indexed({ header, palette, transparency }: Parts, samples: Uint8Array, findings: Findings): Image {
  const { width, height } = header;
  const colors = colorsOf(palette ?? new Uint8Array(3), transparency);
  let most = 0;
  for (const index of samples) if (index > most) most = index;
  if (most >= colors.length / 4) findings.note(`The largest index is ${String(most)}; the palette has ${String(colors.length / 4)} colours.`);
  return wrapImage(samples, { format: 'pal8', width, height, palette: colors });
}

function imageOf(parts: Parts, findings: Findings): Image {
  const { header, transparency } = parts;
  const { width, height, depth } = header;
  const samples = samplesOf(parts, findings);
  if (header.type === PALETTE_TYPE) return indexed(parts, samples, findings);
  const partBytes = sampleBytes(header);
  const withAlpha = transparency === undefined ? samples : keyed(samples, header.channels * partBytes, partBytes, keyOf(header, transparency, findings));
  const channels = header.channels + (transparency === undefined ? 0 : 1);
  const format = (depth === 16 ? SIXTEEN : EIGHT)[channels] ?? 'rgba';
  if (depth === 16) swapPairs(withAlpha);
  if (depth < 8) {
    const factor = 255 / (2 ** depth - 1);
    for (let at = 0; at < withAlpha.length; at += channels) withAlpha[at] *= factor;
    findings.scaled(`Samples of ${String(depth)} bits are shown as 8: each is ${String(factor)} times the stored number.`);
  }
  return wrapImage(depth === 16 && channels === 2 ? spreadGrayAlpha(withAlpha) : withAlpha, { format, width, height });
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * A PNG's own samples: indices stay indices, 16 bits stay 16. A fault that leaves something to show is a warning.
 * @throws LabError `png/unreadable`, and those of `admit`
 */
export function readPng(bytes: Uint8Array, admit: Admit = admitPossible): Reading {
  if (!SIGNATURE.every((byte, at) => bytes[at] === byte)) refusePng('The file does not begin as a PNG does.', 'Check what it is; a transfer as text damages a PNG’s first bytes.');
  const findings = new Findings();
  const parts = readParts(bytes, findings);
  admit({ width: parts.header.width, height: parts.header.height, bytes: needOf(parts) });
  return findings.reading(imageOf(parts, findings));
}
