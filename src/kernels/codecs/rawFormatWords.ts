import { formatLayout } from '../image/formatLayout.ts';
import type { ChromaId } from '../tables/chroma.ts';
import type { RangeId } from '../tables/colorSpecs.ts';
import { FORMAT_CODES, SWAPPED_CODES } from '../tables/formatCodes.ts';
import { PIXEL_FORMAT_IDS, isPixelFormatId, pixelFormat } from '../tables/pixelFormats.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import type { NameWorld } from '../tables/pixelFormatRow.ts';

/** What a word, or several in a row, says of the format. */
export interface Reading {
  readonly word: string;
  readonly format: PixelFormatId;
  readonly vBeforeU?: true;
  readonly range?: RangeId;
  readonly doubt?: string;
  /** Says the kind only (`yuv`, `16bit`): any other word counts more. */
  readonly isWeak?: true;
}

export const flat = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

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
export const WORLDS: readonly (readonly [string, NameWorld])[] = [['drmformat', 'drm'], ['v4l2pixfmt', 'v4l2'], ['gstvideoformat', 'gstreamer'], ['vkformat', 'vulkan'], ['vpiimageformat', 'vpi']];

const OTHER_NAMES: readonly (readonly [string, PixelFormatId])[] = PIXEL_FORMAT_IDS.flatMap((id) => [...Object.values(pixelFormat(id).aka), ...(FORMAT_CODES[id]?.split(' ') ?? [])].map((name): [string, PixelFormatId] => [flat(name), id])).filter(([name]) => name.length > 2);
const SWAPPED_NAMES = new Map(PIXEL_FORMAT_IDS.flatMap((id) => { const code = SWAPPED_CODES[id]; return code === undefined ? [] : [[flat(code), id] as const]; }));

/** The components of each plane in the order of memory, `x` for words without meaning: `Y|UV`, `BGRx`. */
export const orderOf = (id: PixelFormatId): string => pixelFormat(id).planes.map(({ fields, words }) => fields.map(({ component }) => component).join('') + 'x'.repeat(Math.max(0, words - fields.length))).join('|');

interface Likeness {
  readonly order: string;
  readonly chroma: ChromaId;
  readonly bits: number;
  readonly isBig: boolean;
}

/** The format with such planes, chroma, depth and byte order. */
export function formatLike({ order, chroma, bits, isBig }: Likeness): PixelFormatId | undefined {
  return PIXEL_FORMAT_IDS.find((id) => {
    const [first] = formatLayout(id).components;
    return first?.kind === 'unsigned' && first.bits === bits && pixelFormat(id).chroma === chroma && orderOf(id) === order && (first.wordBytes === 1 || first.bigEndian === isBig);
  });
}

export const CHROMAS: Readonly<Record<string, ChromaId>> = { '400': '4:0:0', '410': '4:1:0', '411': '4:1:1', '420': '4:2:0', '422': '4:2:2', '440': '4:4:0', '444': '4:4:4' };
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
export function readingOf(word: string, world?: NameWorld): Reading | undefined {
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
