import { CHUNK_MCUS, LONGEST_BLOCK_BYTES, SYMBOL_COUNTS } from '../engine.ts';
import { DIVISOR_BYTES } from './divide.ts';

/** Bytes of a block's levels, and of the mask of those that are not zero. */
export const LEVEL_BYTES = 128;
export const MASK_BYTES = 8;
/** Per block of an MCU: address of its predictor, address of its DC codes; the AC codes follow. */
export const DESCRIPTOR_BYTES = 8;

/** 4:2:0 and 4:1:1 have six blocks, which is the most. */
const MOST_BLOCKS = 6;
const BLOCKS = CHUNK_MCUS * MOST_BLOCKS;
const SLACK = 64;

/** What lies where in the module's memory, bytes and their count, one after another. */
const SIZES = {
  codes: SYMBOL_COUNTS * 4,
  counts: SYMBOL_COUNTS * 4,
  predictors: 16,
  /** i64: bits not yet written, in its low end; i32: how many. */
  pending: 16,
  descriptors: MOST_BLOCKS * DESCRIPTOR_BYTES,
  divisors: 3 * DIVISOR_BYTES,
  /** Masks by row and pattern, see zigzagMask. */
  zigzag: 8 * 256 * 8,
  /** Byte offset of the level at each zigzag position. */
  order: 64,
  masks: BLOCKS * MASK_BYTES,
  levels: BLOCKS * LEVEL_BYTES,
  /** Bits as 32-bit words, the first bit the most significant of its word. */
  words: BLOCKS * LONGEST_BLOCK_BYTES + SLACK,
  /** The same as bytes, stuffed. */
  bytes: 2 * (BLOCKS * LONGEST_BLOCK_BYTES + SLACK),
} as const;

type Region = keyof typeof SIZES;

const ALIGNMENT = 64;

function layOut(): { readonly at: Record<Region, number>; readonly end: number } {
  const at: Record<Region, number> = { codes: 0, counts: 0, predictors: 0, pending: 0, descriptors: 0, divisors: 0, zigzag: 0, order: 0, masks: 0, levels: 0, words: 0, bytes: 0 };
  let next = 0;
  for (const region of Object.keys(at)) {
    if (!isRegion(region)) continue;
    at[region] = next;
    next += Math.ceil(SIZES[region] / ALIGNMENT) * ALIGNMENT;
  }
  return { at, end: next };
}

const isRegion = (name: string): name is Region => Object.hasOwn(SIZES, name);

const { at, end } = layOut();

/** Byte where each region starts. */
export const AT: Readonly<Record<Region, number>> = at;
/** The strip lies last: its size is the picture's. */
export const STRIP_AT = end;
