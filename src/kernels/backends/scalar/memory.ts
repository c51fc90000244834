import { formatLayout } from '../../image/formatLayout.ts';
import type { ComponentLayout } from '../../image/formatLayout.ts';
import { numberToWord, readWord, wordToNumber, writeWord } from '../../image/locate.ts';
import type { Image, Plane } from '../../image/types.ts';
import { storedSamples } from '../../pipeline/evaluate.ts';
import type { Row } from './rows.ts';

type Words = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array;

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A row's bytes as words of the component's kind, or undefined where alignment or byte order forbids it. */
function wordsView({ bytes }: Plane, start: number, layout: ComponentLayout): Words | undefined {
  const { wordBytes, kind } = layout;
  const [buffer, at] = [bytes.buffer, bytes.byteOffset + start];
  const count = Math.floor((bytes.length - start) / wordBytes);
  if (wordBytes === 1) return kind === 'signed' ? new Int8Array(buffer, at, count) : new Uint8Array(buffer, at, count);
  if (layout.bigEndian || !IS_LITTLE_ENDIAN || at % wordBytes !== 0) return undefined;
  if (wordBytes === 2) return kind === 'signed' ? new Int16Array(buffer, at, count) : new Uint16Array(buffer, at, count);
  if (kind === 'float') return new Float32Array(buffer, at, count);
  return kind === 'signed' ? new Int32Array(buffer, at, count) : new Uint32Array(buffer, at, count);
}

function copyStrided(words: Words, first: number, step: number, count: number, row: Row): void {
  for (let x = 0, at = first; x < count; x += 1, at += step) row[x] = words[at] ?? 0;
}

/** The words of one component (or word group), one per sample; beyond the stored ones the last repeats. @param y row of the plane */
export function readRow(image: Image, layout: ComponentLayout, y: number, row: Row): void {
  const stored = Math.min(row.length, storedSamples(layout, image.width));
  readSamples(image, layout, y, stored === row.length ? row : row.subarray(0, stored));
  if (stored < row.length) row.fill(row[stored - 1] ?? 0, stored);
}

function readSamples(image: Image, layout: ComponentLayout, y: number, row: Row): void {
  const plane = image.planes[layout.plane];
  const blockBytes = formatLayout(image.format).planes[layout.plane]?.blockBytes ?? 1;
  if (plane === undefined) return;
  const start = y * plane.stride;
  const words = wordsView(plane, start, layout);
  const [step, perBlock] = [blockBytes / layout.wordBytes, layout.samples.length];
  for (const [index, { word }] of layout.samples.entries()) {
    if (words !== undefined && perBlock === 1) {
      copyStrided(words, word, step, row.length, row);
      return;
    }
    for (let x = index, block = 0; x < row.length; x += perBlock, block += 1) {
      row[x] = words === undefined
        ? wordToNumber(readWord(plane, start + block * blockBytes + word * layout.wordBytes, layout.wordBytes, layout.bigEndian), layout.wordBytes, layout.kind)
        : (words[block * step + word] ?? 0);
    }
  }
}

function storeStrided(row: Row, words: Words, first: number, step: number, count: number): void {
  for (let x = 0, at = first; x < count; x += 1, at += step) words[at] = row[x] ?? 0;
}

function fillStrided(words: Words, first: number, step: number, count: number, value: number): void {
  for (let x = 0, at = first; x < count; x += 1, at += step) words[at] = value;
}

/** Writes one row of one plane from the rows of its word groups. */
export function writePlaneRow(image: Image, planeIndex: number, y: number, groups: readonly { readonly layout: ComponentLayout; readonly row: Row }[]): void {
  const facts = formatLayout(image.format).planes[planeIndex];
  const plane = image.planes[planeIndex];
  const [first] = groups;
  if (facts === undefined || plane === undefined || first === undefined) return;
  const blocks = Math.ceil(image.width / facts.blockWidth);
  const words = wordsView(plane, y * plane.stride, first.layout);
  const simple = words !== undefined && groups.every(({ layout }) => layout.samples.length === 1);
  if (!simple) {
    writeBlocks(image, planeIndex, y, blocks, groups);
    return;
  }
  const step = facts.row.words;
  const taken = new Set(groups.map(({ layout }) => layout.samples[0]?.word));
  for (const [word, value] of facts.row.fill.entries()) if (!taken.has(word)) fillStrided(words, word, step, blocks, value);
  for (const { layout, row } of groups) {
    const word = layout.samples[0]?.word ?? 0;
    const fill = facts.row.fill[word] ?? 0;
    storeStrided(fill === 0 ? row : row.map((value) => value + fill), words, word, step, blocks);
  }
}

/** Any layout, block by block: several samples a block, shared words, foreign byte order. */
function writeBlocks(image: Image, planeIndex: number, y: number, blocks: number, groups: readonly { readonly layout: ComponentLayout; readonly row: Row }[]): void {
  const facts = formatLayout(image.format).planes[planeIndex];
  const plane = image.planes[planeIndex];
  const [first] = groups;
  if (facts === undefined || plane === undefined || first === undefined) return;
  const { wordBytes, bigEndian, kind } = first.layout;
  const words = new Float64Array(facts.row.words);
  for (let block = 0; block < blocks; block += 1) {
    words.set(facts.row.fill);
    for (const { layout, row } of groups) {
      const { samples } = layout;
      for (let index = 0; index < samples.length; index += 1) {
        const x = block * samples.length + index;
        const word = samples[index]?.word ?? 0;
        if (x < row.length) words[word] = (words[word] ?? 0) + numberToWord(row[x] ?? 0, wordBytes, kind);
      }
    }
    const at = y * plane.stride + block * facts.blockBytes;
    for (let word = 0; word < words.length; word += 1) writeWord(plane, at + word * wordBytes, wordBytes, bigEndian, words[word] ?? 0);
  }
}
