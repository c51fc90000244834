import { allocImage, convert } from '../../kernels/index.ts';
import type { PixelFormatId } from '../../kernels/index.ts';

/** Conversions whose steps use most of what writes modules. */
export const TYPICAL: readonly (readonly [from: PixelFormatId, to: PixelFormatId])[] = [['nv12', 'rgba'], ['rgba', 'nv12'], ['p010le', 'rgba'], ['rgb565le', 'bgra']];

const SMALL = { width: 16, height: 16 } as const;

/**
 * Writes and compiles a few modules while nobody waits: what does so is slow until the engine has seen it run, and the first conversion
 * that a person asks for need not pay for that.
 * @param pause lets whoever asks for something go first
 */
export async function warmUp(pause: () => Promise<void>): Promise<void> {
  for (const [format, to] of TYPICAL) {
    await pause();
    convert(allocImage({ format, ...SMALL }), to, { backend: 'simd' });
  }
}
