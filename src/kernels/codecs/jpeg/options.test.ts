import { describe, expect, test } from 'vitest';
import { allocImage } from '../../image/image.ts';
import { encodeJpeg, encodeJpegInto, estimateJpegSize, predictJpegSize } from './index.ts';
import type { JpegOptions } from './index.ts';
import { inspectJpeg } from './inspect/structure.ts';
import { errorOf } from '../../testing/errorOf.ts';
import { texturedImage } from './testing/pictures.ts';

const image = texturedImage('nv12', 32, 32);
const table = (entry: number, at = 5): readonly number[] => Array.from({ length: 64 }, (_, index) => (index === at ? entry : 16));

const BAD_OPTIONS: readonly (readonly [string, JpegOptions, string, RegExp])[] = [
  ['qfactor 0', { quality: 0 }, 'jpeg/quality', /1 … 100; 0/],
  ['qfactor 101', { quality: 101 }, 'jpeg/quality', /101/],
  ['qfactor NaN', { quality: Number.NaN }, 'jpeg/quality', /NaN/],
  ['qfactor 75.5', { quality: 75.5 }, 'jpeg/quality', /75\.5/],
  ['a table with 0', { tables: { y: table(0) } }, 'jpeg/tables', /Y .* has 0 as entry 5/],
  ['a table with 300', { tables: { y: table(16), cb: table(300, 63) } }, 'jpeg/tables', /Cb .* has 300 as entry 63/],
  ['a table with NaN', { tables: { y: table(16), cr: table(Number.NaN) } }, 'jpeg/tables', /Cr .* NaN/],
  ['a table of 63 steps', { tables: { y: table(16).slice(1) } }, 'jpeg/tables', /63 entries; 64/],
  ['a restart interval of 65 536', { restartInterval: 65_536 }, 'jpeg/option', /65536/],
  ['a negative restart interval', { restartInterval: -1 }, 'jpeg/option', /-1/],
  ['a density of 0', { density: { unit: 'inch', x: 0, y: 72 } }, 'jpeg/option', /horizontal density.* 0 /],
  ['a comment of 65 534 bytes', { comment: 'é'.repeat(32_767) }, 'jpeg/segment', /65534 B/],
  ['EXIF of 65 534 bytes', { exif: new Uint8Array(65_528) }, 'jpeg/segment', /EXIF .* 65534 B/],
];

describe('bad options are refused before anything is encoded, with numbers and a remedy', () => {
  test.each(BAD_OPTIONS)('%s', (_name, options, code, what) => {
    for (const work of [() => encodeJpeg(image, options), () => predictJpegSize({ format: 'nv12', width: 32, height: 32 }, options), () => estimateJpegSize(image, options)]) {
      const error = errorOf(work);
      expect(error.code).toBe(code);
      expect(error.what).toMatch(what);
      expect(error.remedy).not.toBe('');
    }
  });
});

describe('sizes', () => {
  test.each([[0, 8], [8, 0], [65_536, 8], [8, 65_536], [1.5, 8], [Number.NaN, 8]])('%f×%f is refused', (width, height) => {
    expect(errorOf(() => encodeJpeg({ ...image, width, height })).code).toBe('jpeg/size');
    expect(errorOf(() => predictJpegSize({ format: 'gray', width, height })).code).toMatch(/^jpeg\/size$/);
  });

  test.each([[65_535, 1], [1, 65_535]])('%i×%i is encoded, and its header says so', (width, height) => {
    for (const format of ['gray', 'nv12', 'yuyv422'] as const) {
      const { frame } = inspectJpeg(encodeJpeg(allocImage({ format, width, height })));
      expect([frame?.width, frame?.height]).toEqual([width, height]);
    }
  });

  test('a stride that is too small never becomes an image', () => {
    expect(errorOf(() => allocImage({ format: 'nv12', width: 32, height: 32, strides: [16, 32] })).code).toBe('layout/stride');
  });

  test('an image that was transferred away is refused', () => {
    const gone = { ...image, planes: image.planes.map(({ stride }) => ({ stride, bytes: new Uint8Array(0) })) };
    expect(errorOf(() => encodeJpeg(gone)).code).toBe('image/detached');
  });
});

describe('the caller’s buffer', () => {
  const jpeg = encodeJpeg(image);

  test('receives the file from its start, and nothing behind it', () => {
    const target = new Uint8Array(jpeg.length + 10).fill(7);
    expect(encodeJpegInto(target, image)).toBe(jpeg.length);
    expect(target.subarray(0, jpeg.length)).toEqual(jpeg);
    expect([...target.subarray(jpeg.length)]).toEqual(new Array<number>(10).fill(7));
  });

  test.each([0, 100, jpeg.length - 1])('of %i bytes is too small: an error with both sizes', (bytes) => {
    const error = errorOf(() => encodeJpegInto(new Uint8Array(bytes), image));
    expect(error.code).toBe('jpeg/buffer-too-small');
    expect(error.what).toContain(`${String(bytes)} B`.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f'));
  });
});

test('a checkpoint that throws ends the encoding, and the next one is whole', () => {
  const stop = new Error('enough');
  const large = texturedImage('nv12', 64, 200);
  const rows: number[] = [];
  expect(() => encodeJpeg(large, { checkpoint: (done) => {
    rows.push(done);
    if (done === 3) throw stop;
  } })).toThrow(stop);
  expect(rows).toEqual([1, 2, 3]);
  expect(encodeJpeg(large)).toEqual(encodeJpeg(large, { backend: 'scalar' }));
});

test('stage times name what was done, and say what was copied', () => {
  const heard = new Map<string, number>();
  encodeJpeg(texturedImage('yuv420p', 320, 240), { optimizeHuffman: true, onStage: (times) => times.forEach(({ stage, copiedBytes }) => heard.set(stage, copiedBytes)) });
  expect([...heard.keys()].toSorted()).toEqual(['container', 'convert', 'count', 'entropy', 'gather', 'transform']);
  expect(heard.get('gather')).toBe(2 * 320 * 240 * 1.5);
});
