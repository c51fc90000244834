import { LabError, formatBytes } from '../labError.ts';
import { byteLength } from '../image/layout.ts';
import { imageBytes, wrapImage } from '../image/image.ts';
import type { Image, ImageSpec } from '../image/types.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import { DEFAULT_COLOR, MATRICES } from '../tables/colorSpecs.ts';
import type { MatrixId } from '../tables/colorSpecs.ts';
import type { SitingId } from '../tables/chroma.ts';
import type { Codec } from './codec.ts';

interface Tag {
  readonly format: PixelFormatId;
  readonly siting: SitingId;
}

/** Values of the C parameter. @source mjpegtools, yuv4mpeg(5); FFmpeg's extensions for depth */
const TAGS: Record<string, Tag> = {
  '420': { format: 'yuv420p', siting: 'center' },
  '420jpeg': { format: 'yuv420p', siting: 'center' },
  '420mpeg2': { format: 'yuv420p', siting: 'left' },
  '420paldv': { format: 'yuv420p', siting: 'topleft' },
  '411': { format: 'yuv411p', siting: 'left' },
  '422': { format: 'yuv422p', siting: 'left' },
  '444': { format: 'yuv444p', siting: 'left' },
  '444alpha': { format: 'yuva444p', siting: 'left' },
  mono: { format: 'gray', siting: 'left' },
  mono16: { format: 'gray16le', siting: 'left' },
  '420p10': { format: 'yuv420p10le', siting: 'left' },
  '422p10': { format: 'yuv422p10le', siting: 'left' },
  '444p10': { format: 'yuv444p10le', siting: 'left' },
};

/** A stream's header: what every frame is, and where they start. */
export interface Y4mStream {
  readonly spec: ImageSpec;
  /** Frames a second; 0 when unknown. */
  readonly fps: number;
  /** Byte where each frame's samples start. */
  readonly frames: readonly number[];
}

function refuse(what: string): never {
  throw new LabError({ code: 'y4m/unreadable', what, remedy: 'Check that the file is whole; Swizzle reads 4:2:0, 4:1:1, 4:2:2, 4:4:4 and mono.' });
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(0x0a, from);
  return end < 0 ? refuse('The Y4M has a header line without an end.') : end;
}

/** Y4M has no field for the matrix. In a comment of our own it comes back to Swizzle at least; other programs go by what they are told. */
const MATRIX_COMMENT = 'XSWIZZLEMATRIX=';

const isMatrix = (id: string): id is MatrixId => Object.hasOwn(MATRICES, id);

function matrixIn(fields: readonly string[]): MatrixId {
  const named = fields.find((field) => field.startsWith(MATRIX_COMMENT))?.slice(MATRIX_COMMENT.length) ?? '';
  return isMatrix(named) ? named : DEFAULT_COLOR.matrix;
}

function parseHeader(text: string): { readonly spec: ImageSpec; readonly fps: number } {
  const fields = text.split(' ').slice(1);
  const value = (letter: string): string | undefined => fields.find((field) => field.startsWith(letter))?.slice(1);
  const [width, height] = [Number(value('W')), Number(value('H'))];
  const tag = TAGS[value('C') ?? '420'];
  if (tag === undefined) return refuse(`The Y4M's colour space “${value('C') ?? ''}” is not known here.`);
  if (!(width > 0) || !(height > 0)) return refuse(`The Y4M claims ${value('W') ?? '?'}×${value('H') ?? '?'} pixels.`);
  const range = fields.includes('XCOLORRANGE=FULL') ? 'full' : 'limited';
  const [numerator = 0, denominator = 1] = (value('F') ?? '0:1').split(':').map(Number);
  return { spec: { format: tag.format, width, height, colorSpec: { matrix: matrixIn(fields), range, siting: tag.siting } }, fps: denominator === 0 ? 0 : numerator / denominator };
}

/** @throws LabError `y4m/unreadable` */
export function indexY4m(bytes: Uint8Array): Y4mStream {
  const headerEnd = lineEnd(bytes, 0);
  if (headerEnd > 4096) return refuse('The Y4M header is longer than 4096 B.');
  const { spec, fps } = parseHeader(String.fromCharCode(...bytes.subarray(0, headerEnd)));
  const frameBytes = byteLength(spec);
  const frames: number[] = [];
  let at = headerEnd + 1;
  while (at < bytes.length) {
    if (String.fromCharCode(...bytes.subarray(at, at + 5)) !== 'FRAME') return refuse(`Byte ${String(at)} of the Y4M should start a frame.`);
    const start = lineEnd(bytes, at) + 1;
    if (start + frameBytes > bytes.length) break;
    frames.push(start);
    at = start + frameBytes;
  }
  if (frames.length === 0) return refuse(`The Y4M's first frame needs ${formatBytes(frameBytes)}; the file has ${formatBytes(bytes.length)} in all.`);
  return { spec, fps, frames };
}

/** The first frame. @throws LabError `y4m/unreadable` */
export function decodeY4m(bytes: Uint8Array): Image {
  const { spec, frames } = indexY4m(bytes);
  return wrapImage(bytes.subarray(frames[0] ?? 0), spec);
}

/** A stream of one frame. @throws LabError `y4m/format` */
export function encodeY4m(image: Image): Uint8Array<ArrayBuffer> {
  const siting = image.colorSpec?.siting ?? 'left';
  const fits = Object.entries(TAGS).filter(([tag, row]) => row.format === image.format && tag !== '420');
  const [tag] = fits.find(([, row]) => row.siting === siting) ?? fits[0] ?? [];
  if (tag === undefined) throw new LabError({ code: 'y4m/format', what: `Y4M has no tag for ${image.format}.`, remedy: 'Convert to yuv420p, yuv422p, yuv444p, gray or a 10-bit one of these first.' });
  const range = image.colorSpec?.range === 'limited' ? 'LIMITED' : 'FULL';
  const matrix = image.colorSpec?.matrix ?? DEFAULT_COLOR.matrix;
  const comment = matrix === DEFAULT_COLOR.matrix ? '' : ` ${MATRIX_COMMENT}${matrix}`;
  const header = `YUV4MPEG2 W${String(image.width)} H${String(image.height)} F25:1 Ip A1:1 C${tag} XCOLORRANGE=${range}${comment}\nFRAME\n`;
  const samples = imageBytes(image);
  const out = new Uint8Array(header.length + samples.length);
  out.set(Array.from(header, (letter) => letter.charCodeAt(0)));
  out.set(samples, header.length);
  return out;
}

export const Y4M: Codec = { id: 'y4m', title: 'Y4M', says: 'Uncompressed YUV frames with a text header; keeps subsampling and range, the matrix only in a comment of Swizzle’s.', extensions: ['y4m'], mime: 'video/x-yuv4mpeg', decode: decodeY4m, encodes: ['yuv420p', 'yuv411p', 'yuv422p', 'yuv444p', 'yuva444p', 'gray', 'gray16le', 'yuv420p10le', 'yuv422p10le', 'yuv444p10le'], encode: encodeY4m };
