import { unreadable } from '../format/segments.ts';
import type { HuffmanTable } from '../huffmanTables.ts';

/** Bits of the code that one look decides. */
export const LOOK_BITS = 10;

/** The entry's value is complete: code, size and the bits behind it were all inside the look. */
export const COMPLETE = 32;
/** Bits 0 … 4: how many to drop (0: the code is longer than the look); bit 5: COMPLETE; bits 8 … 15: symbol; bits 16 … 31: the level. */
export interface HuffmanLookup {
  /** i32[1024], by the next ten bits. */
  readonly entries: Int32Array;
  /** For codes of 1 … 16 bits, left-aligned to 16: the first value above them; 65 536 behind the longest. */
  readonly limits: Int32Array;
  /** Added to a code of that length, it gives the index of its symbol. */
  readonly offsets: Int32Array;
  readonly symbols: Uint8Array;
}

/** @source ITU-T T.81, F.2.2.1 (EXTEND) */
export const extend = (bits: number, size: number): number => (size > 0 && bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits);

function entryOf(prefix: number, length: number, symbol: number, isAc: boolean): number {
  const size = symbol & 15;
  const total = length + size;
  if (!isAc || size === 0 || total > LOOK_BITS) return (symbol << 8) | length;
  const bits = (prefix >> (LOOK_BITS - total)) & ((1 << size) - 1);
  return (extend(bits, size) << 16) | (symbol << 8) | COMPLETE | total;
}

/**
 * A table by which most symbols, and most AC levels with them, are found in one look.
 * @throws LabError `jpeg/unreadable` when the lengths make no prefix code
 * @source ITU-T T.81, annex C.2, F.2.2.3
 */
export function huffmanLookup({ counts, symbols }: HuffmanTable, isAc: boolean): HuffmanLookup {
  const entries = new Int32Array(1 << LOOK_BITS);
  const [limits, offsets] = [new Int32Array(18), new Int32Array(18)];
  let [code, next] = [0, 0];
  for (let length = 1; length <= 16; length += 1) {
    offsets[length] = next - code;
    for (let left = counts[length - 1]; left > 0; left -= 1) {
      if (code >= 1 << length) throw unreadable(`A Huffman table has more codes of ${String(length)} bits than there are.`);
      const span = length <= LOOK_BITS ? 1 << (LOOK_BITS - length) : 0;
      for (let index = 0; index < span; index += 1) {
        const prefix = code * span + index;
        entries[prefix] = entryOf(prefix, length, symbols[next], isAc);
      }
      code += 1;
      next += 1;
    }
    limits[length] = code << (16 - length);
    code <<= 1;
  }
  limits[17] = 0x10000;
  return { entries, limits, offsets, symbols: Uint8Array.from({ length: 256 }, (_, index) => symbols[index] ?? 0) };
}
