import { encode } from 'jpeg-js';
import { convert, subImage, wrapImage } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import { encodeJpeg } from '../../kernels/codecs/jpeg/index.ts';
import { PART_END_BYTES, multipartPart, partHeader } from '../../kernels/codecs/mjpeg/index.ts';
import { withBuffer } from '../../kernels/codecs/withBuffer.ts';
import type { Chain, ChainResult, ChainSettings } from './chain.ts';
import { StageBook } from './stageBook.ts';

interface Rgb {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** `image[::n, ::n, :3]` into a new buffer: the alpha is dropped on the way. @param image rgba of any stride */
function gather({ width, height, planes: [plane] }: Image, n: number): Rgb {
  const small = { width: Math.ceil(width / n), height: Math.ceil(height / n) };
  const bytes = new Uint8Array(small.width * small.height * 3);
  if (plane === undefined) return { ...small, bytes };
  const source = plane.bytes;
  let at = 0;
  for (let y = 0; y < height; y += n) {
    const row = y * plane.stride;
    for (let x = 0; x < width; x += n) {
      const from = row + x * 4;
      bytes[at] = source[from] ?? 0;
      bytes[at + 1] = source[from + 1] ?? 0;
      bytes[at + 2] = source[from + 2] ?? 0;
      at += 3;
    }
  }
  return { ...small, bytes };
}

/** Averages are left to the pipeline, planned and allocated anew for each frame. */
function shrink(image: Image, { decimate, filter }: ChainSettings): Rgb {
  if (filter === 'nearest' || decimate === 1) return gather(image, decimate);
  const { width, height, planes: [plane] } = convert(image, 'rgb24', { decimate, resample: filter });
  return { width, height, bytes: Uint8Array.from(plane?.bytes ?? []) };
}

/** Four bytes a pixel, which is how this library (and Pillow, inside) keeps R,G,B. */
function widen({ width, height, bytes }: Rgb): Uint8Array {
  const wide = new Uint8Array(width * height * 4);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    wide[to] = bytes[from] ?? 0;
    wide[to + 1] = bytes[from + 1] ?? 0;
    wide[to + 2] = bytes[from + 2] ?? 0;
    wide[to + 3] = 255;
  }
  return wide;
}

/** @param tablesAreMade called when the library first looks at the picture: it makes its tables before that, and keeps none of them */
function libraryJpeg(data: Uint8Array, { width, height }: Pick<Rgb, 'width' | 'height'>, quality: number, tablesAreMade: () => void): Uint8Array {
  // Comments are the first that it asks the picture for.
  const picture = { data, width, height, get comments(): string[] { tablesAreMade(); return []; } };
  const encoded: { readonly data: Uint8Array } = withBuffer(() => encode(picture, quality));
  return encoded.data;
}

/** Reads, crops and gathers as the loop does. */
function gathered(book: StageBook, image: Image, settings: ChainSettings): Rgb {
  const rgba = book.measure('read', () => (image.format === 'rgba' ? image : convert(image, 'rgba')), (made) => (made === image ? {} : { copied: made.width * made.height * 4, made: [made.width * made.height * 4] }));
  const cropped = book.measure('crop', () => (settings.crop === undefined ? rgba : subImage(rgba, settings.crop)));
  return book.measure('decimate', () => shrink(cropped, settings), ({ bytes }) => ({ copied: bytes.length, made: [bytes.length] }));
}

function asPart(book: StageBook, jpeg: Uint8Array, timestamp: number): ChainResult {
  const part = book.measure('multipart', () => multipartPart(jpeg, timestamp), ({ length }) => ({ copied: length, made: [length] }));
  const header = partHeader(jpeg.length, timestamp).length;
  return { part, jpeg: part.subarray(header, part.length - PART_END_BYTES), costs: book.take() };
}

/** The asker's loop, written plainly: nothing is kept from one frame to the next. */
export class NaiveChain implements Chain {
  private readonly book = new StageBook();

  run(image: Image, settings: ChainSettings, timestamp: number): ChainResult {
    const { book } = this;
    const rgb = gathered(book, image, settings);
    const wide = book.measure('alpha', () => widen(rgb), ({ length }) => ({ copied: length, made: [length] }));
    const jpeg = book.measureTwo('tables', 'jpeg', (tablesAreMade) => libraryJpeg(wide, rgb, settings.quality, tablesAreMade), ({ length }) => ({ made: [length] }));
    return asPart(book, jpeg, timestamp);
  }
}

/** The same loop with our encoder: what the library alone costs. */
export class OwnEncoderChain implements Chain {
  private readonly book = new StageBook();

  run(image: Image, settings: ChainSettings, timestamp: number): ChainResult {
    const { book } = this;
    const { width, height, bytes } = gathered(book, image, settings);
    const planes = book.measure('colour', () => convert(wrapImage(bytes, { format: 'rgb24', width, height }), { format: 'yuv420p', width, height, colorSpec: { matrix: 'bt601', range: 'full', siting: 'center' } }, { chromaDown: settings.chroma }), (made) => ({ made: made.planes.map((plane) => plane.bytes.length) }));
    const jpeg = book.measure('jpeg', () => encodeJpeg(planes, { quality: settings.quality }), ({ length }) => ({ copied: length, made: [length, length] }));
    return asPart(book, jpeg, timestamp);
  }
}
