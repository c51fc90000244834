import type { ComponentLayout, PlaneFormat } from '../../../image/formatLayout.ts';
import { formatLayout } from '../../../image/formatLayout.ts';
import type { PixelFormatId } from '../../../tables/pixelFormats.ts';
import { wordGroups } from '../../../pipeline/words.ts';
import type { Expr, Local } from '../../../wasm/index.ts';
import { i16x8, i32x4, i8x16, v128 } from '../../../wasm/index.ts';
import type { Emitter } from '../lanes/emitter.ts';
import type { LaneKind, Lanes, Vector } from '../lanes/lanes.ts';
import { PER_VECTOR, vectorsOf } from '../lanes/lanes.ts';
import { byteSwapped, evens, zip } from '../lanes/shuffles.ts';

/** Which samples of a round: a row of the channel's own grid, all of its columns or every second. */
export interface Place {
  readonly row: number;
  readonly even: boolean;
}

/** Names a place. */
export const placeKey = ({ row, even }: Place): string => `${String(row)} ${String(even)}`;

/** Bytes from one sample of a component to the next; undefined where they lie unevenly. */
export function spacing(layout: ComponentLayout, plane: PlaneFormat): number | undefined {
  const { samples } = layout;
  const [first] = samples;
  const words = plane.row.words / samples.length;
  const isEven = first !== undefined && Number.isInteger(words) && samples.every(({ word, shift }, index) => word === first.word + index * words && shift === first.shift);
  return isEven ? words * layout.wordBytes : undefined;
}

const NOTHING = 0x80;

/** Whether a plane's pixels are three or four bytes, one a component. */
export const isQuad = ({ blockBytes, blockWidth, row }: PlaneFormat): boolean => blockWidth === 1 && row.words === blockBytes && (blockBytes === 3 || blockBytes === 4);

/** Reads a round's samples from the source's planes. */
export class Source {
  private readonly e: Emitter;
  private readonly format: PixelFormatId;
  private readonly pixels: number;
  private readonly pointer: (plane: number, row: number) => Expr<'i32'>;
  private readonly quadsRead = new Map<string, readonly Local<'v128'>[]>();

  /** @param pixels of a round */
  constructor(e: Emitter, format: PixelFormatId, pixels: number, pointer: (plane: number, row: number) => Expr<'i32'>) {
    this.e = e;
    this.format = format;
    this.pixels = pixels;
    this.pointer = pointer;
  }

  /** Pixels of three or four bytes, four to a vector; of three the fourth byte is anything. */
  quads(plane: number, { row, even }: Place): readonly Local<'v128'>[] {
    const key = `${String(plane)} ${String(row)} ${String(even)}`;
    const known = this.quadsRead.get(key);
    if (known !== undefined) return known;
    const made = even ? this.evenQuads(plane, row) : this.readQuads(plane, row);
    this.quadsRead.set(key, made);
    return made;
  }

  /** A plane's samples of two bytes, each byte as a 16-bit number: pairs as a dot product wants them. */
  bytePairs(plane: number, row: number): readonly Local<'v128'>[] {
    const { e } = this;
    const samples = this.pixels / (formatLayout(this.format).planes[plane]?.blockWidth ?? 1);
    return this.vectors(plane, row, samples * 2, vectorsOf('u8', samples * 2)).flatMap((part) => {
      const bytes = e.hold(part);
      return [zip(bytes, e.int(0), 1, false), zip(bytes, e.int(0), 1, true)];
    }).slice(0, vectorsOf('i32', samples)).map((pairs) => e.hold(pairs));
  }

  /** The words of a component (or of several that share theirs). */
  lanes(name: string, place: Place): Lanes {
    const layout = wordGroups(this.format).find((group) => group.name === name)?.components[0];
    const plane = formatLayout(this.format).planes[layout?.plane ?? 0];
    if (layout === undefined || plane === undefined) throw new TypeError(`${this.format} has no ${name}.`);
    const count = this.pixels / layout.sub.x;
    if (isQuad(plane)) return this.byteOfQuads(layout, place);
    const all = this.read(layout, plane, count, place.row);
    return place.even ? this.everySecond(all) : all;
  }

  private readQuads(plane: number, row: number): readonly Local<'v128'>[] {
    const pointer = this.pointer(plane, row);
    const bytes = formatLayout(this.format).planes[plane]?.blockBytes ?? 4;
    return Array.from({ length: this.pixels / 4 }, (_, index) => {
      const four = v128.load(pointer, index * 4 * bytes);
      return this.e.hold(bytes === 4 ? four : i8x16.swizzle(four, this.e.bytes([0, 1, 2, NOTHING, 3, 4, 5, NOTHING, 6, 7, 8, NOTHING, 9, 10, 11, NOTHING])));
    });
  }

  private evenQuads(plane: number, row: number): readonly Local<'v128'>[] {
    const all = this.quads(plane, { row, even: false });
    return Array.from({ length: all.length / 2 }, (_, index) => {
      const [a, b] = [all[index * 2], all[index * 2 + 1]];
      if (a === undefined || b === undefined) throw new TypeError('A round has an even number of vectors.');
      return this.e.hold(evens(a, b, 4));
    });
  }

  private byteOfQuads(layout: ComponentLayout, place: Place): Lanes {
    const { e } = this;
    const byte = layout.samples[0]?.word ?? 0;
    const quads = this.quads(layout.plane, place);
    const one = (quad: Vector): Vector => { const moved = byte === 0 ? quad : i32x4.shr_u(quad, 8 * byte); return byte === 3 ? moved : v128.and(moved, e.int(0xff)); };
    return e.as(e.lanes('i32', quads.length * 4, quads.map(one)), 'i16');
  }

  /** Words at even spaces, by the space between them. */
  private read(layout: ComponentLayout, plane: PlaneFormat, count: number, row: number): Lanes {
    const { e } = this;
    const step = spacing(layout, plane) ?? plane.blockBytes;
    const offset = (layout.samples[0]?.word ?? 0) * layout.wordBytes;
    const { wordBytes, bigEndian, kind } = layout;
    if (step > 4 || offset % step !== offset || step === 3) return this.gathered(layout, step, count, row);
    const swap = (part: Vector): Vector => (bigEndian && wordBytes > 1 ? byteSwapped(part, wordBytes, (bytes) => e.bytes(bytes)) : part);
    const words = (lane: LaneKind): Vector[] => this.vectors(layout.plane, row, count * step, vectorsOf(lane, count)).map(swap);
    if (step === wordBytes) return this.plainWords(layout, count, words);
    if (step === 2) return e.lanes('i16', count, words('i16').map((part) => (offset === 1 ? i16x8.shr_u(part, 8) : v128.and(part, e.half(0xff)))));
    const bits = wordBytes * 8;
    const isLast = offset + wordBytes === 4;
    const lanes = e.lanes('i32', count, words('i32').map((part) => {
      const raised = kind === 'signed' && !isLast ? i32x4.shl(part, 32 - bits - 8 * offset) : part;
      const fall = kind === 'signed' ? 32 - bits : 8 * offset;
      if (kind === 'signed') return i32x4.shr_s(raised, fall);
      const moved = fall === 0 ? raised : i32x4.shr_u(raised, fall);
      return isLast ? moved : v128.and(moved, e.int(2 ** bits - 1));
    }));
    return e.as(lanes, kind === 'signed' || bits < 16 ? 'i16' : 'u16');
  }

  private plainWords({ wordBytes, kind }: ComponentLayout, count: number, words: (lane: LaneKind) => Vector[]): Lanes {
    const { e } = this;
    if (wordBytes === 4) return e.lanes(kind === 'float' ? 'f32' : 'i32', count, words('i32'));
    if (wordBytes === 2) return e.lanes(kind === 'signed' ? 'i16' : 'u16', count, words('i16'));
    const bytes = e.lanes('u8', count, words('u8'));
    if (kind !== 'signed') return bytes;
    return e.lanes('i16', count, bytes.parts.flatMap((part) => [i16x8.extend_low_i8x16_s(part), i16x8.extend_high_i8x16_s(part)]));
  }

  /** Bytes of a plane's row, in as few reads as there are vectors; a short one reads no more than it needs. */
  private vectors(plane: number, row: number, bytes: number, count: number): Vector[] {
    const pointer = this.pointer(plane, row);
    return Array.from({ length: count }, (_, index) => {
      const left = bytes - index * 16;
      return left >= 16 ? v128.load(pointer, index * 16) : left === 8 ? v128.load64_zero(pointer, index * 16) : v128.load32_zero(pointer, index * 16);
    });
  }

  /** Words that lie far apart, gathered into 32-bit lanes. */
  private gathered(layout: ComponentLayout, step: number, count: number, row: number): Lanes {
    const { e } = this;
    const bits = 32 - layout.wordBytes * 8;
    const signed = (word: Vector): Vector => (layout.kind === 'signed' && bits > 0 ? i32x4.shr_s(i32x4.shl(word, bits), bits) : word);
    const parts = Array.from({ length: vectorsOf('i32', count) }, (_, part) => signed(this.gather(layout, step, part * 4 * step, row)));
    return e.lanes(layout.kind === 'float' ? 'f32' : 'i32', count, parts);
  }

  private gather({ plane, wordBytes, bigEndian, samples }: ComponentLayout, step: number, byte: number, row: number): Vector {
    const { e } = this;
    const offset = (samples[0]?.word ?? 0) * wordBytes;
    const perLoad = Math.min(4, Math.floor((16 - offset - wordBytes) / step) + 1);
    let gathered: Vector | undefined;
    for (let first = 0; first < 4; first += perLoad) {
      const mask = Array.from({ length: 16 }, (_, at) => {
        const [lane, part] = [at >> 2, at & 3];
        if (lane < first || lane >= first + perLoad || part >= wordBytes) return NOTHING;
        return (lane - first) * step + offset + (bigEndian ? wordBytes - 1 - part : part);
      });
      const chosen = i8x16.swizzle(v128.load(this.pointer(plane, row), byte + first * step), e.bytes(mask));
      gathered = gathered === undefined ? chosen : v128.or(gathered, chosen);
    }
    return gathered ?? e.int(0);
  }

  private everySecond(lanes: Lanes): Lanes {
    const { e } = this;
    const count = lanes.count / 2;
    if (lanes.kind === 'u8') return e.lanes('i16', count, lanes.parts.map((part) => v128.and(part, e.half(0xff))));
    const laneBytes = 16 / PER_VECTOR[lanes.kind];
    const { parts } = lanes;
    return e.lanes(lanes.kind, count, Array.from({ length: Math.ceil(parts.length / 2) }, (_, index) => {
      const a = parts[index * 2];
      if (a === undefined) throw new TypeError('Lanes without vectors.');
      return evens(a, parts[index * 2 + 1] ?? a, laneBytes);
    }));
  }
}
