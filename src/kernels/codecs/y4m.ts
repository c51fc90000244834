import { LabError, formatBytes } from '../labError.ts';
import { byteLength } from '../image/layout.ts';
import { imageBytes, wrapImage } from '../image/image.ts';
import type { Image, ImageSpec } from '../image/types.ts';
import { DEFAULT_COLOR, MATRICES } from '../tables/colorSpecs.ts';
import type { MatrixId } from '../tables/colorSpecs.ts';
import { HELD_FORMATS, Y4M_TAGS } from '../tables/fileFormats.ts';
import type { Codec } from './codec.ts';
import { Findings } from './reading.ts';
import type { Reading } from './reading.ts';

/** A stream's header: what every frame is, and where they start. */
export interface Y4mStream {
  readonly spec: ImageSpec;
  /** Frames a second; 0 when unknown. */
  readonly fps: number;
  /** Byte where each frame's samples start. */
  readonly frames: readonly number[];
  /** What is odd about it, a sentence each. */
  readonly warnings: readonly string[];
}

function refuse(what: string): never {
  throw new LabError({ code: 'y4m/unreadable', what, remedy: `Check that the file is whole, or write it anew with a colour space that is read here: ${Object.keys(Y4M_TAGS).join(', ')}.` });
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(0x0a, from);
  return end < 0 ? refuse('The Y4M has a header line without an end.') : end;
}

/** Y4M has no field for the matrix. In a comment of our own it comes back to Swizzle at least; other programs go by what they are told. */
const MATRIX_COMMENT = 'XSWIZZLEMATRIX=';

/** FFmpeg's. */
const RANGE_COMMENT = 'XCOLORRANGE=';

const isMatrix = (id: string): id is MatrixId => Object.hasOwn(MATRICES, id);

function matrixIn(fields: readonly string[]): MatrixId {
  const named = fields.find((field) => field.startsWith(MATRIX_COMMENT))?.slice(MATRIX_COMMENT.length) ?? '';
  return isMatrix(named) ? named : DEFAULT_COLOR.matrix;
}

/** A whole number above 0 in digits alone. */
function pixels(text: string | undefined, letter: string): number {
  if (text === undefined || !/^\d{1,9}$/.test(text) || Number(text) === 0) return refuse(`The Y4M header’s ${letter === 'W' ? 'width' : 'height'} is “${text?.slice(0, 40) ?? ''}”; it must be a whole number of pixels.`);
  return Number(text);
}

/** Frames a second; 0 where the header says that it does not know. */
function rate(text: string | undefined): number {
  const [, numerator = '0', denominator = '1'] = /^(\d{1,9}):(\d{1,9})$/.exec(text ?? '0:0') ?? refuse(`The Y4M header’s frame rate is “${text?.slice(0, 40) ?? ''}”; it must be two whole numbers as in 30000:1001.`);
  return Number(denominator) === 0 ? 0 : Number(numerator) / Number(denominator);
}

const MOST_HEADER_BYTES = 4096;

type StreamHeader = Omit<Y4mStream, 'frames'>;

function parseHeader(text: string): StreamHeader {
  const fields = text.split(' ').slice(1);
  const value = (letter: string): string | undefined => fields.find((field) => field.startsWith(letter))?.slice(1);
  const [width, height] = [pixels(value('W'), 'W'), pixels(value('H'), 'H')];
  const name = value('C') ?? '420';
  const tag = Object.hasOwn(Y4M_TAGS, name) ? Y4M_TAGS[name] : undefined;
  if (tag === undefined) return refuse(`The Y4M’s colour space “${name.slice(0, 40)}” is not read here.`);
  const said = fields.find((field) => field.startsWith(RANGE_COMMENT))?.slice(RANGE_COMMENT.length);
  const warnings = said === undefined || said === 'FULL' || said === 'LIMITED' ? [] : [`The Y4M’s range “${said.slice(0, 40)}” is not known; the samples are read as limited.`];
  return { spec: { format: tag.format, width, height, colorSpec: { matrix: matrixIn(fields), range: said === 'FULL' ? 'full' : 'limited', siting: tag.siting } }, fps: rate(value('F')), warnings };
}

/** The byte behind a frame's header, whose word is FRAME and nothing longer; undefined where there is none. */
function frameStart(bytes: Uint8Array, at: number): number | undefined {
  const isFrame = String.fromCharCode(...bytes.subarray(at, at + 5)) === 'FRAME' && (bytes[at + 5] === 0x20 || bytes[at + 5] === 0x0a);
  const end = isFrame ? bytes.indexOf(0x0a, at) : -1;
  return end < 0 ? undefined : end + 1;
}

/** What the header says, and where the line behind it begins. @throws LabError `y4m/unreadable` */
function readHeader(bytes: Uint8Array): StreamHeader & { readonly end: number } {
  const headerEnd = lineEnd(bytes, 0);
  if (headerEnd > MOST_HEADER_BYTES) return refuse(`The Y4M header is longer than ${String(MOST_HEADER_BYTES)} B.`);
  return { ...parseHeader(String.fromCharCode(...bytes.subarray(0, headerEnd))), end: headerEnd + 1 };
}

/** How much of a stream's beginning tells where its first frame ends. */
export const Y4M_HEAD_BYTES = 2 * MOST_HEADER_BYTES;

/** Bytes of a stream up to the end of its first frame. @param head its first `Y4M_HEAD_BYTES`, or all there is @throws LabError `y4m/unreadable` */
export function firstFrameEnd(head: Uint8Array): number {
  const { spec, end } = readHeader(head);
  return (frameStart(head, end) ?? end) + byteLength(spec);
}

/** @param most frames to look for @throws LabError `y4m/unreadable` */
export function indexY4m(bytes: Uint8Array, most = Infinity): Y4mStream {
  const { spec, fps, warnings, end } = readHeader(bytes);
  const frameBytes = byteLength(spec);
  const frames: number[] = [];
  const odd = [...warnings];
  for (let at = end; at < bytes.length && frames.length < most;) {
    const start = frameStart(bytes, at);
    const isShort = start !== undefined && start + frameBytes > bytes.length;
    if (start === undefined && frames.length === 0) return refuse(`Byte ${String(at)} of the Y4M should start a frame (the word FRAME, then a blank or the line’s end).`);
    if (start === undefined || isShort) {
      odd.push(isShort ? `Frame ${String(frames.length + 1)} is cut: the file ends within it.` : `Byte ${String(at)} should start frame ${String(frames.length + 1)}; the rest was not read.`);
      break;
    }
    frames.push(start);
    at = start + frameBytes;
  }
  if (frames.length === 0) return refuse(`The Y4M's first frame needs ${formatBytes(frameBytes)}; the file has ${formatBytes(bytes.length)} in all.`);
  return { spec, fps, frames, warnings: odd };
}

/** The first frame, which is looked at where it lies. @throws LabError `y4m/unreadable` */
export function readY4m(bytes: Uint8Array): Reading {
  const { spec, frames, warnings } = indexY4m(bytes, 1);
  const findings = new Findings();
  for (const warning of warnings) findings.note(warning);
  return findings.reading(wrapImage(bytes.subarray(frames[0] ?? 0), spec));
}

/** The picture alone, for files that are known to be sound. @throws LabError `y4m/unreadable` */
export const decodeY4m = (bytes: Uint8Array): Image => readY4m(bytes).image;

/** A stream of one frame. @throws LabError `y4m/format` */
export function encodeY4m(image: Image): Uint8Array<ArrayBuffer> {
  const siting = image.colorSpec?.siting ?? 'left';
  const fits = Object.entries(Y4M_TAGS).filter(([tag, row]) => row.format === image.format && tag !== '420');
  const [tag] = fits.find(([, row]) => row.siting === siting) ?? fits[0] ?? [];
  if (tag === undefined) throw new LabError({ code: 'y4m/format', what: `Y4M has no tag for ${image.format}.`, remedy: 'Convert to planar YUV or gray first.' });
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

export const Y4M: Codec = { id: 'y4m', title: 'Y4M', says: 'Uncompressed YUV frames with a text header; keeps subsampling and range, the matrix only in a comment of Swizzle’s.', extensions: ['y4m'], mime: 'video/x-yuv4mpeg', decode: decodeY4m, encodes: HELD_FORMATS.y4m, encode: encodeY4m };
