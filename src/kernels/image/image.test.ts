import { describe, expect, test } from 'vitest';
import { alignOutward, allocImage, byteLength, cloneImage, compact, convert, formatBytes, imageBytes, mayRestride, pixelAt, planeLayouts, restride, subImage, toTransfer, wrapImage } from '../index.ts';
import type { Image, ImageSpec, PixelFormatId } from '../index.ts';
import { PALETTE, padded, randomImage, specFor } from '../testing/images.ts';
import { formatLayout } from './formatLayout.ts';
import { proportionalStrides } from './layout.ts';
import { clampRect, formatForDepth, wholeRows } from './capture.ts';
import { errorOf } from '../testing/errorOf.ts';

describe('the size of an image', () => {
  test.each<[PixelFormatId, number, number, number]>([
    ['nv12', 640, 480, 460_800], ['nv12', 641, 481, 641 * 481 + 642 * 241], ['nv12', 1, 1, 3], ['yuv420p', 5, 3, 15 + 2 * 6], ['yuv410p', 5, 5, 25 + 2 * 4], ['yuv422p', 3, 2, 6 + 2 * 4],
    ['rgb24', 3, 2, 18], ['rgb565le', 3, 2, 12], ['p010le', 2, 2, 12], ['yuyv422', 3, 2, 16], ['r210', 1, 2, 512], ['r210', 65, 1, 512], ['v210', 1, 1, 128], ['v210', 49, 2, 512], ['monob', 9, 2, 4], ['pal8', 2, 2, 4 + 1024], ['rgbaf32le', 1, 1, 16],
  ])('%s %i×%i occupies %i bytes', (format, width, height, bytes) => expect(byteLength({ format, width, height })).toBe(bytes));

  test('pal8 with a palette of its own is its indices alone', () => expect(byteLength(specFor('pal8', 2, 2))).toBe(4));
  test('strides and offsets count', () => expect(byteLength({ format: 'nv12', width: 3, height: 3, strides: [16, 8], offsets: [10, 100] })).toBe(100 + 16));
});

test('one stride stands for all planes, in the proportion of their rows', () => {
  expect(proportionalStrides({ format: 'nv12', width: 720 }, 768)).toEqual([768, 768]);
  expect(proportionalStrides({ format: 'yuv420p', width: 720 }, 768)).toEqual([768, 384, 384]);
  expect(proportionalStrides({ format: 'rgb24', width: 10 }, 32)).toEqual([32]);
});

describe('wrapping', () => {
  test('shares bytes with the buffer', () => {
    const buffer = new Uint8Array(12);
    const image = wrapImage(buffer, { format: 'rgb24', width: 2, height: 2 });
    buffer[3] = 77;
    expect(pixelAt(image, 1, 0)[0]).toMatchObject({ component: 'R', value: 77, plane: 0, byte: 3, shift: 0, bits: 8 });
    expect(image.sharesBytes).toBe(true);
  });

  test('the last row need not be padded', () => {
    expect(() => wrapImage(new Uint8Array(16 + 6), { format: 'rgb24', width: 2, height: 2, strides: [16] })).not.toThrow();
  });

  test('a short buffer is refused, with the numbers', () => {
    const error = errorOf(() => wrapImage(new Uint8Array(460_000), { format: 'nv12', width: 640, height: 480 }));
    expect(error.code).toBe('layout/too-short');
    expect(error.what.replaceAll('\u202f', ' ')).toBe('nv12 640×480 needs 460 800 B; the buffer has 460 000 B (800 B short). Plane 1 would end at byte 460800.');
  });

  test.each<[string, Partial<ImageSpec>, string]>([
    ['no width', { width: 0 }, 'layout/size'], ['a negative height', { height: -4 }, 'layout/size'], ['half a pixel', { width: 2.5 }, 'layout/size'], ['NaN', { width: Number.NaN }, 'layout/size'],
    ['a stride below the row', { strides: [5] }, 'layout/stride'], ['a negative offset', { offsets: [-1] }, 'layout/offset'],
  ])('%s is refused', (_, change, code) => {
    expect(errorOf(() => wrapImage(new Uint8Array(99), { format: 'rgb24', width: 2, height: 2, ...change }))).toMatchObject({ code });
  });

  test('of half a byte of stride the fraction is the fault, not the length', () => {
    expect(errorOf(() => byteLength({ format: 'gray', width: 1282, height: 2, strides: [1344.5] }))).toMatchObject({ code: 'layout/stride', what: 'Plane 0 of gray 1282×2 has a stride of 1344.5 B; rows start at whole bytes.', remedy: 'Give a whole number, 1282 or more.' });
  });

  test('bytes beyond any buffer are said in powers of ten, not in groups of their letters', () => {
    expect([formatBytes(1.0829999999999999e23), formatBytes(12.5), formatBytes(460_800)]).toEqual(['1.08e+23 B', '12.5 B', '460\u202f800 B']);
  });

  test('an unknown format is refused', () => {
    const spec = specFor('gray', 1, 1);
    // What a program without types may pass.
    Object.assign(spec, { format: 'nv99' });
    expect(errorOf(() => byteLength(spec))).toMatchObject({ code: 'format/unknown', vpiStatus: 'INVALID_IMAGE_FORMAT' });
  });
});

const shapes: readonly PixelFormatId[] = ['rgb24', 'bgra', 'rgb565le', 'gray16le', 'nv12', 'yuv420p', 'yuv410p', 'yuyv422', 'p010le', 'v210', 'monob', 'yuva420p', 'rgbaf32le'];

describe.each(shapes)('a view into %s', (format) => {
  const { grid } = formatLayout(format);
  const spec = { ...specFor(format, grid.x * 4 + 3, grid.y * 4 + 1), timestamp: 12_345, colorSpec: { matrix: 'bt709' } } as const;
  const whole = padded(randomImage(spec, 9), spec, 7, 0xee).image;
  const rect = { x: grid.x, y: grid.y * 2, width: grid.x * 2 + 1, height: grid.y + 1 };

  test('shows the parent’s pixels', () => {
    const view = subImage(whole, rect);
    for (let y = 0; y < rect.height; y += 1) for (let x = 0; x < rect.width; x += 1) {
      expect(pixelAt(view, x, y).map(({ value }) => value)).toEqual(pixelAt(whole, rect.x + x, rect.y + y).map(({ value }) => value));
    }
  });

  test('shares bytes, and keeps origin, time and colour', () => {
    const view = subImage(subImage(whole, rect), { x: 0, y: 0, width: grid.x, height: 1 });
    expect(view).toMatchObject({ sharesBytes: true, origin: { x: rect.x, y: rect.y }, timestamp: 12_345, colorSpec: { matrix: 'bt709' } });
    expect(view.planes[0]?.bytes.buffer).toBe(whole.planes[0]?.bytes.buffer);
  });

  test('of the full size is the image itself', () => {
    expect(subImage(whole, { x: 0, y: 0, width: whole.width, height: whole.height })).toBe(whole);
  });

  test.each([[-1, 0], [0, -1]])('at %i, %i is refused', (x, y) => {
    expect(errorOf(() => subImage(whole, { x, y, width: 1, height: 1 })).code).toBe('view/outside');
  });

  test('past the far edge is refused', () => {
    expect(errorOf(() => subImage(whole, { ...rect, width: whole.width })).code).toBe('view/outside');
  });
});

test('an unaligned view is refused with the nearest aligned one named, or widened on request', () => {
  const image = randomImage(specFor('nv12', 8, 8), 3);
  expect(errorOf(() => subImage(image, { x: 3, y: 1, width: 2, height: 2 })).remedy).toBe('The nearest rectangle that covers it is 4×4 at (2, 0).');
  expect(subImage(image, { x: 3, y: 1, width: 2, height: 2 }, 'outward')).toMatchObject({ width: 4, height: 4, origin: { x: 2, y: 0 } });
  expect(alignOutward({ x: 7, y: 7, width: 1, height: 1 }, { x: 2, y: 2 }, { width: 8, height: 8 })).toEqual({ x: 6, y: 6, width: 2, height: 2 });
});

describe('strides', () => {
  test.each(shapes)('%s: growing leaves the padding zero and every pixel as it was', (format) => {
    const spec = specFor(format, 13, 6);
    const image = randomImage(spec, 4);
    const wide = restride(image, image.planes.map(({ stride }) => stride + 24));
    for (const [index, { rowBytes, rows }] of planeLayouts(spec).entries()) {
      const plane = wide.planes[index];
      for (let row = 0; row + 1 < rows; row += 1) expect(plane?.bytes.subarray(row * plane.stride + rowBytes, (row + 1) * plane.stride).every((byte) => byte === 0)).toBe(true);
    }
    expect(imageBytes(compact(wide))).toEqual(imageBytes(image));
  });

  test('shrinking below the row is refused, not cut', () => {
    expect(errorOf(() => restride(randomImage(specFor('rgb24', 10, 4), 1), 29)).what).toBe('Plane 0 of rgb24 10×4 needs 30\u202fB a row; the stride given is 29.'.replace('\u202f', ' '));
  });

  test.each<[PixelFormatId, number, number, number, boolean]>([
    ['bgra', 100, 100, 400, false], ['bgra', 100, 100, 512, true], ['bgra', 100, 2, 4096, false], ['bgra', 100, 8, 420, false], ['rgb565le', 101, 64, 256, true], ['pal8', 300, 64, 304, false], ['rgb24', 10_000, 400, 30_016, false],
  ])('%s %i×%i with a stride of %i: worth a compact copy? %s', (format, width, height, stride, worth) => {
    expect(mayRestride(allocImage({ ...specFor(format, width, height), strides: [stride] }))).toBe(worth);
  });
});

describe('copies and transfers', () => {
  test('a clone is independent', () => {
    const image = randomImage(specFor('yuv420p', 5, 5), 2);
    const copy = cloneImage(image);
    const before = imageBytes(copy);
    image.planes[0]?.bytes.fill(1);
    expect(imageBytes(copy)).toEqual(before);
  });

  test('what was transferred is detached, and says so', () => {
    const { image, buffers } = toTransfer(allocImage(specFor('nv12', 4, 4)));
    const moved = structuredClone(image, { transfer: [...buffers] });
    expect(imageBytes(moved)).toHaveLength(24);
    for (const use of [() => imageBytes(image), () => pixelAt(image, 0, 0), () => convert(image, 'rgba'), () => cloneImage(image), () => subImage(image, { x: 0, y: 0, width: 2, height: 2 })]) expect(errorOf(use).code).toBe('image/detached');
  });

  test('a view is copied before it is transferred: its parent keeps its bytes', () => {
    const parent = randomImage(specFor('rgba', 8, 8), 1);
    const { buffers } = toTransfer(subImage(parent, { x: 1, y: 1, width: 2, height: 2 }));
    structuredClone(0, { transfer: [...buffers] });
    expect(imageBytes(parent)).toHaveLength(256);
  });
});

describe('palettes', () => {
  const indices = Uint8Array.of(0, 1, 2, 250);
  const colorsOf = (image: Image): number[] => [...imageBytes(convert(image, 'rgba'))];

  test('16-bit channels are divided by 257 and rounded; 8-bit ones stay', () => {
    const wide = Uint16Array.of(0, 65_535, 32_896, 65_535, 129, 128, 385, 65_535, 1, 2, 3, 65_535);
    expect(colorsOf(wrapImage(indices, { format: 'pal8', width: 4, height: 1, palette: wide })).slice(0, 12)).toEqual([0, 255, 128, 255, 1, 0, 1, 255, 0, 0, 0, 255]);
    expect(colorsOf(wrapImage(indices, { format: 'pal8', width: 4, height: 1, palette: Uint8Array.of(1, 2, 3, 4) })).slice(0, 4)).toEqual([1, 2, 3, 4]);
  });

  test.each([
    ['all low bytes 0: shifted by 8, white is 255', [0xff00, 0xff00, 0xff00, 0xff00, 0x8000, 0x0100, 0, 0x8000], [255, 255, 255, 255, 128, 1, 0, 128]],
    ['shifted colours under an alpha of 65 535', [0xff00, 0xfe00, 0x0100, 0xffff, 0, 0xff00, 0x7f00, 0xffff], [255, 254, 1, 255, 0, 255, 127, 255]],
    ['one low byte: the whole of 16 bits, where 0xff00 is less than white', [0xff00, 0xffff, 0x0100, 0xff00, 0x8000, 0, 0, 0xff00], [254, 255, 1, 255, 128, 0, 0, 255]],
    ['colours of 16 bits under a shifted alpha', [0xff01, 0, 0, 0x8000, 0, 0, 0, 0xff00], [254, 0, 0, 128, 0, 0, 0, 255]],
    ['black', [0, 0, 0, 0xffff, 0, 0, 0, 0xffff], [0, 0, 0, 255, 0, 0, 0, 255]],
  ])('16-bit palettes: %s', (_, palette, colours) => {
    expect(colorsOf(wrapImage(Uint8Array.of(0, 1), { format: 'pal8', width: 2, height: 1, palette: Uint16Array.from(palette) }))).toEqual(colours);
  });

  test('an index past the palette is opaque magenta', () => {
    expect(colorsOf(wrapImage(indices, { format: 'pal8', width: 4, height: 1, palette: PALETTE.slice(0, 12) })).slice(12)).toEqual([255, 0, 255, 255]);
  });
});

describe('screen capture', () => {
  test.each([[32, 'bgr0'], [30, 'x2rgb10le'], [24, 'bgr24'], [16, 'rgb565le'], [8, 'pal8']] as const)('depth %i is %s', (bits, format) => expect(formatForDepth(bits)).toBe(format));
  test('another depth is refused', () => expect(errorOf(() => formatForDepth(15)).code).toBe('capture/depth'));

  test.each([
    [{ x: -10, y: 0, width: 30, height: 20 }, { x: 0, y: 0, width: 20, height: 20 }],
    [{ x: 90, y: 90, width: 30, height: 30 }, { x: 90, y: 90, width: 10, height: 10 }],
    [{ x: -5, y: -5, width: 200, height: 200 }, { x: 0, y: 0, width: 100, height: 100 }],
  ])('%o is clamped on both sides', (asked, given) => expect(clampRect(asked, { x: 0, y: 0, width: 100, height: 100 })).toEqual(given));

  test('a display that does not start at 0 clips at its own far edge', () => {
    expect(clampRect({ x: 40, y: 40, width: 100, height: 100 }, { x: 50, y: 50, width: 60, height: 60 })).toEqual({ x: 50, y: 50, width: 60, height: 60 });
  });

  test.each([
    [{ x: 0, y: 0, width: 0, height: 0 }, { x: 0, y: 0, width: 100, height: 80 }],
    [{ x: 30, y: 20, width: 0, height: 0 }, { x: 30, y: 20, width: 70, height: 60 }],
    [{ x: 30, y: 20, width: 0, height: 5 }, { x: 30, y: 20, width: 70, height: 5 }],
    [{ x: -30, y: 20, width: 7, height: 0 }, undefined],
    [{ x: -30, y: -20, width: 0, height: 0 }, { x: 0, y: 0, width: 70, height: 60 }],
    [{ x: 100, y: 0, width: 0, height: 0 }, undefined],
  ])('%o: a width or height of 0 is the whole desktop’s', (asked, given) => expect(clampRect(asked, { x: 0, y: 0, width: 100, height: 80 })).toEqual(given));

  test('0×0 of a display that does not start at 0 is all of it', () => {
    const bounds = { x: 50, y: -40, width: 60, height: 70 };
    expect(clampRect({ x: 50, y: -40, width: 0, height: 0 }, bounds)).toEqual(bounds);
  });

  test('a rectangle outside is nothing', () => expect(clampRect({ x: 200, y: 0, width: 5, height: 5 }, { x: 0, y: 0, width: 100, height: 100 })).toBeUndefined());
  test('a short buffer keeps whole rows, and says how many are missing', () => expect(wholeRows(1000, 300, 5)).toEqual({ rows: 3, missing: 2 }));
});
