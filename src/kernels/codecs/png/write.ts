import { zlibSync } from 'fflate';
import { LabError } from '../../labError.ts';
import { imageBytes } from '../../image/image.ts';
import type { Image } from '../../image/types.ts';
import { HELD_FORMATS } from '../../tables/fileFormats.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import { crc32 } from './chunks.ts';

/** Colour type, samples a pixel and bytes a sample of the formats that PNG has a type for. */
const TYPES = {
  gray: { type: 0, channels: 1, sampleBytes: 1 },
  ya8: { type: 4, channels: 2, sampleBytes: 1 },
  rgb24: { type: 2, channels: 3, sampleBytes: 1 },
  rgba: { type: 6, channels: 4, sampleBytes: 1 },
  gray16le: { type: 0, channels: 1, sampleBytes: 2 },
  rgb48le: { type: 2, channels: 3, sampleBytes: 2 },
  rgba64le: { type: 6, channels: 4, sampleBytes: 2 },
} as const;

export const PNG_FORMATS = HELD_FORMATS.png satisfies readonly (keyof typeof TYPES)[];

const isWritable = (format: PixelFormatId): format is keyof typeof TYPES => Object.hasOwn(TYPES, format);

/** The five filters of a row, one after another in `out`, and the sum of each one's differences as signed bytes. @param back bytes to the pixel on the left @source PNG specification, §9.2 and §12.7 */
function filterRow(row: Uint8Array, above: Uint8Array, back: number, out: readonly Uint8Array[], sums: Float64Array): void {
  const [none, sub, up, average, paeth] = out;
  if (none === undefined || sub === undefined || up === undefined || average === undefined || paeth === undefined) throw new TypeError('A row has five filters.');
  let [noneSum, subSum, upSum, averageSum, paethSum] = [0, 0, 0, 0, 0];
  for (let at = 0; at < row.length; at += 1) {
    const value = row[at];
    const top = above[at];
    const left = at < back ? 0 : row[at - back];
    const corner = at < back ? 0 : above[at - back];
    const toLeft = Math.abs(top - corner);
    const toUp = Math.abs(left - corner);
    const toCorner = Math.abs(left + top - 2 * corner);
    const predicted = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? top : corner;
    none[at] = value;
    sub[at] = value - left;
    up[at] = value - top;
    average[at] = value - ((left + top) >> 1);
    paeth[at] = value - predicted;
    noneSum += Math.abs((value << 24) >> 24);
    subSum += Math.abs(((value - left) << 24) >> 24);
    upSum += Math.abs(((value - top) << 24) >> 24);
    averageSum += Math.abs(((value - ((left + top) >> 1)) << 24) >> 24);
    paethSum += Math.abs(((value - predicted) << 24) >> 24);
  }
  sums.set([noneSum, subSum, upSum, averageSum, paethSum]);
}

const FEW_COLORS = 64;

/** Whether there are so few colours that rows compress best as they are: what repeats is the pixels, not their differences. */
function hasFewColors(pixels: Uint8Array, pixelBytes: number): boolean {
  const seen = new Set<number>();
  for (let at = 0; at < pixels.length; at += pixelBytes) {
    let key = 0;
    for (let part = 0; part < pixelBytes; part += 1) key = (key * 257 + pixels[at + part]) % 9_007_199_254_740_881;
    seen.add(key);
    if (seen.size > FEW_COLORS) return false;
  }
  return true;
}

/** Each row behind the filter whose differences are smallest. */
function filtered(pixels: Uint8Array, rowBytes: number, height: number, back: number): Uint8Array {
  const out = new Uint8Array((rowBytes + 1) * height);
  const isFlat = hasFewColors(pixels, back);
  const candidates = Array.from({ length: 5 }, () => new Uint8Array(rowBytes));
  const sums = new Float64Array(5);
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y += 1) {
    const row = pixels.subarray(y * rowBytes, (y + 1) * rowBytes);
    let best = 0;
    if (!isFlat) {
      filterRow(row, above, back, candidates, sums);
      for (let filter = 1; filter < 5; filter += 1) if (sums[filter] < sums[best]) best = filter;
    }
    out[y * (rowBytes + 1)] = best;
    out.set(isFlat ? row : (candidates[best] ?? row), y * (rowBytes + 1) + 1);
    above = row;
  }
  return out;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(Array.from(type, (letter) => letter.charCodeAt(0)), 4);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out, 4, 8 + data.length));
  return out;
}

function header({ width, height }: Image, depth: number, type: number): Uint8Array {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data.set([depth, type, 0, 0, 0], 8);
  return data;
}

/** The most thorough: on photographs little slower than 6, on drawings a twentieth smaller. */
const LEVEL = 9;

/** @throws LabError `png/format` for formats that PNG has no type for */
export function encodePng(image: Image): Uint8Array<ArrayBuffer> {
  const { format, width, height } = image;
  if (!isWritable(format)) throw new LabError({ code: 'png/format', what: `PNG has no type for ${format}.`, remedy: `Convert to one of ${PNG_FORMATS.join(', ')} first.` });
  const { type, channels, sampleBytes } = TYPES[format];
  const pixels = imageBytes(image);
  if (sampleBytes === 2) for (let at = 0; at + 1 < pixels.length; at += 2) [pixels[at], pixels[at + 1]] = [pixels[at + 1], pixels[at]];
  const pixelBytes = channels * sampleBytes;
  const data = zlibSync(filtered(pixels, width * pixelBytes, height, pixelBytes), { level: LEVEL });
  const parts = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), chunk('IHDR', header(image, sampleBytes * 8, type)), chunk('IDAT', data), chunk('IEND', new Uint8Array(0))];
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
