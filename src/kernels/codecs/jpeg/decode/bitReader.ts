import type { HuffmanLookup } from './lookup.ts';
import { LOOK_BITS, extend } from './lookup.ts';

/** Zero bytes behind the data: more than one MCU can take. */
export const PADDING_BYTES = 32_768;

/**
 * Entropy-coded bytes without their stuffing (FF 00 is FF), zeros behind them.
 * @param target receives them from `at`; holds `to − from + PADDING_BYTES` more   @returns bytes written
 */
export function unstuff(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  let [read, write] = [from, at];
  while (read < to) {
    const next = bytes.indexOf(0xff, read);
    const end = next < 0 || next >= to ? to : next + 1;
    target.set(bytes.subarray(read, end), write);
    write += end - read;
    read = end;
    if (next < 0 || next >= to) break;
    // Fill bytes, then the stuffed zero.
    while (read < to && bytes[read] === 0xff) read += 1;
    if (read < to && bytes[read] === 0) read += 1;
    else if (read >= to) write -= 1;
  }
  target.fill(0, write, write + PADDING_BYTES);
  return write - at;
}

/** Bits of unstuffed bytes, the most significant first. Behind the end there are zeros, and `isExhausted` says so. */
export class BitReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #base = 0;
  #length = 0;
  #bit = 0;
  /** Codes that no table has, each read as a symbol of 0. */
  badCodes = 0;

  /** @param length bytes of data; at least `PADDING_BYTES` zeros follow */
  open(bytes: Uint8Array, length: number): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    [this.#base, this.#bit, this.#length] = [0, 0, length];
  }

  /** More bits were taken than there are. Also keeps the bit position small. */
  isExhausted(): boolean {
    this.#base += this.#bit >>> 3;
    this.#bit &= 7;
    return this.#base * 8 + this.#bit > this.#length * 8;
  }

  /** The next 32 bits, not taken. */
  peek(): number {
    const at = this.#base + (this.#bit >>> 3);
    const shift = this.#bit & 7;
    return (this.#view.getInt32(at) << shift) | (this.#bytes[at + 4] >>> (8 - shift));
  }

  drop(count: number): void {
    this.#bit += count;
  }

  bits(count: number): number {
    if (count === 0) return 0;
    const value = this.peek() >>> (32 - count);
    this.#bit += count;
    return value;
  }

  level(size: number): number {
    return extend(this.bits(size), size);
  }

  symbol(table: HuffmanLookup): number {
    const window = this.peek();
    const entry = table.entries[window >>> (32 - LOOK_BITS)];
    const symbol = (entry >> 8) & 255;
    const length = (entry & 31) - ((entry & 32) === 0 ? 0 : symbol & 15);
    if (length > 0) {
      this.#bit += length;
      return symbol;
    }
    return this.longSymbol(table, window >>> 16);
  }

  /** A code longer than the look. @param window the next 16 bits */
  longSymbol(table: HuffmanLookup, window: number): number {
    let length = LOOK_BITS + 1;
    while (window >= table.limits[length]) length += 1;
    if (length > 16) {
      this.#bit += 16;
      this.badCodes += 1;
      return 0;
    }
    this.#bit += length;
    return table.symbols[((window >> (16 - length)) + table.offsets[length]) & 255];
  }
}
