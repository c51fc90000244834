import { CONST_BITS, DCT } from '../fdct.ts';

/** What a cosine pass adds to the fraction bits of 8-bit samples, and of 12-bit ones, which leave less room. @source libjpeg jidctint.c */
const PASS_BITS_8 = 2;
const PASS_BITS_12 = 1;

const wrap16 = (value: number): number => (value << 16) >> 16;
const saturate16 = (value: number): number => (value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value);

/** Factors of the rotations, summed as a dot product of two lanes wants them. */
const F = {
  even26: DCT.c0_541, even66: DCT.c0_541 - DCT.c1_847, even22: DCT.c0_541 + DCT.c0_765,
  sum33: DCT.c1_175 - DCT.c1_961, sum34: DCT.c1_175, sum44: DCT.c1_175 - DCT.c0_390,
  odd77: DCT.c0_298 - DCT.c0_899, odd71: -DCT.c0_899, odd11: DCT.c1_501 - DCT.c0_899,
  odd55: DCT.c2_053 - DCT.c2_562, odd53: -DCT.c2_562, odd33: DCT.c3_072 - DCT.c2_562,
} as const;

const work = new Int32Array(64);

/** One pass over a column or a row of `work`, in place; sums wrap and results saturate at 16 bits, as lanes do. */
function pass8(at: number, step: number, shift: number): void {
  const x0 = work[at], x1 = work[at + step], x2 = work[at + 2 * step], x3 = work[at + 3 * step];
  const x4 = work[at + 4 * step], x5 = work[at + 5 * step], x6 = work[at + 6 * step], x7 = work[at + 7 * step];
  const half = 1 << (shift - 1);
  const a = wrap16(x0 + x4) * 8192 + half, b = wrap16(x0 - x4) * 8192 + half;
  const t2 = x2 * F.even26 + x6 * F.even66, t3 = x2 * F.even22 + x6 * F.even26;
  const e0 = a + t3, e3 = a - t3, e1 = b + t2, e2 = b - t2;
  const z3 = wrap16(x3 + x7), z4 = wrap16(x1 + x5);
  const s3 = z3 * F.sum33 + z4 * F.sum34, s4 = z3 * F.sum34 + z4 * F.sum44;
  const o0 = x7 * F.odd77 + x1 * F.odd71 + s3, o1 = x5 * F.odd55 + x3 * F.odd53 + s4;
  const o2 = x5 * F.odd53 + x3 * F.odd33 + s3, o3 = x7 * F.odd71 + x1 * F.odd11 + s4;
  work[at] = saturate16((e0 + o3) >> shift);
  work[at + 7 * step] = saturate16((e0 - o3) >> shift);
  work[at + step] = saturate16((e1 + o2) >> shift);
  work[at + 6 * step] = saturate16((e1 - o2) >> shift);
  work[at + 2 * step] = saturate16((e2 + o1) >> shift);
  work[at + 5 * step] = saturate16((e2 - o1) >> shift);
  work[at + 3 * step] = saturate16((e3 + o0) >> shift);
  work[at + 4 * step] = saturate16((e3 - o0) >> shift);
}

const isFlat = (levels: Int16Array, from: number): boolean => {
  for (let k = from + 8; k < from + 64; k += 1) if (levels[k] !== 0) return false;
  return true;
};

const hasDcAlone = (levels: Int16Array, from: number): boolean => {
  for (let k = from + 1; k < from + 8; k += 1) if (levels[k] !== 0) return false;
  return true;
};

const clamp8 = (value: number): number => (value < -128 ? 0 : value > 127 ? 255 : value + 128);

/** What both passes make of a DC coefficient alone. */
function fillBlock(dc: number, out: Uint8Array, to: number, stride: number): void {
  const value = clamp8((wrap16(wrap16(dc) << PASS_BITS_8) + 16) >> 5);
  for (let at = to; at < to + 8 * stride; at += stride) out.fill(value, at, at + 8);
}

/**
 * Dequantises and transforms one block of 8-bit samples: equal to libjpeg-turbo's “islow” to the bit, for damaged data too,
 * whose sums leave 16 bits: libjpeg-turbo's vector code (SSE2, AVX2) wraps and saturates there, and so does this.
 * @param levels i16, row by row, from `from`   @param steps i16[64], row by row
 * @param out u8, rows `stride` bytes apart, from `to`
 * @source Loeffler, Ligtenberg, Moschytz, ICASSP 1989; rounding as in libjpeg jidctint.c
 */
export function inverseDct8(levels: Int16Array, from: number, steps: Int16Array, out: Uint8Array, to: number, stride: number): void {
  if (isFlat(levels, from)) {
    if (hasDcAlone(levels, from)) {
      fillBlock(levels[from] * steps[0], out, to, stride);
      return;
    }
    // The vector code scales a first row that stands alone by a shift, which wraps.
    for (let x = 0; x < 8; x += 1) {
      const top = wrap16(wrap16(Math.imul(levels[from + x], steps[x])) << PASS_BITS_8);
      for (let y = 0; y < 64; y += 8) work[y + x] = top;
    }
  } else {
    for (let k = 0; k < 64; k += 1) work[k] = wrap16(Math.imul(levels[from + k], steps[k]));
    for (let x = 0; x < 8; x += 1) pass8(x, 8, CONST_BITS - PASS_BITS_8);
  }
  for (let y = 0; y < 8; y += 1) {
    pass8(y * 8, 1, CONST_BITS + PASS_BITS_8 + 3);
    for (let x = 0; x < 8; x += 1) out[to + y * stride + x] = clamp8(work[y * 8 + x]);
  }
}

const wide = new Float64Array(64);

/** As `pass8`, without a bound on the sums: 12-bit samples need more than 32 bits where 8-bit ones do not. */
function pass12(at: number, step: number, shift: number): void {
  const x0 = wide[at], x1 = wide[at + step], x2 = wide[at + 2 * step], x3 = wide[at + 3 * step];
  const x4 = wide[at + 4 * step], x5 = wide[at + 5 * step], x6 = wide[at + 6 * step], x7 = wide[at + 7 * step];
  const divisor = 2 ** shift;
  const a = (x0 + x4) * 8192 + divisor / 2, b = (x0 - x4) * 8192 + divisor / 2;
  const t2 = x2 * F.even26 + x6 * F.even66, t3 = x2 * F.even22 + x6 * F.even26;
  const z3 = x3 + x7, z4 = x1 + x5;
  const s3 = z3 * F.sum33 + z4 * F.sum34, s4 = z3 * F.sum34 + z4 * F.sum44;
  const even = [a + t3, b + t2, b - t2, a - t3];
  const odd = [x7 * F.odd71 + x1 * F.odd11 + s4, x5 * F.odd53 + x3 * F.odd33 + s3, x5 * F.odd55 + x3 * F.odd53 + s4, x7 * F.odd77 + x1 * F.odd71 + s3];
  for (let k = 0; k < 4; k += 1) {
    wide[at + k * step] = Math.floor((even[k] + odd[k]) / divisor);
    wide[at + (7 - k) * step] = Math.floor((even[k] - odd[k]) / divisor);
  }
}

/** As `inverseDct8`, for 12-bit samples. @param out u16 @source libjpeg jidctint.c with BITS_IN_JSAMPLE 12 */
export function inverseDct12(levels: Int16Array, from: number, steps: Int32Array, out: Uint16Array, to: number, stride: number): void {
  for (let k = 0; k < 64; k += 1) wide[k] = levels[from + k] * steps[k];
  for (let x = 0; x < 8; x += 1) pass12(x, 8, CONST_BITS - PASS_BITS_12);
  for (let y = 0; y < 8; y += 1) {
    pass12(y * 8, 1, CONST_BITS + PASS_BITS_12 + 3);
    for (let x = 0; x < 8; x += 1) out[to + y * stride + x] = Math.min(4095, Math.max(0, wide[y * 8 + x] + 2048));
  }
}
