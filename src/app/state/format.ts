import { formatBytes } from '../../kernels/index.ts';
import type { PixelSample } from '../../kernels/index.ts';
import type { Notation } from './document.ts';

/** A number in groups of three: `552 960`. */
export const group = (value: number): string => formatBytes(value).slice(0, -2);

const float = (value: number): string => (Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6))));

/** A number as typed, also in groups as `group` prints them: `1 282`, `1_282`. NaN where it is none. */
export function numberFrom(text: string): number {
  const trimmed = text.trim();
  const isGrouped = /^[-+−]?\d{1,3}(?:[\s_]\d{3})+(?:\.\d*)?$/.test(trimmed);
  const plain = (isGrouped ? trimmed.replace(/[\s_]/g, '') : trimmed).replace('−', '-');
  return plain === '' ? Number.NaN : Number(plain);
}

/** A stored value in the person's notation. */
export function notate(value: number, bits: number, kind: 'unsigned' | 'signed' | 'float', notation: Notation): string {
  if (kind === 'float' || notation === 'dec') return float(value).replace('-', '−');
  const raw = value < 0 ? value + 2 ** bits : value;
  if (notation === 'hex') return raw.toString(16).toUpperCase().padStart(Math.ceil(bits / 4), '0');
  if (notation === 'bin') return raw.toString(2).padStart(bits, '0');
  return (value / (2 ** bits - 1)).toFixed(4);
}

type SampleKind = PixelSample['kind'];

/** As `notate`, 0…1 to three decimals: enough to tell 8 bits apart. */
const tightly = (value: number, bits: number, kind: SampleKind, notation: Notation): string =>
  (kind !== 'float' && notation === 'norm' ? (value / (2 ** bits - 1)).toFixed(3).replace('-', '−') : notate(value, bits, kind, notation));

/** The notation where every value of a component takes at most so many characters, else decimal; undefined where that takes more too. */
export function notationWithin(room: number, bits: number, kind: SampleKind, notation: Notation): Notation | undefined {
  if (kind === 'float') return 'dec';
  const span = 2 ** bits;
  const ends = kind === 'signed' ? [-span / 2, span / 2 - 1] : [0, span - 1];
  return ([notation, 'dec'] as const).find((candidate) => ends.every((value) => tightly(value, bits, kind, candidate).length <= room));
}

/** A value in little room: as stored, but a float rounded as little as it takes. Undefined where nothing fits. */
export function notateWithin(room: number, value: number, bits: number, kind: SampleKind, notation: Notation): string | undefined {
  const values = kind === 'float' ? [value, ...[5, 4, 3, 2, 1].map((digits) => Number(value.toPrecision(digits)))] : [value];
  return values.map((one) => tightly(one, bits, kind, notation)).find((text) => text.length <= room);
}

/** One sample of a read-out. */
export const notateSample = (sample: PixelSample, notation: Notation): string => notate(sample.value, sample.bits, sample.kind, notation);

export const percent = (zoom: number): string => (zoom >= 1 ? `${String(zoom * 100)}\u00a0%` : `1/${String(Math.round(1 / zoom))}`);

export const decibels = (psnr: number): string => (psnr === Infinity ? '∞' : psnr.toFixed(1));

/** An SSIM; undefined: no window of it fits. */
export const similarity = (ssim: number | undefined): string => (ssim === undefined ? 'n/a' : ssim === 1 ? '1' : ssim.toFixed(4));

export const milliseconds = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));
