import { describe, expect, test } from 'vitest';
import { LabError, convert, imageBytes } from '../index.ts';
import type { Image, PixelFormatId } from '../index.ts';
import { randomImage, specFor } from '../testing/images.ts';
import { checkMemory } from './header.ts';
import { readPng } from './png.ts';
import { decodePnm, encodePnm, readPnm } from './pnm.ts';
import { encodeQoi, readQoi } from './qoi.ts';
import type { Reading } from './reading.ts';
import { sniff } from './sniff.ts';
import { pngChunk, pngFile } from './testing/pngFile.ts';
import { decodeY4m, encodeY4m, indexY4m, readY4m } from './y4m.ts';
import { errorOf } from '../testing/errorOf.ts';

const ascii = (text: string, ...rest: number[]): Uint8Array => Uint8Array.from(Array.from(text, (letter) => letter.charCodeAt(0)).concat(rest));
const bytesOf = (image: Image): number[] => [...imageBytes(image)];
const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

describe('PNM', () => {
  test.each<[string, Uint8Array, PixelFormatId, number[]]>([
    ['a comment glued to a number', ascii('P5\n2# two\n1\n255#the end\n', 16, 32), 'gray', [16, 32]],
    ['comments between the samples of a plain PGM', ascii('P2\n3 1\n255\n1 # one\n2#two\n3'), 'gray', [1, 2, 3]],
    ['comments between the samples of a plain PPM', ascii('P3#c\n1#c\n1\n255\n9 8#c 7\n 7'), 'rgb24', [9, 8, 7]],
    ['a pixel’s byte that looks like a comment', ascii('P5 2 1 255\n', 0x23, 7), 'gray', [0x23, 7]],
    ['a maximum of 1023', ascii('P5 2 1 1023\n', 0, 1, 3, 255), 'gray10le', [1, 0, 255, 3]],
    ['a maximum of 4095, plain', ascii('P2 2 1 4095\n4095 2'), 'gray12le', [255, 15, 2, 0]],
    ['a maximum of 1023 in colour: planes G, B, R', ascii('P6 1 1 1023\n', 0, 1, 0, 2, 0, 3), 'gbrp10le', [2, 0, 3, 0, 1, 0]],
    ['PAM of gray', ascii('P7\n# c\nWIDTH 2\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\nTUPLTYPE GRAYSCALE\nENDHDR\n', 7, 8), 'gray', [7, 8]],
    ['PAM of gray and alpha', ascii('P7\nWIDTH 1\nHEIGHT 1\nDEPTH 2\nMAXVAL 255\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n', 7, 8), 'ya8', [7, 8]],
    ['PAM of gray and alpha of 16 bits', ascii('P7\nWIDTH 1\nHEIGHT 1\nDEPTH 2\nMAXVAL 65535\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n', 1, 2, 3, 4), 'rgba64le', [2, 1, 2, 1, 2, 1, 4, 3]],
    ['PAM of RGB', ascii('P7\nWIDTH 1\nHEIGHT 1\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n', 1, 2, 3), 'rgb24', [1, 2, 3]],
    ['PAM of RGB and alpha', ascii('P7\nHEIGHT 1\nWIDTH 2\nMAXVAL 255\nDEPTH 4\nTUPLTYPE RGB_ALPHA\nENDHDR\n', 1, 2, 3, 4, 5, 6, 7, 8), 'rgba', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['PAM of RGB and alpha of 16 bits', ascii('P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 65535\nTUPLTYPE RGB_ALPHA\nENDHDR\n', 0, 1, 0, 2, 0, 3, 0, 4), 'rgba64le', [1, 0, 2, 0, 3, 0, 4, 0]],
  ])('%s is exact', (_, bytes, format, expected) => {
    const { image, fidelity, warnings } = readPnm(bytes);
    expect([image.format, bytesOf(image), fidelity, warnings]).toEqual([format, expected, 'exact', []]);
  });

  test.each<[string, Uint8Array, PixelFormatId, number[], string]>([
    ['a maximum of 11', ascii('P5 4 1 11\n', 0, 3, 7, 11), 'gray', [0, 70, 162, 255], '× 255 ÷ 11, rounded'],
    ['a maximum of 15', ascii('P2 2 1 15\n1 15'), 'gray', [17, 255], '17 times'],
    ['4095 in colour, for which there is no format', ascii('P6 1 1 4095\n', 15, 255, 0, 0, 8, 0), 'rgb48le', [255, 255, 0, 0, 8, 128], '× 65535 ÷ 4095'],
    ['PAM of black and white: 1 is white', ascii('P7\nWIDTH 2\nHEIGHT 1\nDEPTH 1\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE\nENDHDR\n', 0, 1), 'gray', [0, 255], '255 times'],
    ['the same with alpha', ascii('P7\nWIDTH 2\nHEIGHT 1\nDEPTH 2\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE_ALPHA\nENDHDR\n', 0, 1, 1, 0), 'ya8', [0, 255, 255, 0], '255 times'],
  ])('%s is scaled, and that is said', (_, bytes, format, expected, says) => {
    const { image, fidelity, warnings } = readPnm(bytes);
    expect([image.format, bytesOf(image), fidelity]).toEqual([format, expected, 'scaled']);
    expect(warnings.join()).toContain(says);
  });

  test.each<[string, Uint8Array, number[]]>([
    ['a sample above the maximum', ascii('P5 2 1 1023\n', 4, 0, 0, 1), [255, 3, 1, 0]],
    ['a second row that is missing', ascii('P5 2 2 255\n', 1, 2, 3), [1, 2, 3, 0]],
    ['a plain file whose last numbers are no numbers', ascii('P2 2 2 255\n1 2 3 x'), [1, 2, 3, 0]],
    ['a PAM without a tuple type', ascii('P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\nENDHDR\n', 9), [9]],
  ])('%s is shown, not called exact', (_, bytes, expected) => {
    const { image, fidelity, warnings } = readPnm(bytes);
    expect([bytesOf(image), fidelity, warnings.length]).toEqual([expected, 'damaged', 1]);
  });

  test('what follows the picture is a warning', () => expect(readPnm(ascii('P5 1 1 255\n', 1, 0x50, 0x35)).warnings).toEqual(['2 B follow the picture, another one it seems; the first is shown.']));

  test.each([
    ['99999×99999', 'P4 99999 99999\n'], ['a width of 400 digits', `P5 ${'9'.repeat(400)} 1 255\n`], ['a maximum of 400 digits', `P5 1 1 ${'9'.repeat(400)}\n`], ['a negative width', 'P5 -1 1 255\n.'], ['less than a row', 'P6 2 2 255\nabc'], ['P8', 'P8 1 1\n.'],
    ['a PAM without an end', 'P7\nWIDTH 1\n'], ['a PAM of 5 samples', 'P7\nWIDTH 1\nHEIGHT 1\nDEPTH 5\nMAXVAL 255\nENDHDR\n.....'], ['a PAM whose type and depth differ', 'P7\nWIDTH 1\nHEIGHT 1\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n...'],
    ['a bitmap without a row', 'P1\n3 1\n012'],
  ])('%s is refused', (_, text) => expect(errorOf(() => readPnm(ascii(text))).code).toBe('pnm/unreadable'));

  test.each<PixelFormatId>(['gray10le', 'gray12le'])('%s is written with its own maximum and comes back', (format) => {
    const image = randomImage(specFor(format, 5, 3), 2);
    const again = decodePnm(encodePnm(image));
    expect(again.format).toBe(format);
    // Of the bits above the depth, which are random here, nothing is kept.
    expect(bytesOf(again)).toEqual(bytesOf(image).map((byte, at) => (at % 2 === 0 ? byte : byte & (format === 'gray10le' ? 3 : 15))));
  });
});

describe('Y4M', () => {
  test.each<[string, PixelFormatId]>([
    ['420p9', 'yuv420p9le'], ['422p9', 'yuv422p9le'], ['444p9', 'yuv444p9le'], ['420p12', 'yuv420p12le'], ['422p12', 'yuv422p12le'], ['444p12', 'yuv444p12le'], ['420p14', 'yuv420p14le'], ['422p14', 'yuv422p14le'], ['444p14', 'yuv444p14le'],
    ['420p16', 'yuv420p16le'], ['422p16', 'yuv422p16le'], ['444p16', 'yuv444p16le'], ['mono10', 'gray10le'], ['mono12', 'gray12le'], ['mono16', 'gray16le'],
  ])('C%s is %s, there and back', (tag, format) => {
    const image = randomImage(specFor(format, 5, 3), 1);
    const file = encodeY4m(image);
    expect(Buffer.from(file).toString('latin1', 0, file.indexOf(0x0a))).toContain(` C${tag} `);
    expect(decodeY4m(file).format).toBe(format);
    expect(bytesOf(decodeY4m(file))).toEqual(bytesOf(image));
  });

  const gray = (header: string, frame = 'FRAME'): Uint8Array => ascii(`YUV4MPEG2 ${header}\n${frame}\n`, 1);
  test.each([
    ['a frame’s word that goes on', gray('W1 H1 Cmono', 'FRAMEXXXX'), 'FRAME'], ['a rate of x:y', gray('W1 H1 Fx:y Cmono'), '“x:y”'], ['a rate without a denominator', gray('W1 H1 F25 Cmono'), '“25”'], ['a width of 1e1', gray('W1e1 H1 Cmono'), '“1e1”'],
    ['a width of 0x10', gray('W0x10 H1 Cmono'), '“0x10”'], ['no height', gray('W1 Cmono'), 'height is “”'], ['mono9', gray('W1 H1 Cmono9'), '“mono9” is not read'], ['a word of Object', gray('W1 H1 CtoString'), '“toString”'],
  ])('%s is refused', (_, bytes, what) => {
    const { code, what: says } = errorOf(() => readY4m(bytes));
    expect([code, says.includes(what)]).toEqual(['y4m/unreadable', true]);
  });

  test('a rate of 0:0 is unknown, a cut frame or rubbish behind the first is said', () => {
    expect(indexY4m(gray('W1 H1 F0:0 Cmono')).fps).toBe(0);
    expect(indexY4m(join(gray('W1 H1 Cmono'), ascii('FRAME\n')))).toMatchObject({ frames: [28], warnings: ['Frame 2 is cut: the file ends within it.'] });
    expect(indexY4m(join(gray('W1 H1 Cmono'), ascii('rubbish')))).toMatchObject({ frames: [28], warnings: ['Byte 29 should start frame 2; the rest was not read.'] });
    expect(readY4m(gray('W1 H1 Cmono XCOLORRANGE=WIDE')).warnings).toEqual(['The Y4M’s range “WIDE” is not known; the samples are read as limited.']);
  });
});

describe('QOI', () => {
  const sound = encodeQoi(randomImage({ format: 'rgb24', width: 5, height: 4 }, 3));
  const changed = (at: number, value: number): Uint8Array => sound.map((byte, index) => (index === (at + sound.length) % sound.length ? value : byte));
  test.each<[string, Uint8Array, Reading['fidelity'], number]>([
    ['a sound file', sound, 'exact', 0], ['colour space 1', changed(13, 1), 'exact', 0], ['colour space 99', changed(13, 99), 'damaged', 1], ['another end marker', changed(-1, 2), 'damaged', 1], ['bytes behind the end', join(sound, Uint8Array.of(1)), 'exact', 1],
  ])('%s', (_, bytes, fidelity, warnings) => {
    const reading = readQoi(bytes);
    expect([reading.fidelity, reading.warnings.length]).toEqual([fidelity, warnings]);
    expect(bytesOf(reading.image)).toEqual(bytesOf(readQoi(sound).image));
  });
});

describe('every reader asks before it allocates', () => {
  const runs = new Uint8Array(10_000_000).fill(0xfd);
  const qoi = join(ascii('qoif', 0, 0, 0x5d, 0xc0, 0, 0, 0x5d, 0xc0, 4, 0), runs);
  const zeros = new Uint8Array(40_000);
  test.each<[string, (admit: Parameters<typeof readPng>[1]) => unknown]>([
    ['QOI of 24000×24000 in 10 MB', (admit) => readQoi(qoi, admit)],
    ['PNG of 30000×30000, interlaced', (admit) => readPng(pngFile({ width: 30_000, height: 30_000, depth: 8, type: 0, interlace: 1, rows: [0] }), admit)],
    ['PNG whose transparent colour makes it four times as wide', (admit) => readPng(pngFile({ width: 20_000, height: 10_000, depth: 8, type: 0, rows: [0], before: [pngChunk('tRNS', [0, 0])] }), admit)],
    ['PGM of 30000×30000', (admit) => readPnm(join(ascii('P5 30000 30000 255\n'), zeros), admit)],
    ['PBM of 80000×80000', (admit) => readPnm(join(ascii('P4 80000 80000\n'), zeros), admit)],
    ['PAM of 20000×20000', (admit) => readPnm(join(ascii('P7\nWIDTH 20000\nHEIGHT 20000\nDEPTH 2\nMAXVAL 255\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n'), zeros), admit)],
  ])('%s', (_, read) => {
    expect(errorOf(() => read((claim) => { checkMemory(claim, false); })).code).toBe('memory/ask');
  });
});

describe('every reader takes a time in proportion to its input', () => {
  /** Milliseconds of the processor, best of three: other work beside it does not count; a refusal counts as an answer. */
  const timeOf = (work: () => unknown): number => Math.min(...[1, 2, 3].map(() => {
    const started = process.cpuUsage();
    try {
      work();
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown;
    }
    return process.cpuUsage(started).user / 1000;
  }));
  const comments = (count: number): Uint8Array => ascii(`P2 ${'#\n'.repeat(count)}`);
  test.each<[string, (size: number) => Uint8Array, (bytes: Uint8Array) => unknown]>([
    ['sniff: comments of a text', (size) => ascii('<!---->'.repeat(size)), (bytes) => sniff(bytes)],
    ['sniff: comments that do not end', (size) => ascii(`<!--${'-'.repeat(size)}`), (bytes) => sniff(bytes)],
    ['sniff: comments and blanks', (size) => ascii(`<?xml>${'<!-- --> '.repeat(size)}x`), (bytes) => sniff(bytes)],
    ['PNM: comments', comments, readPnm],
    ['PNM: numbers', (size) => ascii(`P2 ${String(size)} 1 255 ${'1 '.repeat(size)}`), readPnm],
    ['PNM: one long number', (size) => ascii(`P2 1 1 255 ${'1'.repeat(size)}`), readPnm],
    ['PAM: tuple types', (size) => ascii(`P7\n${'TUPLTYPE RGB\n'.repeat(size)}`), readPnm],
    ['PNG: side chunks', (size) => pngFile({ width: 1, height: 1, depth: 8, type: 0, rows: [0, 1], before: Array.from({ length: size / 10 }, () => pngChunk('tEXt', [])) }), (bytes) => readPng(bytes)],
    ['PNG: empty data chunks', (size) => pngFile({ width: 1, height: 1, depth: 8, type: 0, rows: [0, 1], before: Array.from({ length: size / 10 }, () => pngChunk('IDAT', [])) }), (bytes) => readPng(bytes)],
    ['Y4M: small frames', (size) => ascii(`YUV4MPEG2 W1 H1 Cmono\n${'FRAME\n1'.repeat(size)}`), (bytes) => indexY4m(bytes)],
    ['QOI: runs', (size) => join(ascii('qoif', 0, 0, 0, 62, 0, 0, size >> 8, size & 255, 3, 0), new Uint8Array(size).fill(0xfd), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1)), (bytes) => readQoi(bytes)],
  ])('%s', (_, make, read) => {
    const [small, large] = [10_000, 40_000].map((size) => { const bytes = make(size); return timeOf(() => read(bytes)); });
    expect(small).toBeLessThan(300);
    // Four times the bytes: what is quadratic takes sixteen times as long, which shows where it takes long.
    expect(large).toBeLessThan(Math.max(800, 8 * (small ?? 0)));
  });
});

test('a text is known by its first element, whatever stands before it', () => {
  const texts: readonly (readonly [string, string])[] = [['<?xml version="1.0"?><!-- a --><!DOCTYPE svg PUBLIC "x"> <svg>', 'svg'], ['\xef\xbb\xbf<!--<svg>--><html>', 'html'], ['<!-- <svg>', 'raw'], ['<!---->'.repeat(24), 'raw'], ['<!--a-->\n<svg\n', 'svg'], ['<svgs>', 'raw']];
  expect(texts.map(([text]) => sniff(ascii(text)))).toEqual(texts.map(([, type]) => type));
});

test('a converted picture comes back from PNM as it was', () => {
  const photo = convert(randomImage(specFor('rgba', 24, 16), 8), 'rgb24');
  expect(readPnm(encodePnm(photo))).toMatchObject({ fidelity: 'exact', warnings: [] });
});
