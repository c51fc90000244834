import { LabError, convert, encodeJpeg, imageBytes, pixelFormat } from '../../kernels/index.ts';
import type { Image, PixelFormatId } from '../../kernels/index.ts';
import { codecNamed } from '../../kernels/codecs/index.ts';
import { sidecar } from '../../kernels/codecs/sidecar.ts';
import { mapValues } from '../../kernels/codecs/valueMapping.ts';
import { JPEG_QUALITY, VALUE_MAPPINGS, planWriting } from '../../kernels/codecs/writing.ts';
import type { FileKind, Writing } from '../../kernels/codecs/writing.ts';
import { alignedStrides } from '../../kernels/image/layout.ts';
import type { ExportKind, ExportOptions, Exported } from './protocol.ts';

const stem = (name: string): string => name.replace(/ · .*$/, '').replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'image';

/** What refuses to become a file as it is, before anything is made. @throws LabError `export/values`, `export/changes` */
function checkWriting({ asksMapping, changes }: Writing, format: PixelFormatId, kind: FileKind, { values, allowChanges = kind !== 'y4m' }: ExportOptions): void {
  if (values !== undefined && !Object.hasOwn(VALUE_MAPPINGS, values)) throw new LabError({ code: 'export/values', what: `There is no mapping of values called “${values}”.`, remedy: `Choose one of ${Object.keys(VALUE_MAPPINGS).join(', ')}.` });
  if (asksMapping && values === undefined) {
    const ways = Object.entries(VALUE_MAPPINGS).map(([id, { says }]) => `values: '${id}' (${says})`);
    throw new LabError({ code: 'export/values', what: `${format} has no white that a ${kind.toUpperCase()} could go by.`, remedy: `Say how its values are mapped: ${ways.join('; ')}. Raw bytes keep them.` });
  }
  if (!allowChanges && changes.length > 0) throw new LabError({ code: 'export/changes', what: `A ${kind.toUpperCase()} cannot hold ${format} as it is: ${changes.join('; ')}.`, remedy: 'Agree to it with allowChanges: true, or take the raw bytes, which keep everything.' });
}

/** The picture in the format that the file holds. Chroma that becomes finer is repeated, so that no value is new. */
function writable(image: Image, { format, mapped }: Writing, { values = 'full' }: ExportOptions): Image {
  const source = mapped === undefined ? image : mapValues(image, mapped, values);
  return source.format === format ? source : convert(source, format, { chromaUp: pixelFormat(format).family === 'yuv' ? 'nearest' : undefined });
}

/** A file, or several, to hand to the person. @throws LabError `export/values`, `export/changes` */
export function exportImage(image: Image, name: string, kind: ExportKind, options: ExportOptions = {}): Exported {
  const base = stem(name);
  if (kind === 'raw') return { files: rawFiles(image, base, options), changes: [] };
  const writing = planWriting(image.format, kind);
  checkWriting(writing, image.format, kind, options);
  const picture = writable(image, writing, options);
  const { changes } = writing;
  if (kind === 'jpeg') return { files: [{ name: `${base}.jpg`, type: 'image/jpeg', bytes: encodeJpeg(picture, { quality: JPEG_QUALITY }) }], changes };
  const codec = codecNamed(kind);
  if (codec?.encode === undefined) throw new TypeError(`${kind} has no encoder.`);
  return { files: [{ name: `${base}.${kind === 'ppm' && picture.format.startsWith('gray') ? 'pgm' : kind}`, type: codec.mime, bytes: codec.encode(picture) }], changes };
}

function rawFiles(image: Image, base: string, { rowAlignment = 1 }: ExportOptions): Exported['files'] {
  const file = `${base}_${String(image.width)}x${String(image.height)}_${image.format}.raw`;
  const strides = alignedStrides(image, rowAlignment);
  return [{ name: file, type: 'application/octet-stream', bytes: Uint8Array.from(imageBytes(image, strides)) }, { name: `${file}.json`, type: 'application/json', bytes: new TextEncoder().encode(sidecar(image, file, strides)) }];
}
