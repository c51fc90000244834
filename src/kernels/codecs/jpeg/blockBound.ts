import { huffmanCodes } from './huffman.ts';
import type { HuffmanCodes } from './huffman.ts';
import type { HuffmanPair } from './huffmanTables.ts';
import { END_OF_BLOCK, RUN_OF_16 } from './engine.ts';
import type { QuantTable } from './quantTables.ts';
import { ZIGZAG } from './quantTables.ts';

/** Samples are −128 … 127 after the level shift. */
const PEAK = 128;
/** How far the integer transform may be from the exact one; generous. */
const TRANSFORM_ERROR = 0.5;
/** Σ of the squares of a block's coefficients is that of its samples (Parseval). */
const ENERGY = 64 * PEAK * PEAK;

/** Σ over x of |basis function u|, of the orthonormal DCT. */
const basisSum = (u: number): number => {
  let sum = 0;
  for (let x = 0; x < 8; x += 1) sum += Math.abs(Math.cos(((2 * x + 1) * u * Math.PI) / 16));
  return sum * (u === 0 ? Math.SQRT1_2 : 1) * 0.5;
};
const BASIS_SUMS = [0, 1, 2, 3, 4, 5, 6, 7].map(basisSum);

const sizeOf = (level: number): number => 32 - Math.clz32(level);

/** What the symbols of each size may cost at one coefficient, and how much energy they need at least. */
interface Position {
  readonly mostSize: number;
  /** By size: the least square of the coefficient whose level has that size. */
  readonly energy: readonly number[];
}

function position(natural: number, table: QuantTable): Position {
  const step = table[natural];
  const amplitude = PEAK * BASIS_SUMS[natural & 7] * BASIS_SUMS[natural >> 3] + TRANSFORM_ERROR;
  const mostSize = sizeOf(Math.floor(amplitude / step + 0.5));
  const energy = Array.from({ length: mostSize + 1 }, (_, size) => Math.max(0, (2 ** (size - 1) - 0.5) * step - TRANSFORM_ERROR) ** 2);
  return { mostSize, energy };
}

const onesIn = (code: number): number => code.toString(2).replaceAll('0', '').length;

/** Bits of a symbol and what follows it, plus those of them that may be ones. */
function symbolCosts({ codes, lengths }: HuffmanCodes, anyBitMayBeOne: boolean): Float64Array {
  return Float64Array.from(codes, (code, symbol) => {
    const size = symbol & 15;
    const bits = lengths[symbol] + size;
    return lengths[symbol] === 0 ? -Infinity : bits + (anyBitMayBeOne ? bits : onesIn(code) + size);
  });
}

/**
 * The dearest choice of levels when energy costs `price` a unit: a walk from the last coefficient to the first, where
 * best[k] is the dearest way to go on behind a level at k.
 */
function dearestAc(positions: readonly Position[], costs: Float64Array, price: number): number {
  const best = new Float64Array(64);
  for (let last = 62; last >= 0; last -= 1) {
    best[last] = costs[END_OF_BLOCK];
    for (let next = last + 1; next < 64; next += 1) {
      const run = next - last - 1;
      const { mostSize, energy } = positions[next];
      const ahead = best[next] + (run >> 4) * costs[RUN_OF_16];
      for (let size = 1; size <= mostSize; size += 1) {
        best[last] = Math.max(best[last], ahead + costs[((run & 15) << 4) | size] - price * energy[size]);
      }
    }
  }
  return best[0];
}

/** The least of a convex function over prices, by trisection. */
function leastOver(boundAt: (price: number) => number): number {
  let [low, high] = [0, 0.05];
  let least = boundAt(0);
  for (let round = 0; round < 14; round += 1) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    const [atLeft, atRight] = [boundAt(left), boundAt(right)];
    least = Math.min(least, atLeft, atRight);
    if (atLeft < atRight) high = right;
    else low = left;
  }
  return least;
}

/**
 * The most bits, ones counted twice, that one block can take with these tables.
 *
 * DC: the dearest size of a difference of two DC levels. AC: the dearest run of symbols among the levels that a block can
 * have: each coefficient is at most 128 · Σ|basis|, and their squares sum to at most 64 · 128². The second condition is
 * relaxed with a price (Lagrange): for every price ≥ 0, price · energy + dearest(price) is a bound; the least is taken.
 * @param anyBitMayBeOne for Huffman tables made for the picture, whose codes are not known beforehand
 */
export function blockBoundBits(table: QuantTable, { dc, ac }: HuffmanPair, anyBitMayBeOne: boolean): number {
  const dcCosts = symbolCosts(huffmanCodes(dc), anyBitMayBeOne);
  const largestDc = Math.floor((8 * PEAK + TRANSFORM_ERROR) / table[0] + 0.5);
  const dcBound = Math.max(...dcCosts.subarray(0, sizeOf(2 * largestDc) + 1));
  const acCosts = symbolCosts(huffmanCodes(ac), anyBitMayBeOne);
  const positions = ZIGZAG.map((natural) => position(natural, table));
  return dcBound + leastOver((price) => price * ENERGY + dearestAc(positions, acCosts, price));
}
