import type { ColorSpec } from '../../kernels/index.ts';

/** A matrix and range in WebCodecs' words; what it has no word for is said to be BT.601's. */
export function videoColor({ matrix, range }: Pick<ColorSpec, 'matrix' | 'range'>) {
  const name = matrix === 'bt709' ? 'bt709' : 'smpte170m';
  return { matrix: name, primaries: name, fullRange: range === 'full' } as const;
}
