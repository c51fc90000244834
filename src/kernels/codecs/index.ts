import type { Codec } from './codec.ts';
import { PNG } from './png.ts';
import { PNM } from './pnm.ts';
import { QOI } from './qoi.ts';
import { Y4M } from './y4m.ts';

/** Codecs that keep every sample as the file has it; one line each. */
export const EXACT_CODECS: readonly Codec[] = [PNG, PNM, QOI, Y4M];

export function codecNamed(id: string): Codec | undefined {
  return EXACT_CODECS.find((codec) => codec.id === id);
}
