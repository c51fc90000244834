/** Fraction bits of the constants, and of the values between the two passes. */
export const CONST_BITS = 13;
export const PASS_BITS = 2;

/** A constant of the transform as a whole number over 2¹³. */
export const fixed = (value: number): number => Math.round(value * 2 ** CONST_BITS);

/** Sines and cosines of the Loeffler–Ligtenberg–Moschytz transform, scaled by √2. */
export const DCT = {
  c0_298: fixed(0.298631336), c0_390: fixed(0.390180644), c0_541: fixed(0.541196100), c0_765: fixed(0.765366865),
  c0_899: fixed(0.899976223), c1_175: fixed(1.175875602), c1_501: fixed(1.501321110), c1_847: fixed(1.847759065),
  c1_961: fixed(1.961570560), c2_053: fixed(2.053119869), c2_562: fixed(2.562915447), c3_072: fixed(3.072711026),
} as const;

const LEVEL_SHIFT = 128;

/**
 * One pass over a row or a column, in place.
 * @param at first value   @param step from one value to the next
 * @param shift bits to drop from products; the sums of the even part are scaled by `up` bits, or dropped by −`up`
 */
function pass(block: Int32Array, at: number, step: number, shift: number, up: number): void {
  const s0 = block[at] + block[at + 7 * step], d0 = block[at] - block[at + 7 * step];
  const s1 = block[at + step] + block[at + 6 * step], d1 = block[at + step] - block[at + 6 * step];
  const s2 = block[at + 2 * step] + block[at + 5 * step], d2 = block[at + 2 * step] - block[at + 5 * step];
  const s3 = block[at + 3 * step] + block[at + 4 * step], d3 = block[at + 3 * step] - block[at + 4 * step];
  const half = 1 << (shift - 1);
  const e0 = s0 + s3, e3 = s0 - s3, e1 = s1 + s2, e2 = s1 - s2;
  const z1 = (e2 + e3) * DCT.c0_541;
  block[at] = up > 0 ? (e0 + e1) << up : (e0 + e1 + (1 << (-up - 1))) >> -up;
  block[at + 4 * step] = up > 0 ? (e0 - e1) << up : (e0 - e1 + (1 << (-up - 1))) >> -up;
  block[at + 2 * step] = (z1 + e3 * DCT.c0_765 + half) >> shift;
  block[at + 6 * step] = (z1 - e2 * DCT.c1_847 + half) >> shift;
  const z5 = (d3 + d1 + d2 + d0) * DCT.c1_175;
  const z3 = z5 - (d3 + d1) * DCT.c1_961, z4 = z5 - (d2 + d0) * DCT.c0_390;
  const outer = (d3 + d0) * DCT.c0_899, inner = (d2 + d1) * DCT.c2_562;
  block[at + 7 * step] = (d3 * DCT.c0_298 - outer + z3 + half) >> shift;
  block[at + 5 * step] = (d2 * DCT.c2_053 - inner + z4 + half) >> shift;
  block[at + 3 * step] = (d1 * DCT.c3_072 - inner + z3 + half) >> shift;
  block[at + step] = (d0 * DCT.c1_501 - outer + z4 + half) >> shift;
}

/**
 * Forward DCT of one 8×8 block, equal to libjpeg's “islow” to the bit: rows, then columns.
 * @param source samples 0 … 255, `step` bytes apart, rows `stride` bytes apart, the first at `at`
 * @param block receives the coefficients × 8, row by row
 * @source C. Loeffler, A. Ligtenberg, G. Moschytz: Practical fast 1-D DCT algorithms with 11 multiplications, ICASSP 1989;
 *   rounding as in libjpeg jfdctint.c
 */
export function forwardDct(source: Uint8Array, at: number, stride: number, step: number, block: Int32Array): void {
  for (let y = 0; y < 8; y += 1) {
    const row = at + y * stride;
    for (let x = 0; x < 8; x += 1) block[y * 8 + x] = source[row + x * step] - LEVEL_SHIFT;
    pass(block, y * 8, 1, CONST_BITS - PASS_BITS, PASS_BITS);
  }
  for (let x = 0; x < 8; x += 1) pass(block, x, 8, CONST_BITS + PASS_BITS, -PASS_BITS);
}
