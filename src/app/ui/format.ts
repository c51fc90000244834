import { formatBytes } from '../../kernels/index.ts';
import type { PixelSample } from '../../kernels/index.ts';
import type { Notation } from '../state/document.ts';

/** A number in groups of three: `552 960`. */
export const group = (value: number): string => formatBytes(value).slice(0, -2);

const float = (value: number): string => (Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6))));

/** A stored value in the person's notation. */
export function notate(value: number, bits: number, kind: 'unsigned' | 'signed' | 'float', notation: Notation): string {
  if (kind === 'float' || notation === 'dec') return float(value).replace('-', '−');
  const raw = value < 0 ? value + 2 ** bits : value;
  if (notation === 'hex') return raw.toString(16).toUpperCase().padStart(Math.ceil(bits / 4), '0');
  if (notation === 'bin') return raw.toString(2).padStart(bits, '0');
  return (value / (2 ** bits - 1)).toFixed(4);
}

/** One sample of a read-out. */
export const notateSample = (sample: PixelSample, notation: Notation): string => notate(sample.value, sample.bits, sample.kind, notation);

export const percent = (zoom: number): string => (zoom >= 1 ? `${String(zoom * 100)} %` : `1/${String(Math.round(1 / zoom))}`);

export const decibels = (psnr: number): string => (psnr === Infinity ? '∞' : psnr.toFixed(1));

export const milliseconds = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));
