/**
 * Deflate into memory of a known size: nothing is ever written beyond it, and what was read before a fault is kept.
 * @source RFC 1951
 */

/** How an inflation ended. `full`: the target is full and the data go on; `short`: the data end first; `broken`: the data are no deflate from there on. */
export interface Inflated {
  readonly end: 'whole' | 'full' | 'short' | 'broken';
  /** Bytes of the target that were written. */
  readonly written: number;
  /** Bytes of the source that were read, up to the end of the stream where it was reached. */
  readonly read: number;
}

const LONGEST_CODE = 15;
/** Codes up to this length are found in one look-up, longer ones in two. */
const [LITERAL_BITS, DISTANCE_BITS] = [10, 8];
const END_OF_BLOCK = 256;

/** Base and extra bits of the lengths 257 … 285. */
const LENGTH_EXTRA = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0);
const LENGTH_BASE = Uint16Array.from(LENGTH_EXTRA, (_, index) => (index === 28 ? 258 : 3 + LENGTH_EXTRA.subarray(0, index).reduce((sum, bits) => sum + (1 << bits), 0)));
/** Base and extra bits of the distances 0 … 29. */
const DISTANCE_EXTRA = Uint8Array.from({ length: 30 }, (_, index) => Math.max(0, (index >> 1) - 1));
const DISTANCE_BASE = Uint16Array.from(DISTANCE_EXTRA, (_, index) => 1 + DISTANCE_EXTRA.subarray(0, index).reduce((sum, bits) => sum + (1 << bits), 0));
/** The order in which a block gives the lengths of its code-length code. */
const CODE_LENGTH_ORDER = Uint8Array.of(16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15);

/**
 * By the next `root` bits: `symbol << 4 | bits`, −1 where no symbol has that code, or below it `−2 − (offset << 4 | further)`
 * where the next `further` bits tell, in a second table at that offset.
 */
interface Codes {
  readonly root: number;
  readonly entries: Int32Array;
}

function reversed(code: number, bits: number): number {
  let [out, rest] = [0, code];
  for (let bit = 0; bit < bits; bit += 1) [out, rest] = [(out << 1) | (rest & 1), rest >> 1];
  return out;
}

/** Codes per length; undefined where the lengths claim more codes than there are, or fewer but for one lone code. */
function countLengths(lengths: Uint8Array): Uint16Array | undefined {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  let left = 1;
  for (let bits = 1; bits <= LONGEST_CODE; bits += 1) {
    left = left * 2 - (counts[bits] ?? 0);
    if (left < 0) return undefined;
  }
  const used = counts.reduce((sum, count) => sum + count, 0);
  return left === 0 || (used <= 1 && (counts[1] ?? 0) === used) ? counts : undefined;
}

/** The look-up tables of a canonical code; undefined where the lengths make none. @param lengths bits of each symbol's code, 0: unused */
function codesOf(lengths: Uint8Array, root: number): Codes | undefined {
  const counts = countLengths(lengths);
  if (counts === undefined) return undefined;
  const next = new Uint16Array(LONGEST_CODE + 2);
  for (let bits = 1; bits <= LONGEST_CODE; bits += 1) next[bits + 1] = ((next[bits] ?? 0) + (counts[bits] ?? 0)) << 1;
  const deeper = new Uint8Array(1 << root);
  const codes = Uint16Array.from(lengths, (bits) => (bits === 0 ? 0 : reversed((next[bits] = (next[bits] ?? 0) + 1) - 1, bits)));
  for (const [symbol, bits] of lengths.entries()) if (bits > root) deeper[(codes[symbol] ?? 0) & ((1 << root) - 1)] = Math.max(deeper[(codes[symbol] ?? 0) & ((1 << root) - 1)] ?? 0, bits - root);
  const entries = new Int32Array((1 << root) + deeper.reduce((sum, bits) => sum + (bits > 0 ? 1 << bits : 0), 0)).fill(-1);
  let end = 1 << root;
  for (const [low, bits] of deeper.entries()) {
    if (bits === 0) continue;
    entries[low] = -2 - ((end << 4) | bits);
    end += 1 << bits;
  }
  for (const [symbol, bits] of lengths.entries()) {
    if (bits === 0) continue;
    const code = codes[symbol] ?? 0;
    const low = code & ((1 << root) - 1);
    const [from, first, room, step] = bits <= root ? [0, code, 1 << root, 1 << bits] : [(-2 - (entries[low] ?? 0)) >> 4, code >> root, 1 << (deeper[low] ?? 0), 1 << (bits - root)];
    for (let at = first; at < room; at += step) entries[from + at] = (symbol << 4) | (bits <= root ? bits : bits - root);
  }
  return { root, entries };
}

const fixedLengths = (): Uint8Array => Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8));

let fixed: readonly [Codes, Codes] | undefined;

function fixedCodes(): readonly [Codes, Codes] {
  if (fixed !== undefined) return fixed;
  const [literals, distances] = [codesOf(fixedLengths(), LITERAL_BITS), codesOf(new Uint8Array(32).fill(5), DISTANCE_BITS)];
  if (literals === undefined || distances === undefined) throw new TypeError('The fixed codes are complete.');
  fixed = [literals, distances];
  return fixed;
}

/** One run over a source. The state of the bit buffer lives here between blocks, in locals within one. */
class Inflater {
  at: number;
  written = 0;
  private hold = 0;
  private bits = 0;
  private readonly source: Uint8Array;
  private readonly target: Uint8Array;

  constructor(source: Uint8Array, from: number, target: Uint8Array) {
    this.source = source;
    this.target = target;
    this.at = from;
  }

  run(): Inflated {
    for (;;) {
      const isLast = this.take(1) === 1;
      const end = this.block(this.take(2));
      if (end !== 'whole' || this.isPast()) return { end: this.isPast() ? 'short' : end, written: this.written, read: Math.min(this.at, this.source.length) };
      if (isLast) break;
    }
    // Whole bytes that were taken ahead are given back.
    this.at -= this.bits >> 3;
    return { end: 'whole', written: this.written, read: Math.min(this.at, this.source.length) };
  }

  /** Whether bits were used that are behind the source's end: they read as 0. */
  private isPast(): boolean {
    return this.at - (this.bits >> 3) > this.source.length;
  }

  /** @param count 16 at most */
  private take(count: number): number {
    while (this.bits < count) {
      this.hold |= (this.source[this.at++] ?? 0) << this.bits;
      this.bits += 8;
    }
    const value = this.hold & ((1 << count) - 1);
    this.hold >>>= count;
    this.bits -= count;
    return value;
  }

  private block(kind: number): Inflated['end'] {
    if (this.isPast()) return 'short';
    if (kind === 0) return this.stored();
    if (kind === 3) return 'broken';
    const codes = kind === 1 ? fixedCodes() : this.dynamicCodes();
    if (codes === undefined) return 'broken';
    if (this.isPast()) return 'short';
    return this.coded(...codes);
  }

  private stored(): Inflated['end'] {
    this.take(this.bits & 7);
    const [length, complement] = [this.take(16), this.take(16)];
    if (this.isPast()) return 'short';
    if ((length ^ complement) !== 0xffff) return 'broken';
    this.at -= this.bits >> 3;
    [this.hold, this.bits] = [0, 0];
    const count = Math.min(length, this.source.length - this.at, this.target.length - this.written);
    this.target.set(this.source.subarray(this.at, this.at + count), this.written);
    this.written += count;
    this.at += count;
    if (count === length) return 'whole';
    return this.written === this.target.length ? 'full' : 'short';
  }

  private dynamicCodes(): readonly [Codes, Codes] | undefined {
    const [literals, distances, given] = [this.take(5) + 257, this.take(5) + 1, this.take(4) + 4];
    if (literals > 286 || distances > 30) return undefined;
    const own = new Uint8Array(19);
    for (let index = 0; index < given; index += 1) own[CODE_LENGTH_ORDER[index] ?? 0] = this.take(3);
    const codes = codesOf(own, 7);
    if (codes === undefined) return undefined;
    const lengths = new Uint8Array(literals + distances);
    for (let index = 0; index < lengths.length;) {
      const symbol = this.symbol(codes);
      if (symbol < 0 || this.isPast()) return undefined;
      if (symbol < 16) {
        lengths[index++] = symbol;
        continue;
      }
      const repeated = symbol === 16 ? lengths[index - 1] : 0;
      const count = symbol === 16 ? 3 + this.take(2) : symbol === 17 ? 3 + this.take(3) : 11 + this.take(7);
      if (repeated === undefined || index + count > lengths.length) return undefined;
      lengths.fill(repeated, index, index + count);
      index += count;
    }
    const [first, second] = [codesOf(lengths.subarray(0, literals), LITERAL_BITS), codesOf(lengths.subarray(literals), DISTANCE_BITS)];
    return first === undefined || second === undefined || lengths[END_OF_BLOCK] === 0 ? undefined : [first, second];
  }

  /** A symbol of a code without second tables; −1 where there is none. */
  private symbol({ root, entries }: Codes): number {
    while (this.bits < root) {
      this.hold |= (this.source[this.at++] ?? 0) << this.bits;
      this.bits += 8;
    }
    const entry = entries[this.hold & ((1 << root) - 1)] ?? -1;
    if (entry < 0) return -1;
    this.hold >>>= entry & 15;
    this.bits -= entry & 15;
    return entry >> 4;
  }

  /** The loop that takes the time: literals and copies up to the block's end. */
  private coded(literals: Codes, distances: Codes): Inflated['end'] {
    const { source, target } = this;
    const [room, sourceEnd] = [target.length, source.length];
    const [literalEntries, distanceEntries] = [literals.entries, distances.entries];
    const [literalMask, distanceMask] = [(1 << LITERAL_BITS) - 1, (1 << DISTANCE_BITS) - 1];
    let { at, written, hold, bits } = this;
    let end: Inflated['end'] = 'whole';
    for (;;) {
      if (at > sourceEnd && at - (bits >> 3) > sourceEnd) {
        // The literal before was made of bits that are not there.
        written -= 1;
        end = 'short';
        break;
      }
      if (bits < LONGEST_CODE) {
        hold |= (source[at] | (source[at + 1] << 8)) << bits;
        at += 2;
        bits += 16;
      }
      let entry = literalEntries[hold & literalMask];
      if (entry < 0) {
        if (entry < -1) {
          hold >>>= LITERAL_BITS;
          bits -= LITERAL_BITS;
          entry = literalEntries[((-2 - entry) >> 4) + (hold & ((1 << ((-2 - entry) & 15)) - 1))];
        }
        if (entry < 0) { end = 'broken'; break; }
      }
      hold >>>= entry & 15;
      bits -= entry & 15;
      const symbol = entry >> 4;
      if (symbol < END_OF_BLOCK) {
        if (written === room) { end = 'full'; break; }
        target[written++] = symbol;
        continue;
      }
      if (symbol === END_OF_BLOCK) break;
      if (symbol > 285) { end = 'broken'; break; }
      const lengthExtra = LENGTH_EXTRA[symbol - 257];
      while (bits < lengthExtra) {
        hold |= source[at++] << bits;
        bits += 8;
      }
      let length = LENGTH_BASE[symbol - 257] + (hold & ((1 << lengthExtra) - 1));
      hold >>>= lengthExtra;
      bits -= lengthExtra;
      while (bits < 15) {
        hold |= source[at++] << bits;
        bits += 8;
      }
      entry = distanceEntries[hold & distanceMask];
      if (entry < -1) {
        hold >>>= DISTANCE_BITS;
        bits -= DISTANCE_BITS;
        entry = distanceEntries[((-2 - entry) >> 4) + (hold & ((1 << ((-2 - entry) & 15)) - 1))];
      }
      if (entry < 0 || entry >> 4 > 29) { end = 'broken'; break; }
      hold >>>= entry & 15;
      bits -= entry & 15;
      const distanceExtra = DISTANCE_EXTRA[entry >> 4];
      while (bits < distanceExtra) {
        hold |= source[at++] << bits;
        bits += 8;
      }
      const distance = DISTANCE_BASE[entry >> 4] + (hold & ((1 << distanceExtra) - 1));
      hold >>>= distanceExtra;
      bits -= distanceExtra;
      if (distance > written) { end = 'broken'; break; }
      if (at > sourceEnd && at - (bits >> 3) > sourceEnd) { end = 'short'; break; }
      const isTooLong = length > room - written;
      if (isTooLong) length = room - written;
      if (distance >= length && length > 24) {
        target.copyWithin(written, written - distance, written - distance + length);
        written += length;
      } else for (const stop = written + length; written < stop; written += 1) target[written] = target[written - distance];
      if (isTooLong) { end = 'full'; break; }
    }
    this.at = at;
    this.written = written;
    this.hold = hold;
    this.bits = bits;
    return end;
  }
}

/** Inflates raw deflate data from a byte of the source on. @param target written from its start; never beyond its end */
export const inflateInto = (source: Uint8Array, from: number, target: Uint8Array): Inflated => new Inflater(source, from, target).run();
