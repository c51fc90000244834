import { byteLength } from '../../../kernels/index.ts';
import type { ImageSpec, PixelFormatId } from '../../../kernels/index.ts';
import { rowSizes } from '../../../kernels/image/layout.ts';
import type { FileFacts, GuessRow, RawGeometry } from '../../../workers/pixels/protocol.ts';

/** A geometry found for another format, and a sentence that says how. */
export interface Solved {
  readonly spec: ImageSpec;
  readonly headerOffset: number;
  readonly says: string;
}

const sayOf = ({ width, height }: ImageSpec, how: string): string => `${String(width)}×${String(height)} solved: ${how}.`;

/** The size at which another format explains a raw file, where nobody has set one: what its name says, else what was found by its length and content, else rows of as many bytes as now. Undefined where none explains the length. */
export function solveSize(format: PixelFormatId, { spec, headerOffset }: RawGeometry, { hint, bytes }: Pick<FileFacts, 'hint' | 'bytes'>, guesses: readonly GuessRow[] = []): Solved | undefined {
  const { colorSpec } = spec;
  const explains = ({ width, height }: Pick<ImageSpec, 'width' | 'height'>): boolean => width >= 1 && height >= 1 && (bytes - headerOffset) % byteLength({ format, width, height }) === 0 && bytes > headerOffset;
  const take = (width: number, height: number, how: string): Solved => { const next = { format, width, height, colorSpec }; return { spec: next, headerOffset, says: sayOf(next, how) }; };
  if (hint?.width !== undefined && hint.height !== undefined && explains({ width: hint.width, height: hint.height })) return take(hint.width, hint.height, 'the name says it, and the length agrees');
  const guess = guesses.find((one) => one.spec.format === format);
  if (guess !== undefined) return { spec: { ...guess.spec, colorSpec }, headerOffset: guess.headerOffset, says: sayOf(guess.spec, guess.reasons[0] ?? 'the length fits') };
  if (explains(spec)) return undefined;
  const { rowBytes } = rowSizes({ format: spec.format, width: spec.width }, 0);
  const width = Math.floor((rowBytes * 1024) / rowSizes({ format, width: 1024 }, 0).rowBytes);
  if (explains({ width, height: spec.height })) return take(width, spec.height, `rows of ${String(rowBytes)} B as before`);
  const height = Math.round((bytes - headerOffset) / (byteLength({ format, width: spec.width, height: 1024 }) / 1024));
  return explains({ width: spec.width, height }) ? take(spec.width, height, 'the width as before, the height from the length') : undefined;
}
