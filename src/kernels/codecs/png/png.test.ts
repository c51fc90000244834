import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { decode as decodeByFastPng, encode as encodeByFastPng } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { convert, imageBytes, paletteOf } from '../../index.ts';
import type { Image, PixelFormatId } from '../../index.ts';
import { randomImage, specFor } from '../../testing/images.ts';
import { paint } from '../../analysis/patterns.ts';
import { PNG_SIGNATURE, pngChunk, pngFile, pngHeader } from '../testing/pngFile.ts';
import type { PngParts } from '../testing/pngFile.ts';
import type { Reading } from '../reading.ts';
import { inflateInto } from './inflate.ts';
import { readPng } from './read.ts';
import { encodePng } from './write.ts';
import { adler32 } from './zlib.ts';
import { errorOf } from '../../testing/errorOf.ts';

const bytesOf = (image: Image): number[] => [...imageBytes(image)];
const shown = ({ image, fidelity, warnings }: Reading): unknown => [image.format, fidelity, warnings.length];

describe('inflate', () => {
  const data = fc.oneof(fc.uint8Array({ maxLength: 3000 }), fc.array(fc.constantFrom(0, 1, 2, 7), { maxLength: 3000 }).map((values) => Uint8Array.from(values)), fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 200 })).map(([unit, count]) => Uint8Array.from({ length: unit.length * count }, (_, at) => unit[at % unit.length] ?? 0)));
  const options = fc.record({ level: fc.integer({ min: 0, max: 9 }), strategy: fc.integer({ min: 0, max: 4 }) });

  test('gives what zlib was given, whole, into less room, and of a stream that is cut', () => {
    fc.assert(fc.property(data, options, fc.nat(99), (bytes, how, percent) => {
      const stream = new Uint8Array(deflateSync(bytes, how));
      const whole = new Uint8Array(bytes.length);
      expect(inflateInto(stream, 2, whole)).toEqual({ end: 'whole', written: bytes.length, read: stream.length - 4 });
      expect(Buffer.compare(whole, bytes)).toBe(0);
      expect(adler32(whole)).toBe(new DataView(stream.buffer, stream.byteOffset).getUint32(stream.length - 4));
      const less = new Uint8Array(Math.floor((bytes.length * percent) / 100));
      if (less.length < bytes.length) expect(inflateInto(stream, 2, less)).toMatchObject({ end: 'full', written: less.length });
      expect(Buffer.compare(less, bytes.subarray(0, less.length))).toBe(0);
      const cut = new Uint8Array(bytes.length);
      const { end, written } = inflateInto(stream.subarray(0, 2 + Math.floor(((stream.length - 6) * percent) / 100)), 2, cut);
      expect(end).toBe('short');
      expect(Buffer.compare(cut.subarray(0, written), bytes.subarray(0, written))).toBe(0);
    }), { numRuns: 200, seed: 3 });
  });

  test('what is no deflate ends, and says so', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const { written } = inflateInto(bytes, 0, new Uint8Array(500));
      return written <= 500;
    }), { numRuns: 2000, seed: 4 });
    expect(inflateInto(Uint8Array.of(0x07), 0, new Uint8Array(9)).end).toBe('broken');
  });
});

describe('the transparent colour', () => {
  const trns = (...key: number[]): readonly Uint8Array[] => [pngChunk('tRNS', key.flatMap((value) => [value >> 8, value & 255]))];
  test.each<[string, PngParts, PixelFormatId, number[]]>([
    ['gray of 1 bit', { width: 3, height: 1, depth: 1, type: 0, rows: [0, 0b10100000], before: trns(1) }, 'ya8', [255, 0, 0, 255, 255, 0]],
    ['gray of 2 bits', { width: 4, height: 1, depth: 2, type: 0, rows: [0, 0b00011011], before: trns(2) }, 'ya8', [0, 255, 85, 255, 170, 0, 255, 255]],
    ['gray of 4 bits', { width: 2, height: 1, depth: 4, type: 0, rows: [0, 0x5f], before: trns(5) }, 'ya8', [85, 0, 255, 255]],
    ['gray of 8 bits', { width: 2, height: 1, depth: 8, type: 0, rows: [0, 5, 6], before: trns(5) }, 'ya8', [5, 0, 6, 255]],
    ['gray of 16 bits, whose gray is spread over R, G and B', { width: 2, height: 1, depth: 16, type: 0, rows: [0, 1, 2, 1, 3], before: trns(0x102) }, 'rgba64le', [2, 1, 2, 1, 2, 1, 0, 0, 3, 1, 3, 1, 3, 1, 255, 255]],
    ['one RGB pixel', { width: 1, height: 1, depth: 8, type: 2, rows: [0, 1, 2, 3], before: trns(1, 2, 3) }, 'rgba', [1, 2, 3, 0]],
    ['two RGB pixels', { width: 2, height: 1, depth: 8, type: 2, rows: [0, 1, 2, 3, 9, 9, 9], before: trns(1, 2, 3) }, 'rgba', [1, 2, 3, 0, 9, 9, 9, 255]],
  ])('%s', (_, parts, format, expected) => {
    const { image, warnings, fidelity } = readPng(pngFile(parts));
    expect([image.format, bytesOf(image)]).toEqual([format, expected]);
    expect([fidelity, warnings.length]).toEqual(parts.depth < 8 ? ['scaled', 1] : ['exact', 0]);
  });

  test('bits of it above the depth do not count, and are said', () => {
    const { image, warnings, fidelity } = readPng(pngFile({ width: 2, height: 1, depth: 8, type: 0, rows: [0, 5, 6], before: trns(0x705) }));
    expect(bytesOf(image)).toEqual([5, 0, 6, 255]);
    expect([fidelity, warnings]).toEqual(['exact', ['The transparent colour 1797 (tRNS) has more than 8 bits; it counts as 5.']]);
  });

  test.each<[string, PngParts]>([
    ['too long', { width: 1, height: 1, depth: 8, type: 0, rows: [0, 5], before: [pngChunk('tRNS', [0, 5, 0])] }],
    ['behind the data', { width: 1, height: 1, depth: 8, type: 0, rows: [0, 5], after: trns(5) }],
    ['of a wrong checksum', { width: 1, height: 1, depth: 8, type: 0, rows: [0, 5], before: [pngChunk('tRNS', [0, 5], 1)] }],
  ])('%s it is not used, and the picture is not called exact', (_, parts) => expect(shown(readPng(pngFile(parts)))).toEqual(['gray', 'damaged', 1]));
});

describe('a fault beside the pixels is a warning', () => {
  const gray = { width: 1, height: 1, depth: 8, type: 0, rows: [0, 5] };
  test.each<[string, Uint8Array]>([
    ['pHYs of 8 B', pngChunk('pHYs', [0, 0, 0, 1, 0, 0, 0, 1])], ['pHYs of a wrong checksum', pngChunk('pHYs', new Uint8Array(9), 7)],
    ['tEXt without a keyword', pngChunk('tEXt', [0x61, 0x62])], ['tEXt that is empty', pngChunk('tEXt', [])], ['tEXt that begins with 0', pngChunk('tEXt', [0, 1])], ['tEXt with a keyword of 90', pngChunk('tEXt', [...new Uint8Array(90).fill(97), 0])],
    ['iCCP that is no deflate', pngChunk('iCCP', [0x61, 0, 0, 1, 2, 3])], ['iCCP of an unknown method', pngChunk('iCCP', [0x61, 0, 9, 0x78, 0x9c])], ['zTXt without a keyword', pngChunk('zTXt', [0x61])], ['tRNS in a picture with alpha', pngChunk('tRNS', [0, 0])],
    ['a suggested palette of 4 B', pngChunk('PLTE', [1, 2, 3, 4])],
  ])('%s', (name, chunk) => {
    const isAlpha = name.includes('with alpha');
    const reading = readPng(pngFile({ ...gray, before: [chunk], ...(isAlpha ? { type: 4, rows: [0, 5, 9] } : {}) }));
    expect(shown(reading)).toEqual([isAlpha ? 'ya8' : 'gray', 'exact', 1]);
    expect(bytesOf(reading.image)).toEqual(isAlpha ? [5, 9] : [5]);
  });
  test('gAMA behind the data, a second sRGB, bytes behind the end, an animation', () => {
    const file = pngFile({ ...gray, before: [pngChunk('acTL', [0, 0, 0, 3, 0, 0, 0, 0]), pngChunk('sRGB', [0]), pngChunk('sRGB', [0])], after: [pngChunk('gAMA', [0, 0, 0, 1])] });
    const reading = readPng(Uint8Array.from([...file, 1, 2, 3]));
    expect(shown(reading)).toEqual(['gray', 'exact', 4]);
  });
  test('a million faults are a few sentences', () => {
    const { warnings } = readPng(pngFile({ ...gray, before: Array.from({ length: 2000 }, () => pngChunk('tEXt', [])) }));
    expect(warnings).toHaveLength(21);
    expect(warnings.at(-1)).toContain('1980 more');
  });
});

describe('what is short or contradicts itself is shown as far as it goes, never called exact', () => {
  const rows = [0, 1, 2, 3, 4, 5, 6, 0, 7, 8, 9, 10, 11, 12, 0, 13, 14, 15, 16, 17, 18];
  const rgb = { width: 2, height: 3, depth: 8, type: 2 };
  const filled = (count: number): number[] => rows.filter((_, at) => at % 7 !== 0).map((value, at) => (at < count ? value : 0));

  test('data that end within the second row', () => {
    const { image, fidelity, warnings } = readPng(pngFile({ ...rgb, rows: rows.slice(0, 12) }));
    expect([bytesOf(image), fidelity]).toEqual([filled(10), 'damaged']);
    expect(warnings.join(' ')).toContain('end after 12 B of 21 B. Rows from 1 on, of 3');
  });
  test('a file cut anywhere in its data: every row before is right', () => {
    const whole = encodePng(randomImage(specFor('rgb24', 60, 40), 3));
    const pixels = bytesOf(readPng(whole).image);
    for (const length of [1200, 4000, whole.length - 20]) {
      const { image, fidelity, warnings } = readPng(whole.subarray(0, length));
      const good = /Rows from (\d+) on/.exec(warnings.join(' '))?.[1];
      expect(fidelity).toBe('damaged');
      const bytes = (good === undefined ? 40 : Number(good)) * 180;
      expect(bytes).toBeGreaterThan(700);
      expect(bytesOf(image).slice(0, bytes)).toEqual(pixels.slice(0, bytes));
    }
  });
  test.each([['a wrong Adler sum', (stream: Uint8Array) => stream.fill(0, stream.length - 4)], ['no Adler sum', (stream: Uint8Array) => stream.subarray(0, stream.length - 4)]])('%s', (_, change) => {
    const reading = readPng(pngFile({ ...rgb, stream: change(new Uint8Array(deflateSync(Uint8Array.from(rows)))) }));
    expect([bytesOf(reading.image), reading.fidelity]).toEqual([filled(18), 'damaged']);
  });
  test('a filter that does not exist', () => expect(readPng(pngFile({ ...rgb, rows: rows.map((value, at) => (at === 14 ? 9 : value)) }))).toMatchObject({ fidelity: 'damaged' }));
  test('data that are damaged within: rows of the chunks before', () => {
    const picture = randomImage(specFor('gray', 100, 100), 1);
    const stream = new Uint8Array(deflateSync(Uint8Array.from({ length: 101 * 100 }, (_, at) => (at % 101 === 0 ? 0 : (bytesOf(picture)[at - 1 - Math.floor(at / 101)] ?? 0)))));
    const file = new Uint8Array(Buffer.concat([PNG_SIGNATURE, pngHeader({ width: 100, height: 100, depth: 8, type: 0 }), pngChunk('IDAT', stream.subarray(0, 5000)), pngChunk('IDAT', stream.subarray(5000).map((byte) => byte ^ 0x55), 5)]));
    const { image, fidelity } = readPng(file);
    expect(fidelity).toBe('damaged');
    expect(bytesOf(image).slice(0, 4000)).toEqual(bytesOf(picture).slice(0, 4000));
    expect(bytesOf(image).slice(5100).every((value) => value === 0)).toBe(true);
  });
  test('interlaced data that end after their first passes', () => {
    const whole = { width: 9, height: 9, depth: 8, type: 0, interlace: 1 };
    const { image, fidelity } = readPng(pngFile({ ...whole, rows: [0, 1, 2, 0, 3, 4, 0, 5] }));
    expect([fidelity, bytesOf(image)[0], bytesOf(image)[8], bytesOf(image)[72], bytesOf(image)[80], bytesOf(image)[4]]).toEqual(['damaged', 1, 2, 3, 4, 5]);
  });
  test.each([['image data', 1_000_000_000], ['a profile', 0]])('%s that inflate without end behind a header of one pixel take no memory and no time', (what) => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(50_000_000)));
    const started = performance.now();
    const pixel = { width: 1, height: 1, depth: 8, type: 0 };
    const { image, fidelity } = readPng(what === 'image data' ? pngFile({ ...pixel, stream: bomb }) : pngFile({ ...pixel, rows: [0, 0], before: [pngChunk('iCCP', [0x61, 0, 0, ...bomb])] }));
    expect([bytesOf(image), fidelity]).toEqual([[0], what === 'image data' ? 'damaged' : 'exact']);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('what cannot be right is refused', () => {
  const gray = { width: 1, height: 1, depth: 8, type: 0, rows: [0, 5] };
  test.each<[string, Uint8Array, RegExp]>([
    ['a palette picture without its palette', pngFile({ ...gray, type: 3 }), /no palette/],
    ['a palette of 16 bits', pngFile({ ...gray, depth: 16, type: 3 }), /does not exist/],
    ['an unknown critical chunk', pngFile({ ...gray, before: [pngChunk('ABCD', [])] }), /must understand/],
    ['a second header', pngFile({ ...gray, before: [pngHeader({ ...gray, width: 2 })] }), /two headers/],
    ['Apple’s variant', new Uint8Array(Buffer.concat([PNG_SIGNATURE, pngChunk('CgBI', [0, 0, 0, 0]), pngHeader(gray)])), /Apple/],
    ['no data', new Uint8Array(Buffer.concat([PNG_SIGNATURE, pngHeader(gray), pngChunk('IEND', [])])), /no image data/],
    ['a width of 0', pngFile({ ...gray, width: 0 }), /0×1/],
    ['interlacing 2', pngFile({ ...gray, interlace: 2 }), /interlacing 2/],
    ['less than a row', pngFile({ ...gray, width: 9 }), /not one row/],
  ])('%s', (_, file, what) => {
    const error = errorOf(() => readPng(file));
    expect([error.code, what.test(error.what)]).toEqual(['png/unreadable', true]);
  });
});

describe('against another reader and writer', () => {
  const CHANNELS = { gray: 1, ya8: 2, rgb24: 3, rgba: 4, gray16le: 1, rgb48le: 3, rgba64le: 4 } as const;
  const formats = fc.constantFrom('gray', 'ya8', 'rgb24', 'rgba', 'gray16le', 'rgb48le', 'rgba64le');
  const smooth = (format: PixelFormatId, width: number, height: number): Image => convert(paint(width, height, (x, y) => [x % 256, y % 256, (x + y) % 256]), format);

  test('what is written, fast-png reads; what fast-png writes is read', () => {
    fc.assert(fc.property(formats, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), fc.nat(), fc.boolean(), (format, width, height, seed, isSmooth) => {
      const image = isSmooth ? smooth(format, width, height) : randomImage(specFor(format, width, height), seed);
      const pixels = imageBytes(image);
      const wide = format.includes('16') || format === 'rgb48le' || format === 'rgba64le';
      const { data } = decodeByFastPng(encodePng(image), { checkCrc: true });
      expect(Buffer.compare(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), pixels)).toBe(0);
      const file = encodeByFastPng({ width, height, depth: wide ? 16 : 8, channels: CHANNELS[format], data: wide ? new Uint16Array(pixels.buffer) : pixels });
      const again = readPng(file);
      expect(shown(again)).toEqual([format, 'exact', 0]);
      expect(Buffer.compare(imageBytes(again.image), pixels)).toBe(0);
      expect(Buffer.compare(imageBytes(readPng(encodePng(image)).image), pixels)).toBe(0);
    }), { numRuns: 150, seed: 2 });
  });

  test('a smooth picture takes less than half of what it takes without filters', () => {
    const image = smooth('rgb24', 200, 200);
    expect(encodePng(image).length * 2).toBeLessThan(encodeByFastPng({ width: 200, height: 200, depth: 8, channels: 3, data: imageBytes(image) }).length);
  });
});

test('a palette too short for its indices keeps both, and says so', () => {
  const { image, fidelity, warnings } = readPng(pngFile({ width: 2, height: 1, depth: 4, type: 3, rows: [0, 0x1f], before: [pngChunk('PLTE', [1, 2, 3, 4, 5, 6]), pngChunk('tRNS', [9])] }));
  expect([image.format, bytesOf(image), fidelity]).toEqual(['pal8', [1, 15], 'exact']);
  expect([...(paletteOf(image)?.colors ?? [])]).toEqual([1, 2, 3, 9, 4, 5, 6, 255]);
  expect(warnings).toEqual(['The largest index is 15; the palette has 2 colours.']);
});

test.each([[1], [2], [4], [8], [16]])('interlaced gray of %i bits is what it is without interlacing', (depth) => {
  const [width, height, top] = [11, 9, 2 ** depth - 1];
  const sample = (x: number, y: number): number => (x * 7 + y * 13 + x * y) & top;
  const packed = (values: readonly number[]): number[] => {
    if (depth === 16) return values.flatMap((value) => [value >> 8, value & 255]);
    const bits = values.map((value) => value.toString(2).padStart(depth, '0')).join('');
    return Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) => Number.parseInt(bits.slice(at * 8, at * 8 + 8).padEnd(8, '0'), 2));
  };
  const grid = (x0: number, y0: number, dx: number, dy: number): number[] => {
    const rows: number[] = [];
    for (let y = y0; y < height; y += dy) rows.push(0, ...packed(Array.from({ length: Math.ceil((width - x0) / dx) }, (_, at) => sample(x0 + at * dx, y))));
    return rows;
  };
  const plain = readPng(pngFile({ width, height, depth, type: 0, rows: grid(0, 0, 1, 1) }));
  const passes = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]].flatMap(([x = 0, y = 0, dx = 1, dy = 1]) => grid(x, y, dx, dy));
  const interlaced = readPng(pngFile({ width, height, depth, type: 0, interlace: 1, rows: passes }));
  expect(interlaced).toEqual(plain);
  if (depth === 8) expect(bytesOf(plain.image).slice(0, 3)).toEqual([sample(0, 0), sample(1, 0), sample(2, 0)]);
});
