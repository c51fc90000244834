import { convert, imageBytes } from '../../../kernels/index.ts';
import type { Image } from '../../../kernels/index.ts';
import type { Stages } from '../stages.ts';

/**
 * R,G,B,A of 8 bits, straight alpha, tight rows: what most encoders take. Never shared memory. Chroma is repeated, so
 * that an encoder which averages it again finds the samples that were there.
 */
export function rgbaBytes(image: Image, stages: Stages): Uint8ClampedArray<ArrayBuffer> {
  const rgba = stages.measure('To RGBA', () => (image.format === 'rgba' ? image : convert(image, 'rgba', { depthMode: 'exact' })));
  const started = performance.now();
  const bytes = new Uint8ClampedArray(imageBytes(rgba));
  stages.add('Copy', performance.now() - started, bytes.length);
  return bytes;
}

export const RGBA_NOTE = 'Taken from RGBA, which the pipeline makes first; that time counts.';
