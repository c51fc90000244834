import { describe, expect, test } from 'vitest';
import { convert, imageBytes } from '../../kernels/index.ts';
import { colorBars } from '../../kernels/analysis/patterns.ts';
import { Claims } from './claims.ts';
import { Converter } from './converter.ts';
import { clearAlpha } from './passthrough.ts';
import { Rates } from './rates.ts';
import { formatOfXpra, paddingByte } from './rawFormats.ts';

describe('clearing alpha', () => {
  test.each([['BGRX', 3], ['XRGB', 0], ['RGBX', 3], ['BGRA', undefined], ['RGB', undefined], ['r210', undefined]])('the byte without meaning of %s is %s', (format, at) => expect(paddingByte(format)).toBe(at));

  test('each pixel’s X becomes 255, nothing else, up to the last whole pixel', () => {
    const pixels = Uint8Array.from({ length: 10 + 8 }, (_, index) => index);
    expect([...clearAlpha(pixels, 'XRGB', 2, 2, 10)]).toEqual([255, 1, 2, 3, 255, 5, 6, 7, 8, 9, 255, 11, 12, 13, 255, 15, 16, 17]);
    expect(pixels[0]).toBe(0);
  });
});

describe('names of layouts', () => {
  test.each([['BGRX', 'bgr0'], ['RGB', 'rgb24'], ['r210', 'x2rgb10le'], ['BGR565', 'rgb565le'], ['nonsense', undefined]])('xpra’s %s is %s', (name, format) => expect(formatOfXpra(name)).toBe(format));
});

describe('a converter', () => {
  test('makes what convert makes, and uses one buffer for all frames of a kind', () => {
    const converter = new Converter(({ width, height }) => ({ format: 'nv12', width, height }));
    const [small, large] = [colorBars(16, 8), colorBars(32, 8)];
    const first = converter.run(small);
    expect(imageBytes(first)).toEqual(imageBytes(convert(small, 'nv12')));
    expect(converter.run(small)).toBe(first);
    expect(imageBytes(converter.run(large))).toEqual(imageBytes(convert(large, 'nv12')));
  });
});

describe('what a window’s frames claim to be', () => {
  const SETUP = { id: 1, width: 20, height: 6, encoding: 'rgb24', rgbFormat: 'RGB', rowAlign: 64, quality: -1, speed: -1, scaling: [1, 1], depth: 24, dstFormats: [], proxy: true, codec: undefined, isLost: false } as const;

  test('the part of the source that the window covers, its rows padded', () => {
    const claims = new Claims(SETUP);
    const pixels = claims.pixels(colorBars(64, 32));
    const { bytes, rowstride } = claims.payload(pixels);
    expect([pixels.width, pixels.height, rowstride, bytes.length]).toEqual([20, 6, 64, 64 * 5 + 60]);
  });

  test('no more than the source has', () => {
    const pixels = new Claims({ ...SETUP, width: 4000 }).pixels(colorBars(64, 4));
    expect([pixels.width, pixels.height]).toEqual([64, 4]);
  });

  test.each([['jpeg', [0xff, 0xd8]], ['png', [0x89, 0x50]], ['scroll', []]] as const)('%s has no rows', (encoding, start) => {
    const claims = new Claims({ ...SETUP, encoding, rgbFormat: 'BGRX' });
    const { bytes, rowstride } = claims.payload(claims.pixels(colorBars(64, 32)));
    expect([rowstride, [...bytes.subarray(0, 2)]]).toEqual([0, start]);
  });
});

describe('rates', () => {
  test('frames and bytes a second over the last two seconds, the first frame starting the span', () => {
    const rates = new Rates();
    for (let frame = 0; frame <= 20; frame += 1) rates.add(frame * 100, 1000, 5);
    expect(rates.read(2000)).toEqual({ fps: 10, bytesPerSecond: 10_000, latencyMs: 5 });
    expect(rates.read(9000)).toEqual({ fps: 0, bytesPerSecond: 0, latencyMs: 0 });
  });
});
