import type { HuffmanTable } from './huffmanTables.ts';

/** Code and length of every symbol; length 0: the table has no such symbol. */
export interface HuffmanCodes {
  readonly codes: Uint16Array;
  readonly lengths: Uint8Array;
}

/** @source ITU-T T.81, annex C.2: codes of one length follow each other, and each length starts where the last left off, doubled */
export function huffmanCodes({ counts, symbols }: HuffmanTable): HuffmanCodes {
  const codes = new Uint16Array(256);
  const lengths = new Uint8Array(256);
  let code = 0;
  let next = 0;
  for (const [index, count] of counts.entries()) {
    for (const symbol of symbols.slice(next, next + count)) {
      codes[symbol] = code;
      lengths[symbol] = index + 1;
      code += 1;
    }
    next += count;
    code <<= 1;
  }
  return { codes, lengths };
}

/** A symbol that no block has, so that no code is all ones. */
const RESERVED = 256;
const LONGEST_CODE = 16;

/** The least frequent symbol that is left, the highest of equals; −1 when none is. */
function rarest(frequencies: Float64Array, except: number): number {
  let found = -1;
  for (let symbol = 0; symbol < frequencies.length; symbol += 1) {
    if (symbol === except || frequencies[symbol] === 0) continue;
    if (found < 0 || frequencies[symbol] <= frequencies[found]) found = symbol;
  }
  return found;
}

/** Code lengths without a limit, by merging the two rarest groups until one is left. */
function codeLengths(counts: ArrayLike<number>): Uint16Array {
  const frequencies = Float64Array.from({ length: RESERVED + 1 }, (_, symbol) => (symbol === RESERVED ? 1 : counts[symbol]));
  const group = Array.from(frequencies, (_, symbol) => [symbol]);
  const lengths = new Uint16Array(RESERVED + 1);
  for (;;) {
    const first = rarest(frequencies, -1);
    const second = rarest(frequencies, first);
    if (second < 0) return lengths;
    frequencies[first] += frequencies[second];
    frequencies[second] = 0;
    group[first].push(...group[second]);
    for (const symbol of group[first]) lengths[symbol] += 1;
  }
}

/** Moves pairs of codes that are too long up the tree. @source ITU-T T.81, figure K.3 */
function limitLengths(perLength: Uint16Array): void {
  for (let length = perLength.length - 1; length > LONGEST_CODE; length -= 1) {
    while (perLength[length] > 0) {
      let shorter = length - 2;
      while (perLength[shorter] === 0) shorter -= 1;
      perLength[length] -= 2;
      perLength[length - 1] += 1;
      perLength[shorter + 1] += 2;
      perLength[shorter] -= 1;
    }
  }
}

/**
 * The best table for the given symbol counts; ties are settled as libjpeg settles them.
 * @param counts how often each of the 256 symbols occurs; at least one does
 * @source ITU-T T.81, annex K.2; libjpeg jchuff.c: jpeg_gen_optimal_table
 */
export function optimalTable(counts: ArrayLike<number>): HuffmanTable {
  const lengths = codeLengths(counts);
  const perLength = new Uint16Array(RESERVED + 2);
  for (const length of lengths) if (length > 0) perLength[length] += 1;
  limitLengths(perLength);
  let longest = LONGEST_CODE;
  while (perLength[longest] === 0) longest -= 1;
  // The reserved symbol had the last of the longest codes.
  perLength[longest] -= 1;
  const symbols = Array.from({ length: RESERVED }, (_, symbol) => symbol).filter((symbol) => lengths[symbol] > 0);
  // A stable sort: symbols of one length stay in their own order.
  symbols.sort((a, b) => lengths[a] - lengths[b]);
  return { counts: Array.from(perLength.subarray(1, LONGEST_CODE + 1)), symbols };
}

/** Bits that the counted symbols take, their extra bits included. @param extraBits those that follow a symbol */
export function codedBits(counts: ArrayLike<number>, table: HuffmanTable, extraBits: (symbol: number) => number): number {
  const { lengths } = huffmanCodes(table);
  let bits = 0;
  for (let symbol = 0; symbol < RESERVED; symbol += 1) bits += counts[symbol] * (lengths[symbol] + extraBits(symbol));
  return bits;
}
