import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode as decodeByJpegJs, encode as encodeByJpegJs } from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import { convert, imageBytes, restride } from '../../kernels/index.ts';
import { paint } from '../../kernels/analysis/patterns.ts';
import { encodePng } from '../../kernels/codecs/png.ts';
import { pngChunk, pngFile } from '../../kernels/codecs/testing/pngFile.ts';
import { randomImage, specFor } from '../../kernels/testing/images.ts';
import { errorOf, make, open, openRaw, value } from '../testing/openPixels.ts';
import type { PixelFormatId } from '../../kernels/index.ts';
import type { Pixels } from './pixels.ts';
import type { ImageInfo } from './protocol.ts';
import { SAMPLES } from '../samples/samples.ts';

const photo = randomImage(specFor('rgb24', 37, 21), 4);

describe('opening', () => {
  test('a PNG under a wrong name is read for what it is, and that is said', async () => {
    const opened = value(await open(make(), encodePng(photo), 'holiday.jpg'));
    expect(opened.file).toMatchObject({ type: 'png', mismatch: 'Named .jpg, but its content is PNG.' });
    expect(opened.images[0]).toMatchObject({ spec: { format: 'rgb24', width: 37, height: 21 }, provenance: { fidelity: 'exact' } });
  });

  test('a PNG that is cut opens as far as it goes, marked damaged, with the reason; one with a faulty side chunk stays exact', async () => {
    const cut = value(await open(make(), encodePng(photo).subarray(0, 1500), 'cut.png')).images[0]?.provenance;
    expect(cut).toMatchObject({ kind: 'decoded', decoder: 'PNG', fidelity: 'damaged' });
    expect(cut?.kind === 'decoded' && cut.warnings.join(' ')).toMatch(/the file ends within it.*Rows from \d+ on, of 21, are missing/);
    const faulty = pngFile({ width: 1, height: 1, depth: 8, type: 0, rows: [0, 7], before: [pngChunk('pHYs', [1])] });
    expect(value(await open(make(), faulty, 'odd.png')).images[0]?.provenance).toMatchObject({ fidelity: 'exact', warnings: [expect.stringContaining('pHYs')] });
  });

  test('a PGM of an odd maximum is marked scaled, and PAM opens', async () => {
    expect(value(await open(make(), 'P2 1 1 11 3', 'a.pgm')).images[0]?.provenance).toMatchObject({ fidelity: 'scaled' });
    expect(value(await open(make(), 'P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\nabcd', 'a.pam')).images[0]).toMatchObject({ spec: { format: 'rgba' }, provenance: { fidelity: 'exact', warnings: [] } });
  });

  test.each([['QOI', 'qoif\0\0\x5d\xc0\0\0\x5d\xc0\x04\0', 10_000_000], ['PGM', 'P5 30000 30000 255\n', 40_000]])('%s that claims more than 512 MiB is asked about first', async (_, header, length) => {
    const bytes = new Uint8Array(header.length + length).fill(0xfd);
    bytes.set(Buffer.from(header, 'latin1'));
    expect((await errorOf(open(make(), bytes, 'large'))).code).toBe('memory/ask');
  });

  test.each([['notes.png', 'Named .png, but its content is raw data.'], ['notes.txt', undefined], ['frame_8x8_gray.raw', undefined], ['notes', undefined]])('text that is named %s: %s', async (name, mismatch) => {
    const { file, images } = value(await open(make(), 'Dear diary, today I renamed a file.', name));
    expect([file.type, file.mismatch, images.length]).toEqual(['raw', mismatch, 0]);
  });

  test('an unknown dump gives guesses; its name helps', async () => {
    const nv12 = convert(randomImage(specFor('rgb24', 64, 48), 1), 'nv12');
    const opened = value(await open(make(), imageBytes(nv12), 'x_64x48_nv12.yuv'));
    expect(opened.images).toEqual([]);
    expect(opened.guesses[0]?.spec).toMatchObject({ format: 'nv12', width: 64, height: 48 });
    expect(opened.guesses[0]?.reasons.join()).toContain('exactly 4608 B');
  });

  test('a name with a size that no picture has, or that the file cannot hold, gives other readings; what was taken is told', async () => {
    for (const size of ['0x0', '99999x99999']) {
      const { file, guesses } = value(await open(make(), new Uint8Array(4608).fill(90), `a_${size}_nv12.raw`));
      expect(file.hint).toMatchObject({ format: 'nv12', found: ['nv12'] });
      expect(file.hint?.doubts[0]).toContain('was not used');
      expect(guesses[0]?.spec).toMatchObject({ format: 'nv12', width: 64, height: 48 });
    }
    expect(value(await open(make(), new Uint8Array(128_000), 'bin4x4_roi_320x200_gray16le.raw')).file.hint).toMatchObject({ width: 320, height: 200, format: 'gray16le' });
  });

  test.each([
    ['an empty file', '', 'open/empty'],
    ['an SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'open/svg'],
    ['a web page', '<!doctype html><p>404', 'open/html'],
    ['a truncated PNG', encodePng(photo).subarray(0, 90), 'png/unreadable'],
    ['a corrupt PNG', encodePng(photo).map((byte, at) => (at === 60 ? byte ^ 255 : byte)), 'png/unreadable'],
    ['a truncated JPEG', Uint8Array.from(encodeByJpegJs({ width: 8, height: 8, data: new Uint8Array(256) }, 80).data).subarray(0, 40), 'jpeg/unreadable'],
    ['a PNG that claims 30000×30000', new Uint8Array(readFileSync(join(import.meta.dirname, '../../kernels/codecs/testdata/claims-30000.png'))), 'memory/ask'],
  ])('%s is refused, and the next file opens', async (_, bytes, code) => {
    const pixels = make();
    expect((await errorOf(open(pixels, bytes, 'odd name ü 😀 #?.png'))).code).toBe(code);
    expect(value(await open(pixels, encodePng(photo), 'good.png')).images).toHaveLength(1);
  });

  test('every sample opens', async () => {
    for (const { id } of SAMPLES) {
      const pixels = make();
      const opened = value(await pixels.sample(id));
      const hint = opened.guesses[0];
      if (opened.images.length === 0 && id !== 'broken') expect(value(await pixels.openRaw(1, opened.file.id, { spec: hint?.spec ?? specFor('gray', 1, 1), headerOffset: 0, padShort: false })).bytes, id).toBeGreaterThan(0);
    }
  });
});

describe('raw geometry', () => {
  test('strides and offsets of a dump', async () => {
    const nv12 = restride(convert(randomImage(specFor('rgb24', 30, 20), 2), 'nv12'), [48, 64]);
    const bytes = new Uint8Array(10 + 48 * 20 + 64 * 10);
    bytes.set(nv12.planes[0]?.bytes ?? [], 10);
    bytes.set(nv12.planes[1]?.bytes ?? [], 10 + 48 * 20);
    const pixels = make();
    const info = value(await openRaw(pixels, bytes, { spec: { format: 'nv12', width: 30, height: 20, strides: [48, 64] }, headerOffset: 10 }));
    const exported = value(await pixels.export(info.id, 'raw'));
    expect(Buffer.compare(exported.files[0]?.bytes ?? new Uint8Array(0), imageBytes(nv12))).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(exported.files[1]?.bytes))).toMatchObject({ format: 'nv12', width: 30, height: 20, planes: [{ stride: 30 }, { stride: 30 }] });
  });

  test('one byte short: the arithmetic, and a way on', async () => {
    const pixels = make();
    const bytes = new Uint8Array(552_959);
    const spec = { format: 'nv12', width: 768, height: 480 } as const;
    expect((await errorOf(openRaw(pixels, bytes, { spec }))).what.replaceAll('\u202f', ' ')).toBe('File 552 959 B, needed 552 960 B (nv12 768×480). Short by 1 B.');
    expect(value(await openRaw(pixels, bytes, { spec, padShort: true })).provenance).toMatchObject({ kind: 'raw', paddedBytes: 1 });
  });

  test.each([
    ['a stride below the row', { format: 'rgb24', width: 10, height: 2, strides: [29] }, 'layout/stride'], ['a negative width', { format: 'gray', width: -3, height: 2 }, 'layout/size'],
    ['a huge size', { format: 'rgba', width: 60_000, height: 60_000 }, 'layout/too-short'], ['a width of NaN', { format: 'gray', width: Number.NaN, height: 2 }, 'layout/size'],
  ] as const)('%s is refused', async (_, spec, code) => expect((await errorOf(openRaw(make(), new Uint8Array(100), { spec }))).code).toBe(code));

  test('padding a short file to more than 512 MiB is asked about first', async () => {
    expect((await errorOf(openRaw(make(), new Uint8Array(100), { spec: { format: 'rgba', width: 20_000, height: 10_000 }, padShort: true }))).code).toBe('memory/ask');
  });

  test('a negative header is refused', async () => expect((await errorOf(openRaw(make(), new Uint8Array(9), { spec: { format: 'gray', width: 3, height: 3 }, headerOffset: -1 }))).code).toBe('raw/offset'));
});

describe('converting', () => {
  const opened = async (): Promise<{ readonly pixels: Pixels; readonly image: ImageInfo }> => {
    const pixels = make();
    const [image] = value(await open(pixels, encodePng(photo), 'photo.png')).images;
    if (image === undefined) throw new Error('No image.');
    return { pixels, image };
  };

  test('gives what the kernels give', async () => {
    const { pixels, image } = await opened();
    const { image: result } = value(await pixels.convert(1, image.id, { to: 'nv12', options: {} }));
    const [raw] = value(await pixels.export(result.id, 'raw')).files;
    expect(raw?.name).toBe('photo_37x21_nv12.raw');
    expect(Buffer.compare(raw?.bytes ?? new Uint8Array(0), imageBytes(convert(photo, 'nv12')))).toBe(0);
  });

  test('a raw file has rows of the alignment asked for, zero between them, and its sidecar says so', async () => {
    const { pixels, image } = await opened();
    const { image: result } = value(await pixels.convert(1, image.id, { to: 'nv12', options: {} }));
    const tight = imageBytes(convert(photo, 'nv12'));
    const expected = new Uint8Array(64 * 21 + 64 * 11);
    for (let row = 0; row < 21; row += 1) expected.set(tight.subarray(row * 37, (row + 1) * 37), row * 64);
    for (let row = 0; row < 11; row += 1) expected.set(tight.subarray(37 * 21 + row * 38, 37 * 21 + (row + 1) * 38), 64 * 21 + row * 64);
    const [raw, sidecar] = value(await pixels.export(result.id, 'raw', { rowAlignment: 64 })).files;
    expect(Buffer.compare(raw?.bytes ?? new Uint8Array(0), expected)).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(sidecar?.bytes))).toMatchObject({ planes: [{ offset: 0, stride: 64, rowBytes: 37, rows: 21 }, { offset: 1344, stride: 64, rowBytes: 38, rows: 11 }] });
  });

  test.each(['png', 'jpeg', 'ppm', 'y4m', 'qoi'] as const)('the alignment of raw rows leaves a %s as it is', async (kind) => {
    const { pixels, image } = await opened();
    const { image: result } = value(await pixels.convert(1, image.id, { to: kind === 'y4m' || kind === 'jpeg' ? 'yuv420p' : 'rgb24', options: {} }));
    expect(value(await pixels.export(result.id, kind, { rowAlignment: 64 }))).toEqual(value(await pixels.export(result.id, kind)));
  });

  test('a trace ends at the pixel of the result', async () => {
    const { pixels, image } = await opened();
    const conversion = { to: 'yuv420p', options: { scale: 0.5 } } as const;
    const { image: result } = value(await pixels.convert(1, image.id, conversion));
    const rows = value(await pixels.trace(image.id, 5, 4, conversion));
    expect(rows[rows.length - 1]?.memory?.map((sample) => sample.value)).toEqual(value(await pixels.pixel(result.id, 5, 4)).map((sample) => sample.value));
  });

  test('a cast says how many samples wrapped', async () => {
    const { pixels, image } = await opened();
    const { wrapped } = value(await pixels.convert(1, image.id, { to: 'bgr24', options: { scale: 2, policy: 'cast' } }));
    const expected = imageBytes(photo).filter((byte) => byte > 127).length;
    expect(wrapped).toBe(expected);
  });

  test('NaN and Infinity are refused, and the next conversion works', async () => {
    const { pixels, image } = await opened();
    for (const options of [{ scale: Number.NaN }, { offset: Infinity }]) expect((await errorOf(pixels.convert(1, image.id, { to: 'rgba', options }))).code).toMatch(/^convert\//);
    expect(value(await pixels.convert(2, image.id, { to: 'rgba', options: {} })).image.spec.format).toBe('rgba');
  });

  test('a result above 512 MiB is asked about first', async () => {
    const pixels = make();
    const image = value(await openRaw(pixels, new Uint8Array(8_000 * 6_000), { spec: { format: 'gray', width: 8_000, height: 6_000 } }));
    expect((await errorOf(pixels.convert(1, image.id, { to: 'rgbaf32le', options: {} }))).code).toBe('memory/ask');
  });

  test('a raw file and the picture that is a view of it are in memory once', async () => {
    const pixels = make();
    await openRaw(pixels, new Uint8Array(64 * 48 * 4), { spec: { format: 'rgba', width: 64, height: 48 } });
    expect(await pixels.memory()).toBe(64 * 48 * 4);
  });

  test('a cancelled job stops and leaves nothing behind', async () => {
    const pixels = make();
    const image = value(await openRaw(pixels, new Uint8Array(3000 * 2000 * 3), { spec: { format: 'rgb24', width: 3000, height: 2000 } }));
    const before = await pixels.memory();
    const job = pixels.convert(7, image.id, { to: 'nv12', options: {} });
    pixels.cancel(7);
    expect((await errorOf(job)).code).toBe('job/cancelled');
    expect(await pixels.memory()).toBe(before);
  });

  test('NV12 goes to JPEG straight from its planes, and another decoder reads it', async () => {
    const pixels = make();
    const smooth = paint(64, 48, (x, y) => [x * 4, y * 5, 128]);
    const [image] = value(await open(pixels, encodePng(smooth), 'smooth.png')).images;
    if (image === undefined) throw new Error('No image.');
    const { image: nv12 } = value(await pixels.convert(1, image.id, { to: 'nv12', options: {} }));
    const [jpeg] = value(await pixels.export(nv12.id, 'jpeg')).files;
    const { width, height, data } = decodeByJpegJs(jpeg?.bytes ?? new Uint8Array(0), { useTArray: true });
    expect([jpeg?.name, width, height]).toEqual(['smooth.jpg', 64, 48]);
    const bytes = imageBytes(smooth);
    let squares = 0;
    for (let pixel = 0; pixel < 64 * 48; pixel += 1) for (let part = 0; part < 3; part += 1) squares += ((data[pixel * 4 + part] ?? 0) - (bytes[pixel * 3 + part] ?? 0)) ** 2;
    expect(10 * Math.log10(255 ** 2 / (squares / (64 * 48 * 3)))).toBeGreaterThan(34);
  });

  test('there and back is compared at native depth', async () => {
    const { pixels, image } = await opened();
    const { image: result } = value(await pixels.convert(1, image.id, { to: 'gbrp', options: {} }));
    expect(value(await pixels.compare(1, image.id, result.id, { similarity: true })).map(({ component, psnr, differing }) => [component, psnr, differing])).toEqual([['R', Infinity, 0], ['G', Infinity, 0], ['B', Infinity, 0]]);
  });

  describe('video red, read as limited range', () => {
    const RED = Uint8Array.of(81, 81, 81, 81, 90, 240);
    const fromColor = { range: 'limited' } as const;
    const rect = { x: 0, y: 0, width: 2, height: 2 };
    const made = async (to: PixelFormatId): Promise<{ readonly pixels: Pixels; readonly source: ImageInfo; readonly result: ImageInfo }> => {
      const pixels = make();
      const source = value(await openRaw(pixels, RED, { spec: { format: 'nv12', width: 2, height: 2 } }));
      const result = value(await pixels.convert(1, source.id, { to: { format: to, width: 2, height: 2, colorSpec: { range: 'full' } }, options: {}, fromColor })).image;
      return { pixels, source, result };
    };

    test.each(['rgba', 'yuv444p', 'nv12'] as const)('by way of full-range %s it comes back within 1', async (to) => {
      const { pixels, source, result } = await made(to);
      const rows = value(await pixels.compare(1, source.id, result.id, { similarity: true }));
      expect(rows.map(({ component }) => component)).toEqual(['Y', 'U', 'V']);
      expect(Math.max(...rows.map(({ maxError }) => maxError))).toBeLessThanOrEqual(1);
    });

    test.each([['difference', 16], ['heat', 60]] as const)('the stage’s %s is of the same way back', async (mode, most) => {
      const { pixels, source, result } = await made('rgba');
      const tile = value(await pixels.tile({ image: source.id, rect, step: 1, display: { solo: [] }, against: { image: result.id, mode, gain: 16 } }));
      expect(Math.max(...tile.rgba.filter((_, at) => at % 4 !== 3))).toBeLessThanOrEqual(most);
    });

    test.each([[undefined, [238, 14, 14, 255]], [fromColor, [254, 0, 0, 255]]])('a tile of the source as read with %j', async (color, expected) => {
      const { pixels, source } = await made('rgba');
      const tile = value(await pixels.tile({ image: source.id, rect, step: 1, display: { solo: [], color } }));
      expect([...tile.rgba.subarray(0, 4)]).toEqual(expected);
    });
  });

  test('a palette index out of range is counted', async () => {
    const pixels = make();
    const [image] = value(await pixels.sample('palette')).images;
    if (image === undefined) throw new Error('No image.');
    expect(value(await pixels.convert(1, image.id, { to: 'rgb24', options: {} })).outsidePalette).toBe(32);
  });
});
