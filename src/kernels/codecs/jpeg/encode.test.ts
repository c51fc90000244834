import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { convert } from '../../convert.ts';
import { allocImage, imageBytes, wrapImage } from '../../image/image.ts';
import { subImage } from '../../image/views.ts';
import type { Image } from '../../image/types.ts';
import { encodeJpeg } from './index.ts';
import { PICTURE_FACTS, PLANE_FACTS } from './testdata/libjpegTurbo.ts';
import { errorOf } from '../../testing/errorOf.ts';
import { DECODERS, cjpeg, decodeWithJpegJs, isInstalled, psnr, turboVersion } from './testing/decoders.ts';
import type { Decoded } from './testing/decoders.ts';
import type { HandFormat, SampleAt } from './testing/pictures.ts';
import { HAND_LAYOUTS, corpusPicture, texturedImage } from './testing/pictures.ts';
import { LIBJPEG_TURBO_VERSION } from './testdata/libjpegTurbo.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const BACKENDS = ['scalar', 'simd'] as const;
const asRgba = (image: Image): Decoded => ({ width: image.width, height: image.height, data: imageBytes(convert(image, 'rgba')) });

describe.each(BACKENDS)('%s: whole files equal libjpeg-turbo’s, byte for byte', (backend) => {
  test.each(PLANE_FACTS)('$format $width×$height, quality $quality, restart $restartInterval, optimised $optimizeHuffman', ({ format, width, height, bytes, sha256: expected, ...options }) => {
    const jpeg = encodeJpeg(texturedImage(format, width, height), { ...options, backend });
    expect(jpeg.length).toBe(bytes);
    expect(sha256(jpeg)).toBe(expected);
  });

  test.each(PICTURE_FACTS.filter(({ subsampling }) => subsampling === '4:0:0'))('$picture, $command', ({ picture, quality, sha256: expected }) => {
    expect(sha256(encodeJpeg(corpusPicture(picture), { quality, backend }))).toBe(expected);
  });
});

describe('pictures in R,G,B come out as cjpeg’s do', () => {
  test.each(PICTURE_FACTS)('$picture $subsampling, quality $quality: size within 2 %, PSNR within 0.1 dB of $bytes B and $psnr dB', ({ picture, subsampling, quality, bytes, psnr: decibel }) => {
    const image = corpusPicture(picture);
    const jpeg = encodeJpeg(image, { subsampling, quality });
    expect(Math.abs(jpeg.length / bytes - 1)).toBeLessThan(0.02);
    expect(Math.abs(psnr(decodeWithJpegJs(jpeg), asRgba(image)) - decibel)).toBeLessThan(0.1);
  });

  test(isInstalled('cjpeg') ? 'the cjpeg that is installed here still does what was recorded' : 'the recorded facts name the version they are of', () => {
    expect(LIBJPEG_TURBO_VERSION).toMatch(/^\d+\.\d+/);
    if (!isInstalled('cjpeg') || turboVersion() !== LIBJPEG_TURBO_VERSION) return;
    const image = corpusPicture('camera');
    const pgm = Buffer.concat([Buffer.from(`P5\n${String(image.width)} ${String(image.height)}\n255\n`), imageBytes(image)]);
    expect(sha256(encodeJpeg(image, { quality: 80, restartInterval: 9, optimizeHuffman: true }))).toBe(sha256(cjpeg(pgm, ['-baseline', '-dct', 'int', '-quality', '80', '-restart', '9B', '-optimize'])));
  });
});

const FORMATS = Object.keys(HAND_LAYOUTS).filter((name): name is HandFormat => Object.hasOwn(HAND_LAYOUTS, name));
/** The planar format that holds the same samples. */
const PLANAR: Partial<Record<HandFormat, HandFormat>> = {
  nv12: 'yuv420p', nv21: 'yuv420p', nv16: 'yuv422p', nv24: 'yuv444p', nv42: 'yuv444p',
  yuyv422: 'yuv422p', uyvy422: 'yuv422p', yvyu422: 'yuv422p', vyuy422: 'yuv422p', ayuv: 'yuv444p', vuya: 'yuv444p',
};
const ODD_SIZES = [[1, 1], [1, 9], [9, 1], [2, 2], [7, 7], [8, 8], [9, 9], [15, 16], [16, 15], [17, 19], [531, 3]] as const;

describe.each(BACKENDS)('%s: samples are read where they lie', (backend) => {
  test.each(Object.entries(PLANAR))('%s gives the bytes that %s with the same samples gives, at every odd size', (format, planar) => {
    for (const [width, height] of ODD_SIZES) {
      const [packed, plain] = [FORMATS.find((id) => id === format), planar].map((id) => encodeJpeg(texturedImage(id ?? 'gray', width, height), { quality: 90, backend }));
      expect(sha256(packed)).toBe(sha256(plain));
    }
  });

  test.each(FORMATS)('%s: padding between rows and samples beyond the edge never show', (format) => {
    for (const [width, height] of ODD_SIZES) {
      const tight = sha256(encodeJpeg(texturedImage(format, width, height), { backend }));
      for (const padding of [1, 7, 64]) expect(sha256(encodeJpeg(texturedImage(format, width, height, padding), { backend }))).toBe(tight);
    }
  });

  test('a view into a larger picture gives what a copy of it gives', () => {
    const view = subImage(texturedImage('nv12', 200, 100), { x: 34, y: 18, width: 101, height: 51 });
    const copy = wrapImage(imageBytes(view), { format: 'nv12', width: 101, height: 51 });
    expect(sha256(encodeJpeg(view, { backend }))).toBe(sha256(encodeJpeg(copy, { backend })));
  });

  test('bytes in shared memory are read as others are', () => {
    const image = texturedImage('nv12', 50, 30);
    const shared = new Uint8Array(new SharedArrayBuffer(imageBytes(image).length));
    shared.set(imageBytes(image));
    expect(sha256(encodeJpeg(wrapImage(shared, { format: 'nv12', width: 50, height: 30 }), { backend }))).toBe(sha256(encodeJpeg(image, { backend })));
  });
});

/** What a decoder should show: the texture through exact BT.601, chroma repeated over its block. */
function expectedPixels(format: HandFormat, width: number, height: number, sample: SampleAt): Decoded {
  return asRgba(texturedImage(format, width, height, 0, sample));
}

/** A texture that survives chroma filters and quantisation: slopes only. */
const slopes = (component: number, x: number, y: number): number => 30 + Math.floor((component === 0 ? 2 * x + 3 * y : x + 2 * y + 40 * component) % 190);

describe.each(DECODERS)('%s decodes what we encode', (name, decode) => {
  test.each(FORMATS)('%s of every odd size, at quality 100', (format) => {
    for (const [width, height] of [[1, 1], [3, 2], [8, 8], [17, 19], [31, 9]] as const) {
      const shown = decode(encodeJpeg(texturedImage(format, width, height, 3, slopes), { quality: 100 }));
      const expected = expectedPixels(format, width, height, slopes);
      expect([shown.width, shown.height]).toEqual([width, height]);
      // Decoders differ in how they widen chroma; at full chroma resolution nothing is left but rounding.
      const { subX, subY } = HAND_LAYOUTS[format];
      expect(psnr(shown, expected), `${name} ${String(width)}×${String(height)}`).toBeGreaterThan(subX * subY === 1 ? 48 : 26);
    }
  });

  test.each([1, 2, 5, 64])('restart intervals of %i MCUs, optimised Huffman tables, comment, EXIF and density change no pixel', (restartInterval) => {
    const image = corpusPicture('coffee');
    const plain = decode(encodeJpeg(image));
    const rich = encodeJpeg(image, { restartInterval, optimizeHuffman: true, comment: 'Grüße 🙂', density: { unit: 'inch', x: 300, y: 300 }, exif: Uint8Array.of(0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0) });
    expect(psnr(decode(rich), plain)).toBe(Infinity);
  });

  test('own tables: flat steps of 1 keep a gray picture to the last bit but rounding', () => {
    const image = corpusPicture('camera');
    const ones = new Array<number>(64).fill(1);
    expect(psnr(decode(encodeJpeg(image, { tables: { y: ones } })), asRgba(image))).toBeGreaterThan(55);
  });
});

describe('what is converted first', () => {
  const limited = (image: Image): Image => ({ ...image, colorSpec: { matrix: 'bt709', range: 'limited' } });

  test('a BT.709 limited picture is shown in its own colours', () => {
    const picture = corpusPicture('astronaut');
    const tagged = convert(picture, { format: 'yuv444p', width: 512, height: 512, colorSpec: { matrix: 'bt709', range: 'limited' } });
    const shown = decodeWithJpegJs(encodeJpeg(tagged, { quality: 100 }));
    expect(psnr(shown, asRgba(picture))).toBeGreaterThan(45);
    const mistaken = decodeWithJpegJs(encodeJpeg({ ...tagged, colorSpec: undefined }, { quality: 100 }));
    expect(psnr(mistaken, asRgba(picture))).toBeLessThan(30);
  });

  test.each(['rgb24', 'bgra', 'rgb565le', 'gbrp', 'rgb48le', 'yuv420p10le', 'p010le', 'v210', 'gray16le', 'ya8'] as const)('%s is encoded like the picture it is', (format) => {
    const picture = subImage(corpusPicture('coffee'), { x: 100, y: 50, width: 161, height: 121 });
    const image = convert(picture, format, { depthMode: 'exact' });
    const shown = decodeWithJpegJs(encodeJpeg(image, { quality: 95 }));
    const depthMode = 'exact';
    const expected = { width: 161, height: 121, data: imageBytes(convert(image, 'rgba', { depthMode })) };
    expect(psnr(shown, expected)).toBeGreaterThan(32);
  });

  test('luma alone can be asked of any picture, and is that of the picture', () => {
    const image = texturedImage('nv12', 40, 24);
    const luma = wrapImage(imageBytes(image).slice(0, 40 * 24), { format: 'gray', width: 40, height: 24 });
    expect(sha256(encodeJpeg(image, { subsampling: '4:0:0' }))).toBe(sha256(encodeJpeg(luma)));
  });

  test.each([
    ['limited range', limited(texturedImage('nv12', 16, 16)), {}, 'jpeg/straight-colour', /BT\.709, limited range/],
    ['R,G,B', allocImage({ format: 'rgb24', width: 8, height: 8 }), {}, 'jpeg/straight-format', /rgb24/],
    ['10 bits', allocImage({ format: 'p010le', width: 8, height: 8 }), {}, 'jpeg/straight-format', /p010le/],
    ['other chroma', texturedImage('nv12', 16, 16), { subsampling: '4:4:4' } as const, 'jpeg/straight-subsampling', /4:2:0; 4:4:4/],
  ] as const)('straight mode refuses %s and says why', (_what, image, options, code, what) => {
    const error = errorOf(() => encodeJpeg(image, { ...options, mode: 'straight' }));
    expect(error.code).toBe(code);
    expect(error.what).toMatch(what);
  });

  test('straight mode takes full-range YUV', () => {
    expect(encodeJpeg(texturedImage('uyvy422', 16, 16), { mode: 'straight' }).length).toBeGreaterThan(600);
  });
});
