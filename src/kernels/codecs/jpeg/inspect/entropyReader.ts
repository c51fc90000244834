import type { HuffmanTable } from '../huffmanTables.ts';
import { isRestart } from '../format/codes.ts';
import { unreadable } from '../format/segments.ts';

/** For each length of 1 … 16 bits: the first code, the last, and where its symbols start. @source ITU-T T.81, F.2.2.3 */
export interface HuffmanDecoder {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly start: readonly number[];
  readonly symbols: readonly number[];
}

export function huffmanDecoder({ counts, symbols }: HuffmanTable): HuffmanDecoder {
  const [first, last, start]: [number[], number[], number[]] = [[], [], []];
  let code = 0;
  let next = 0;
  for (const count of counts) {
    first.push(code);
    start.push(next);
    code += count;
    next += count;
    last.push(code - 1);
    code <<= 1;
  }
  return { first, last, start, symbols };
}

/** Bits of entropy-coded bytes; a stuffed zero is skipped, a marker is not passed. */
export class EntropyReader {
  readonly #bytes: Uint8Array;
  #at: number;
  readonly #end: number;
  #bit = 0;

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
  }

  /** Byte and bit in the file where the next bit is. */
  get position(): { readonly byte: number; readonly bit: number } {
    return { byte: this.#at, bit: this.#bit };
  }

  /** @throws LabError `jpeg/unreadable` at the end of the bytes or at a marker */
  bit(): number {
    const byte = this.#bytes[this.#at];
    const atMarker = byte === 0xff && this.#bytes[this.#at + 1] !== 0;
    if (this.#at >= this.#end || atMarker) throw unreadable(`The entropy-coded bytes end at byte ${String(this.#at)}, in the middle of a block.`);
    const value = (byte >> (7 - this.#bit)) & 1;
    this.#bit += 1;
    if (this.#bit === 8) {
      this.#bit = 0;
      this.#at += byte === 0xff ? 2 : 1;
    }
    return value;
  }

  bits(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left -= 1) value = (value << 1) | this.bit();
    return value;
  }

  /** A level of that many bits: those that begin with 0 are negative. @source ITU-T T.81, F.2.2.1 (EXTEND) */
  level(size: number): number {
    if (size === 0) return 0;
    const value = this.bits(size);
    return value < 2 ** (size - 1) ? value - 2 ** size + 1 : value;
  }

  symbol({ first, last, start, symbols }: HuffmanDecoder): number {
    let code = 0;
    for (let length = 0; length < 16; length += 1) {
      code = (code << 1) | this.bit();
      if (code <= last[length]) return symbols[start[length] + code - first[length]];
    }
    throw unreadable(`There is no Huffman code at byte ${String(this.#at)}.`);
  }

  /** Skips the rest of the byte and the restart marker behind it. @throws LabError `jpeg/unreadable` when there is none */
  restart(): void {
    if (this.#bit > 0) this.#at += this.#bytes[this.#at] === 0xff ? 2 : 1;
    this.#bit = 0;
    const marker = this.#bytes[this.#at + 1];
    if (this.#at + 1 >= this.#end || this.#bytes[this.#at] !== 0xff || !isRestart(marker)) throw unreadable(`A restart marker was expected at byte ${String(this.#at)}.`);
    this.#at += 2;
  }
}
