import { formatLayout } from '../image/formatLayout.ts';
import { HELD_FORMATS } from '../tables/fileFormats.ts';
import { pixelFormat } from '../tables/pixelFormats.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';

/** Kinds of file that do not hold every format. */
export type FileKind = keyof typeof HELD_FORMATS | 'jpeg';

/** How values without a white of their own become a file's unsigned ones. */
export const VALUE_MAPPINGS = {
  full: { title: 'full range', says: '0 … 1, or all that the type can say, becomes black … white' },
  minmax: { title: 'min … max', says: 'the smallest value becomes black, the largest white' },
  clamp: { title: 'as they are', says: 'numbers stay; what the file cannot say is cut' },
} as const;
export type ValueMapping = keyof typeof VALUE_MAPPINGS;

/** What a picture becomes in a file of some kind. */
export interface Writing {
  /** The format that the file holds. */
  readonly format: PixelFormatId;
  /** Set where numbers are mapped: the format with which `format` is made. */
  readonly mapped: PixelFormatId | undefined;
  /** Whether the mapping is to be chosen: float, signed and 32-bit values have no white that a file could know. */
  readonly asksMapping: boolean;
  /** What is not in the file as the picture has it, a phrase each; none when it comes back bit for bit. */
  readonly changes: readonly string[];
}

/** JPEG of the downloads: good enough to look at; choosing it is the encoder's business. */
export const JPEG_QUALITY = 92;

interface Traits {
  readonly family: 'gray' | 'rgb' | 'yuv' | 'palette';
  readonly bits: number;
  readonly hasAlpha: boolean;
  /** Pixels for each chroma sample; 1×1 without chroma. */
  readonly sub: { readonly x: number; readonly y: number };
  readonly chroma: string;
  readonly isValue: boolean;
}

/** The most bits that a file's component has. */
const MOST_BITS = 16;

function traitsOf(format: PixelFormatId): Traits {
  const { components, chroma } = formatLayout(format);
  const { family, chroma: name } = pixelFormat(format);
  const hasAlpha = components.some(({ component }) => component === 'A');
  return { family, hasAlpha, chroma: name, sub: family === 'yuv' ? chroma : { x: 1, y: 1 }, bits: Math.max(...components.map(({ bits }) => bits)), isValue: components.some(({ kind, bits }) => kind !== 'unsigned' || bits > MOST_BITS) };
}

/** From one kind of colours to another: 0 keeps every value, 9 loses the colours. */
function familyCost(from: Traits['family'], to: Traits['family']): number {
  if (from === to || (from === 'palette' && to === 'rgb')) return 0;
  return to === 'gray' ? 9 : 1;
}

/** What is lost first, what is only more than needed after it. */
function costs(from: Traits, to: Traits): readonly number[] {
  const bits = Math.min(from.bits, MOST_BITS);
  const isAlphaLost = from.hasAlpha && !to.hasAlpha;
  return [familyCost(from.family, to.family), Math.max(0, to.sub.x - from.sub.x) + Math.max(0, to.sub.y - from.sub.y), Math.max(0, bits - to.bits), Number(isAlphaLost), (from.sub.x * from.sub.y) / (to.sub.x * to.sub.y), Number(to.hasAlpha && !from.hasAlpha && from.family !== 'palette'), to.bits - bits];
}

function compareCosts(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((cost, index) => cost !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** The nearest of some formats: the one that keeps most, and of those the smallest. */
function nearest(from: Traits, allowed: readonly PixelFormatId[]): PixelFormatId | undefined {
  return allowed.map((format) => ({ format, cost: costs(from, traitsOf(format)) })).toSorted((a, b) => compareCosts(a.cost, b.cost))[0]?.format;
}

const FAMILIES = { gray: 'gray', rgb: 'R, G, B', yuv: 'Y′CbCr', palette: 'palette' } as const;

function changesBetween(from: Traits, to: Traits): readonly string[] {
  const isSame = familyCost(from.family, to.family) === 0;
  const isFromGray = from.family === 'gray';
  return [
    ...(from.isValue ? ['values are mapped to black … white'] : []),
    ...(from.family === 'palette' ? ['the palette’s colours are written out'] : []),
    ...(isSame || isFromGray ? [] : [`${FAMILIES[from.family]} becomes ${FAMILIES[to.family]}, rounded`]),
    ...(isFromGray && to.family === 'rgb' ? ['gray is written as equal R, G, B'] : []),
    ...(isSame && from.sub.x * from.sub.y > to.sub.x * to.sub.y ? [`chroma of ${from.chroma} is repeated to ${to.chroma}`] : []),
    ...(from.bits === to.bits || from.family === 'palette' ? [] : [`${String(from.bits)} bits become ${String(to.bits)}`]),
    ...(from.hasAlpha && !to.hasAlpha ? ['alpha is dropped'] : []),
  ];
}

/** Gray of 16 bits is a measurement, whose numbers conversions keep; to be seen in 8 bits it is scaled. */
const isMeasured = ({ family, bits }: Traits): boolean => family === 'gray' && bits === MOST_BITS;

/** What a picture of that format becomes in a file of that kind. */
export function planWriting(format: PixelFormatId, kind: FileKind): Writing {
  if (kind === 'jpeg') return planJpeg(format, traitsOf(format));
  return planWithin(format, HELD_FORMATS[kind]);
}

/** The same of a file that holds some formats. */
export function planWithin(format: PixelFormatId, allowed: readonly PixelFormatId[]): Writing {
  const from = traitsOf(format);
  if (allowed.includes(format)) return { format, mapped: undefined, asksMapping: false, changes: [] };
  const held = nearest(from, allowed) ?? 'rgb24';
  const to = traitsOf(held);
  return { format: held, mapped: mappedFormat(from, to.bits), asksMapping: from.isValue, changes: changesBetween(from, to) };
}

function mappedFormat(from: Traits, bits: number): PixelFormatId | undefined {
  if (!from.isValue && !(isMeasured(from) && bits < MOST_BITS)) return undefined;
  if (from.family === 'gray') return bits > 8 ? 'gray16le' : 'gray';
  return bits > 8 ? 'rgba64le' : 'rgba';
}

/** Our encoder reads most formats itself, all of them as 8 bits. */
function planJpeg(format: PixelFormatId, from: Traits): Writing {
  const mapped = from.isValue ? mappedFormat(from, 8) : undefined;
  const depth = from.bits > 8 ? [`${String(from.bits)} bits become 8`] : [];
  return { format: mapped ?? format, mapped, asksMapping: from.isValue, changes: [`lossy, quality ${String(JPEG_QUALITY)}`, ...depth, ...(from.hasAlpha ? ['alpha is dropped'] : [])] };
}

/** What a file of that kind changes, as a sentence; undefined where it keeps everything. */
export function sayChanges({ changes }: Writing): string | undefined {
  const text = changes.join('; ');
  return text === '' ? undefined : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
