import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { FrameTimes, readFrameTimes } from './frameTimes.ts';

async function timesIn(file: string): Promise<FrameTimes> {
  const input = new Input({ source: new BufferSource(readFileSync(join(import.meta.dirname, '../../../../e2e/fixtures', file))), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new TypeError(`${file} has no video.`);
  return readFrameTimes(new EncodedPacketSink(track), await track.getCodec());
}

const listed = (times: FrameTimes): readonly number[] => Array.from({ length: times.count }, (_, index) => Math.round((times.timeOf(index) ?? NaN) * 1000));

describe('the times of a video’s frames', () => {
  test.each([
    ['vfr-b.mp4', (n: number) => (n < 8 ? 17 * n : n < 16 ? 136 + 100 * (n - 8) : 936 + 33 * (n - 16))],
    ['vfr-alt.webm', (n: number) => 50 * n - 40 * (n % 2)],
    ['vfr-hidden.webm', (n: number) => 50 * n - 40 * (n % 2)],
  ] as const)('of %s are those it was made with, in the order in which they are shown', async (file, shownAt) => {
    expect(listed(await timesIn(file))).toEqual(Array.from({ length: 24 }, (_, n) => shownAt(n)));
  });

  test('each frame is found at its time, well inside it, and a microsecond too early', () => {
    const times = new FrameTimes([0, 0.9, 0.3, 0.1, 1.5]);
    for (let index = 0; index < times.count; index += 1) {
      const [start, inside] = [times.timeOf(index) ?? NaN, times.insideOf(index) ?? NaN];
      expect([start, inside, start - 0.9e-6].map((seconds) => times.indexAt(seconds))).toEqual([index, index, index]);
    }
    expect([-1, 0.2, 99].map((seconds) => times.indexAt(seconds))).toEqual([-1, 1, 4]);
  });

  test('frames are counted from the key frame before them where packets show nothing, and only there', async () => {
    const [hidden, plain] = [await timesIn('vfr-hidden.webm'), await timesIn('vfr-alt.webm')];
    expect([0, 7, 8, 15, 16, 23].map((frame) => hidden.countedFrom(frame))).toEqual([0, 0, 8, 8, 16, 16]);
    expect(plain.countedFrom(11)).toBeUndefined();
  });

  test('behind the last there is none', () => {
    const times = new FrameTimes([0, 0.1]);
    expect([times.timeOf(2), times.insideOf(2), times.timeOf(-1), times.insideOf(-1)]).toEqual([undefined, undefined, undefined, undefined]);
  });

  test.each([
    ['a time said twice is one frame', [0, 40, 40, 80], [0, 40, 80]],
    ['what is over when the video begins is no frame', [-80, -40, 0, 40], [0, 40]],
    ['what is still shown when the video begins is its first', [-80, -10, 30], [-10, 30]],
    ['a video may begin late', [500, 540], [500, 540]],
    ['a track may be empty', [], []],
  ])('%s', (_, given, kept) => {
    expect(listed(new FrameTimes(given.map((ms) => ms / 1000)))).toEqual(kept);
  });

  test.each([[[0, 0.1, 0.5], 4], [[2, 2.5], 2], [[7], 0], [[], 0]])('frames at %j s are %d a second, in the mean', (given, fps) => {
    expect(new FrameTimes(given).fps).toBe(fps);
  });
});
