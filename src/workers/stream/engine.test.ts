import { beforeEach, expect, test } from 'vitest';
import type { StreamSettings, WindowSetup } from './protocol.ts';
import { StreamEngine } from './engine.ts';

const SETTINGS: StreamSettings = { passthrough: true, jpeg: true, codecs: [], fps: 0, loop: false };
const WINDOW: WindowSetup = { id: 1, width: 96, height: 60, encoding: 'mmap', rgbFormat: 'BGRX', rowAlign: 1, quality: -1, speed: -1, scaling: [1, 1], depth: 0, dstFormats: [], proxy: true, codec: undefined, isLost: false };

let engine: StreamEngine;

/** Source frames in the order in which they came through, and the numbers that their pictures carry. */
const passed = (): readonly (readonly [frame: number, number: number | undefined])[] => engine.snapshot().rows.map(({ frame, number }) => [frame, number] as const).reverse();
const same = (...frames: readonly number[]): readonly (readonly [number, number])[] => frames.map((frame) => [frame, frame]);

beforeEach(async () => {
  engine = new StreamEngine();
  engine.configure(SETTINGS, [WINDOW]);
  await engine.open({ kind: 'pattern', format: 'rgb24', width: 96, height: 60, fps: 500, frames: 8 });
});

test('of many moves asked at once the last is made', async () => {
  await engine.step(1);
  await Promise.all([1, 6, 2, 7, 4].map((frame) => engine.seek(frame)));
  expect(passed()).toEqual(same(0, 4));
});

test('steps and moves asked at once are made one after another', async () => {
  await Promise.all([engine.seek(5), engine.step(-1), engine.step(-1), engine.step(1)]);
  expect(passed()).toEqual(same(5, 4, 3, 4));
});

test('compressed pixels are forwarded by row 2, also where raw passthrough is on, and the client unpacks them again', async () => {
  engine.configure(SETTINGS, [{ ...WINDOW, encoding: 'rgb32', compression: 'zlib' }]);
  await engine.step(1);
  const [row] = engine.snapshot().rows;
  expect([row?.row, row?.state, row?.encoding, row?.number]).toEqual([2, 'sent', 'rgb32', 0]);
  expect(row?.bytesOut).toBe(row?.bytesIn);
  expect(row?.bytesIn).toBeLessThan(96 * 60 * 2);
  expect(row?.checksum?.received).toBe(row?.checksum?.sent);
});

test('a move while it plays goes on from there, frame by frame', async () => {
  engine.play();
  await engine.seek(3);
  await engine.step(1);
  await engine.pause();
  const frames = passed().map(([frame]) => frame);
  expect(passed()).toEqual(same(...frames));
  const moved = frames.indexOf(3);
  expect(frames.slice(moved)).toEqual(frames.slice(moved).map((_, later) => 3 + later));
  expect(engine.snapshot().state).toBe('paused');
});

test('the last frame can be moved to; behind it is none, and it says so', async () => {
  expect(await engine.seek(7)).toMatchObject({ ok: true });
  expect(await engine.seek(8)).toMatchObject({ ok: false, error: { code: 'stream/past-end', what: 'Frame 8 of “Test pattern” was asked; it has 8, counted from 0.', remedy: 'Ask for frame 7, its last.' } });
  expect([passed(), engine.snapshot().position]).toEqual([same(7), 7]);
  await engine.step(1);
  expect(engine.snapshot()).toMatchObject({ state: 'ended', position: 7 });
});

test('moved away from its end it plays on from there, not from the start', async () => {
  await engine.seek(7);
  await engine.step(1);
  await engine.seek(2);
  expect(engine.snapshot().state).toBe('paused');
  engine.play();
  await engine.step(1);
  expect(passed().slice(0, 3)).toEqual(same(7, 2, 3));
});

test('looped, the first follows the last', async () => {
  engine.configure({ ...SETTINGS, loop: true }, [WINDOW]);
  await engine.seek(7);
  await engine.step(1);
  expect(passed()).toEqual(same(7, 0));
});

test('what was asked before the source was closed comes to nothing', async () => {
  const moves = [engine.step(1), engine.seek(4)];
  await engine.close();
  await Promise.all(moves);
  expect(engine.snapshot()).toMatchObject({ state: 'closed', position: -1, rows: [] });
});
