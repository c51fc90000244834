import type { Frame, StripLayout } from './frame.ts';
import type { HuffmanTable, HuffmanTables } from './huffmanTables.ts';
import { huffmanCodes } from './huffman.ts';
import type { ComponentTables, QuantTable } from './quantTables.ts';

/** MCUs that are transformed, then coded, at a time: their levels stay in the first-level cache. */
export const CHUNK_MCUS = 32;

/**
 * Bytes that one block's bits never exceed: a DC code of 16 bits and 11 more, 63 AC codes of 16 bits and 10 more.
 * Stuffing may double them.
 */
export const LONGEST_BLOCK_BYTES = Math.ceil((16 + 11 + 63 * (16 + 10)) / 8);

/** Symbols counted per table: DC and AC of luma, DC and AC of chroma, 256 each. */
export const SYMBOL_COUNTS = 4 * 256;
export const countsAt = (tableClass: 0 | 1, kind: 'dc' | 'ac'): number => tableClass * 512 + (kind === 'dc' ? 0 : 256);

/** What an engine is made for. */
export interface EngineJob {
  readonly frame: Frame;
  readonly strip: StripLayout;
  readonly tables: ComponentTables;
}

/** The hot part of the encoder. Two engines fill the same arrays with the same numbers and write the same bytes. */
export interface BlockEngine {
  /** u8[strip.bytes]: the rows under one row of MCUs; the caller fills it. */
  readonly strip: Uint8Array;
  /** i16[CHUNK_MCUS × blocks × 64]: levels row by row, blocks in the order of coding. */
  readonly levels: Int16Array;
  /** The last DC level of each component; zeros at the start of an interval. */
  readonly predictors: Int32Array;
  /** u32[SYMBOL_COUNTS] */
  readonly counts: Uint32Array;
  /** Levels of `mcus` MCUs from `firstMcu` of the strip, into `levels` from its start. */
  transform(firstMcu: number, mcus: number): void;
  /** Makes a block beyond the picture as cheap as can be: its neighbour's DC, nothing else. */
  blank(block: number, dc: number): void;
  /** Adds the symbols of `mcus` MCUs of `levels` to `counts`. */
  count(firstMcu: number, mcus: number): void;
  useCodes(tables: HuffmanTables): void;
  /** Appends the bits of `mcus` MCUs of `levels`. Take them before the next chunk. */
  encode(firstMcu: number, mcus: number): void;
  /** Fills the last byte with ones and resets the predictors. */
  endInterval(): void;
  /** Whole bytes coded since the last call, stuffed; valid until the next call of any method. */
  take(): Uint8Array;
  /** Gives the memory back; the engine must not be used after. */
  release(): void;
}

export const tableOf = (tables: ComponentTables, component: number): QuantTable => [tables.y, tables.cb, tables.cr][component];

/** The component of each block of an MCU, in the order of coding. */
export const blockComponents = (frame: Frame): readonly number[] => frame.components.flatMap(({ h, v }, index) => Array.from({ length: h * v }, () => index));

/** Bits of a size below the code they follow. */
const LENGTH_BITS = 5;
export const LENGTH_MASK = (1 << LENGTH_BITS) - 1;

/**
 * One number a symbol: its code, shifted up by the bits that follow it, above the count of all these bits.
 * The low four bits of a symbol are the count of the bits that follow.
 */
export function packCodes(table: HuffmanTable): Uint32Array {
  const { codes, lengths } = huffmanCodes(table);
  return Uint32Array.from(codes, (code, symbol) => {
    const size = symbol & 15;
    return lengths[symbol] === 0 ? 0 : code * 2 ** (size + LENGTH_BITS) + lengths[symbol] + size;
  });
}

/** The four tables in the order of the counts. */
export const packAll = ({ luma, chroma }: HuffmanTables): readonly Uint32Array[] => [luma.dc, luma.ac, chroma.dc, chroma.ac].map(packCodes);

export const RUN_OF_16 = 0xf0;
export const END_OF_BLOCK = 0x00;
