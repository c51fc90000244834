import { SYMBOL_COUNTS, countsAt } from './engine.ts';
import { codedBits, optimalTable } from './huffman.ts';
import type { HuffmanPair, HuffmanTable, HuffmanTables } from './huffmanTables.ts';
import { STANDARD_HUFFMAN } from './huffmanTables.ts';

/** The low four bits of a symbol say how many bits follow it. */
const extraBits = (symbol: number): number => symbol & 15;

/**
 * A table made for the counts, unless the standard one codes them in fewer bits.
 * That is rare (codes are cut to 16 bits), but it makes the standard tables' bound hold for all.
 */
function betterTable(counts: ArrayLike<number>, standard: HuffmanTable): HuffmanTable {
  const own = optimalTable(counts);
  return codedBits(counts, own, extraBits) <= codedBits(counts, standard, extraBits) ? own : standard;
}

/** Tables made for a picture. @param counts u32[SYMBOL_COUNTS] */
export function betterTables(counts: Uint32Array): HuffmanTables {
  const of = (tableClass: 0 | 1, kind: 'dc' | 'ac'): Uint32Array => counts.subarray(countsAt(tableClass, kind), countsAt(tableClass, kind) + 256);
  const pair = (tableClass: 0 | 1, standard: HuffmanPair): HuffmanPair => ({ dc: betterTable(of(tableClass, 'dc'), standard.dc), ac: betterTable(of(tableClass, 'ac'), standard.ac) });
  return { luma: pair(0, STANDARD_HUFFMAN.luma), chroma: pair(1, STANDARD_HUFFMAN.chroma) };
}

/** Bits that all counted symbols take, with the bits that follow them. */
export function totalBits(counts: Uint32Array, { luma, chroma }: HuffmanTables): number {
  return [luma.dc, luma.ac, chroma.dc, chroma.ac].reduce((sum, table, index) => sum + codedBits(counts.subarray(index * 256, index * 256 + 256), table, extraBits), 0);
}

/** Counts of several bands taken together. */
export function sumCounts(parts: readonly Uint32Array[]): Uint32Array {
  const sum = new Uint32Array(SYMBOL_COUNTS);
  for (const part of parts) for (let at = 0; at < SYMBOL_COUNTS; at += 1) sum[at] += part[at];
  return sum;
}
