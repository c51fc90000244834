import { LabError } from '../../../kernels/index.ts';
import type { Encoder } from '../encoder.ts';
import { decodeStill } from '../decodeStill.ts';
import { RGBA_NOTE, rgbaBytes } from './rgba.ts';

type Mime = 'image/jpeg' | 'image/webp' | 'image/png';

/** Straight alpha all the way: a bitmap made without multiplying, transferred to the canvas instead of drawn. */
async function canvasOf(rgba: Uint8ClampedArray<ArrayBuffer>, width: number, height: number): Promise<OffscreenCanvas> {
  const bitmap = await createImageBitmap(new ImageData(rgba, width, height), { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  return canvas;
}

/** A browser that does not know a type silently gives PNG. */
async function toBlob(canvas: OffscreenCanvas, mime: Mime, quality: number | undefined): Promise<Blob> {
  const blob = await canvas.convertToBlob({ type: mime, ...(quality === undefined ? {} : { quality: quality / 100 }) });
  if (blob.type === mime) return blob;
  throw new LabError({ code: 'encode/absent', what: `This browser was asked for ${mime} and gave ${blob.type}.`, remedy: 'Choose another encoder.' });
}

/** Found out once: by encoding one pixel. */
async function absence(mime: Mime): Promise<string | undefined> {
  if (typeof OffscreenCanvas === 'undefined') return 'There is no OffscreenCanvas here.';
  const canvas = await canvasOf(new Uint8ClampedArray(4), 1, 1);
  const blob = await canvas.convertToBlob({ type: mime });
  return blob.type === mime ? undefined : `This browser writes no ${mime}: it gives ${blob.type} instead.`;
}

/** The browser's own encoder. */
export const canvas = (mime: Mime): Encoder => ({
  absence: () => absence(mime),
  encode: async (image, values, stages) => {
    const { width, height } = image;
    const rgba = rgbaBytes(image, stages);
    const surface = await stages.wait('To canvas', () => canvasOf(rgba, width, height));
    const quality = typeof values['quality'] === 'number' ? values['quality'] : undefined;
    const blob = await stages.wait('Encode', () => toBlob(surface, mime, quality));
    const bytes = new Uint8Array(await stages.wait('Read the blob', () => blob.arrayBuffer()));
    return { bytes, notes: [RGBA_NOTE], decode: () => decodeStill(bytes, mime, image) };
  },
});
