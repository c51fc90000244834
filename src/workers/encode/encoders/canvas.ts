import { LabError, imageBytes } from '../../../kernels/index.ts';
import { decodePng } from '../../../kernels/codecs/png.ts';
import { isOpaque } from '../../pixels/decode/browser.ts';
import type { Encoder } from '../encoder.ts';
import { decodeStill } from '../decodeStill.ts';
import { RGBA_NOTE, rgbaBytes } from './rgba.ts';

type Mime = 'image/jpeg' | 'image/webp' | 'image/png';

type Alpha = 'none' | 'premultiply';

/** @param premultiplyAlpha `none`: straight alpha all the way, a bitmap made without multiplying, transferred to the canvas instead of drawn */
async function canvasOf(rgba: Uint8ClampedArray<ArrayBuffer>, width: number, height: number, premultiplyAlpha: Alpha = 'none'): Promise<OffscreenCanvas> {
  const bitmap = await createImageBitmap(new ImageData(rgba, width, height), { premultiplyAlpha, colorSpaceConversion: 'none' });
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

let straight: Promise<boolean> | undefined;

async function tryStraight(): Promise<boolean> {
  const pixel = Uint8ClampedArray.of(200, 100, 50, 128);
  const blob = await (await canvasOf(pixel, 1, 1)).convertToBlob({ type: 'image/png' });
  const read = imageBytes(decodePng(new Uint8Array(await blob.arrayBuffer())));
  return pixel.every((value, at) => read[at] === value);
}

/** Some browsers divide a canvas's colours by alpha even where nothing had multiplied them, which spoils them: such a one is given multiplied ones. A JPEG takes the colours as they are. */
async function alphaFor(mime: Mime): Promise<Alpha> {
  if (mime === 'image/jpeg') return 'none';
  straight ??= tryStraight();
  return (await straight) ? 'none' : 'premultiply';
}

const MULTIPLIED_NOTE = 'This browser’s canvas holds colours multiplied by alpha: under little alpha they are rounded, and under none they are lost.';

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
    const alpha = await alphaFor(mime);
    const isSpoiled = alpha === 'premultiply' && !isOpaque(rgba);
    const surface = await stages.wait('To canvas', () => canvasOf(rgba, width, height, alpha));
    const quality = typeof values['quality'] === 'number' ? values['quality'] : undefined;
    const blob = await stages.wait('Encode', () => toBlob(surface, mime, quality));
    const bytes = new Uint8Array(await stages.wait('Read the blob', () => blob.arrayBuffer()));
    return { bytes, notes: isSpoiled ? [RGBA_NOTE, MULTIPLIED_NOTE] : [RGBA_NOTE], decode: () => decodeStill(bytes, mime, image) };
  },
});
