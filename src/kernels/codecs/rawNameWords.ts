import { formatLayout } from '../image/formatLayout.ts';
import type { ChromaId } from '../tables/chroma.ts';
import type { MatrixId, RangeId } from '../tables/colorSpecs.ts';
import { pixelFormat } from '../tables/pixelFormats.ts';
import type { NameWorld } from '../tables/pixelFormatRow.ts';
import { CHROMAS, formatLike, orderOf, readingOf } from './rawFormatWords.ts';
import type { Reading } from './rawFormatWords.ts';

/** What the words that are no format say. */
export interface Modifiers {
  bits: number | undefined;
  isBig: boolean | undefined;
  chroma: ChromaId | undefined;
  range: RangeId | undefined;
  matrix: MatrixId | undefined;
}

const RANGE_WORDS: Readonly<Record<string, RangeId>> = { full: 'full', fullrange: 'full', pc: 'full', fr: 'full', limited: 'limited', limitedrange: 'limited', tv: 'limited', videorange: 'limited', mpegrange: 'limited', jpegrange: 'full' };
const MATRIX_WORDS: Readonly<Record<string, MatrixId>> = { bt601: 'bt601', rec601: 'bt601', smpte170m: 'bt601', bt709: 'bt709', rec709: 'bt709', itu709: 'bt709', bt2020: 'bt2020', rec2020: 'bt2020', bt2020nc: 'bt2020', smpte240m: 'smpte240m', fcc: 'fcc', ycgco: 'ycgco' };

function modify(into: Modifiers, word: string): boolean {
  const depth = /^(8|9|10|12|14|16)(?:(?:bits?|b|bpc)(le|be)?|(le|be))$/.exec(word);
  const order = depth?.[2] ?? depth?.[3] ?? (/^(le|be|littleendian|bigendian)$/.test(word) ? word : undefined);
  if (depth !== null) into.bits = Number(depth[1]);
  if (order !== undefined) into.isBig = order.startsWith('b');
  if (Object.hasOwn(RANGE_WORDS, word)) into.range = RANGE_WORDS[word];
  else if (Object.hasOwn(MATRIX_WORDS, word)) into.matrix = MATRIX_WORDS[word];
  else return depth !== null || order !== undefined;
  return true;
}

/** Words together at most, as in `YCbCr_420_SP`, `V4L2_PIX_FMT_NV12`. */
const MOST_TOGETHER = 4;

/** Reads words from left to right, the longest run that says something first. */
export function readWords(words: readonly string[], world: NameWorld | undefined, into: Modifiers): readonly Reading[] {
  const readings: Reading[] = [];
  for (let at = 0; at < words.length;) {
    let taken = 0;
    for (let count = Math.min(MOST_TOGETHER, words.length - at); count > 0 && taken === 0; count -= 1) {
      const word = words.slice(at, at + count).join('');
      const reading = word.length < 2 ? undefined : readingOf(word, world);
      if (reading !== undefined) readings.push(reading);
      if (reading !== undefined || modify(into, word)) taken = count;
    }
    const chroma = CHROMAS[words[at] ?? ''];
    if (chroma !== undefined && taken === 1) into.chroma = chroma;
    at += Math.max(1, taken);
  }
  return readings;
}

/** A format with the chroma, depth and byte order that other words tell; itself where no row has them. */
export function refined(reading: Reading, { bits, isBig, chroma }: Modifiers): Reading {
  const [first] = formatLayout(reading.format).components;
  if (first === undefined || first.kind !== 'unsigned') return reading;
  const kind = reading.isWeak === true && chroma !== undefined && pixelFormat(reading.format).family === 'yuv' ? chroma : pixelFormat(reading.format).chroma;
  const order = kind === '4:0:0' && pixelFormat(reading.format).family === 'yuv' ? 'Y' : orderOf(reading.format);
  const depth = first.bits === 8 ? (bits ?? 8) : first.bits;
  if (order === orderOf(reading.format) && depth === first.bits && (isBig ?? first.bigEndian) === first.bigEndian && kind === pixelFormat(reading.format).chroma) return reading;
  const format = formatLike({ order, chroma: kind, bits: depth, isBig: isBig ?? first.bigEndian });
  return format === undefined ? reading : { ...reading, format };
}
