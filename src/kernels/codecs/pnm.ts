import { LabError, formatBytes } from '../labError.ts';
import { byteLength } from '../image/layout.ts';
import { imageBytes, wrapImage } from '../image/image.ts';
import type { Image } from '../image/types.ts';
import type { Codec } from './codec.ts';

function refuse(what: string): never {
  throw new LabError({ code: 'pnm/unreadable', what, remedy: 'Check that the file is whole and its header is as netpbm writes it.' });
}

/** Whitespace-separated tokens with # comments, read one by one. */
class Tokens {
  at = 2;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  next(name: string): number {
    while (this.at < this.bytes.length) {
      const byte = this.bytes[this.at] ?? 0;
      if (byte === 0x23) while (this.at < this.bytes.length && this.bytes[this.at] !== 0x0a) this.at += 1;
      else if (byte > 0x20) break;
      else this.at += 1;
    }
    let text = '';
    while (this.at < this.bytes.length && (this.bytes[this.at] ?? 0) > 0x20) text += String.fromCharCode(this.bytes[this.at++] ?? 0);
    if (!/^\d+$/.test(text)) return refuse(`The PNM header has “${text}” where its ${name} should be.`);
    return Number(text);
  }
}

/** Samples of the file's own maximum, brought to full scale: v·full/max rounded; a sample above the maximum counts as it. Exact where the maximum is 255 or 65535. */
function scaled(values: ArrayLike<number>, maximum: number): Uint8Array {
  const wide = maximum > 255;
  const full = wide ? 65_535 : 255;
  const out = wide ? new Uint16Array(values.length) : new Uint8Array(values.length);
  for (let index = 0; index < values.length; index += 1) out[index] = Math.floor((2 * Math.min(maximum, values[index] ?? 0) * full + maximum) / (2 * maximum));
  return new Uint8Array(out.buffer);
}

function binarySamples(bytes: Uint8Array, count: number, wide: boolean): Uint16Array {
  const needed = count * (wide ? 2 : 1);
  if (bytes.length < needed) refuse(`The PNM's pixels need ${formatBytes(needed)}; ${formatBytes(bytes.length)} follow the header.`);
  const out = new Uint16Array(count);
  for (let index = 0; index < count; index += 1) out[index] = wide ? (bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0) : (bytes[index] ?? 0);
  return out;
}

function bitmap(tokens: Tokens, bytes: Uint8Array, plain: boolean, width: number, height: number): Image {
  const rowBytes = Math.ceil(width / 8);
  // PBM says 1 is black; monob says 1 is white.
  if (!plain) {
    const rows = bytes.subarray(tokens.at + 1, tokens.at + 1 + rowBytes * height);
    if (rows.length < rowBytes * height) refuse(`The PBM's pixels need ${formatBytes(rowBytes * height)}; ${formatBytes(rows.length)} follow the header.`);
    return wrapImage(rows.map((byte) => 255 - byte), { format: 'monob', width, height });
  }
  const gray = new Uint8Array(width * height);
  let found = 0;
  for (let at = tokens.at; at < bytes.length && found < gray.length; at += 1) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit === 0 || digit === 1) gray[found++] = digit === 1 ? 0 : 255;
  }
  if (found < gray.length) refuse(`The PBM needs ${String(gray.length)} digits; it has ${String(found)}.`);
  return wrapImage(gray, { format: 'gray', width, height });
}

/** PBM, PGM and PPM, plain and raw, of any maximum. @source netpbm, man pages pbm(5), pgm(5), ppm(5) @throws LabError `pnm/unreadable` */
export function decodePnm(bytes: Uint8Array): Image {
  const kind = (bytes[1] ?? 0) - 0x30;
  if (kind < 1 || kind > 6) return refuse(`P${String(kind)} is not read here: only P1 to P6 are.`);
  const tokens = new Tokens(bytes);
  const [width, height] = [tokens.next('width'), tokens.next('height')];
  if (width === 0 || height === 0) return refuse(`The PNM claims ${String(width)}×${String(height)} pixels.`);
  if (kind === 1 || kind === 4) return bitmap(tokens, bytes, kind === 1, width, height);
  const maximum = tokens.next('maximum');
  if (maximum < 1 || maximum > 65_535) return refuse(`The PNM's maximum is ${String(maximum)}; it must be 1 to 65535.`);
  const color = kind === 3 || kind === 6;
  const count = width * height * (color ? 3 : 1);
  const available = bytes.length - tokens.at;
  if (available < count) return refuse(`The PNM's pixels need at least ${formatBytes(count)}; ${formatBytes(available)} follow the header.`);
  const values = kind <= 3 ? Uint16Array.from({ length: count }, () => tokens.next('sample')) : binarySamples(bytes.subarray(tokens.at + 1), count, maximum > 255);
  const format = color ? (maximum > 255 ? 'rgb48le' : 'rgb24') : maximum > 255 ? 'gray16le' : 'gray';
  return wrapImage(scaled(values, maximum), { format, width, height });
}

/** PGM for gray, PPM for RGB; 16-bit samples big-endian, as the format has them. @throws LabError `pnm/format` */
export function encodePnm(image: Image): Uint8Array<ArrayBuffer> {
  const { format, width, height } = image;
  if (format !== 'gray' && format !== 'rgb24' && format !== 'gray16le' && format !== 'rgb48le') throw new LabError({ code: 'pnm/format', what: `PNM has no type for ${format}.`, remedy: 'Convert to gray, gray16le, rgb24 or rgb48le first.' });
  const wide = format === 'gray16le' || format === 'rgb48le';
  const header = `P${format.startsWith('gray') ? '5' : '6'}\n${String(width)} ${String(height)}\n${wide ? '65535' : '255'}\n`;
  const samples = imageBytes(image);
  if (wide) for (let at = 0; at < samples.length; at += 2) [samples[at], samples[at + 1]] = [samples[at + 1] ?? 0, samples[at] ?? 0];
  const out = new Uint8Array(header.length + byteLength({ format, width, height }));
  out.set(Array.from(header, (letter) => letter.charCodeAt(0)));
  out.set(samples, header.length);
  return out;
}

export const PNM: Codec = { id: 'ppm', title: 'PPM / PGM', says: 'Uncompressed; a short text header, then the samples.', extensions: ['ppm', 'pgm'], mime: 'image/x-portable-anymap', decode: decodePnm, encodes: ['gray', 'rgb24', 'gray16le', 'rgb48le'], encode: encodePnm };
