import { formatLayout } from '../image/formatLayout.ts';
import { byteLength, proportionalStrides, rowSizes } from '../image/layout.ts';
import type { ImageSpec } from '../image/types.ts';
import type { ChromaId } from '../tables/chroma.ts';
import { MATRICES } from '../tables/colorSpecs.ts';
import type { ColorSpec, MatrixId, RangeId } from '../tables/colorSpecs.ts';
import { FORMAT_CODES, SWAPPED_CODES } from '../tables/formatCodes.ts';
import { PIXEL_FORMAT_IDS, isPixelFormatId, pixelFormat } from '../tables/pixelFormats.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import type { NameWorld } from '../tables/pixelFormatRow.ts';

/** What a raw dump's name says of it. */
export interface NameHint extends Partial<ImageSpec> {
  /** V's plane comes before U's: YV12 is yuv420p so. */
  readonly vBeforeU?: true | undefined;
  /** What was taken from the name, each as a person reads it. */
  readonly found: readonly string[];
  /** What the name says and was not taken as it stands: sentences. */
  readonly doubts: readonly string[];
}

/** What a word, or several in a row, says of the format. */
interface Reading {
  readonly word: string;
  readonly format: PixelFormatId;
  readonly vBeforeU?: true;
  readonly range?: RangeId;
  readonly doubt?: string;
  /** Says the kind only (`yuv`, `16bit`): any other word counts more. */
  readonly isWeak?: true;
}

const flat = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Words of file names that no table of formats has, or that mean something else there. */
const WORDS: Readonly<Record<string, Omit<Reading, 'word'>>> = {
  yuv: { format: 'yuv420p', isWeak: true }, yvu: { format: 'yuv420p', vBeforeU: true, isWeak: true }, ycbcr: { format: 'yuv420p', isWeak: true },
  grey: { format: 'gray' }, mono: { format: 'gray' }, luma: { format: 'gray' }, gray8: { format: 'gray' }, grey8: { format: 'gray' }, mono8: { format: 'gray' }, y8: { format: 'gray' }, u8: { format: 'gray' }, uint8: { format: 'gray' }, y16: { format: 'gray16le' }, mono16: { format: 'gray16le' }, u16: { format: 'gray16le' }, uint16: { format: 'gray16le' }, mono10: { format: 'gray10le' }, mono12: { format: 'gray12le' },
  int8: { format: 's8' }, int16: { format: 's16le' }, int32: { format: 's32le' }, uint32: { format: 'u32le' }, f32: { format: 'grayf32le' }, float32: { format: 'grayf32le' }, fp32: { format: 'grayf32le' }, float: { format: 'grayf32le' },
  bgr565: { format: 'rgb565le', doubt: '“bgr565” is read as rgb565le, as xpra has it; DRM’s and FFmpeg’s is bgr565le: if red and blue look exchanged, choose that.' },
  rgb888: { format: 'rgb24' }, bgr888: { format: 'bgr24' }, i010: { format: 'yuv420p10le' }, i210: { format: 'yuv422p10le' }, i410: { format: 'yuv444p10le' }, yuy2: { format: 'yuyv422' }, iyuv: { format: 'yuv420p' }, nv12er: { format: 'nv12', range: 'full' }, nv24er: { format: 'nv24', range: 'full' },
  '420f': { format: 'nv12', range: 'full' }, '420v': { format: 'nv12', range: 'limited' },
};

/** Whose names are meant, where the name says so. */
const WORLDS: readonly (readonly [string, NameWorld])[] = [['drmformat', 'drm'], ['v4l2pixfmt', 'v4l2'], ['gstvideoformat', 'gstreamer'], ['vkformat', 'vulkan'], ['vpiimageformat', 'vpi']];

const OTHER_NAMES: readonly (readonly [string, PixelFormatId])[] = PIXEL_FORMAT_IDS.flatMap((id) => [...Object.values(pixelFormat(id).aka), ...(FORMAT_CODES[id]?.split(' ') ?? [])].map((name): [string, PixelFormatId] => [flat(name), id])).filter(([name]) => name.length > 2);
const SWAPPED_NAMES = new Map(PIXEL_FORMAT_IDS.flatMap((id) => { const code = SWAPPED_CODES[id]; return code === undefined ? [] : [[flat(code), id] as const]; }));

/** The components of each plane in the order of memory, `x` for words without meaning: `Y|UV`, `BGRx`. */
const orderOf = (id: PixelFormatId): string => pixelFormat(id).planes.map(({ fields, words }) => fields.map(({ component }) => component).join('') + 'x'.repeat(Math.max(0, words - fields.length))).join('|');

interface Likeness {
  readonly order: string;
  readonly chroma: ChromaId;
  readonly bits: number;
  readonly isBig: boolean;
}

/** The format with such planes, chroma, depth and byte order. */
function formatLike({ order, chroma, bits, isBig }: Likeness): PixelFormatId | undefined {
  return PIXEL_FORMAT_IDS.find((id) => {
    const [first] = formatLayout(id).components;
    return first?.kind === 'unsigned' && first.bits === bits && pixelFormat(id).chroma === chroma && orderOf(id) === order && (first.wordBytes === 1 || first.bigEndian === isBig);
  });
}

const CHROMAS: Readonly<Record<string, ChromaId>> = { '400': '4:0:0', '410': '4:1:0', '411': '4:1:1', '420': '4:2:0', '422': '4:2:2', '440': '4:4:0', '444': '4:4:4' };
const SEMI = ['sp', 'semiplanar'];

/** Ascend's, Rockchip's and others' way to say where the components lie; Android's cameras meant the other order by it. */
const SP_DOUBT = '“yuv420sp” is read as nv12 (Y, then U V), as Ascend has it; Android’s cameras called nv21 so: if red and blue look exchanged, choose nv21.';

/** `yuv420sp`, `444p10le`, `i422`, `yvu420`, `YUV_SEMIPLANAR_420`, `yuv400p16le`, `422`. */
function composed(word: string): Reading | undefined {
  const parts = /^(yuv|yvu|ycbcr|ycrcb|i)?(semiplanar|planar)?(4\d\d)(semiplanar|sp|planar|p|i)?(\d{1,2})?(?:bits?)?(le|be)?$/.exec(word);
  const [, family = '', before, numbers = '', after, depth, order = 'le'] = parts ?? [];
  const chroma = CHROMAS[numbers];
  const arrangement = before ?? after ?? 'p';
  if (chroma === undefined || (depth !== undefined && family === '' && before === undefined && after === undefined)) return undefined;
  const likeness = { chroma, bits: Number(depth ?? 8), isBig: order === 'be' };
  const isSwapped = family === 'yvu' || family === 'ycrcb';
  const isWeak = family === '' && after === undefined && before === undefined ? { isWeak: true as const } : {};
  if (chroma === '4:0:0') return read(formatLike({ ...likeness, order: 'Y' }), { ...isWeak });
  if (SEMI.includes(arrangement)) {
    const own = formatLike({ ...likeness, order: isSwapped ? 'Y|VU' : 'Y|UV' });
    if (own !== undefined) return read(own, word === 'yuv420sp' ? { doubt: SP_DOUBT } : {});
    return isSwapped ? exchanged(word, formatLike({ ...likeness, order: 'Y|UV' })) : undefined;
  }
  if (arrangement === 'i') return read(formatLike({ ...likeness, order: 'YUYV' }), {});
  return read(formatLike({ ...likeness, order: 'Y|U|V' }), { ...(isSwapped ? { vBeforeU: true as const } : {}), ...isWeak });

  function read(format: PixelFormatId | undefined, more: Partial<Reading>): Reading | undefined {
    return format === undefined ? undefined : { word, format, ...more };
  }
}

/** A layout that no row has, read as its twin. */
function exchanged(word: string, format: PixelFormatId | undefined): Reading | undefined {
  return format === undefined ? undefined : { word, format, doubt: `“${word}” is ${format} with U and V the other way round, for which there is no format here: it is read as ${format}; “Copy with U and V swapped” brings them in order.` };
}

/** What a word says of the format; undefined where it says nothing. @param world whose names come first */
function readingOf(word: string, world?: NameWorld): Reading | undefined {
  const named = world === undefined ? undefined : PIXEL_FORMAT_IDS.find((id) => { const name = pixelFormat(id).aka[world]; return name !== undefined && flat(name) === word; });
  if (named !== undefined) return { word, format: named };
  const own = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (own !== undefined) return { word, ...own };
  for (const id of [word, `${word}le`]) if (isPixelFormatId(id)) return { word, format: id };
  const swapped = SWAPPED_NAMES.get(word);
  if (swapped !== undefined) return orderOf(swapped).includes('|V') ? { word, format: swapped, vBeforeU: true } : exchanged(word, swapped);
  const made = composed(word);
  if (made !== undefined) return made;
  const other = OTHER_NAMES.find(([name]) => name === word)?.[1];
  return other === undefined ? undefined : { word, format: other };
}

/** The format that a word names, or undefined. */
export const formatNamed = (word: string): PixelFormatId | undefined => readingOf(flat(word))?.format;

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

/** What the words that are no format say. */
interface Modifiers {
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
function readWords(words: readonly string[], world: NameWorld | undefined, into: Modifiers): readonly Reading[] {
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
function refined(reading: Reading, { bits, isBig, chroma }: Modifiers): Reading {
  const [first] = formatLayout(reading.format).components;
  if (first === undefined || first.kind !== 'unsigned') return reading;
  const kind = reading.isWeak === true && chroma !== undefined && pixelFormat(reading.format).family === 'yuv' ? chroma : pixelFormat(reading.format).chroma;
  const order = kind === '4:0:0' && pixelFormat(reading.format).family === 'yuv' ? 'Y' : orderOf(reading.format);
  const depth = first.bits === 8 ? (bits ?? 8) : first.bits;
  if (order === orderOf(reading.format) && depth === first.bits && (isBig ?? first.bigEndian) === first.bigEndian && kind === pixelFormat(reading.format).chroma) return reading;
  const format = formatLike({ order, chroma: kind, bits: depth, isBig: isBig ?? first.bigEndian });
  return format === undefined ? reading : { ...reading, format };
}

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
