import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode as decodeWithJpegJs } from 'jpeg-js';
import { allocImage } from '../../../image/image.ts';
import { LabError } from '../../../labError.ts';
import { STANDARD_HUFFMAN } from '../huffmanTables.ts';
import { ANNEX_K_CHROMA, ANNEX_K_LUMA, blockAt, blockGrid, encodeJpeg, inspectBlock, inspectJpeg, scaleTable } from '../index.ts';
import { errorOf } from '../../../testing/errorOf.ts';
import { corpusPicture, texture, texturedImage } from '../testing/pictures.ts';

describe('what a JPEG says about itself', () => {
  const exif = Uint8Array.of(0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  const jpeg = encodeJpeg(texturedImage('nv12', 101, 67), { quality: 80, comment: 'Grüße', restartInterval: 3, density: { unit: 'cm', x: 118, y: 119 }, exif });
  const structure = inspectJpeg(jpeg);

  test('segments in order, each where it is', () => {
    expect(structure.segments.map(({ name }) => name)).toEqual(['SOI', 'APP0', 'APP1', 'COM', 'DQT', 'DQT', 'SOF0', 'DHT', 'DHT', 'DHT', 'DHT', 'DRI', 'SOS', 'EOI']);
    let at = 0;
    for (const { offset, byteLength, marker } of structure.segments) {
      expect(offset).toBe(at);
      expect([jpeg[offset], jpeg[offset + 1]]).toEqual([0xff, marker]);
      at += byteLength;
    }
    expect(at).toBe(jpeg.length);
  });

  test('frame, tables, density, comment and EXIF are those that were asked', () => {
    expect(structure.frame).toEqual({ kind: 'baseline', marker: 0xc0, bitsPerSample: 8, width: 101, height: 67, components: [{ id: 1, h: 2, v: 2, quantId: 0 }, { id: 2, h: 1, v: 1, quantId: 1 }, { id: 3, h: 1, v: 1, quantId: 1 }] });
    expect(structure.quantTables.map(({ steps }) => steps)).toEqual([[...scaleTable(ANNEX_K_LUMA, 80)], [...scaleTable(ANNEX_K_CHROMA, 80)]]);
    expect(structure.huffmanTables).toEqual([
      { id: 0, kind: 'dc', ...STANDARD_HUFFMAN.luma.dc }, { id: 0, kind: 'ac', ...STANDARD_HUFFMAN.luma.ac },
      { id: 1, kind: 'dc', ...STANDARD_HUFFMAN.chroma.dc }, { id: 1, kind: 'ac', ...STANDARD_HUFFMAN.chroma.ac },
    ]);
    expect(structure).toMatchObject({ comments: ['Grüße'], density: { unit: 'cm', x: 118, y: 119 }, hasExif: true, restartInterval: 3 });
    expect([...structure.segments[2].payload]).toEqual([...Array.from('Exif\0\0', (letter) => letter.charCodeAt(0)), ...exif]);
  });

  test('EXIF that brings its own header gets no second one', () => {
    const headed = Uint8Array.from([...Array.from('Exif\0\0', (letter) => letter.charCodeAt(0)), ...exif]);
    expect(encodeJpeg(texturedImage('nv12', 101, 67), { quality: 80, comment: 'Grüße', restartInterval: 3, density: { unit: 'cm', x: 118, y: 119 }, exif: headed })).toEqual(jpeg);
  });

  test('three own tables are three DQT segments, two of one kind are two', () => {
    const table = (step: number): readonly number[] => new Array<number>(64).fill(step);
    const count = (tables: { y: readonly number[]; cb?: readonly number[]; cr?: readonly number[] }): number => inspectJpeg(encodeJpeg(texturedImage('nv12', 16, 16), { tables })).quantTables.length;
    expect([count({ y: table(3) }), count({ y: table(3), cb: table(4) }), count({ y: table(3), cb: table(4), cr: table(5) })]).toEqual([1, 2, 3]);
  });
});

/** The inverse DCT as T.81 A.3.3 writes it, in float64. */
function inverseDct(coefficients: ArrayLike<number>): readonly number[] {
  const c = (u: number): number => (u === 0 ? Math.SQRT1_2 : 1);
  return Array.from({ length: 64 }, (_, index) => {
    const [y, x] = [index >> 3, index & 7];
    let sum = 0;
    for (let v = 0; v < 8; v += 1) for (let u = 0; u < 8; u += 1) sum += c(u) * c(v) * coefficients[v * 8 + u] * Math.cos(((2 * x + 1) * u * Math.PI) / 16) * Math.cos(((2 * y + 1) * v * Math.PI) / 16);
    return sum / 4 + 128;
  });
}

describe('one block', () => {
  test.each(['gray', 'nv12', 'yuyv422', 'yuv440p', 'yuv411p', 'yuv444p'] as const)('of %s at quality 100 holds the samples that are there', (format) => {
    for (const restartInterval of [0, 1, 3]) {
      const jpeg = encodeJpeg(texturedImage(format, 100, 60), { quality: 100, restartInterval, optimizeHuffman: restartInterval === 1 });
      const structure = inspectJpeg(jpeg);
      const { frame } = structure;
      for (const component of frame?.components.keys() ?? []) {
        for (const [x, y] of [[0, 0], [1, 2], [2, 1]] as const) {
          const { coefficients } = inspectBlock(jpeg, structure, { component, x, y });
          // Steps of 1: each coefficient is off by half at most, so each sample by a few.
          for (const [index, value] of inverseDct(coefficients).entries()) expect(Math.abs(value - texture(component, x * 8 + (index & 7), y * 8 + (index >> 3)))).toBeLessThan(3);
        }
      }
    }
  });

  test('levels, steps and the DC difference fit together; its bits lie behind those of the block before', () => {
    const jpeg = encodeJpeg(corpusPicture('camera'), { quality: 70 });
    const structure = inspectJpeg(jpeg);
    const [left, right] = [3, 4].map((x) => inspectBlock(jpeg, structure, { component: 0, x, y: 5 }));
    expect(right.levels[0] - left.levels[0]).toBe(right.dcDifference);
    expect([...right.coefficients]).toEqual([...right.levels].map((level, index) => level * right.steps[index]));
    expect(right.from).toEqual(left.to);
  });

  test('a pixel finds its block in each component', () => {
    const { frame } = inspectJpeg(encodeJpeg(allocImage({ format: 'nv12', width: 100, height: 60 })));
    if (frame === undefined) throw new TypeError('no frame');
    expect(blockAt(frame, 0, 99, 59)).toEqual({ component: 0, x: 12, y: 7 });
    expect(blockAt(frame, 1, 99, 59)).toEqual({ component: 1, x: 6, y: 3 });
    expect([blockGrid(frame, 0), blockGrid(frame, 2)]).toEqual([{ wide: 13, high: 8 }, { wide: 7, high: 4 }]);
  });

  test.each([[13, 0], [0, 8], [-1, 0], [0.5, 0]])('(%f, %f) is no block of a 13×8 grid', (x, y) => {
    const jpeg = encodeJpeg(allocImage({ format: 'nv12', width: 100, height: 60 }));
    const error = errorOf(() => inspectBlock(jpeg, inspectJpeg(jpeg), { component: 0, x, y }));
    expect(error.code).toBe('jpeg/block');
    expect(error.what).toContain('13×8');
  });

  test('a progressive file says why its blocks are not shown', () => {
    const jpeg = encodeJpeg(texturedImage('gray', 16, 16)).slice();
    const at = jpeg.findIndex((byte, index) => byte === 0xff && jpeg[index + 1] === 0xc0);
    jpeg[at + 1] = 0xc2;
    const error = errorOf(() => inspectBlock(jpeg, inspectJpeg(jpeg), { component: 0, x: 0, y: 0 }));
    expect(error.code).toBe('jpeg/not-sequential');
    expect(error.what).toContain('progressive');
  });
});

describe('damaged files', () => {
  const jpeg = encodeJpeg(texturedImage('nv12', 64, 64), { restartInterval: 2 });
  const isPlain = (work: () => unknown): void => {
    try {
      work();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(LabError);
    }
  };

  test.each([['nothing', new Uint8Array(0)], ['text', Uint8Array.from('hello', (letter) => letter.charCodeAt(0))], ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)]])('%s is no JPEG', (_name, bytes) => {
    expect(errorOf(() => inspectJpeg(bytes)).code).toBe('jpeg/unreadable');
  });

  test('cut short anywhere, a file gives what it has or a plain error', () => {
    for (let length = 0; length < jpeg.length; length += 1) {
      isPlain(() => {
        const part = jpeg.subarray(0, length);
        inspectBlock(part, inspectJpeg(part), { component: 2, x: 3, y: 3 });
      });
    }
  });

  test('with any bytes changed, too', () => fc.assert(fc.property(fc.array(fc.tuple(fc.nat(jpeg.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
    const damaged = jpeg.slice();
    for (const [at, value] of changes) damaged[at] = value;
    isPlain(() => {
      const structure = inspectJpeg(damaged);
      for (const component of structure.frame?.components.keys() ?? []) inspectBlock(damaged, structure, { component, x: 1, y: 1 });
    });
  }), { numRuns: 2000 }));

  test('of random bytes behind a start marker', () => fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => isPlain(() => inspectJpeg(Uint8Array.of(0xff, 0xd8, ...bytes)))), { numRuns: 1000 }));
});

test('the mean of the luma blocks’ DC levels is the mean that jpeg-js shows', () => {
  const jpeg = encodeJpeg(corpusPicture('camera'), { quality: 90 });
  const structure = inspectJpeg(jpeg);
  const { data } = decodeWithJpegJs(jpeg, { useTArray: true });
  for (const [x, y] of [[0, 0], [20, 30], [63, 63]] as const) {
    let sum = 0;
    for (let row = 0; row < 8; row += 1) for (let column = 0; column < 8; column += 1) sum += data[((y * 8 + row) * 512 + x * 8 + column) * 4];
    expect(inspectBlock(jpeg, structure, { component: 0, x, y }).coefficients[0] / 8 + 128).toBeCloseTo(sum / 64, 0);
  }
});
