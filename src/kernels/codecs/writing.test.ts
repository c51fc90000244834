import { describe, expect, test } from 'vitest';
import { PIXEL_FORMAT_IDS, convert, imageBytes, pixelFormat, wrapImage, byteLength } from '../index.ts';
import type { PixelFormatId } from '../index.ts';
import { formatLayout } from '../image/formatLayout.ts';
import { EXACT_CODECS } from './index.ts';
import { mapValues } from './valueMapping.ts';
import { planWriting, sayChanges } from './writing.ts';
import type { FileKind } from './writing.ts';

test('what a kind of file holds is what its codec writes', () => {
  for (const { id, encodes = [] } of EXACT_CODECS) for (const format of encodes) if (id === 'png' || id === 'ppm' || id === 'qoi' || id === 'y4m') expect(planWriting(format, id)).toMatchObject({ format, changes: [] });
});

// Depth and subsampling are those of the formats' names, after FFmpeg's pixel formats.
test.each<[PixelFormatId, PixelFormatId]>([
  ['yuyv422', 'yuv422p'], ['uyvy422', 'yuv422p'], ['vyuy422', 'yuv422p'], ['nv12', 'yuv420p'], ['nv21', 'yuv420p'], ['nv16', 'yuv422p'], ['nv24', 'yuv444p'], ['nv42', 'yuv444p'],
  ['p010le', 'yuv420p10le'], ['p012le', 'yuv420p12le'], ['p016le', 'yuv420p16le'], ['p210le', 'yuv422p10le'], ['y210le', 'yuv422p10le'], ['v210', 'yuv422p10le'], ['yuv420p10be', 'yuv420p10le'],
  ['ayuv', 'yuva444p'], ['vuya', 'yuva444p'], ['gray16be', 'gray16le'], ['yuv422p9le', 'yuv422p9le'], ['yuv444p14le', 'yuv444p14le'], ['gray12le', 'gray12le'],
])('a Y4M of %s is %s, without a change', (from, to) => {
  expect(planWriting(from, 'y4m')).toEqual({ format: to, mapped: undefined, asksMapping: false, changes: [] });
});

test.each<[PixelFormatId, FileKind, PixelFormatId, string]>([
  ['yuv440p', 'y4m', 'yuv444p', 'Chroma of 4:4:0 is repeated to 4:4:4.'],
  ['yuv410p', 'y4m', 'yuv411p', 'Chroma of 4:1:0 is repeated to 4:1:1.'],
  ['yuva420p', 'y4m', 'yuva444p', 'Chroma of 4:2:0 is repeated to 4:4:4.'],
  ['rgb24', 'y4m', 'yuv444p', 'R, G, B becomes Y′CbCr, rounded.'],
  ['x2rgb10le', 'y4m', 'yuv444p10le', 'R, G, B becomes Y′CbCr, rounded.'],
  ['ya8', 'y4m', 'gray', 'Alpha is dropped.'],
  ['rgba', 'ppm', 'rgb24', 'Alpha is dropped.'],
  ['rgba64le', 'qoi', 'rgba', '16 bits become 8.'],
  ['gray16le', 'qoi', 'rgb24', 'Gray is written as equal R, G, B; 16 bits become 8.'],
  ['nv12', 'png', 'rgb24', 'Y′CbCr becomes R, G, B, rounded.'],
  ['p010le', 'ppm', 'rgb48le', 'Y′CbCr becomes R, G, B, rounded; 10 bits become 16.'],
  ['gray10le', 'png', 'gray16le', '10 bits become 16.'],
  ['rgba64le', 'jpeg', 'rgba64le', 'Lossy, quality 92; 16 bits become 8; alpha is dropped.'],
])('%s as %s is %s: %s', (from, kind, to, said) => {
  const plan = planWriting(from, kind);
  expect([plan.format, sayChanges(plan)]).toEqual([to, said]);
});

test('what is called unchanged comes back bit for bit, whatever the format', () => {
  for (const from of PIXEL_FORMAT_IDS) {
    for (const kind of ['png', 'ppm', 'qoi', 'y4m'] as const) {
      const { format, changes, mapped } = planWriting(from, kind);
      if (changes.length > 0 || format === from) continue;
      expect(mapped).toBeUndefined();
      const spec = { format: from, width: 12, height: 4 };
      // Bits without meaning are 0, as a conversion writes them.
      const noise = Uint8Array.from({ length: byteLength(spec) }, (_, at) => (at * 89 + (at >> 3)) % 256);
      const clean = convert(convert(wrapImage(noise, spec), format), from);
      expect([from, kind, [...imageBytes(convert(convert(clean, format), from))]]).toEqual([from, kind, [...imageBytes(clean)]]);
      expect(new Set(formatLayout(format).components.map(({ bits }) => bits))).toEqual(new Set(formatLayout(from).components.map(({ bits }) => bits)));
      if (pixelFormat(from).family === 'yuv') expect(pixelFormat(format).chroma).toBe(pixelFormat(from).chroma);
    }
  }
});

describe('values without a white of their own', () => {
  const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
  const shorts = (...values: number[]): Uint8Array => new Uint8Array(Int16Array.from(values).buffer);
  const words = (image: ReturnType<typeof mapValues>): number[] => [...new Uint16Array(imageBytes(image).slice().buffer)];

  test.each(['s8', 's16le', 's32le', 'u32le', 'grayf32le', 'rgbaf32le'] as const)('%s asks for a mapping, in every kind of file', (format) => {
    for (const kind of ['png', 'ppm', 'qoi', 'y4m', 'jpeg'] as const) {
      const { asksMapping, mapped } = planWriting(format, kind);
      expect([asksMapping, typeof mapped]).toEqual([true, 'string']);
    }
  });

  // 0.25 × 65535 = 16383.75; 0.5 × 65535 = 32767.5.
  test('floats of 0 … 1 fill the range; what is outside is cut, what is no number is 0', () => {
    expect(words(mapValues(wrapImage(floats(0, 0.25, 0.5, 1, -1, 7, NaN, Infinity), { format: 'grayf32le', width: 8, height: 1 }), 'gray16le', 'full'))).toEqual([0, 16384, 32768, 65535, 0, 65535, 0, 65535]);
  });

  test('signed values by their type, by their own ends, and as they are', () => {
    const image = wrapImage(shorts(-32768, 0, 100, 32767), { format: 's16le', width: 4, height: 1 });
    expect(words(mapValues(image, 'gray16le', 'full'))).toEqual([0, 32768, 32868, 65535]);
    expect(words(mapValues(image, 'gray16le', 'clamp'))).toEqual([0, 0, 100, 32767]);
    const narrow = wrapImage(shorts(-10, 0, 10, 10), { format: 's16le', width: 4, height: 1 });
    expect(words(mapValues(narrow, 'gray16le', 'minmax'))).toEqual([0, 32768, 65535, 65535]);
  });

  test('16 bits of gray become 8 by their range, not by being cut', () => {
    expect([...imageBytes(mapValues(wrapImage(Uint8Array.of(0, 0, 0, 1, 0, 128, 255, 255), { format: 'gray16le', width: 4, height: 1 }), 'gray', 'full'))]).toEqual([0, 1, 128, 255]);
  });

  test('colours share one span; alpha keeps its own', () => {
    const image = wrapImage(floats(0, 1, 2, 1, 4, 0, 2, 0.5), { format: 'rgbaf32le', width: 2, height: 1 });
    expect([...imageBytes(mapValues(image, 'rgba', 'minmax'))]).toEqual([0, 64, 128, 255, 255, 0, 128, 128]);
  });
});
