/** Seeded damage to files of every kind, through every reader: what may come of it is a picture or a typed refusal, soon. */
import { sidecarGeometry } from '../app/commands/sidecars.ts';
import { guessLayouts } from '../kernels/analysis/guess.ts';
import { checkPossible } from '../kernels/codecs/header.ts';
import type { Claim } from '../kernels/codecs/header.ts';
import { inspectJpeg } from '../kernels/codecs/jpeg/inspect/structure.ts';
import { decodeJpeg, jpegJsNeeds } from '../kernels/codecs/jpegJs.ts';
import { encodePng, readPng } from '../kernels/codecs/png.ts';
import { crc32 } from '../kernels/codecs/png/chunks.ts';
import { encodePnm, readPnm } from '../kernels/codecs/pnm.ts';
import { encodeQoi, readQoi } from '../kernels/codecs/qoi.ts';
import { hintFromName } from '../kernels/codecs/rawName.ts';
import { sidecar } from '../kernels/codecs/sidecar.ts';
import { sniff } from '../kernels/codecs/sniff.ts';
import { encodeY4m, indexY4m, readY4m } from '../kernels/codecs/y4m.ts';
import { multipartPart } from '../kernels/codecs/mjpeg/index.ts';
import { LabError, convert, encodeJpeg, splitMjpeg } from '../kernels/index.ts';
import { colorBars } from '../kernels/analysis/patterns.ts';

/** Numbers 0 … 2³² − 1 of a seed. @source Tommy Ettinger, mulberry32 */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

type Random = () => number;

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Pictures above this are refused, as a person who is asked refuses: the search is for faults, not for memory. */
const MOST_BYTES = 8 * 2 ** 20;

function admit(claim: Claim): void {
  checkPossible(claim);
  if (claim.bytes > MOST_BYTES) throw new LabError({ code: 'memory/ask', what: 'Too large for this search.', remedy: 'None is needed.' });
}

interface Reader {
  readonly id: string;
  /** Sound inputs that damage begins with. */
  readonly seeds: readonly Uint8Array[];
  /** @throws LabError alone */
  readonly read: (bytes: Uint8Array) => unknown;
  /** Makes the damage reach deeper, by checksums that fit it. */
  readonly mend?: (bytes: Uint8Array) => void;
}

/** Gives every chunk of a PNG the checksum of what it holds now. */
function mendChunks(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length) return;
    view.setUint32(end, crc32(bytes, at + 4, end));
    at = end + 4;
  }
}

const photo = convert(colorBars(24, 10), 'rgba');
const JPEGS = [encodeJpeg(convert(photo, 'yuv420p')), encodeJpeg(convert(photo, 'gray'), { restartInterval: 1 }), encodeJpeg(photo, { comment: 'A comment.' })];
const PNG_FORMATS = ['gray', 'ya8', 'rgb24', 'rgba', 'gray16le', 'rgb48le'] as const;

/** @param pngs files of kinds that are not written here: palettes, interlacing, side chunks */
export function readersOf(pngs: readonly Uint8Array[]): readonly Reader[] {
  const mjpeg = new Uint8Array(Buffer.concat([...JPEGS, ...JPEGS.map((jpeg, index) => multipartPart(jpeg, index))]));
  return [
    { id: 'sniff', seeds: [ascii('<?xml version="1.0"?><!-- a --><svg xmlns="x">'), ascii('<!---->'.repeat(40)), ascii('\0\0\0\x20ftypmif1\0\0\0\0mif1avif'), ...JPEGS], read: (bytes) => sniff(bytes.subarray(0, 512)) },
    { id: 'png', seeds: [...PNG_FORMATS.map((format) => encodePng(convert(photo, format))), ...pngs], read: (bytes) => readPng(bytes, admit), mend: mendChunks },
    { id: 'pnm', seeds: [encodePnm(convert(photo, 'rgb24')), encodePnm(convert(photo, 'gray10le')), ascii('P2 # c\n3 2\n15\n1 2 3\n4 5 #6\n 6'), ascii('P1\n3 2\n010 1 1 0'), ascii('P4 9 1\nab')], read: (bytes) => readPnm(bytes, admit) },
    { id: 'pam', seeds: [ascii('P7\nWIDTH 2\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\nabcdefgh'), ascii('P7\n# c\nWIDTH 1\nHEIGHT 2\nDEPTH 2\nMAXVAL 65535\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\nabcdefgh')], read: (bytes) => readPnm(bytes, admit) },
    { id: 'qoi', seeds: [encodeQoi(photo), encodeQoi(convert(photo, 'rgb24'))], read: (bytes) => readQoi(bytes, admit) },
    { id: 'y4m', seeds: [encodeY4m(convert(photo, 'yuv420p')), encodeY4m(convert(photo, 'yuv422p10le')), ascii('YUV4MPEG2 W1 H1 F30000:1001 Cmono XCOLORRANGE=FULL\nFRAME\n1FRAME Ip\n2')], read: (bytes) => [readY4m(bytes), indexY4m(bytes)] },
    { id: 'mjpeg', seeds: [mjpeg, JPEGS[1] ?? mjpeg], read: splitMjpeg },
    { id: 'jpeg structure', seeds: JPEGS, read: inspectJpeg },
    { id: 'jpeg', seeds: JPEGS, read: (bytes) => { admit(jpegJsNeeds(bytes)); return decodeJpeg(bytes); } },
    { id: 'names', seeds: ['frame_1920x1080_nv12.yuv', 'b-1280x720-bgr565-s2624.bin', 'bin4x4_roi_320x200_gray16le.raw'].map(ascii), read: (bytes) => hintFromName(latin1(bytes)) },
    { id: 'sidecars', seeds: [ascii(sidecar(photo, 'a.raw')), ascii(sidecar(convert(photo, 'yuv420p'), 'b.raw'))], read: (bytes) => sidecarGeometry(latin1(bytes)) },
    { id: 'guesses', seeds: [Uint8Array.from({ length: 1536 }, (_, at) => at & 255)], read: (bytes) => guessLayouts(bytes.subarray(0, 4096)) },
  ];
}

const PART_BYTES = [0, 1, 0x7f, 0x80, 0xff, 0x23, 0x0a, 0x20, 0x39];
const WORDS = [0, 1, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff, 0x0001_0000];

/** One damage. */
function damage(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const below = (limit: number): number => (limit <= 0 ? 0 : random() % limit);
  const at = below(bytes.length);
  const length = 1 + below(Math.min(40, bytes.length - at));
  const copy = Uint8Array.from(bytes);
  const splice = (from: number, to: number, middle: Uint8Array): Uint8Array => new Uint8Array(Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(to)]));
  switch (below(8)) {
    case 0: copy[at] = (copy[at] ?? 0) ^ (1 << below(8)); return copy;
    case 1: copy[at] = PART_BYTES[below(PART_BYTES.length)] ?? 0; return copy;
    case 2: if (at + 4 <= copy.length) new DataView(copy.buffer).setUint32(at, WORDS[below(WORDS.length)] ?? 0); return copy;
    case 3: return bytes.slice(0, at);
    case 4: return splice(at, at + length, new Uint8Array(0));
    case 5: return splice(at, at, bytes.subarray(at, at + length));
    case 6: return splice(at, at, Uint8Array.from({ length }, () => random() & 255));
    default: return splice(at, bytes.length, other.subarray(below(other.length)));
  }
}

/** A sound input with one to six damages. */
function damaged({ seeds, mend }: Reader, random: Random): Uint8Array {
  const pick = (): Uint8Array => seeds[random() % seeds.length] ?? new Uint8Array(0);
  let bytes = pick();
  for (let count = 1 + (random() % 6); count > 0; count -= 1) bytes = damage(bytes, pick(), random);
  bytes = Uint8Array.from(bytes);
  if (random() % 4 !== 0) mend?.(bytes);
  return bytes;
}

/** What came of a reader's inputs. */
export interface Outcome {
  readonly id: string;
  readonly inputs: number;
  readonly accepted: number;
  /** Refused by a LabError. */
  readonly refused: number;
  /** Anything else that was thrown, with the input that did it. */
  readonly untyped: readonly { readonly error: string; readonly input: Uint8Array }[];
  readonly slowestMs: number;
  readonly slowest: Uint8Array;
}

const MOST_KEPT = 5;

/** @param goesOn asked before each input with how many there were and milliseconds since the start */
export function fuzz(reader: Reader, seed: number, goesOn: (inputs: number, ms: number) => boolean): Outcome {
  const random = randomOf(seed);
  const untyped: { error: string; input: Uint8Array }[] = [];
  let [inputs, accepted, refused, slowestMs] = [0, 0, 0, 0];
  let slowest = new Uint8Array(0);
  for (const begun = performance.now(); goesOn(inputs, performance.now() - begun); inputs += 1) {
    const input = damaged(reader, random);
    const started = performance.now();
    try {
      reader.read(input);
      accepted += 1;
    } catch (thrown) {
      if (thrown instanceof LabError) refused += 1;
      else if (untyped.length < MOST_KEPT) untyped.push({ error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown), input });
    }
    const ms = performance.now() - started;
    if (ms > slowestMs) [slowestMs, slowest] = [ms, Uint8Array.from(input)];
  }
  return { id: reader.id, inputs, accepted, refused, untyped, slowestMs, slowest };
}
