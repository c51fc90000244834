import { LabError } from '../labError.ts';
import { imageBytes, wrapImage } from '../image/image.ts';
import type { Image } from '../image/types.ts';
import { HELD_FORMATS } from '../tables/fileFormats.ts';
import type { Codec } from './codec.ts';
import { Findings, admitPossible } from './reading.ts';
import type { Admit, Reading } from './reading.ts';

/** @source The Quite OK Image Format specification, version 1.0 */
const [INDEX, DIFF, LUMA, RUN, RGB, RGBA] = [0x00, 0x40, 0x80, 0xc0, 0xfe, 0xff];
const HEADER_BYTES = 14;
const END_BYTES = 8;
const LONGEST_RUN = 62;

const hash = (r: number, g: number, b: number, a: number): number => (r * 3 + g * 5 + b * 7 + a * 11) % 64;
const signed = (difference: number): number => (difference << 24) >> 24;

function writeHeader(out: Uint8Array, image: Image, channels: number): void {
  const view = new DataView(out.buffer);
  out.set([0x71, 0x6f, 0x69, 0x66]);
  view.setUint32(4, image.width);
  view.setUint32(8, image.height);
  out.set([channels, 0], 12);
}

/** Small differences from the last pixel in one or two bytes, or undefined. */
function difference(r: number, g: number, b: number): readonly number[] | undefined {
  if (r >= -2 && r <= 1 && g >= -2 && g <= 1 && b >= -2 && b <= 1) return [DIFF | ((r + 2) << 4) | ((g + 2) << 2) | (b + 2)];
  const [rg, bg] = [r - g, b - g];
  if (g >= -32 && g <= 31 && rg >= -8 && rg <= 7 && bg >= -8 && bg <= 7) return [LUMA | (g + 32), ((rg + 8) << 4) | (bg + 8)];
  return undefined;
}

/** @throws LabError `qoi/format` */
export function encodeQoi(image: Image): Uint8Array<ArrayBuffer> {
  const channels = image.format === 'rgba' ? 4 : 3;
  if (image.format !== 'rgba' && image.format !== 'rgb24') throw new LabError({ code: 'qoi/format', what: `QOI has no type for ${image.format}.`, remedy: 'Convert to rgb24 or rgba first.' });
  const pixels = imageBytes(image);
  const out = new Uint8Array(HEADER_BYTES + (pixels.length / channels) * (channels + 1) + END_BYTES);
  writeHeader(out, image, channels);
  const seen = new Uint32Array(64);
  let [at, run] = [HEADER_BYTES, 0];
  let [pr, pg, pb, pa] = [0, 0, 0, 255];
  for (let pixel = 0; pixel < pixels.length; pixel += channels) {
    const [r = 0, g = 0, b = 0] = pixels.subarray(pixel, pixel + 3);
    const a = channels === 4 ? (pixels[pixel + 3] ?? 255) : 255;
    const same = r === pr && g === pg && b === pb && a === pa;
    if (same) run += 1;
    if (run > 0 && (!same || run === LONGEST_RUN || pixel + channels === pixels.length)) {
      out[at++] = RUN | (run - 1);
      run = 0;
    }
    if (same) continue;
    const [slot, packed] = [hash(r, g, b, a), ((r << 24) | (g << 16) | (b << 8) | a) >>> 0];
    const short = a === pa ? difference(signed(r - pr), signed(g - pg), signed(b - pb)) : undefined;
    const bytes = seen[slot] === packed ? [INDEX | slot] : (short ?? (a === pa ? [RGB, r, g, b] : [RGBA, r, g, b, a]));
    out.set(bytes, at);
    at += bytes.length;
    seen[slot] = packed;
    [pr, pg, pb, pa] = [r, g, b, a];
  }
  out[at + END_BYTES - 1] = 1;
  return out.slice(0, at + END_BYTES);
}

function checkHeader(bytes: Uint8Array): { readonly width: number; readonly height: number; readonly channels: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES + END_BYTES) throw new LabError({ code: 'qoi/unreadable', what: `A QOI is at least ${String(HEADER_BYTES + END_BYTES)} B; this one has ${String(bytes.length)} B.`, remedy: 'The file is cut short; get it again.' });
  const [width, height, channels] = [view.getUint32(4), view.getUint32(8), bytes[12] ?? 0];
  // One byte holds at most 62 pixels: a header that claims more than the file can say is refused before anything is allocated.
  if (width === 0 || height === 0 || (channels !== 3 && channels !== 4) || width * height > bytes.length * LONGEST_RUN) throw new LabError({ code: 'qoi/unreadable', what: `The QOI header claims ${String(width)}×${String(height)} pixels of ${String(channels)} channels in ${String(bytes.length)} B.`, remedy: 'The header is damaged; get the file again.' });
  return { width, height, channels };
}

/** What the header and the end say that a sound file would not. @param at behind the last pixel */
function oddities(bytes: Uint8Array, at: number): Findings {
  const findings = new Findings();
  const colorSpace = bytes[13] ?? 0;
  if (colorSpace > 1) findings.damaged(`The QOI’s colour space is ${String(colorSpace)}; only 0 (sRGB) and 1 (linear) exist.`);
  const hasMarker = bytes.subarray(at, at + END_BYTES).every((byte, index) => byte === (index === END_BYTES - 1 ? 1 : 0));
  if (!hasMarker) findings.damaged(`Behind the last pixel, at byte ${String(at)}, the QOI’s end marker is missing.`);
  else if (bytes.length > at + END_BYTES) findings.note(`${String(bytes.length - at - END_BYTES)} B follow the QOI’s end marker; they were not read.`);
  return findings;
}

/** @throws LabError `qoi/unreadable`, and those of `admit` */
export function readQoi(bytes: Uint8Array, admit: Admit = admitPossible): Reading {
  const { width, height, channels } = checkHeader(bytes);
  admit({ width, height, bytes: width * height * channels });
  const out = new Uint8Array(width * height * channels);
  const seen = new Uint8Array(64 * 4);
  let at = HEADER_BYTES;
  let run = 0;
  let [r, g, b, a] = [0, 0, 0, 255];
  for (let pixel = 0; pixel < out.length; pixel += channels) {
    if (run > 0) run -= 1;
    else {
      // The end marker's bytes would read as pixels.
      if (at >= bytes.length - END_BYTES) throw new LabError({ code: 'qoi/unreadable', what: `The QOI ends after ${String(pixel / channels)} of its ${String(width * height)} pixels (${String(width)}×${String(height)}).`, remedy: 'The file is cut short; get it again.' });
      const tag = bytes[at++] ?? 0;
      const low = tag & 63;
      if (tag === RGB || tag === RGBA) {
        [r, g, b] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
        if (tag === RGBA) a = bytes[at + 3] ?? 0;
        at += tag === RGBA ? 4 : 3;
      } else if (tag < DIFF) [r, g, b, a] = [seen[low * 4] ?? 0, seen[low * 4 + 1] ?? 0, seen[low * 4 + 2] ?? 0, seen[low * 4 + 3] ?? 0];
      else if (tag < LUMA) [r, g, b] = [(r + ((low >> 4) & 3) - 2) & 255, (g + ((low >> 2) & 3) - 2) & 255, (b + (low & 3) - 2) & 255];
      else if (tag < RUN) {
        const [dg, next] = [low - 32, bytes[at++] ?? 0];
        [r, g, b] = [(r + dg + (next >> 4) - 8) & 255, (g + dg) & 255, (b + dg + (next & 15) - 8) & 255];
      } else run = low;
      seen.set([r, g, b, a], hash(r, g, b, a) * 4);
    }
    out[pixel] = r;
    out[pixel + 1] = g;
    out[pixel + 2] = b;
    if (channels === 4) out[pixel + 3] = a;
  }
  return oddities(bytes, at).reading(wrapImage(out, { format: channels === 4 ? 'rgba' : 'rgb24', width, height }));
}

/** The picture alone, for files that are known to be sound. @throws LabError `qoi/unreadable` */
export const decodeQoi = (bytes: Uint8Array): Image => readQoi(bytes).image;

export const QOI: Codec = { id: 'qoi', title: 'QOI', says: 'Lossless and quick; 8-bit RGB or RGBA.', extensions: ['qoi'], mime: 'image/qoi', decode: decodeQoi, encodes: HELD_FORMATS.qoi, encode: encodeQoi };
