import type { ComponentLayout, PlaneFormat } from '../../image/formatLayout.ts';
import type { Expr, Local } from '../../wasm/index.ts';
import { i16x8, i32x4, i8x16, v128 } from '../../wasm/index.ts';
import type { Emitter, Lanes, Vector } from './emitter.ts';

/** Pixels of one round of the loop. */
export const PIXELS = 8;
const NOTHING = 0x80;

/** Bytes from one sample of a component to the next; undefined where they lie unevenly. */
export function spacing(layout: ComponentLayout, plane: PlaneFormat): number | undefined {
  const { samples } = layout;
  const [first] = samples;
  const words = plane.row.words / samples.length;
  const isEven = first !== undefined && Number.isInteger(words) && samples.every(({ word, shift }, index) => word === first.word + index * words && shift === first.shift);
  return isEven ? words * layout.wordBytes : undefined;
}

/** Four words, gathered into the low bytes of four lanes. @param byte of the first word */
function gather(e: Emitter, layout: ComponentLayout, step: number, pointer: Expr<'i32'>, byte: number): Vector {
  const { wordBytes, bigEndian } = layout;
  const offset = (layout.samples[0]?.word ?? 0) * wordBytes;
  if (wordBytes === 4 && step === 4 && !bigEndian) return v128.load(pointer, byte);
  const perLoad = Math.min(4, Math.floor((16 - offset - wordBytes) / step) + 1);
  let gathered: Vector | undefined;
  for (let first = 0; first < 4; first += perLoad) {
    const mask = Array.from({ length: 16 }, (_, at) => {
      const [lane, part] = [at >> 2, at & 3];
      if (lane < first || lane >= first + perLoad || part >= wordBytes) return NOTHING;
      return (lane - first) * step + offset + (bigEndian ? wordBytes - 1 - part : part);
    });
    const chosen = i8x16.swizzle(v128.load(pointer, byte + first * step), e.bytes(mask));
    gathered = gathered === undefined ? chosen : v128.or(gathered, chosen);
  }
  return gathered ?? e.int(0);
}

/** One component's words of eight pixels. */
export function loadLanes(e: Emitter, layout: ComponentLayout, plane: PlaneFormat, pointer: Expr<'i32'>): Lanes {
  const step = spacing(layout, plane) ?? plane.blockBytes;
  const count = PIXELS / layout.sub.x / 4;
  const widen = (word: Vector): Vector => {
    const bits = 32 - layout.wordBytes * 8;
    return layout.kind === 'signed' && bits > 0 ? i32x4.shr_s(i32x4.shl(word, bits), bits) : word;
  };
  return { kind: layout.kind === 'float' ? 'f32' : 'i32', parts: Array.from({ length: count }, (_, part) => e.f.let(widen(gather(e, layout, step, pointer, part * 4 * step)))) };
}

const EVEN = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27];

/** Every second lane of two vectors. @param odd from the second on */
export function everySecond(a: Vector, b: Vector, odd: boolean): Vector {
  return i8x16.shuffle(a, b, EVEN.map((byte) => byte + (odd ? 4 : 0)));
}

/** The lanes of a word that a block vector takes: all of a part, or every second where a block has two samples. */
function laneOf({ parts }: Lanes, block: number, sample: number, samples: number): Vector | undefined {
  if (samples === 1) return parts[block];
  const [a, b] = parts;
  return a === undefined || b === undefined ? undefined : everySecond(a, b, sample === 1);
}

function inMemoryOrder(e: Emitter, word: Vector, { wordBytes, bigEndian }: ComponentLayout): Vector {
  const masked = wordBytes === 4 ? word : v128.and(word, e.int(2 ** (wordBytes * 8) - 1));
  if (!bigEndian) return masked;
  return i8x16.swizzle(masked, e.bytes(Array.from({ length: 16 }, (_, at) => ((at & 3) < wordBytes ? (at & ~3) + wordBytes - 1 - (at & 3) : NOTHING))));
}

/** The bytes of four blocks of at most four bytes each, one block to a lane. */
function blockLanes(e: Emitter, plane: PlaneFormat, groups: readonly { readonly layout: ComponentLayout; readonly lanes: Lanes }[], block: number): Vector {
  const wordBytes = plane.blockBytes / plane.row.words;
  const fill = plane.row.fill.reduce((sum, word, index) => sum + word * 2 ** (8 * wordBytes * index), 0);
  let packed: Vector | undefined = fill === 0 ? undefined : e.int(fill | 0);
  for (const { layout, lanes } of groups) {
    for (const [sample, { word }] of layout.samples.entries()) {
      const value = laneOf(lanes, block, sample, layout.samples.length);
      if (value === undefined) continue;
      const ordered = inMemoryOrder(e, value, layout);
      const placed = word === 0 ? ordered : i32x4.shl(ordered, 8 * wordBytes * word);
      packed = packed === undefined ? placed : v128.or(packed, placed);
    }
  }
  return packed ?? e.int(0);
}

const THREE_OF_FOUR = [0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, NOTHING, NOTHING, NOTHING, NOTHING];

/** Writes one plane's bytes of eight pixels. Up to four bytes behind them are overwritten by the next round, or lie past the row. */
export function storePlane(e: Emitter, plane: PlaneFormat, groups: readonly { readonly layout: ComponentLayout; readonly lanes: Lanes }[], pointer: Local<'i32'>): void {
  const { f } = e;
  const count = PIXELS / plane.blockWidth / 4;
  const blocks = Array.from({ length: count }, (_, block) => f.let(blockLanes(e, plane, groups, block)));
  const [a, b = a] = blocks;
  if (a === undefined || b === undefined) return;
  if (plane.blockBytes === 4) for (const [index, block] of blocks.entries()) f.store('v128.store', pointer, block, index * 16);
  if (plane.blockBytes === 3) for (const [index, block] of blocks.entries()) f.store('v128.store', pointer, i8x16.swizzle(block, e.bytes(THREE_OF_FOUR)), index * 12);
  if (plane.blockBytes === 2) {
    const words = i16x8.narrow_i32x4_u(a, b);
    if (count === 2) f.store('v128.store', pointer, words);
    else f.storeLane('v128.store64_lane', pointer, words, 0);
  }
  if (plane.blockBytes === 1) {
    const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_u(a, b), e.int(0));
    if (count === 2) f.storeLane('v128.store64_lane', pointer, bytes, 0);
    else f.storeLane('v128.store32_lane', pointer, bytes, 0);
  }
}

