import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forwardDct } from './fdct.ts';
import { codedBits, huffmanCodes, optimalTable } from './huffman.ts';
import { STANDARD_HUFFMAN } from './huffmanTables.ts';
import { MARKER, isFrameHeader, isRestart, isSelfStanding } from './format/codes.ts';
import { utf8 } from './markers.ts';
import { divideLane, laneDivisor, quantise } from './quantise.ts';
import { ANNEX_K_CHROMA, ANNEX_K_LUMA, ZIGZAG, scaleTable } from './quantTables.ts';
import { stageClock } from './stages.ts';

/** The DCT as T.81 A.3.3 writes it, in float64. */
function exactDct(samples: ArrayLike<number>): readonly number[] {
  const c = (u: number): number => (u === 0 ? Math.SQRT1_2 : 1);
  return Array.from({ length: 64 }, (_, index) => {
    const [v, u] = [index >> 3, index & 7];
    let sum = 0;
    for (let y = 0; y < 8; y += 1) for (let x = 0; x < 8; x += 1) sum += (samples[y * 8 + x] - 128) * Math.cos(((2 * x + 1) * u * Math.PI) / 16) * Math.cos(((2 * y + 1) * v * Math.PI) / 16);
    return (c(u) * c(v) * sum) / 4;
  });
}

const blocks = fc.oneof(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.array(fc.constantFrom(0, 255), { minLength: 64, maxLength: 64 }).map((values) => Uint8Array.from(values)));

describe('the forward DCT', () => {
  test('is within a quarter of the formula for any block', () => fc.assert(fc.property(blocks, (samples) => {
    const block = new Int32Array(64);
    forwardDct(samples, 0, 8, 1, block);
    for (const [index, exact] of exactDct(samples).entries()) expect(Math.abs(block[index] / 8 - exact)).toBeLessThan(0.25);
  }), { numRuns: 500 }));

  test('of a flat block is its mean in the first coefficient, to the bit', () => {
    for (let value = 0; value < 256; value += 1) {
      const block = new Int32Array(64);
      forwardDct(new Uint8Array(64).fill(value), 0, 8, 1, block);
      expect([...block]).toEqual([(value - 128) * 64, ...new Array<number>(63).fill(0)]);
    }
  });

  test('reads samples at any distance and stride', () => {
    const [spread, tight] = [new Int32Array(64), new Int32Array(64)];
    const source = Uint8Array.from({ length: 1000 }, (_, at) => (at * 89) & 255);
    forwardDct(source, 13, 101, 4, spread);
    forwardDct(Uint8Array.from({ length: 64 }, (_, at) => source[13 + (at >> 3) * 101 + (at & 7) * 4]), 0, 8, 1, tight);
    expect(spread).toEqual(tight);
  });
});

describe('quantisation', () => {
  test('rounds half away from zero', () => {
    const coefficients = Int32Array.from({ length: 64 }, (_, index) => [0, 39, 40, 41, -39, -40, -41, 120][index & 7]);
    const levels = new Int16Array(64);
    quantise(coefficients, new Uint8Array(64).fill(10), levels, 0);
    expect([...levels.subarray(0, 8)]).toEqual([0, 0, 1, 1, 0, -1, -1, 2]);
  });

  test('in 16-bit lanes equals the division, for every step and every coefficient there can be', () => {
    let wrong = 0;
    for (let step = 1; step <= 255; step += 1) {
      const divisor = laneDivisor(step);
      for (let magnitude = 0; magnitude <= 9000; magnitude += 1) if (divideLane(magnitude, divisor) !== Math.floor((magnitude + 4 * step) / (8 * step))) wrong += 1;
    }
    expect(wrong).toBe(0);
  });

  test.each([[50, 16, 17], [75, 8, 9], [100, 1, 1], [1, 255, 255], [10, 80, 85], [25, 32, 34]])('quality %i scales the first steps to %i and %i', (quality, luma, chroma) => {
    expect([scaleTable(ANNEX_K_LUMA, quality)[0], scaleTable(ANNEX_K_CHROMA, quality)[0]]).toEqual([luma, chroma]);
  });

  test('the zigzag visits every coefficient once, each a neighbour of the last', () => {
    expect(new Set(ZIGZAG).size).toBe(64);
    for (let k = 1; k < 64; k += 1) {
      const [across, down] = [(ZIGZAG[k] & 7) - (ZIGZAG[k - 1] & 7), (ZIGZAG[k] >> 3) - (ZIGZAG[k - 1] >> 3)];
      expect(Math.max(Math.abs(across), Math.abs(down))).toBe(1);
    }
  });
});

const countsOf = (entries: readonly (readonly [symbol: number, count: number])[]): Float64Array => {
  const counts = new Float64Array(256);
  for (const [symbol, count] of entries) counts[symbol] = count;
  return counts;
};
const histograms = fc.uniqueArray(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 1_000_000 })), { minLength: 1, maxLength: 256, selector: ([symbol]) => symbol }).map(countsOf);

/** Bits of the best code there is, lengths without a limit. @source Huffman 1952: the sum of all merged weights */
function huffmanCost(counts: Float64Array): number {
  const weights = [...counts].filter((count) => count > 0);
  let cost = 0;
  while (weights.length > 1) {
    weights.sort((a, b) => b - a);
    const merged = (weights.pop() ?? 0) + (weights.pop() ?? 0);
    cost += merged;
    weights.push(merged);
  }
  return cost;
}

describe('optimal Huffman tables', () => {
  test('have prefix-free codes of at most 16 bits, none all ones, one for each symbol that occurs', () => fc.assert(fc.property(histograms, (counts) => {
    const table = optimalTable(counts);
    const { codes, lengths } = huffmanCodes(table);
    expect([...lengths].map((length) => length > 0)).toEqual([...counts].map((count) => count > 0));
    const words = table.symbols.map((symbol) => codes[symbol].toString(2).padStart(lengths[symbol], '0'));
    expect(table.counts).toHaveLength(16);
    for (const word of words) expect(word).not.toMatch(/^1+$/);
    const sorted = words.toSorted();
    for (let at = 1; at < sorted.length; at += 1) expect(sorted[at].startsWith(sorted[at - 1])).toBe(false);
  })));

  test('cost no more than the best code plus what the reserved code costs', () => fc.assert(fc.property(histograms, (counts) => {
    const withReserved = Float64Array.from([...counts, 1]);
    const bits = codedBits(counts, optimalTable(counts), () => 0);
    const best = huffmanCost(withReserved);
    expect(bits).toBeLessThanOrEqual(best);
    // Codes cut to 16 bits and the reserved code's own length are all that is between the two.
    expect(bits).toBeGreaterThan(best * 0.98 - 33);
  })));

  test('counts that grow like Fibonacci numbers would make codes of 40 bits; they are cut to 16', () => {
    const fibonacci: number[] = [1, 1];
    while (fibonacci.length < 41) fibonacci.push((fibonacci.at(-1) ?? 0) + (fibonacci.at(-2) ?? 0));
    const { lengths } = huffmanCodes(optimalTable(countsOf(fibonacci.map((count, symbol) => [symbol, count]))));
    expect(Math.max(...lengths)).toBe(16);
    expect(lengths.reduce((sum, length) => sum + (length > 0 ? 2 ** -length : 0), 0)).toBeLessThan(1);
  });

  test.each([
    ['DC luma', STANDARD_HUFFMAN.luma.dc, 12], ['AC luma', STANDARD_HUFFMAN.luma.ac, 162], ['DC chroma', STANDARD_HUFFMAN.chroma.dc, 12], ['AC chroma', STANDARD_HUFFMAN.chroma.ac, 162],
  ])('the standard table %s is complete: each symbol once, only the all-ones code left over', (_name, table, symbols) => {
    const { lengths } = huffmanCodes(table);
    expect(new Set(table.symbols).size).toBe(symbols);
    const longest = Math.max(...lengths);
    expect(lengths.reduce((sum, length) => sum + (length > 0 ? 2 ** (longest - length) : 0), 0)).toBe(2 ** longest - 1);
  });
});

test.each([['', []], ['aé', [0x61, 0xc3, 0xa9]], ['🙂', [0xf0, 0x9f, 0x99, 0x82]], ['\ud800', [0xef, 0xbf, 0xbd]], ['a\n%', [0x61, 0x0a, 0x25]]])('a comment is UTF-8: %j', (text, bytes) => {
  expect([...utf8(text)]).toEqual(bytes);
});

test('of all marker codes, 13 begin a frame, 8 are restarts, and 11 have no length', () => {
  const codes = Array.from({ length: 256 }, (_, code) => code);
  expect(codes.filter(isFrameHeader)).toEqual([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
  expect(codes.filter(isRestart)).toEqual([0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7]);
  expect(codes.filter(isSelfStanding)).toEqual([MARKER.TEM, ...codes.filter(isRestart), MARKER.SOI, MARKER.EOI]);
});

test('a stage clock sums what it measures, by stage, and nobody listening costs no report', () => {
  let now = 0;
  const heard: unknown[] = [];
  const clock = stageClock((times) => heard.push(times), () => now);
  for (const ms of [5, 7]) clock.measure('entropy', () => { now += ms; });
  clock.measure('gather', () => { now += 1; });
  clock.copied('gather', 640);
  clock.report();
  expect(heard).toEqual([[{ stage: 'entropy', ms: 12, copiedBytes: 0 }, { stage: 'gather', ms: 1, copiedBytes: 640 }]]);
  expect(stageClock(undefined).measure('count', () => 3)).toBe(3);
});
