import { expect, test } from 'vitest';
import { Pixels } from './pixels.ts';
import type { ImageInfo, RawGeometry, Reply } from './protocol.ts';

function value<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new Error(`${reply.error.code}: ${reply.error.what}`);
}

const make = (): Pixels => new Pixels(() => Promise.reject(new Error('No samples here.')));

async function openRaw(pixels: Pixels, bytes: Uint8Array, geometry: RawGeometry): Promise<Reply<ImageInfo>> {
  return pixels.openRaw(1, value(await pixels.keep('dump', bytes)).id, geometry);
}

test('a header of 3·10⁹ bytes before a padded picture takes the picture’s memory alone', async () => {
  const pixels = make();
  const info = value(await openRaw(pixels, Uint8Array.of(1, 2, 3), { spec: { format: 'gray', width: 4, height: 4 }, headerOffset: 3e9, padShort: true }));
  expect(info.provenance).toMatchObject({ paddedBytes: 3e9 + 13 });
  expect(await pixels.memory()).toBe(3 + 16);
});

test('a picture that no buffer can hold is impossible, and not asked about', async () => {
  const reply = await openRaw(make(), new Uint8Array(100), { spec: { format: 'rgba', width: 60_000, height: 60_000 }, headerOffset: 0, padShort: true });
  expect(reply.ok ? 'ok' : reply.error.code).toBe('memory/impossible');
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

test('of a Y4M of 3 GB only the first frame is read and held', async () => {
  const head = new TextEncoder().encode('YUV4MPEG2 W640 H480 F25:1 C420jpeg\nFRAME\n');
  const firstFrame = head.length + 640 * 480 * 1.5;
  /** Its head, then samples of 7; no reading beyond the first frame. */
  class Stream extends Blob {
    private readonly to: number;
    constructor(to: number) { super(); this.to = to; }
    override get size(): number { return this.to; }
    override slice(_from = 0, to = this.to): Blob { return new Stream(Math.min(to, this.to)); }
    override arrayBuffer(): Promise<ArrayBuffer> {
      if (this.to > firstFrame) throw new RangeError(`${String(this.to)} B are read.`);
      const bytes = new Uint8Array(this.to).fill(7);
      bytes.set(head.subarray(0, this.to));
      return Promise.resolve(bytes.buffer);
    }
  }
  const pixels = make();
  const { file, images } = value(await pixels.open(1, new Stream(3e9), 'long.y4m', {}));
  expect(file).toMatchObject({ type: 'y4m', bytes: 3e9 });
  expect(images.map(({ spec }) => [spec.format, spec.width, spec.height])).toEqual([['yuv420p', 640, 480]]);
  expect(images[0] === undefined ? [] : value(await pixels.pixel(images[0].id, 639, 479)).map(({ value: sample }) => sample)).toEqual([7, 7, 7]);
  expect(await pixels.memory()).toBe(640 * 480 * 1.5);
});
