import { LabError, convert, encodeJpeg, imageBytes, pixelFormat } from '../kernels/index.ts';
import type { Image, PixelFormatId } from '../kernels/index.ts';
import { codecNamed } from '../kernels/codecs/index.ts';
import { sidecar } from '../kernels/codecs/sidecar.ts';
import { formatLayout } from '../kernels/image/formatLayout.ts';
import { alignedStrides } from '../kernels/image/layout.ts';
import type { ExportKind, ExportOptions, Exported } from './protocol.ts';

const stem = (name: string): string => name.replace(/ · .*$/, '').replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'image';

/** The nearest format that a codec can hold: gray stays gray, alpha stays, more than 8 bits become 16. */
export function fittingFormat(image: Image, allowed: readonly PixelFormatId[]): PixelFormatId | undefined {
  if (allowed.includes(image.format)) return image.format;
  const { components } = formatLayout(image.format);
  const deep = components.some(({ bits, kind }) => bits > 8 || kind === 'float');
  const [gray, alpha] = [pixelFormat(image.format).family === 'gray', components.some(({ component }) => component === 'A')];
  const wanted: readonly PixelFormatId[] = gray && !alpha ? (deep ? ['gray16le', 'gray'] : ['gray']) : deep ? (alpha ? ['rgba64le', 'rgba'] : ['rgb48le']) : alpha ? ['rgba'] : [];
  return [...wanted, 'rgb24' as const, 'yuv420p' as const].find((format) => allowed.includes(format));
}

/** Good enough to look at; choosing it is the encoder's business. */
const JPEG_QUALITY = 92;

/** A file, or several, to hand to the person. @throws LabError `export/format` */
export function exportImage(image: Image, name: string, kind: ExportKind, { rowAlignment = 1 }: ExportOptions = {}): Exported {
  const size = `${String(image.width)}x${String(image.height)}`;
  const base = stem(name);
  if (kind === 'raw') {
    const file = `${base}_${size}_${image.format}.raw`;
    const strides = alignedStrides(image, rowAlignment);
    return { files: [{ name: file, type: 'application/octet-stream', bytes: Uint8Array.from(imageBytes(image, strides)) }, { name: `${file}.json`, type: 'application/json', bytes: new TextEncoder().encode(sidecar(image, file, strides)) }] };
  }
  if (kind === 'jpeg') return { files: [{ name: `${base}.jpg`, type: 'image/jpeg', bytes: encodeJpeg(image, { quality: JPEG_QUALITY }) }] };
  const codec = codecNamed(kind);
  const format = fittingFormat(image, codec?.encodes ?? []);
  if (codec?.encode === undefined || format === undefined) throw new LabError({ code: 'export/format', what: `${image.format} cannot be written as ${kind}.`, remedy: 'Download the raw bytes, or convert to an RGB format first.' });
  const bytes = codec.encode(format === image.format ? image : convert(image, format));
  return { files: [{ name: `${base}.${kind === 'ppm' && format.startsWith('gray') ? 'pgm' : kind}`, type: codec.mime, bytes }] };
}
