import { describe, expect, test } from 'vitest';
import { convert, imageBytes, wrapImage } from '../index.ts';
import type { ConvertOptions, ImageSpec, MatrixId, PixelFormatId, RangeId } from '../index.ts';

type Triple = readonly [number, number, number];

const wide = (values: readonly number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);

/** One pixel's numbers through a conversion; 8 bits as bytes, more as 16-bit words. */
function one(values: readonly number[], from: Omit<ImageSpec, 'width' | 'height'>, to: Omit<ImageSpec, 'width' | 'height'>, options: ConvertOptions = {}): number[] {
  const isWide = (format: PixelFormatId): boolean => /1[06]le$|48le|64le/.test(format);
  const image = wrapImage(isWide(from.format) ? wide(values) : Uint8Array.from(values), { ...from, width: 1, height: 1 });
  const bytes = imageBytes(convert(image, { ...to, width: 1, height: 1 }, options));
  return isWide(to.format) ? [...new Uint16Array(bytes.buffer)] : [...bytes];
}

/** H.273 in plain words, for one colour: an oracle written apart from the kernels. */
function h273([r, g, b]: Triple, kr: number, kb: number, range: RangeId, bits: number): number[] {
  const full = 255;
  const [R, G, B] = [r / full, g / full, b / full];
  const y = kr * R + (1 - kr - kb) * G + kb * B;
  const [cb, cr] = [(B - y) / (2 * (1 - kb)), (R - y) / (2 * (1 - kr))];
  const unit = 2 ** (bits - 8);
  const max = 2 ** bits - 1;
  const code = range === 'full' ? [max * y, max * cb + 2 ** (bits - 1), max * cr + 2 ** (bits - 1)] : [(219 * y + 16) * unit, (224 * cb + 128) * unit, (224 * cr + 128) * unit];
  return code.map((value) => Math.min(max, Math.max(0, Math.round(value))));
}

const WEIGHTS: readonly (readonly [MatrixId, number, number])[] = [['bt601', 0.299, 0.114], ['bt709', 0.2126, 0.0722], ['bt2020', 0.2627, 0.0593], ['smpte240m', 0.212, 0.087], ['fcc', 0.3, 0.11]];
const COLORS: readonly Triple[] = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255], [0, 0, 0], [12, 200, 77], [255, 128, 3], [201, 17, 230], [90, 91, 92]];

describe.each(WEIGHTS)('%s', (matrix, kr, kb) => {
  test.each([['full', 'yuv444p', 8], ['limited', 'yuv444p', 8], ['full', 'yuv444p16le', 16], ['limited', 'yuv444p10le', 10], ['limited', 'yuv444p16le', 16]] as const)('RGB → YUV, %s range, %s, equals the formulas of H.273', (range, format, bits) => {
    for (const color of COLORS) {
      // Deeper destinations take the colour at their own depth first; 255 divides 65535, not 1023.
      const source = bits === 10 ? color.map((value) => (value === 255 ? 255 : 0)) : color;
      const [r = 0, g = 0, b = 0] = source;
      expect(one(source, { format: 'rgb24' }, { format, colorSpec: { matrix, range } }), `${matrix} ${String(source)}`).toEqual(h273([r, g, b], kr, kb, range, bits));
    }
  });

  test.each(['full', 'limited'] as const)('YUV → RGB undoes RGB → YUV at 16 bits, %s range', (range) => {
    for (const color of COLORS) {
      const deep = color.map((value) => value * 257);
      const yuv = one(deep, { format: 'rgb48le' }, { format: 'yuv444p16le', colorSpec: { matrix, range } });
      const back = one(yuv, { format: 'yuv444p16le', colorSpec: { matrix, range } }, { format: 'rgb48le' });
      for (const [index, value] of back.entries()) expect(Math.abs(value - (deep[index] ?? 0))).toBeLessThanOrEqual(2);
    }
  });
});

describe('known colours', () => {
  test.each<[string, Triple, MatrixId, RangeId, Triple]>([
    ['red', [255, 0, 0], 'bt601', 'limited', [81, 90, 240]], ['green', [0, 255, 0], 'bt601', 'limited', [145, 54, 34]], ['blue', [0, 0, 255], 'bt601', 'limited', [41, 240, 110]],
    ['red', [255, 0, 0], 'bt709', 'limited', [63, 102, 240]], ['green', [0, 255, 0], 'bt709', 'limited', [173, 42, 26]], ['blue', [0, 0, 255], 'bt709', 'limited', [32, 240, 118]],
    ['yellow', [255, 255, 0], 'bt601', 'full', [226, 1, 149]], ['cyan', [0, 255, 255], 'bt601', 'full', [179, 171, 1]], ['blue', [0, 0, 255], 'bt601', 'full', [29, 255, 107]],
    ['white', [255, 255, 255], 'ycgco', 'full', [255, 128, 128]], ['green', [0, 255, 0], 'ycgco', 'full', [128, 255, 128]],
    ['any', [10, 20, 30], 'rgb', 'full', [20, 30, 10]],
  ])('%s %o by %s %s is %o', (_, rgb, matrix, range, yuv) => expect(one(rgb, { format: 'rgb24' }, { format: 'yuv444p', colorSpec: { matrix, range } })).toEqual(yuv));

  test('YUV (81, 90, 240) is (238, 14, 14) literally and (254, 0, 0) as BT.601 limited', () => {
    expect(one([81, 90, 240], { format: 'yuv444p' }, { format: 'rgb24' })).toEqual([238, 14, 14]);
    expect(one([81, 90, 240], { format: 'yuv444p', colorSpec: { range: 'limited' } }, { format: 'rgb24' })).toEqual([254, 0, 0]);
  });

  test('neutral stays neutral at every depth and range', () => {
    for (const range of ['full', 'limited'] as const) for (const to of ['full', 'limited'] as const) {
      expect(one([100, 128, 128], { format: 'yuv444p', colorSpec: { range } }, { format: 'yuv444p10le', colorSpec: { range: to } }).slice(1)).toEqual([512, 512]);
      expect(one([400, 512, 512], { format: 'yuv444p10le', colorSpec: { range } }, { format: 'yuv444p', colorSpec: { range: to } }).slice(1)).toEqual([128, 128]);
    }
  });

  test('limited-range depth is a power of two', () => {
    expect(one([16, 16, 240], { format: 'yuv444p', colorSpec: { range: 'limited' } }, { format: 'yuv444p10le' })).toEqual([64, 64, 960]);
    expect(one([1023, 2, 6], { format: 'yuv444p10le', colorSpec: { range: 'limited' } }, { format: 'yuv444p' })).toEqual([255, 1, 2]);
  });

  test('gray takes the range of its source apart: limited black and white become 0 and 255', () => {
    expect(one([16], { format: 'gray', colorSpec: { range: 'limited' } }, { format: 'rgb24' })).toEqual([0, 0, 0]);
    expect(one([235], { format: 'gray', colorSpec: { range: 'limited' } }, { format: 'rgb24' })).toEqual([255, 255, 255]);
  });
});

describe('component depth', () => {
  const white565 = [0xff, 0xff];
  test.each<[string, readonly number[], PixelFormatId, PixelFormatId, ConvertOptions, readonly number[]]>([
    ['565 white, exact', white565, 'rgb565le', 'rgb24', {}, [255, 255, 255]],
    ['565 white, as xpra shifts', white565, 'rgb565le', 'rgb24', { depthMode: 'shift' }, [0xf8, 0xfc, 0xf8]],
    ['565 middle, exact: 16·255/31, 32·255/63', [0x10, 0x84], 'rgb565le', 'rgb24', {}, [132, 130, 132]],
    ['565 middle, replicated', [0x10, 0x84], 'rgb565le', 'rgb24', { depthMode: 'replicate' }, [132, 130, 132]],
    ['8 → 5 and 6 bits, exact: 127·31/255 = 15.4', [127, 127, 127], 'rgb24', 'rgb565le', {}, [0xef, 0x7b]],
    ['gray → gray16le keeps the value', [200], 'gray', 'gray16le', {}, [200]],
    ['gray → gray16le scaled on request', [200], 'gray', 'gray16le', { depthMode: 'exact' }, [51_400]],
    ['gray → gray16le replicated', [200], 'gray', 'gray16le', { depthMode: 'replicate' }, [0xc8c8]],
    ['gray → gray16le shifted', [200], 'gray', 'gray16le', { depthMode: 'shift' }, [0xc800]],
    ['rgb → rgb48', [1, 128, 255], 'rgb24', 'rgb48le', {}, [257, 32_896, 65_535]],
    ['rgb48 → rgb rounds, not truncates', [128, 129, 65_535], 'rgb48le', 'rgb24', {}, [0, 1, 255]],
    ['rgb48 → rgb truncated on request', [513, 65_534, 65_535], 'rgb48le', 'rgb24', { depthMode: 'shift' }, [2, 255, 255]],
  ])('%s', (_, values, from, to, options, expected) => expect(one(values, { format: from }, { format: to }, options)).toEqual(expected));

  test('float 1.0 is full scale in RGB', () => {
    const image = wrapImage(new Uint8Array(Float32Array.of(0, 0.5, 1, 2, Number.NaN, -1, 0.2, 0.25).buffer), { format: 'rgbaf32le', width: 2, height: 1 });
    expect([...imageBytes(convert(image, 'rgba'))]).toEqual([0, 128, 255, 255, 0, 0, 51, 64]);
    const back = convert(wrapImage(Uint8Array.of(0, 51, 255, 128), { format: 'rgba', width: 1, height: 1 }), 'rgbaf32le');
    expect([...new Float32Array(imageBytes(back).buffer)]).toEqual([0, 51 / 255, 1, 128 / 255].map(Math.fround));
  });

  test('ordered dither keeps the mean', () => {
    const gray = wrapImage(new Uint8Array(64 * 64).fill(100), { format: 'gray', width: 64, height: 64 });
    const white = [...imageBytes(convert(convert(gray, 'monob', { dither: 'ordered' }), 'gray'))].filter((value) => value === 255).length;
    expect(Math.abs(white / 4096 - 100 / 255)).toBeLessThan(1 / 64);
    expect([...imageBytes(convert(convert(gray, 'monob'), 'gray'))].every((value) => value === 0)).toBe(true);
  });
});

describe('alpha', () => {
  const rgba = (values: readonly number[], options: ConvertOptions): number[] => one(values, { format: 'rgba' }, { format: 'rgba' }, options);
  test('premultiplied: c·a/255, rounded', () => expect(rgba([255, 100, 1, 128], { alphaTo: 'premultiplied' })).toEqual([128, 50, 1, 128]));
  test('premultiplied and floored, as xpra does', () => expect(rgba([255, 101, 1, 128], { alphaTo: 'premultiplied', rounding: 'truncate' })).toEqual([128, 50, 0, 128]));
  test('back to straight: c·255/a, and 0 where alpha is 0', () => {
    expect(rgba([128, 50, 1, 128], { alphaFrom: 'premultiplied' })).toEqual([255, 100, 2, 128]);
    expect(rgba([9, 9, 9, 0], { alphaFrom: 'premultiplied' })).toEqual([0, 0, 0, 0]);
  });
  test('is carried, never scaled', () => expect(rgba([10, 20, 30, 40], { scale: 2 })).toEqual([20, 40, 60, 40]));
});

describe('chroma filters', () => {
  const plane = (values: readonly number[], from: PixelFormatId, to: PixelFormatId, options: ConvertOptions, siting: 'left' | 'center' | 'topleft'): number[] => {
    const width = from === 'yuv444p' ? values.length : values.length * 2;
    const bytes = Uint8Array.from([...Array.from({ length: width }, () => 0), ...values, ...values]);
    const image = wrapImage(bytes, { format: from, width, height: 1, colorSpec: { siting } });
    return [...(convert(image, to, options).planes[1]?.bytes ?? [])];
  };
  test.each([
    ['nearest takes the first', 'nearest', 'left', [0, 200]],
    ['box takes the mean', 'box', 'left', [50, 150]],
    ['bilinear at the left: 1 2 1', 'bilinear', 'left', [25, 150]],
    ['bilinear at the centre: 1 3 3 1', 'bilinear', 'center', [63, 138]],
  ] as const)('down: %s', (_, filter, siting, expected) => expect(plane([0, 100, 200, 100], 'yuv444p', 'yuv422p', { chromaDown: filter }, siting)).toEqual(expected));
  test.each([
    ['nearest repeats', 'nearest', 'left', [0, 0, 100, 100]],
    ['bilinear at the left', 'bilinear', 'left', [0, 50, 100, 100]],
    ['bilinear at the centre', 'bilinear', 'center', [0, 25, 75, 100]],
  ] as const)('up: %s', (_, filter, siting, expected) => expect(plane([0, 100], 'yuv422p', 'yuv444p', { chromaUp: filter }, siting)).toEqual(expected));
});
