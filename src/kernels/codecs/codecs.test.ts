import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode as encodeByJpegJs } from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import { LabError, convert, imageBytes, paletteOf, pixelAt, wrapImage } from '../index.ts';
import type { Image, PixelFormatId } from '../index.ts';
import { randomImage, specFor } from '../testing/images.ts';
import { checkMemory, checkPossible, jpegClaim } from './header.ts';
import type { Claim } from './header.ts';
import { encodeJpeg } from './jpeg/encodeJpeg.ts';
import { decodeJpeg, decodeJpegPlain } from './jpegJs.ts';
import { decodePng, encodePng, readPng } from './png.ts';
import { decodePnm, encodePnm } from './pnm.ts';
import { decodeQoi, encodeQoi } from './qoi.ts';
import { nameMismatch, sniff } from './sniff.ts';
import { decodeY4m, encodeY4m, indexY4m } from './y4m.ts';
import { errorOf } from '../testing/errorOf.ts';

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(join(import.meta.dirname, 'testdata', name)));
const ascii = (text: string, ...rest: number[]): Uint8Array => Uint8Array.from(Array.from(text, (letter) => letter.charCodeAt(0)).concat(rest));
const bytesOf = (image: Image): number[] => [...imageBytes(image)];

describe('a file is what its content says', () => {
  test.each([
    ['png', file('gray-alpha.png')], ['jpeg', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)], ['webp', ascii('RIFF\0\0\0\0WEBPVP8 ')], ['avif', ascii('\0\0\0\x20ftypavif')], ['gif', ascii('GIF89a')], ['bmp', ascii('BM6\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0')], ['raw', ascii('BM6\0 two letters are no bitmap')], ['avif', ascii('\0\0\0\x1cftypmif1\0\0\0\0mif1avif')], ['heif', ascii('\0\0\0\x18ftypmif1\0\0\0\0mif1heic')],
    ['pnm', ascii('P6\n2 2\n255\n')], ['y4m', ascii('YUV4MPEG2 W2 H2\n')], ['qoi', ascii('qoif')], ['svg', ascii('<?xml version="1.0"?>\n<svg xmlns="x"><script/></svg>')], ['svg', ascii('  <svg>')], ['html', ascii('<!DOCTYPE html>')],
    ['pdf', ascii('%PDF-1.7')], ['mp4', ascii('\0\0\0\x18ftypisom')], ['empty', new Uint8Array(0)], ['raw', Uint8Array.of(80, 200, 1, 2, 3)], ['raw', ascii('P9 what')],
  ])('%s', (type, bytes) => expect(sniff(bytes)).toBe(type));

  test('a wrong name is said', () => {
    expect(nameMismatch('photo.jpg', 'png')).toBe('Named .jpg, but its content is PNG.');
    expect(nameMismatch('photo.JPEG', 'jpeg')).toBeUndefined();
    expect(nameMismatch('no extension', 'png')).toBeUndefined();
  });
});

describe('PNG keeps its bytes', () => {
  test.each<[string, PixelFormatId, number[]]>([
    ['rgba-straight.png', 'rgba', [255, 1, 2, 1, 9, 8, 7, 0, 100, 50, 25, 128, 0, 255, 0, 255]],
    ['gray-2bit.png', 'gray', [0, 85, 170, 255, 85, 255, 170, 85, 0, 170]],
    ['gray-1bit.png', 'gray', [255, 0, 255, 255, 0, 0, 255, 0, 255]],
    ['palette-4bit.png', 'pal8', [0, 1, 2, 2, 1, 0]],
    ['rgb-16bit.png', 'rgb48le', [0x02, 0x01, 0x00, 0x80, 0xff, 0xff, 1, 0, 2, 0, 3, 0]],
    ['gray-alpha.png', 'ya8', [10, 20, 30, 40]],
    ['interlaced.png', 'gray', [10, 20, 30, 40, 50, 60, 70, 80, 90]],
  ])('%s is %s', (name, format, expected) => {
    const image = decodePng(file(name));
    expect(image.format).toBe(format);
    expect(bytesOf(image)).toEqual(expected);
  });

  test('the transparent colour of a gray or RGB file becomes alpha', () => {
    expect(decodePng(file('gray-trns.png')).format).toBe('ya8');
    expect(bytesOf(decodePng(file('gray-trns.png')))).toEqual([10, 255, 20, 0, 30, 255]);
    expect(decodePng(file('rgb16-trns.png')).format).toBe('rgba64le');
    expect([...new Uint16Array(imageBytes(decodePng(file('rgb16-trns.png'))).buffer)]).toEqual([1, 2, 3, 65_535, 400, 500, 600, 0, 400, 500, 601, 65_535, 65_535, 0, 0, 65_535]);
  });

  test('a suggested palette does not make an RGB file a paletted one', () => {
    expect(decodePng(file('rgb-suggested-palette.png')).format).toBe('rgb24');
    expect(bytesOf(decodePng(file('rgb-suggested-palette.png')))).toEqual([9, 8, 7, 1, 2, 3]);
  });

  test('a palette keeps its colours and their alpha', () => expect([...(paletteOf(decodePng(file('palette-4bit.png')))?.colors ?? [])]).toEqual([255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 255]));
  test('16 bits are not cut to 8', () => expect(new Set([...Array(64).keys()].map((x) => pixelAt(decodePng(file('gradient-16bit.png')), x, 0)[0]?.value)).size).toBeGreaterThan(20));

  test.each<PixelFormatId>(['gray', 'ya8', 'rgb24', 'rgba', 'gray16le', 'rgb48le', 'rgba64le'])('%s written and read again is the same', (format) => {
    const image = randomImage(specFor(format, 13, 7), 3);
    const again = decodePng(encodePng(image));
    expect(again.format).toBe(format);
    expect(bytesOf(again)).toEqual(bytesOf(image));
  });

  test('a claim of 30000×30000 is known before anything is allocated', () => {
    const claims: Claim[] = [];
    const error = errorOf(() => readPng(file('claims-30000.png'), (claim) => {
      claims.push(claim);
      checkMemory(claim, false);
    }));
    // R,G,B,A and a filter byte a row.
    expect(claims).toEqual([{ width: 30_000, height: 30_000, bytes: 30_000 * (4 * 30_000 + 1) }]);
    expect(error.what).toContain('3433 MiB');
  });
});

describe('JPEG', () => {
  const jpeg = Uint8Array.from(encodeByJpegJs({ width: 16, height: 8, data: new Uint8Array(512).fill(128) }, 90).data);
  test('its header tells its size and components', () => expect(jpegClaim(jpeg)).toEqual({ width: 16, height: 8, bytes: 512, components: 3 }));
  test('65535×65535 is refused before it is decoded', () => {
    const huge = Uint8Array.from(jpeg);
    const at = huge.findIndex((byte, index) => byte === 0xff && huge[index + 1] === 0xc0);
    huge.set([255, 255, 255, 255], at + 5);
    expect(errorOf(() => checkPossible(jpegClaim(huge) ?? { width: 0, height: 0, bytes: 0 })).code).toBe('memory/impossible');
    expect(errorOf(() => decodeJpeg(huge)).code).toBe('memory/impossible');
  });
  test('a flat gray decodes to it', () => expect(bytesOf(decodeJpeg(jpeg)).slice(0, 4).map((value) => Math.abs(value - 128) < 3 || value === 255)).toEqual([true, true, true, true]));
});

describe('JPEG with the components it has', () => {
  const photo = randomImage(specFor('rgba', 24, 16), 8);
  const jpegOf = (format: PixelFormatId): Uint8Array => encodeJpeg(convert(photo, format));

  test('colours are R,G,B, as those of R,G,B,A', () => {
    const jpeg = jpegOf('yuv420p');
    const plain = decodeJpegPlain(jpeg);
    expect(plain.format).toBe('rgb24');
    expect(bytesOf(plain)).toEqual(bytesOf(convert(decodeJpeg(jpeg), 'rgb24')));
  });

  test('gray is gray', () => {
    const jpeg = jpegOf('gray');
    const plain = decodeJpegPlain(jpeg);
    expect(plain.format).toBe('gray');
    expect(bytesOf(plain)).toEqual(bytesOf(decodeJpeg(jpeg)).filter((_, at) => at % 4 === 1));
  });
});

describe('PNM', () => {
  test.each<[string, Uint8Array, PixelFormatId, number[]]>([
    ['P5', ascii('P5 # a comment\n2 1\n255\n', 7, 200), 'gray', [7, 200]],
    ['P6', ascii('P6\n1 1\n255\n', 1, 2, 3), 'rgb24', [1, 2, 3]],
    ['P6 of 16 bits, big-endian in the file', ascii('P6\n1 1\n65535\n', 1, 2, 3, 4, 5, 6), 'rgb48le', [2, 1, 4, 3, 6, 5]],
    ['P2 with a maximum of 15', ascii('P2\n3 1\n15\n0 7 15\n'), 'gray', [0, 119, 255]],
    ['P3', ascii('P3\n1 1\n255\n9 8 7\n'), 'rgb24', [9, 8, 7]],
    ['P4: 1 is black', ascii('P4\n9 1\n', 0b10000001, 0), 'monob', [0b01111110, 0xff]],
    ['P5 with a sample above its maximum', ascii('P5\n2 1\n100\n', 100, 200), 'gray', [255, 255]],
    ['P1', ascii('P1\n3 1\n0 1 0\n'), 'gray', [255, 0, 255]],
  ])('%s', (_, bytes, format, expected) => {
    const image = decodePnm(bytes);
    expect(image.format).toBe(format);
    expect(bytesOf(image)).toEqual(expected);
  });
  test('a large P1 is read digit by digit', () => expect(imageBytes(decodePnm(ascii(`P1\n1000 400\n${'0 1 '.repeat(200_000)}`))).subarray(0, 4)).toEqual(Uint8Array.of(255, 0, 255, 0)));
  test('16-bit samples are written big-endian', () => expect([...encodePnm(wrapImage(Uint8Array.of(2, 1), { format: 'gray16le', width: 1, height: 1 }))]).toEqual([...ascii('P5\n1 1\n65535\n', 1, 2)]));
  test.each([['P6\n2 2\n255\nabc'], ['P6\nx 2\n255\n'], ['P6\n0 2\n255\n'], ['P5\n1 1\n70000\n..'], ['P7\n']])('%o is refused', (text) => expect(errorOf(() => decodePnm(ascii(text))).code).toBe('pnm/unreadable'));
});

describe('Y4M', () => {
  const header = 'YUV4MPEG2 W4 H2 F30000:1001 Ip A1:1 C420jpeg XCOLORRANGE=FULL\n';
  const frame = (value: number): Uint8Array => new Uint8Array(12).fill(value);
  const stream = Uint8Array.from([...ascii(`${header}FRAME\n`), ...frame(5), ...ascii('FRAME Ip\n'), ...frame(6)]);
  test('its frames are found', () => expect(indexY4m(stream)).toMatchObject({ frames: [header.length + 6, header.length + 6 + 12 + 9], spec: { format: 'yuv420p', width: 4, height: 2, colorSpec: { range: 'full', siting: 'center' } } }));
  test('the first frame is the picture', () => expect(bytesOf(decodeY4m(stream))).toEqual([...frame(5)]));
  test('written and read again is the same', () => {
    const image = { ...randomImage(specFor('yuv422p10le', 5, 3), 1), colorSpec: { range: 'limited', siting: 'left' } } as const;
    expect(decodeY4m(encodeY4m(image))).toMatchObject({ format: 'yuv422p10le', width: 5, height: 3, colorSpec: { range: 'limited' } });
    expect(bytesOf(decodeY4m(encodeY4m(image)))).toEqual(bytesOf(image));
  });
  test.each([['bt709', 'limited', 'LIMITED'], ['bt2020', 'full', 'FULL']] as const)('%s in %s range comes back: the range in FFmpeg’s comment, the matrix in our own', (matrix, range, word) => {
    const file = encodeY4m({ ...randomImage(specFor('yuv420p', 4, 2), 1), colorSpec: { matrix, range, siting: 'left' } });
    expect(String.fromCharCode(...file.subarray(0, file.indexOf(0x0a)))).toBe(`YUV4MPEG2 W4 H2 F25:1 Ip A1:1 C420mpeg2 XCOLORRANGE=${word} XSWIZZLEMATRIX=${matrix}`);
    expect(decodeY4m(file).colorSpec).toEqual({ matrix, range, siting: 'left' });
  });
  test('BT.601 and what is no matrix need no comment', () => {
    const image = randomImage(specFor('yuv420p', 4, 2), 1);
    expect(String.fromCharCode(...encodeY4m(image))).not.toContain('MATRIX');
    expect(decodeY4m(Uint8Array.from([...ascii('YUV4MPEG2 W4 H2 C420 XSWIZZLEMATRIX=toString\nFRAME\n'), ...frame(1)])).colorSpec).toMatchObject({ matrix: 'bt601', range: 'limited' });
  });
  test('a cut stream says what is missing', () => expect(errorOf(() => decodeY4m(stream.subarray(0, header.length + 10))).what).toContain('first frame needs 12'));
});

describe('QOI', () => {
  test('the bytes of the specification: header, a run, an RGB, an index, the end', () => {
    const image = wrapImage(Uint8Array.of(0, 0, 0, 0, 0, 0, 100, 150, 200, 0, 0, 0), { format: 'rgb24', width: 4, height: 1 });
    expect([...encodeQoi(image)]).toEqual([...ascii('qoif', 0, 0, 0, 4, 0, 0, 0, 1, 3, 0), 0xc1, 0xfe, 100, 150, 200, 0xfe, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });
  test('any picture written and read again is the same', () => {
    fc.assert(fc.property(fc.constantFrom<PixelFormatId>('rgb24', 'rgba'), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (format, width, height, seed, mask) => {
      const image = randomImage(specFor(format, width, height), seed);
      for (const { bytes } of image.planes) for (let at = 0; at < bytes.length; at += 1) bytes[at] = (bytes[at] ?? 0) & mask;
      return Buffer.compare(imageBytes(decodeQoi(encodeQoi(image))), imageBytes(image)) === 0;
    }), { numRuns: 300, seed: 5 });
  });
  test('a file that is cut short is refused, with how far it goes', () => {
    const whole = encodeQoi(randomImage({ format: 'rgba', width: 9, height: 7 }, 3));
    expect(errorOf(() => decodeQoi(whole.subarray(0, whole.length - 40))).what).toMatch(/^The QOI ends after \d+ of its 63 pixels \(9×7\)\.$/);
  });

  test('a header that claims more than the file can hold is refused', () => expect(errorOf(() => decodeQoi(ascii('qoif', 0, 1, 0, 0, 0, 1, 0, 0, 4, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9))).code).toBe('qoi/unreadable'));
});

describe('damage', () => {
  const photo = convert(randomImage(specFor('rgba', 24, 16), 8), 'rgb24');
  const files: readonly (readonly [string, Uint8Array, (bytes: Uint8Array) => Image])[] = [
    ['PNG', encodePng(photo), decodePng],
    ['JPEG', Uint8Array.from(encodeByJpegJs({ width: 24, height: 16, data: imageBytes(convert(photo, 'rgba')) }, 80).data), decodeJpeg],
    ['PNM', encodePnm(photo), decodePnm],
    ['QOI', encodeQoi(photo), decodeQoi],
    ['Y4M', encodeY4m(convert(photo, 'yuv420p')), decodeY4m],
  ];
  test.each(files)('a %s cut or changed anywhere either decodes or says why not', (_, whole, decode) => {
    fc.assert(fc.property(fc.nat(whole.length), fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }), (length, changes) => {
      const bytes = whole.slice(0, length);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      try {
        decode(bytes);
        return true;
      } catch (thrown) {
        if (thrown instanceof LabError) return thrown.info.what !== '' && thrown.info.remedy !== '';
        throw thrown;
      }
    }), { numRuns: 300, seed: 6 });
  });
});
