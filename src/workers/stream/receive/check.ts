import type { Image } from '../../../kernels/index.ts';
import { imageChecksum } from '../../../kernels/analysis/checksum.ts';
import { MARKS, readFrameNumber } from '../../../kernels/analysis/frameMarks.ts';

/** How a frame came out at the other end. */
export interface Check {
  /** dB over R, G and B of what was sent; Infinity: every value is the same. */
  readonly psnr: number;
  /** Raw pixels: whether the checksum at the end is that at the start. */
  readonly checksum: { readonly sent: number; readonly received: number } | undefined;
  /** The number that the decoded picture carries; undefined where it carries none. */
  readonly number: number | undefined;
}

/** So many pixels are compared at most: of larger pictures every n-th row. */
const MOST_PIXELS = 262_144;

/** @param sent, received rgba of one size   @returns dB over R, G, B of the rows compared */
export function psnrRgb(sent: Image, received: Image): number {
  const [a, b] = [sent.planes[0], received.planes[0]];
  if (a === undefined || b === undefined) return 0;
  const step = Math.max(1, Math.ceil((sent.width * sent.height) / MOST_PIXELS));
  let [squared, samples] = [0, 0];
  for (let y = 0; y < sent.height; y += step) {
    const [rowA, rowB] = [y * a.stride, y * b.stride];
    for (let x = 0; x < sent.width * 4; x += 4) {
      const [dr, dg, db] = [(a.bytes[rowA + x] ?? 0) - (b.bytes[rowB + x] ?? 0), (a.bytes[rowA + x + 1] ?? 0) - (b.bytes[rowB + x + 1] ?? 0), (a.bytes[rowA + x + 2] ?? 0) - (b.bytes[rowB + x + 2] ?? 0)];
      squared += dr * dr + dg * dg + db * db;
    }
    samples += sent.width * 3;
  }
  return squared === 0 ? Infinity : 10 * Math.log10((255 * 255 * samples) / squared);
}

/** The number a picture is marked with, though it was scaled. @param image rgba   @param scale of the picture to the marked one */
export function numberIn(image: Image, scaleX: number, scaleY: number): number | undefined {
  const plane = image.planes[0];
  if (plane === undefined || image.width < MARKS.width * scaleX || image.height < MARKS.height * scaleY) return undefined;
  return readFrameNumber((x, y) => plane.bytes[Math.floor(y * scaleY) * plane.stride + Math.floor(x * scaleX) * 4 + 1] ?? 0);
}

/** The same samples at both ends? @param sent, received of one format */
export const checksums = (sent: Image, received: Image): Check['checksum'] => ({ sent: imageChecksum(sent), received: imageChecksum(received) });
