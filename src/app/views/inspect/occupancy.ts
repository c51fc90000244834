import { byteLength, planeLayouts, requiredBytes } from '../../../kernels/index.ts';
import type { ImageSpec } from '../../../kernels/index.ts';

/** What an image’s bytes are. */
export interface Occupancy {
  readonly bytes: number;
  readonly sampleBytes: number;
  /** Between rows and behind them, up to their strides; and between planes with offsets of their own. */
  readonly paddingBytes: number;
}

/**
 * The bytes an image takes of those that are there: whole rows with their padding, but the last row’s padding only as far as it is there.
 * @param available bytes from the image’s first on; where they are too few, what is needed is counted
 * @throws LabError those of `planeLayouts`
 */
export function occupancy(spec: ImageSpec, available = Infinity): Occupancy {
  const bytes = Math.min(byteLength(spec), Math.max(requiredBytes(spec), available));
  const sampleBytes = planeLayouts(spec).reduce((sum, { rowBytes, rows }) => sum + rowBytes * rows, 0);
  return { bytes, sampleBytes, paddingBytes: bytes - sampleBytes };
}

/** Frames of a spec, one after another, in so many bytes; the last need not be padded to its end. */
export const framesIn = (spec: ImageSpec, available: number): number => Math.floor((available + byteLength(spec) - requiredBytes(spec)) / byteLength(spec));
