import { describe, expect, test } from 'vitest';
import { allocImage, compile, imageBytes, planConversion, restride, shareImages, subImage, toTransfer, wrapImage } from '../index.ts';
import { randomImage } from '../testing/images.ts';
import { allocBytes, freeBytes, freeImage, memoryOf } from './arena.ts';

const HD = { width: 1280, height: 720 } as const;

describe('memory that images share', () => {
  test('large images lie together, small ones by themselves', () => {
    const [a, b] = [allocImage({ format: 'rgba', ...HD }), allocImage({ format: 'nv12', ...HD })];
    expect(memoryOf([...a.planes, ...b.planes])).toBeDefined();
    expect(memoryOf(allocImage({ format: 'rgba', width: 64, height: 64 }).planes)).toBeUndefined();
    expect(memoryOf([...a.planes, ...wrapImage(new Uint8Array(64), { format: 'gray', width: 8, height: 8 }).planes])).toBeUndefined();
  });

  test('what was given back is taken again, and is zero', () => {
    const first = allocBytes(1_000_000);
    first.fill(7);
    const at = first.byteOffset;
    freeBytes(first);
    const again = allocBytes(900_000, first);
    expect(again.byteOffset).toBe(at);
    expect(again.every((byte) => byte === 0)).toBe(true);
  });

  test.each([false, true])('in used memory too, shared or not (%s), images start as zero and copies have zero padding', (isShared) => {
    shareImages(isShared);
    try {
      const used = allocBytes(3_000_000);
      used.fill(7);
      freeBytes(used);
      // 3 planes, padded rows, a size that is no multiple of the blocks that are cleared at once.
      const source = randomImage({ format: 'yuv420p', width: 641, height: 479 }, 5);
      const copy = restride(source, [704, 352, 352]);
      expect(imageBytes(copy)).toEqual(imageBytes(source));
      for (const [index, rowBytes] of [641, 321, 321].entries()) {
        const { bytes, stride } = copy.planes[index] ?? { bytes: new Uint8Array(0), stride: 1 };
        expect(bytes.some((byte, at) => at % stride >= rowBytes && byte !== 0)).toBe(false);
      }
      freeImage(copy);
      const fresh = allocImage({ format: 'gray', width: 1001, height: 999 }, copy);
      expect(memoryOf(fresh.planes)).toBeDefined();
      expect(fresh.planes[0]?.bytes.every((byte) => byte === 0)).toBe(true);
    } finally {
      shareImages(false);
    }
  });

  test('a thousand turns of taking and giving back stay in one memory', () => {
    const keep = allocBytes(100_000);
    const buffers = new Set<ArrayBufferLike>();
    for (let turn = 0; turn < 1000; turn += 1) {
      const [a, b] = [allocBytes(3_000_000, keep), allocBytes(8_000_000, keep)];
      buffers.add(a.buffer).add(b.buffer);
      freeBytes(a);
      freeBytes(b);
    }
    expect(buffers.size).toBe(1);
  });

  test('a thousand conversions of one kernel take no more memory', () => {
    const spec = { width: 320, height: 240 } as const;
    const pipeline = planConversion({ format: 'nv12', ...spec }, { format: 'rgba', ...spec });
    const kernel = compile(pipeline, 'simd');
    const run = (count: number): void => {
      for (let turn = 0; turn < count; turn += 1) kernel.run(foreign, target);
    };
    const foreign = randomImage(pipeline.from, 1);
    const target = allocImage(pipeline.to);
    run(10);
    const before = process.memoryUsage().arrayBuffers;
    run(1000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(65_536);
  });

  test('the same bytes come out, wherever source and destination lie', () => {
    const pipeline = planConversion({ format: 'yuv420p', width: 643, height: 481 }, { format: 'bgr24', width: 643, height: 481 });
    const foreign = randomImage(pipeline.from, 3);
    const inside = allocImage(pipeline.from);
    foreign.planes.forEach(({ bytes }, index) => inside.planes[index]?.bytes.set(bytes));
    const expected = allocImage(pipeline.to);
    compile(pipeline, 'scalar').run(foreign, expected);
    for (const source of [foreign, inside]) {
      for (const target of [allocImage(pipeline.to), wrapImage(new Uint8Array(643 * 481 * 3), pipeline.to)]) {
        compile(pipeline, 'simd').run(source, target);
        expect(Buffer.compare(imageBytes(target), imageBytes(expected))).toBe(0);
      }
    }
  });

  test('a view of a large image reads its own part, and nothing is written beside the destination', () => {
    const big = randomImage({ format: 'rgba', width: 700, height: 300 }, 4);
    const source = allocImage({ format: 'rgba', width: 700, height: 300 });
    source.planes[0]?.bytes.set(big.planes[0]?.bytes ?? []);
    const whole = allocImage({ format: 'nv12', width: 700, height: 300 });
    for (const { bytes } of whole.planes) bytes.fill(0xa5);
    const target = subImage(whole, { x: 102, y: 34, width: 334, height: 202 });
    const view = subImage(source, { x: 101, y: 33, width: target.width, height: target.height });
    const pipeline = planConversion({ format: 'rgba', width: target.width, height: target.height }, { format: 'nv12', width: target.width, height: target.height });
    const expected = allocImage(pipeline.to);
    compile(pipeline, 'reference').run(view, expected);
    compile(pipeline, 'simd').run(view, target);
    expect(Buffer.compare(imageBytes(target), imageBytes(expected))).toBe(0);
    const touched = imageBytes(whole).filter((byte) => byte !== 0xa5).length;
    expect(touched).toBeLessThanOrEqual(imageBytes(expected).length);
  });

  test('an image that shares its memory is copied before it is handed over', () => {
    const image = allocImage({ format: 'rgba', ...HD });
    image.planes[0]?.bytes.fill(9);
    const { image: moved, buffers } = toTransfer(image);
    expect(buffers.map((buffer) => buffer.byteLength)).toEqual([1280 * 720 * 4]);
    expect(moved.planes[0]?.bytes[0]).toBe(9);
    structuredClone(moved, { transfer: [...buffers] });
    expect(image.planes[0]?.bytes.length).toBe(1280 * 720 * 4);
  });
});
