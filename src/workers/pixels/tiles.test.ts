import { describe, expect, test } from 'vitest';
import { randomImage, specFor } from '../../kernels/testing/images.ts';
import { imageBytes } from '../../kernels/index.ts';
import type { ImageSpec, PixelFormatId } from '../../kernels/index.ts';
import { encodePng } from '../../kernels/codecs/png.ts';
import type { Display } from './protocol.ts';
import { make, open, openRaw, value } from '../testing/openPixels.ts';

const photo = randomImage(specFor('rgb24', 37, 21), 4);

describe('tiles', () => {
  test('every second pixel of a part is the picture’s', async () => {
    const pixels = make();
    const [image] = value(await open(pixels, encodePng(photo), 'photo.png')).images;
    if (image === undefined) throw new Error('No image.');
    const tile = value(await pixels.tile({ image: image.id, rect: { x: 5, y: 3, width: 9, height: 7 }, step: 2, display: { solo: [] } }));
    expect([tile.width, tile.height]).toEqual([5, 4]);
    const bytes = imageBytes(photo);
    for (let y = 0; y < 4; y += 1) for (let x = 0; x < 5; x += 1) {
      const at = ((3 + y * 2) * 37 + 5 + x * 2) * 3;
      expect([...tile.rgba.subarray((y * 5 + x) * 4, (y * 5 + x) * 4 + 4)]).toEqual([...bytes.subarray(at, at + 3), 255]);
    }
  });

  test('integer textures span black to white by what occurs in them', async () => {
    const pixels = make();
    const image = value(await openRaw(pixels, new Uint8Array(Int32Array.of(1_000_000, 1_000_050, 1_000_100, 1_000_000).buffer), { spec: { format: 's32le', width: 2, height: 2 } }));
    const tile = value(await pixels.tile({ image: image.id, rect: { x: 0, y: 0, width: 2, height: 2 }, step: 1, display: { solo: [] } }));
    expect([0, 4, 8, 12].map((at) => tile.rgba[at])).toEqual([0, 128, 255, 0]);
  });

  describe('levels act on a format’s own numbers', () => {
    const shownOf = async (format: PixelFormatId, bytes: Uint8Array, width: number, display: Partial<Display> = {}, colorSpec: ImageSpec['colorSpec'] = {}): Promise<readonly number[]> => {
      const pixels = make();
      const image = value(await openRaw(pixels, bytes, { spec: { format, width, height: 1, colorSpec } }));
      const tile = value(await pixels.tile({ image: image.id, rect: { x: 0, y: 0, width, height: 1 }, step: 1, display: { solo: [], ...display } }));
      return Array.from({ length: width }, (_, x) => [...tile.rgba.subarray(x * 4, x * 4 + 3)]).flat();
    };
    const words = (...values: readonly number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);
    const gray = (...values: readonly number[]): readonly number[] => values.flatMap((one) => [one, one, one]);

    test.each<readonly [string, PixelFormatId, Uint8Array, Partial<Display>, ImageSpec['colorSpec'], readonly number[]]>([
      ['16 bits are shown over their full scale', 'gray16le', words(0, 255, 32_896, 65_535), {}, {}, gray(0, 1, 128, 255)],
      ['8-bit values in 16 bits, once white is 255', 'gray16le', words(0, 100, 255, 300), { white: 255 }, {}, gray(0, 100, 255, 255)],
      ['10 bits', 'gray10le', words(0, 64, 940, 1023), {}, {}, gray(0, 16, 234, 255)],
      ['10 bits of limited range: 64 is black, 940 white', 'gray10le', words(0, 64, 940, 1023), {}, { range: 'limited' }, gray(0, 0, 255, 255)],
      ['signed numbers between what occurs', 's16le', words(-300 + 65_536, 0, 300, 150), {}, {}, gray(0, 128, 255, 191)],
      ['signed numbers between what is chosen', 's16le', words(-300 + 65_536, 0, 300, 150), { black: 0, white: 300 }, {}, gray(0, 0, 255, 128)],
      ['RGB of 16 bits', 'rgb48le', words(1000, 1500, 2000, 0, 65_535, 1250), { black: 1000, white: 2000 }, {}, [0, 128, 255, 0, 255, 64]],
      ['565: red has 31 steps, green 63', 'rgb565le', words((31 << 11) | (63 << 5) | 8), { black: 8, white: 16 }, {}, [255, 255, 0]],
    ])('%s', async (_, format, bytes, display, colorSpec, shown) => {
      expect(await shownOf(format, bytes, shown.length / 3, display, colorSpec)).toEqual(shown);
    });

    test('of YUV they are luma’s, and what lies above white is still there', async () => {
      // Neutral luma 235, 239, 254 of limited range: all white by itself, and told apart between 235 and 255.
      const bytes = Uint8Array.of(235, 239, 254, 128, 128, 128, 128, 128, 128);
      expect(await shownOf('yuv444p', bytes, 3, {}, { range: 'limited' })).toEqual(gray(255, 255, 255));
      expect(await shownOf('yuv444p', bytes, 3, { black: 235, white: 255 }, { range: 'limited' })).toEqual(gray(0, 51, 242));
      // At its own black and white the picture is as without any.
      const red = Uint8Array.of(81, 90, 240);
      expect(await shownOf('yuv444p', red, 1, { black: 16, white: 235 }, { range: 'limited' })).toEqual([254, 0, 0]);
    });
  });

  test('one component alone, its chroma at the luma’s size', async () => {
    const pixels = make();
    const image = value(await openRaw(pixels, Uint8Array.of(1, 2, 3, 4, 90, 200), { spec: { format: 'nv12', width: 2, height: 2 } }));
    const tile = value(await pixels.tile({ image: image.id, rect: { x: 0, y: 0, width: 2, height: 2 }, step: 1, display: { solo: ['V'] } }));
    expect([0, 4, 8, 12].map((at) => tile.rgba[at])).toEqual([200, 200, 200, 200]);
  });
});
