import { describe, expect, test } from 'vitest';
import { convert, imageBytes } from '../../../kernels/index.ts';
import type { Image, PixelFormatId } from '../../../kernels/index.ts';
import { imageChecksum } from '../../../kernels/analysis/checksum.ts';
import { readFrameNumber } from '../../../kernels/analysis/frameMarks.ts';
import { FrameLedger, openSource } from './index.ts';
import type { FrameSource, SourceFrame } from './index.ts';

const ledger = new FrameLedger();
const pattern = (format: PixelFormatId, strides?: readonly number[]): Promise<FrameSource> => openSource({ kind: 'pattern', width: 160, height: 90, fps: 25, format, strides, frames: 50 }, ledger);

async function frame(source: FrameSource): Promise<SourceFrame> {
  const next = await source.next();
  if (next === undefined) throw new TypeError('The source is at its end.');
  return next;
}

const numberOf = (image: Image): number | undefined => {
  const gray = convert(image, 'gray').planes[0];
  return readFrameNumber((x, y) => gray?.bytes[y * image.width + x] ?? 0);
};

describe('the test pattern', () => {
  test.each(['rgba', 'bgr0', 'rgb24', 'nv12', 'yuv422p', 'rgb565le', 'x2rgb10le', 'yuv420p10le', 'yuyv422', 'gray16le', 'v210'] as const)('%s frames say their number and move', async (format) => {
    const source = await pattern(format);
    const sums: number[] = [];
    for (let index = 0; index < 3; index += 1) {
      const { image, timestamp, index: own } = await frame(source);
      expect([numberOf(image), own, timestamp, image.format]).toEqual([index, index, index * 40_000, format]);
      sums.push(imageChecksum(image));
    }
    expect(new Set(sums).size).toBe(3);
  });

  test('what it shows in rgb24 moved round by four pixels a frame', async () => {
    const source = await pattern('rgb24');
    const row = (image: Image): Uint8Array => imageBytes(image).subarray(80 * 480, 81 * 480);
    const first = row((await frame(source)).image).slice();
    await source.seek(10);
    expect([...row((await frame(source)).image)]).toEqual([...first.subarray(120), ...first.subarray(0, 120)]);
  });

  test('strides are as asked, and change no sample', async () => {
    const [padded, tight] = [await pattern('nv12', [192, 256]), await pattern('nv12')];
    const image = (await frame(padded)).image;
    expect(image.planes.map(({ stride }) => stride)).toEqual([192, 256]);
    expect(imageBytes(image)).toEqual(imageBytes((await frame(tight)).image));
  });

  test('a frame sought is the frame that came before; the last is followed by none', async () => {
    const source = await pattern('rgba');
    await source.seek(49);
    const { image, index } = await frame(source);
    expect([index, numberOf(image)]).toEqual([49, 49]);
    expect(await source.next()).toBeUndefined();
  });

  test('a picture too small for marks has none and still moves', async () => {
    const source = await openSource({ kind: 'pattern', width: 33, height: 17, fps: 25, format: 'yuv420p' }, ledger);
    const sums = [imageChecksum((await frame(source)).image), imageChecksum((await frame(source)).image)];
    expect(sums[0]).not.toBe(sums[1]);
  });
});

describe('dumps', () => {
  test('a dump with a header and strides gives every whole frame, byte for byte', async () => {
    const spec = { format: 'rgb24', width: 2, height: 2, strides: [8] } as const;
    const bytes = Uint8Array.from({ length: 5 + 16 * 3 + 7 }, (_, index) => index);
    const source = await openSource({ kind: 'raw', file: new Blob([bytes]), name: 'dump.raw', spec, headerOffset: 5, fps: 10 }, ledger);
    expect(source.info).toMatchObject({ frames: 3, title: 'dump.raw', isSeekable: true });
    await source.seek(2);
    const { image, timestamp, index } = await frame(source);
    expect([index, timestamp, [...imageBytes(image)]]).toEqual([2, 200_000, [37, 38, 39, 40, 41, 42, 45, 46, 47, 48, 49, 50]]);
    expect(await source.next()).toBeUndefined();
  });

  test('a dump shorter than a frame says so, with both numbers', async () => {
    const request = { kind: 'raw', file: new Blob([new Uint8Array(100)]), name: 'x', spec: { format: 'nv12', width: 16, height: 16 }, headerOffset: 4, fps: 1 } as const;
    await expect(openSource(request, ledger)).rejects.toThrow(/takes 384.B; behind its header of 4.B the file has 96.B/);
  });

  test('Y4M gives its frames with its rate and its siting', async () => {
    const text = (letters: string): number[] => Array.from(letters, (letter) => letter.charCodeAt(0));
    const bytes = Uint8Array.from([...text('YUV4MPEG2 W2 H2 F30000:1001 C420jpeg\n'), ...text('FRAME\n'), 1, 2, 3, 4, 5, 6, ...text('FRAME\n'), 11, 12, 13, 14, 15, 16]);
    const source = await openSource({ kind: 'y4m', file: new Blob([bytes]), name: 'x.y4m' }, ledger);
    expect(source.info).toMatchObject({ frames: 2, spec: { format: 'yuv420p', colorSpec: { siting: 'center', range: 'limited' } } });
    expect(source.info.fps).toBeCloseTo(29.97, 2);
    await frame(source);
    expect([...imageBytes((await frame(source)).image)]).toEqual([11, 12, 13, 14, 15, 16]);
  });
});

describe('the ledger', () => {
  test('counts each frame once, however often it is closed, and none that is not its own', () => {
    const own = new FrameLedger();
    let closed = 0;
    const picture = { close: () => { closed += 1; } };
    own.open(picture);
    own.close(picture);
    own.close(picture);
    own.close({ close: () => { closed += 1; } });
    expect([own.opened, own.closed, closed]).toEqual([1, 1, 1]);
  });
});
