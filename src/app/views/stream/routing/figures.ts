import { formatBytes } from '../../../../kernels/index.ts';

/** `1.2 MB/s`, in thousands as rates are. */
export function rate(bytesPerSecond: number): string {
  if (bytesPerSecond >= 1e6) return `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
  return `${(bytesPerSecond / 1e3).toFixed(bytesPerSecond >= 1e5 ? 0 : 1)} kB/s`;
}

export const psnr = (decibels: number | undefined): string => (decibels === undefined ? '–' : decibels === Infinity ? 'exact' : `${decibels.toFixed(1)} dB`);

export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : String(Math.round(value))} ms`;

export const hex = (checksum: number): string => checksum.toString(16).padStart(8, '0');

export const bytes = formatBytes;

export const size = ({ width, height }: { readonly width: number; readonly height: number }): string => `${String(width)}×${String(height)}`;
