import { describe, expect, test } from 'vitest';
import { simdReason } from './backends/simd/index.ts';
import { allocImage, compile, imageBytes, planConversion, wrapImage } from './index.ts';
import type { MatrixId, PixelFormatId } from './index.ts';
import { randomImage, specFor } from './testing/images.ts';

const MATRICES: readonly MatrixId[] = ['bt601', 'bt709', 'bt2020', 'smpte240m', 'fcc', 'ycgco'];
const YUV: readonly PixelFormatId[] = ['nv12', 'nv21', 'nv16', 'nv24', 'yuv420p', 'yuv422p', 'yuv444p', 'yuyv422', 'uyvy422', 'p010le', 'yuv420p10le'];
const RGB: readonly PixelFormatId[] = ['rgba', 'bgr24', 'rgb565le', 'x2rgb10le'];

/** Kr, Kg and Kb as whole numbers of `one`. @source ITU-T H.273, table 4 */
const WEIGHTS = [
  ['bt601', 299, 587, 114, 1000],
  ['bt709', 2126, 7152, 722, 10_000],
  ['bt2020', 2627, 6780, 593, 10_000],
] as const;

describe('every matrix at either range', () => {
  const cases = MATRICES.flatMap((matrix) => (['full', 'limited'] as const).map((range) => [matrix, range] as const));
  test.each(cases)('%s, %s: YUV to RGB is compiled to SIMD, and equals the reference', (matrix, range) => {
    for (const [index, a] of YUV.entries()) for (const b of RGB) {
      const [from, to] = [{ ...specFor(a, 38, 6), colorSpec: { matrix, range } }, specFor(b, 38, 6)];
      const pipeline = planConversion(from, to);
      expect([a, b, simdReason(pipeline)]).toEqual([a, b, undefined]);
      const source = randomImage(from, index);
      const [own, reference] = (['simd', 'reference'] as const).map((backend) => { const target = allocImage(to); compile(pipeline, backend).run(source, target); return imageBytes(target); });
      expect({ a, b, bytes: own }).toEqual({ a, b, bytes: reference });
    }
  });
});

/** All triples, 256 columns of V in rows of Y and U. */
function allTriples(): Uint8Array {
  const bytes = new Uint8Array(3 * 2 ** 24);
  for (let at = 0; at < 2 ** 24; at += 1) [bytes[at], bytes[2 ** 24 + at], bytes[2 ** 25 + at]] = [at >> 16, (at >> 8) & 255, at & 255];
  return bytes;
}

/** Numerator / denominator, halves up, as a byte. */
const byteOf = (numerator: number, denominator: number): number => Math.min(255, Math.max(0, Math.floor((2 * numerator + denominator) / (2 * denominator))));

describe('limited range to RGB, all 16 777 216 triples', () => {
  test.each(WEIGHTS)('%s', (matrix, kr, kg, kb, one) => {
    const [from, to] = [{ format: 'yuv444p', width: 4096, height: 4096, colorSpec: { matrix, range: 'limited' } }, { format: 'rgb24', width: 4096, height: 4096 }] as const;
    const pipeline = planConversion(from, to);
    const target = allocImage(to);
    compile(pipeline, 'simd').run(wrapImage(allTriples(), from), target);
    const bytes = imageBytes(target);
    // H.273: E′Y = (Y − 16) / 219, E′PB = (U − 128) / 224 and so on; over one denominator, each numerator below 2^53.
    const denominator = 219 * 224 * kg * one;
    let wrong: readonly number[] | undefined;
    for (let at = 0; at < 2 ** 24 && wrong === undefined; at += 1) {
      const [y, u, v] = [255 * ((at >> 16) - 16) * 224 * kg * one, 2 * 255 * (((at >> 8) & 255) - 128) * 219, 2 * 255 * ((at & 255) - 128) * 219];
      const r = byteOf(y + v * (one - kr) * kg, denominator);
      const g = byteOf(y - u * kb * (one - kb) - v * kr * (one - kr), denominator);
      const b = byteOf(y + u * (one - kb) * kg, denominator);
      if (bytes[at * 3] !== r || bytes[at * 3 + 1] !== g || bytes[at * 3 + 2] !== b) wrong = [at >> 16, (at >> 8) & 255, at & 255, r, g, b, bytes[at * 3] ?? -1, bytes[at * 3 + 1] ?? -1, bytes[at * 3 + 2] ?? -1];
    }
    expect(wrong).toBeUndefined();
  }, 120_000);
});
