import { byteLength, proportionalStrides, rowSizes } from '../image/layout.ts';
import type { ImageSpec } from '../image/types.ts';
import { MATRICES } from '../tables/colorSpecs.ts';
import type { ColorSpec } from '../tables/colorSpecs.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import { WORLDS, flat } from './rawFormatWords.ts';
import type { Reading } from './rawFormatWords.ts';
import { readWords, refined } from './rawNameWords.ts';
import type { Modifiers } from './rawNameWords.ts';

export { formatNamed } from './rawFormatWords.ts';

/** What a raw dump's name says of it. */
export interface NameHint extends Partial<ImageSpec> {
  /** V's plane comes before U's: YV12 is yuv420p so. */
  readonly vBeforeU?: true | undefined;
  /** What was taken from the name, each as a person reads it. */
  readonly found: readonly string[];
  /** What the name says and was not taken as it stands: sentences. */
  readonly doubts: readonly string[];
}

interface Size {
  readonly width: number;
  readonly height: number;
  /** Counts only where it explains the length: `cif`, `720p`, two numbers side by side. */
  readonly isWeak?: true;
}

/** @source ITU-T H.261 and H.263 for QCIF, CIF and 4CIF */
const SIZE_WORDS: Readonly<Record<string, readonly [number, number]>> = { qcif: [176, 144], cif: [352, 288], '4cif': [704, 576], sif: [352, 240], qvga: [320, 240], vga: [640, 480], svga: [800, 600], xga: [1024, 768], '480p': [720, 480], '576p': [720, 576], '720p': [1280, 720], '1080p': [1920, 1080], fhd: [1920, 1080], '1440p': [2560, 1440], '2160p': [3840, 2160], uhd: [3840, 2160], '4k': [3840, 2160] };

const PAIR = /(?<!\d)(\d{1,6})\s?[x×*]\s?(\d{1,6})(?!\d)/gi;
const WIDTH_HEIGHT = /(?<![a-z])w(?:idth)?[-_=:]?(\d{1,6})[-_,; x]?h(?:eight)?[-_=:]?(\d{1,6})(?![0-9])|(?<!\d)(\d{1,6})w[-_,; x]?(\d{1,6})h(?![a-z0-9])/gi;
const STRIDE = /(?<![a-z])(?:(?:stride|pitch|linesize)[-_=:]?(\d{1,6})|s[-_=:]?(\d{3,6}))(?![a-z0-9])/gi;

const NOT_READ = 0;
/** How well a spec explains a length: 1 to the byte, less the more frames it takes; 0 not at all. */
function explains(spec: ImageSpec, bytes: number): number {
  const frame = byteLength(spec);
  return frame > bytes || bytes % frame !== 0 ? NOT_READ : frame / bytes;
}

const PIXEL_BYTES = [1, 1.5, 2, 3, 4, 6, 8, 12, 16];

/** The same of a size alone. */
const explainsAlone = ({ width, height }: Size, bytes: number): number => Math.max(...PIXEL_BYTES.map((each) => { const frame = Math.ceil(width * height * each); return bytes % frame === 0 ? frame / bytes : NOT_READ; }));

interface Choice {
  readonly size: Size | undefined;
  readonly reading: Reading | undefined;
  readonly worth: number;
}

/** A named size counts while the file has at least a quarter of it: a capture may be cut short. */
function isPossible({ width, height }: Size, format: PixelFormatId | undefined, bytes: number): boolean {
  if (width < 1 || height < 1) return false;
  return (format === undefined ? (width * height) / 8 : byteLength({ format, width, height }) / 4) <= bytes;
}

/** Of the sizes and formats that the name has, those that explain the length; else the first word and the largest size that the file can have. */
function choose(sizes: readonly Size[], readings: readonly Reading[], stride: number | undefined, bytes: number | undefined): Choice {
  const worthOf = (size: Size, reading: Reading | undefined): number => {
    if (bytes === undefined || size.width < 1 || size.height < 1) return NOT_READ;
    if (reading === undefined) return explainsAlone(size, bytes);
    const spec = { format: reading.format, width: size.width, height: size.height };
    const strides = stride === undefined || stride < rowSizes(spec, 0).rowBytes ? undefined : proportionalStrides(spec, stride);
    return Math.max(explains(spec, bytes), strides === undefined ? NOT_READ : explains({ ...spec, strides }, bytes));
  };
  const ways: readonly (Reading | undefined)[] = readings.length > 0 ? readings : [undefined];
  const [best] = sizes.flatMap((size) => ways.map((reading): Choice => ({ size, reading, worth: worthOf(size, reading) }))).toSorted((a, b) => b.worth - a.worth);
  if (best !== undefined && best.worth > NOT_READ) return best;
  const reading = readings.find(({ isWeak }) => isWeak !== true) ?? readings[0];
  const plain = sizes.filter((size) => size.isWeak !== true && size.width >= 1 && size.height >= 1 && (bytes === undefined || isPossible(size, reading?.format, bytes)));
  const size = bytes === undefined ? plain[0] : plain.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  return { size, reading, worth: NOT_READ };
}

const saySize = ({ width, height }: Size): string => `${String(width)}×${String(height)}`;

function sizesIn(name: string, words: readonly string[]): readonly Size[] {
  const pairs = [...name.matchAll(PAIR)].map(([, width, height]): Size => ({ width: Number(width), height: Number(height) }));
  const named = [...name.matchAll(WIDTH_HEIGHT)].map((match): Size => ({ width: Number(match[1] ?? match[3]), height: Number(match[2] ?? match[4]) }));
  const titled = words.flatMap((word): Size[] => { const size = Object.hasOwn(SIZE_WORDS, word) ? SIZE_WORDS[word] : undefined; return size === undefined ? [] : [{ width: size[0], height: size[1], isWeak: true }]; });
  const beside = words.flatMap((word, index): Size[] => { const next = words[index + 1] ?? ''; return /^\d{2,5}$/.test(word) && /^\d{2,5}$/.test(next) ? [{ width: Number(word), height: Number(next), isWeak: true }] : []; });
  return [...pairs, ...named, ...titled, ...beside];
}

/** What was not taken, as sentences. */
function doubtsOf(sizes: readonly Size[], { size, reading }: Choice, bytes: number | undefined): readonly string[] {
  const impossible = size !== undefined ? [] : sizes.filter(({ isWeak }) => isWeak !== true).map((one) => `“${saySize(one)}” in the name was not used: ${one.width < 1 || one.height < 1 ? 'no picture has that size' : `a picture of that size takes far more than the ${String(bytes ?? 0)} B of this file`}.`);
  return [...impossible, ...(reading?.doubt === undefined ? [] : [reading.doubt])];
}

function colorOf({ range, matrix }: Modifiers, reading: Reading | undefined): Partial<ColorSpec> | undefined {
  const said = range ?? reading?.range;
  return said === undefined && matrix === undefined ? undefined : { ...(matrix === undefined ? {} : { matrix }), ...(said === undefined ? {} : { range: said }) };
}

function sayFormat({ format, vBeforeU, word }: Reading): string {
  const isOwn = word === format || `${word}le` === format;
  return `${format}${vBeforeU === true ? ', V before U' : ''}${isOwn ? '' : ` (“${word}”)`}`;
}

/** Depth or chroma alone, where nothing else names a format. */
function fromModifiers({ bits, chroma }: Modifiers): readonly Reading[] {
  if (chroma !== undefined) return [{ word: chroma, format: 'yuv420p', isWeak: true }];
  return bits === undefined ? [] : [{ word: `${String(bits)} bits`, format: 'gray', isWeak: true }];
}

const LONGEST_NAME = 400;

/**
 * What a raw dump's name hints at: `frame_1920x1080_nv12.yuv`, `a.640x480.i420`, `b-1280x720-bgr565-s2624.bin`, `w1920_h1080_422_10bit.yuv`.
 * A format's own word counts more than the name's extension, and that more than `yuv`; where several sizes or formats are named, those that explain the length count.
 * @param bytes the file's length, where it is known
 */
export function hintFromName(fullName: string, bytes?: number): NameHint | undefined {
  const name = fullName.slice(-LONGEST_NAME);
  const stem = name.replace(/\.[A-Za-z0-9]{1,16}$/, '');
  const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');
  const bare = stem.replace(PAIR, '_').replace(WIDTH_HEIGHT, '_').replace(STRIDE, '_');
  const words = wordsOf(bare);
  const world = WORLDS.find(([prefix]) => flat(stem).includes(prefix))?.[1];
  const modifiers: Modifiers = { bits: undefined, isBig: undefined, chroma: undefined, range: undefined, matrix: undefined };
  const inStem = readWords(words, world, modifiers);
  const inExtension = readWords(wordsOf(name.slice(stem.length)), world, modifiers);
  // Own words before the extension, and both before what only says the kind.
  const read = [...inStem, ...inExtension].toSorted((a, b) => Number(a.isWeak === true) - Number(b.isWeak === true));
  const readings = (read.length > 0 ? read : fromModifiers(modifiers)).flatMap((reading) => { const fine = refined(reading, modifiers); return fine.format === reading.format ? [reading] : [fine, reading]; });
  const sizes = sizesIn(stem, words);
  const strideText = [...stem.matchAll(STRIDE)][0];
  const stride = strideText === undefined ? undefined : Number(strideText[1] ?? strideText[2]);
  const choice = choose(sizes, readings, stride, bytes);
  // A depth alone is no format until it explains the file.
  const reading = read.length === 0 && choice.worth === NOT_READ ? undefined : choice.reading;
  return hintOf({ ...choice, reading }, modifiers, stride, doubtsOf(sizes, { ...choice, reading }, bytes));
}

function hintOf({ size, reading }: Choice, modifiers: Modifiers, stride: number | undefined, doubts: readonly string[]): NameHint | undefined {
  const colorSpec = colorOf(modifiers, reading);
  if (size === undefined && reading === undefined && doubts.length === 0) return undefined;
  const found = [
    ...(size === undefined ? [] : [saySize(size)]), ...(reading === undefined ? [] : [sayFormat(reading)]), ...(stride === undefined ? [] : [`rows of ${String(stride)} B`]),
    ...(colorSpec?.matrix === undefined ? [] : [MATRICES[colorSpec.matrix].title]), ...(colorSpec?.range === undefined ? [] : [`${colorSpec.range} range`]),
  ];
  return {
    ...(size === undefined ? {} : { width: size.width, height: size.height }),
    ...(reading === undefined ? {} : { format: reading.format }),
    ...(reading?.vBeforeU === true ? { vBeforeU: true } : {}),
    ...(stride === undefined ? {} : { strides: [stride] }),
    ...(colorSpec === undefined ? {} : { colorSpec }),
    found,
    doubts,
  };
}
