import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode as decodeByJpegJs, encode as encodeByJpegJs } from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import { convert, imageBytes, restride } from '../kernels/index.ts';
import { paint } from '../kernels/analysis/patterns.ts';
import { encodePng } from '../kernels/codecs/png.ts';
import { pngChunk, pngFile } from '../kernels/codecs/testing/pngFile.ts';
import { randomImage, specFor } from '../kernels/testing/images.ts';
import { Pixels } from './pixels.ts';
import type { ImageSpec, PixelFormatId } from '../kernels/index.ts';
import type { Display, ImageInfo, Opened, RawGeometry, Reply } from './protocol.ts';
import { SAMPLES } from './samples.ts';

const samples = (file: string): Promise<Uint8Array> => Promise.resolve(new Uint8Array(readFileSync(join(import.meta.dirname, '../../public/samples', file))));
const make = (): Pixels => new Pixels(samples);
const blob = (bytes: Uint8Array | string): Blob => new Blob([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)]);

function value<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new Error(`${reply.error.code}: ${reply.error.what}`);
}

const open = (pixels: Pixels, bytes: Uint8Array | string, name: string, allowLarge = false): Promise<Reply<Opened>> => pixels.open(1, blob(bytes), name, { allowLarge });
const errorOf = async (work: Promise<Reply<unknown>>): Promise<{ readonly code: string; readonly what: string }> => {
  const reply = await work;
  if (reply.ok) throw new Error('Nothing was refused.');
  return reply.error;
};

async function openRaw(pixels: Pixels, bytes: Uint8Array, geometry: Omit<RawGeometry, 'headerOffset' | 'padShort'> & Partial<RawGeometry>): Promise<Reply<ImageInfo>> {
  const file = value(await pixels.keep('dump', bytes));
  return pixels.openRaw(1, file.id, { headerOffset: 0, padShort: false, ...geometry });
}

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
    ['a PNG that claims 30000×30000', new Uint8Array(readFileSync(join(import.meta.dirname, '../kernels/codecs/testdata/claims-30000.png'))), 'memory/ask'],
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
      if (opened.images.length === 0 && id !== 'broken') expect(value(await pixels.openRaw(1, opened.file.id, { spec: { ...specFor('gray', 1, 1), ...hint?.spec, ...opened.file.hint }, headerOffset: 0, padShort: false })).bytes, id).toBeGreaterThan(0);
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

  test('a header of 3·10⁹ bytes before a padded picture takes the picture’s memory alone', async () => {
    const pixels = make();
    const info = value(await openRaw(pixels, Uint8Array.of(1, 2, 3), { spec: { format: 'gray', width: 4, height: 4 }, headerOffset: 3e9, padShort: true }));
    expect(info.provenance).toMatchObject({ paddedBytes: 3e9 + 13 });
    expect(await pixels.memory()).toBe(3 + 16);
  });

  test('a picture that no buffer can hold is impossible, and not asked about', async () => {
    expect((await errorOf(openRaw(make(), new Uint8Array(100), { spec: { format: 'rgba', width: 60_000, height: 60_000 }, padShort: true }))).code).toBe('memory/impossible');
  });

  test('of a dump of 2 GB only what the geometry needs is read; its frames are reached one by one', async () => {
    const [frameBytes, frames] = [640 * 480 * 1.5, 4661];
    /** Bytes that tell their place; no reading of more than 64 MiB at once. */
    class Huge extends Blob {
      static read = 0;
      private readonly from: number;
      private readonly to: number;
      constructor(from: number, to: number) { super(); [this.from, this.to] = [from, to]; }
      override get size(): number { return this.to - this.from; }
      override slice(from = 0, to = this.size): Blob { return new Huge(this.from + Math.min(from, this.size), this.from + Math.min(to, this.size)); }
      override arrayBuffer(): Promise<ArrayBuffer> {
        if (this.size > 64 * 2 ** 20) throw new RangeError('The file is read whole.');
        Huge.read += this.size;
        const bytes = new Uint8Array(this.size);
        for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor((this.from + at) / frameBytes) % 251;
        return Promise.resolve(bytes.buffer);
      }
    }
    const pixels = make();
    const opened = value(await pixels.open(1, new Huge(0, frameBytes * frames), 'long_640x480_nv12.yuv', {}));
    expect(opened.file.bytes).toBe(frameBytes * frames);
    expect(opened.guesses[0]?.spec).toMatchObject({ format: 'nv12', width: 640, height: 480 });
    expect(await pixels.memory()).toBe(0);
    Huge.read = 0;
    for (const frame of [0, 1, frames - 1]) {
      const info = value(await pixels.openRaw(1, opened.file.id, { spec: { format: 'nv12', width: 640, height: 480 }, headerOffset: frame * frameBytes, padShort: false }));
      expect(value(await pixels.pixel(info.id, 639, 479))[0]?.value).toBe(frame % 251);
    }
    expect(Huge.read).toBe(3 * frameBytes);
    expect(await pixels.memory()).toBe(3 * frameBytes);
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

describe('content that only looks like a file', () => {
  /** A picture of 64×48 gray that begins as other files do. */
  const dump = (...begin: readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: 3072 }, (_, at) => begin[at] ?? 90);
  const LIKE = [['JPEG', [0xff, 0xd8, 0xff]], ['JPEG XL', [0xff, 0x0a]], ['TIFF', [0x49, 0x49, 0x2a, 0]], ['BMP', [0x42, 0x4d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0]], ['OpenEXR', [0x76, 0x2f, 0x31, 1]]] as const;

  test.each(LIKE)('one that begins like %s is read raw where name and length fit a format, and it is said', async (title, begin) => {
    const { file, images, guesses } = value(await open(make(), dump(...begin), 'frame_64x48_gray.bin'));
    expect([file.type, file.mismatch, images]).toEqual(['raw', `It begins like ${title}; it is read as raw pixels.`, []]);
    expect(file.hint).toMatchObject({ width: 64, height: 48, format: 'gray' });
    expect(guesses[0]?.spec).toMatchObject({ width: 64, height: 48, format: 'gray' });
  });

  test.each(LIKE)('one that begins like %s is read raw when asked for, whatever its name', async (_, begin) => {
    expect(value(await make().open(1, new Blob([dump(...begin)]), 'dump', { reading: 'raw' }))).toMatchObject({ file: { type: 'raw' }, images: [] });
  });

  // The first bytes as the formats' own documents give them.
  test.each([
    ['OpenEXR', 'v/1\x01\x02\0\0\0'], ['Radiance HDR', '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n'], ['DirectDraw Surface (DDS)', 'DDS |\0\0\0'], ['Photoshop (PSD)', '8BPS\0\x01'],
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'], ['JPEG 2000', '\xff\x4f\xff\x51'], ['ICO', '\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\x68\x04\0\0\x16\0\0\0'], ['Khronos texture (KTX)', '\xabKTX 20\xbb'], ['NumPy array (NPY)', '\x93NUMPY\x01\0'], ['gzip', '\x1f\x8b\x08\0'],
  ])('%s is said by name, with a remedy, and never shown as noise', async (title, begin) => {
    const reply = await open(make(), dump(...Array.from(begin, (letter) => letter.charCodeAt(0))), 'unknown');
    expect(reply.ok ? undefined : [reply.error.code, reply.error.what, reply.error.remedy.includes('raw pixels')]).toEqual(['open/unread', `It begins like ${title}, which is not read here.`, true]);
  });

  test('a TIFF that the browser cannot read is called so', async () => {
    const reply = await open(make(), dump(0x49, 0x49, 0x2a, 0), 'photo.dng');
    expect(reply.ok ? '' : `${reply.error.what} ${reply.error.remedy}`).toMatch(/TIFF.*DNG.*read it as raw pixels/);
  });
});
