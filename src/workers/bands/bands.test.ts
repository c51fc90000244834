import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeThreads } from '../../../scripts/bench/nodeThreads.ts';
import { allocImage, compile, imageBytes, planConversion, shareImages } from '../../kernels/index.ts';
import type { Image, ImageSpec, SharedRun } from '../../kernels/index.ts';
import { ARENA_SCRATCH_BYTES } from '../../kernels/image/arena.ts';
import { randomImage } from '../../kernels/testing/images.ts';
import { threadsEngine } from './engine.ts';
import { convertInTurns, paysOff } from './parallel.ts';
import { BandPool } from './pool.ts';
import type { BandThread } from './pool.ts';
import type { BandMessage, BandReply } from './runner.ts';

function shared(spec: ImageSpec, seed: number): Image {
  const image = allocImage(spec);
  randomImage(spec, seed).planes.forEach(({ bytes }, plane) => image.planes[plane]?.bytes.set(bytes));
  return image;
}

const never = (): boolean => false;

/** A run that no thread makes. */
const someRun = (together: number): SharedRun => ({ program: 1, memory: new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }), module: new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)), together, call: { sources: [], targets: [], sourceSubY: [], targetSubY: [], width: 16, scratch: 0 }, scratchBytes: 0, mostThreads: 64 });

describe('conversions in several threads', () => {
  let pool: BandPool;
  beforeAll(() => {
    shareImages(true);
    pool = nodeThreads(3);
  });
  afterAll(() => {
    pool.end();
    shareImages(false);
  });

  test.each([
    ['nv12', 'rgba', 641, 479],
    ['rgba', 'nv12', 640, 481],
    ['yuv420p', 'yuyv422', 642, 333],
    ['rgb24', 'bgra', 321, 400],
    ['gray', 's16le', 1023, 77],
  ] as const)('%s → %s at %i×%i equals one thread, in every row', async (from, to, width, height) => {
    const pipeline = planConversion({ format: from, width, height }, { format: to, width, height });
    const source = shared(pipeline.from, 1);
    const [together, alone] = [allocImage(pipeline.to, source), allocImage(pipeline.to, source)];
    const kernel = compile(pipeline, 'simd');
    const run = kernel.share?.(source, together);
    if (run === undefined) throw new Error('The images share no memory.');
    await pool.run(run, 0, height, kernel.prepare(source, together));
    compile(pipeline, 'reference').run(source, alone);
    expect(Buffer.compare(imageBytes(together), imageBytes(alone))).toBe(0);
  });

  test.each([[1, 77], [2, 333], [2, 1080]])('a thread that never wakes is not waited for: the caller makes all parts, multiples of %i rows of %i', async (together, height) => {
    const asleep = new BandPool(() => ({ post: () => undefined, onReply: () => undefined, onFailure: () => undefined, end: () => undefined }), 2);
    const parts: [number, number][] = [];
    await asleep.run(someRun(together), 0, height, (from, to) => { parts.push([from, to]); });
    expect(parts[0]?.[0]).toBe(0);
    expect(parts.at(-1)?.[1]).toBe(height);
    for (const [index, [from, to]] of parts.entries()) {
      expect(from % together).toBe(0);
      expect(from).toBe(index === 0 ? 0 : parts[index - 1]?.[1]);
      expect(to).toBeGreaterThan(from);
    }
  });

  test('what a slow caller leaves, the others make', async () => {
    const height = 480;
    const pipeline = planConversion({ format: 'nv12', width: 640, height }, { format: 'rgba', width: 640, height });
    const source = shared(pipeline.from, 7);
    const [together, alone] = [allocImage(pipeline.to, source), allocImage(pipeline.to, source)];
    const kernel = compile(pipeline, 'simd');
    const run = kernel.share?.(source, together);
    if (run === undefined) throw new Error('The images share no memory.');
    const band = kernel.prepare(source, together);
    const pause = new Int32Array(new SharedArrayBuffer(4));
    let own = 0;
    await pool.run(run, 0, height, (from, to) => { band(from, to); own += to - from; Atomics.wait(pause, 0, 0, 200); });
    compile(pipeline, 'scalar').run(source, alone);
    expect(Buffer.compare(imageBytes(together), imageBytes(alone))).toBe(0);
    expect(own).toBeLessThan(height / 2);
  });

  test.each([['nv12', 'rgba', 8192], ['nv12', 'rgba', 65_536], ['yuv420p', 'rgba', 20_000], ['rgba', 'bgra', 6400]] as const)('%s → %s, %i wide: of 64 threads as many work as have scratch of their own, and none of it is an image’s', async (from, to, width) => {
    const height = 16;
    const pipeline = planConversion({ format: from, width, height }, { format: to, width, height });
    const source = shared(pipeline.from, 3);
    const [target, expected] = [allocImage(pipeline.to, source), allocImage(pipeline.to)];
    const before = imageBytes(source);
    const kernel = compile(pipeline, 'simd');
    compile(pipeline, 'scalar').run(source, expected);
    const run = kernel.share?.(source, target);
    if (run === undefined) throw new Error('The images share no memory.');
    const used: number[] = [];
    // Threads that make no row, and spoil all the scratch that they were given.
    const spoil = (message: BandMessage): void => {
      if (message.kind !== 'rows') return;
      used.push(message.call.scratch);
      new Uint8Array(run.memory.buffer, message.call.scratch, run.scratchBytes).fill(0xee);
    };
    const crowd = new BandPool(() => ({ post: spoil, onReply: () => undefined, onFailure: () => undefined, end: () => undefined }), 63);
    await crowd.run(run, 0, height, kernel.prepare(source, target));
    expect(used).toHaveLength(Math.min(64, run.mostThreads) - 1);
    expect(crowd.sizeFor(run)).toBe(used.length + 1);
    expect(new Set(used.map((at) => Math.floor((at - run.call.scratch) / run.scratchBytes))).size).toBe(used.length);
    expect(Math.max(...used) + run.scratchBytes).toBeLessThanOrEqual(ARENA_SCRATCH_BYTES);
    expect(Buffer.compare(imageBytes(source), before)).toBe(0);
    expect(Buffer.compare(imageBytes(target), imageBytes(expected))).toBe(0);
  });

  test('a measurement of more threads than have scratch is refused, not made with fewer', async () => {
    const [width, height] = [60_000, 4];
    const pipeline = planConversion({ format: 'nv12', width, height }, { format: 'rgba', width, height });
    const source = shared(pipeline.from, 3);
    const frame = { source, target: allocImage(pipeline.to, source) };
    const engine = threadsEngine(64, () => Promise.resolve(pool));
    await expect(Promise.resolve(engine.prepare({ one: { id: 'nv12-rgba', from: 'nv12', to: 'rgba' }, pipeline, options: {}, frames: [frame] }))).rejects.toThrow(/There is scratch memory for \d+ threads at this width; 64 were asked\./);
  });

  test('counters of a run are used again once no thread looks at them', async () => {
    const posted: BandMessage[] = [];
    let reply: (reply: BandReply) => void = () => undefined;
    const one = new BandPool(() => ({ post: (message) => { posted.push(message); }, onReply: (listener) => { reply = listener; }, onFailure: () => undefined, end: () => undefined }), 1);
    const runs = (): Extract<BandMessage, { kind: 'rows' }>[] => posted.filter((message) => message.kind === 'rows');
    const nothing = (): void => undefined;
    await one.run(someRun(1), 0, 64, nothing);
    await one.run(someRun(1), 0, 64, nothing);
    const [first, second] = runs();
    expect(second?.claims.counters).not.toBe(first?.claims.counters);
    reply({ job: first?.job ?? 0, failed: undefined });
    await Promise.resolve();
    await Promise.resolve();
    await one.run(someRun(1), 0, 64, nothing);
    expect(runs()[2]?.claims.counters).toBe(first?.claims.counters);
  });

  test('images outside shared memory are not split', () => {
    const pipeline = planConversion({ format: 'rgba', width: 16, height: 16 }, { format: 'bgra', width: 16, height: 16 });
    expect(compile(pipeline, 'simd').share?.(allocImage(pipeline.from), allocImage(pipeline.to))).toBeUndefined();
  });

  test('a large image is handed out where that is quicker, and made alone where it is not', async () => {
    const pipeline = planConversion({ format: 'nv12', width: 4000, height: 2000 }, { format: 'rgba', width: 4000, height: 2000 });
    const source = shared(pipeline.from, 2);
    const expected = allocImage(pipeline.to, source);
    compile(pipeline, 'simd').run(source, expected);
    for (const [handOverMs, threads] of [[0, 3], [1e6, 1]] as const) {
      const target = allocImage(pipeline.to, source);
      expect(await convertInTurns(compile(pipeline, 'simd'), source, target, () => Promise.resolve({ pool, handOverMs }), never)).toEqual({ isDone: true, threads });
      expect(Buffer.compare(imageBytes(target), imageBytes(expected))).toBe(0);
    }
  }, 30_000);

  test('a hand-over has a price', async () => {
    expect(await pool.handOverMs()).toBeGreaterThan(0);
  });
});

describe('what goes wrong', () => {
  const dying = (): BandThread => {
    let fail: (cause: string) => void = () => undefined;
    return { post: () => { queueMicrotask(() => fail('out of memory')); }, onReply: () => undefined, onFailure: (listener) => { fail = listener; }, end: () => undefined };
  };

  test('a thread that dies leaves nothing undone', async () => {
    shareImages(true);
    const pipeline = planConversion({ format: 'rgba', width: 2000, height: 1200 }, { format: 'gray', width: 2000, height: 1200 });
    const source = shared(pipeline.from, 5);
    const [target, expected] = [allocImage(pipeline.to, source), allocImage(pipeline.to, source)];
    compile(pipeline, 'simd').run(source, expected);
    const made = await convertInTurns(compile(pipeline, 'simd'), source, target, () => Promise.resolve({ pool: new BandPool(dying, 1), handOverMs: 0 }), never);
    shareImages(false);
    expect(made.isDone).toBe(true);
    expect(Buffer.compare(imageBytes(target), imageBytes(expected))).toBe(0);
  });

  test('a thread that fails twice takes no other with it, and is ended', () => {
    const ended: number[] = [];
    const failures: ((cause: string) => void)[] = [];
    const start = (): BandThread => { const index = failures.length; return { post: () => undefined, onReply: () => undefined, onFailure: (listener) => { failures[index] = listener; }, end: () => { ended.push(index); } }; };
    const three = new BandPool(start, 3);
    failures[1]?.('once');
    failures[1]?.('twice');
    expect([three.size, ended]).toEqual([3, [1]]);
  });

  test.each([[10, 0.1, 2, true], [0.2, 0.1, 2, false], [10, 0.1, 1, false], [1, 0.4, 4, false], [4, 0.4, 4, true]])('%d ms alone, %d ms to hand over, %i threads: %s', (aloneMs, handOverMs, threads, expected) => {
    expect(paysOff(aloneMs, handOverMs, threads)).toBe(expected);
  });
});
