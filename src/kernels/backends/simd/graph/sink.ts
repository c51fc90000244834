import type { ComponentLayout, PlaneFormat } from '../../../image/formatLayout.ts';
import { formatLayout } from '../../../image/formatLayout.ts';
import type { PixelFormatId } from '../../../tables/pixelFormats.ts';
import { wordGroups } from '../../../pipeline/words.ts';
import type { Expr } from '../../../wasm/index.ts';
import { i16x8, i8x16, v128 } from '../../../wasm/index.ts';
import type { Emitter } from '../lanes/emitter.ts';
import type { Origin } from './dataflow.ts';
import type { Graph } from './graph.ts';
import type { Lanes, Vector } from '../lanes/lanes.ts';
import { PER_VECTOR } from '../lanes/lanes.ts';
import { byteOf } from './permute.ts';
import { byteSwapped, closedUp, zipAll } from '../lanes/shuffles.ts';
import { isQuad } from './source.ts';

/** One word of a plane's block: the component it holds, or a constant. */
type Word = { readonly layout: ComponentLayout; readonly origin: Origin; readonly sample: number } | { readonly constant: number };

const NOTHING = 0x80;

/** The words of a block, in the order of memory. @param last the step before the store */
function wordsOf(format: PixelFormatId, index: number, plane: PlaneFormat, last: number): readonly Word[] {
  const groups = wordGroups(format).flatMap(({ name, components: [layout] }) => (layout?.plane === index ? [{ name, layout }] : []));
  return Array.from({ length: plane.row.words }, (_, word): Word => {
    const found = groups.find(({ layout }) => layout.samples.some((sample) => sample.word === word));
    if (found === undefined) return { constant: plane.row.fill[word] ?? 0 };
    return { layout: found.layout, origin: { index: last, name: found.name }, sample: found.layout.samples.findIndex((sample) => sample.word === word) };
  });
}

/** What becomes of a source pixel's four bytes: the byte each comes from, or the constant it is. */
function permutation(graph: Graph, words: readonly Word[]): { readonly plane: number; readonly bytes: readonly number[]; readonly constants: readonly number[] } | undefined {
  const [bytes, constants] = [[NOTHING, NOTHING, NOTHING, NOTHING], [0, 0, 0, 0]];
  let plane: number | undefined;
  for (const [at, word] of words.entries()) {
    if ('constant' in word) { constants[at] = word.constant; continue; }
    const origin = graph.flow.origin(word.origin);
    const output = graph.flow.output(origin);
    if (output?.type === 'constant') { constants[at] = output.value; continue; }
    const from = byteOf(graph, origin);
    if (from === undefined || (plane !== undefined && from.plane !== plane)) return undefined;
    plane = from.plane;
    bytes[at] = from.byte;
  }
  return plane === undefined ? undefined : { plane, bytes, constants };
}

/** Four-byte pixels, straight from the source's: one shuffle. */
function permuted(graph: Graph, words: readonly Word[], row: number): Vector[] | undefined {
  const change = permutation(graph, words);
  if (change === undefined) return undefined;
  const { e } = graph;
  const quads = graph.source.quads(change.plane, { row, even: false });
  const isSame = change.bytes.every((byte, at) => byte === at || byte === NOTHING) && !change.bytes.some((byte, at) => byte === NOTHING && at < words.length && change.constants[at] === 0);
  const mask = Array.from({ length: 16 }, (_, at) => { const byte = change.bytes[at & 3] ?? NOTHING; return byte === NOTHING ? NOTHING : (at & ~3) + byte; });
  const hasConstants = change.constants.some((constant) => constant !== 0);
  const keep = e.bytes(Array.from({ length: 16 }, (_, at) => ((change.bytes[at & 3] ?? NOTHING) === NOTHING ? 0 : 0xff)));
  return quads.map((quad) => {
    const moved = isSame ? (hasConstants ? v128.and(quad, keep) : quad) : i8x16.swizzle(quad, e.bytes(mask));
    return hasConstants ? v128.or(moved, e.bytes(Array.from({ length: 16 }, (_, at) => change.constants[at & 3] ?? 0))) : moved;
  });
}

/** Writes a round's samples into a destination plane. */
export class Sink {
  private readonly graph: Graph;
  private readonly e: Emitter;
  private readonly format: PixelFormatId;

  constructor(graph: Graph, format: PixelFormatId) {
    this.graph = graph;
    this.e = graph.e;
    this.format = format;
  }

  /** @param row of the plane's own rows in this round @param last the step before the store */
  write(index: number, row: number, pointer: Expr<'i32'>, last: number): void {
    const plane = formatLayout(this.format).planes[index];
    if (plane === undefined) return;
    const words = wordsOf(this.format, index, plane, last);
    const blocks = this.graph.pixels / plane.blockWidth;
    const vectors = (isQuad(plane) ? permuted(this.graph, words, row) : undefined) ?? this.interleaved(plane, words, blocks, row);
    this.store(pointer, this.withoutGaps(plane, vectors), blocks * plane.blockBytes);
  }

  /** Pixels of three words were put together as four. */
  private withoutGaps({ blockBytes }: PlaneFormat, vectors: readonly Vector[]): readonly Vector[] {
    const group = blockBytes === 3 ? 4 : blockBytes === 6 ? 8 : undefined;
    return group === undefined ? vectors : closedUp(vectors, group, (mask) => this.e.bytes(mask), (vector) => this.e.hold(vector));
  }

  /** Blocks of one to four words, from the words' own vectors. */
  private interleaved(plane: PlaneFormat, words: readonly Word[], blocks: number, row: number): Vector[] {
    const bytes = plane.blockBytes / plane.row.words;
    const lanesOf = (word: Word): Lanes => this.word(word, bytes, blocks, row);
    const [first, second, third, fourth] = words;
    if (first === undefined) return [];
    const vectors = (count: number): number => Math.ceil((blocks * bytes * count) / 16);
    if (second === undefined) return [...lanesOf(first).parts];
    if (third === undefined) return zipAll(lanesOf(first).parts, lanesOf(second).parts, bytes, vectors(2));
    const four = [first, second, third, fourth ?? { constant: 0 }] as const;
    const isShared = four.some((word) => 'layout' in word && word.layout.samples.length > 1);
    if (isShared) return this.sharedBlocks(four, bytes, blocks, row, vectors(4));
    const [low, high] = [[four[0], four[1]], [four[2], four[3]]].map(([a, b]): Vector[] => (a === undefined || b === undefined ? [] : this.twoWords(lanesOf(a), lanesOf(b), bytes, vectors(2))));
    return zipAll((low ?? []).map((part) => this.e.hold(part)), (high ?? []).map((part) => this.e.hold(part)), bytes * 2, vectors(4));
  }

  /** Two words side by side: two bytes that lie in 16-bit lanes anyway need no shuffle. */
  private twoWords(a: Lanes, b: Lanes, bytes: number, vectors: number): Vector[] {
    const { e } = this;
    if (bytes !== 1 || a.kind === 'u8' || b.kind === 'u8') return zipAll((bytes === 1 ? e.as(a, 'u8') : a).parts, (bytes === 1 ? e.as(b, 'u8') : b).parts, bytes, vectors);
    return a.parts.map((part, index) => v128.or(part, i16x8.shl(b.parts[index] ?? e.int(0), 8)));
  }

  /** Blocks of two pixels that share their chroma: luma and chroma take turns. */
  private sharedBlocks(words: readonly [Word, Word, Word, Word], bytes: number, blocks: number, row: number, vectors: number): Vector[] {
    const isLuma = (word: Word): boolean => 'layout' in word && word.layout.samples.length > 1;
    const stream = (a: Word, b: Word): readonly Vector[] => {
      if (isLuma(a)) return this.word(a, bytes, blocks * 2, row).parts;
      return zipAll(this.word(a, bytes, blocks, row).parts, this.word(b, bytes, blocks, row).parts, bytes, Math.ceil((blocks * 2 * bytes) / 16)).map((part) => this.e.hold(part));
    };
    return zipAll(stream(words[0], words[2]), stream(words[1], words[3]), bytes, vectors);
  }

  /** A word's samples in lanes of its own width, in the order of memory. */
  private word(word: Word, bytes: number, count: number, row: number): Lanes {
    const { e } = this;
    if ('constant' in word) { const kind = bytes === 1 ? 'u8' : bytes === 2 ? 'u16' : 'i32'; return e.lanes(kind, count, Array.from({ length: Math.ceil(count / PER_VECTOR[kind]) }, () => e.fill(kind, word.constant))); }
    const lanes = this.graph.value(word.origin, { row, even: false });
    const { kind, bigEndian } = word.layout;
    const swapped = (words: Lanes): Lanes => (bigEndian ? e.map(words, words.kind, (part) => byteSwapped(part, bytes, (mask) => e.bytes(mask))) : words);
    if (bytes === 4) return swapped(lanes.kind === 'f32' || kind === 'float' ? lanes : this.withFill(word, e.as(lanes, 'i32')));
    if (bytes === 2) return swapped(this.withFill(word, e.as(lanes, kind === 'signed' ? 'i16' : 'u16')));
    if (kind !== 'signed') return this.isAlone(word) || lanes.kind === 'u8' ? e.as(lanes, 'u8') : e.as(lanes, 'i16');
    const signed = e.as(lanes, 'i16');
    return e.lanes('u8', count, Array.from({ length: Math.ceil(count / 16) }, (_, index) => { const low = signed.parts[index * 2] ?? e.int(0); return i8x16.narrow_i16x8_s(low, signed.parts[index * 2 + 1] ?? low); }));
  }

  /** Bits of a word that belong to no component. */
  private withFill({ layout, sample }: Extract<Word, { readonly sample: number }>, lanes: Lanes): Lanes {
    const { e } = this;
    const fill = formatLayout(this.format).planes[layout.plane]?.row.fill[layout.samples[sample]?.word ?? 0] ?? 0;
    return fill === 0 ? lanes : e.map(lanes, lanes.kind, (part) => v128.or(part, e.fill(lanes.kind, fill | 0)));
  }

  /** Whether a word is a plane of its own, or shares blocks of several pixels: such are put together as bytes. */
  private isAlone(word: Extract<Word, { readonly sample: number }>): boolean {
    const plane = formatLayout(this.format).planes[word.layout.plane];
    return plane === undefined || plane.row.words < 3 || plane.blockWidth > 1;
  }

  private store(pointer: Expr<'i32'>, vectors: readonly Vector[], bytes: number): void {
    const { f } = this.e;
    for (const [index, vector] of vectors.entries()) {
      const left = bytes - index * 16;
      if (left >= 16) f.store('v128.store', pointer, vector, index * 16);
      else if (left > 0) {
        const held = this.e.hold(vector);
        if (left >= 8) f.storeLane('v128.store64_lane', pointer, held, 0, index * 16);
        if (left % 8 >= 4) f.storeLane('v128.store32_lane', pointer, held, left >= 8 ? 2 : 0, index * 16 + (left >= 8 ? 8 : 0));
      }
    }
  }
}
