import { describe, expect, test } from 'vitest';
import { convert, restride } from '../index.ts';
import { fnv1a, imageChecksum } from './checksum.ts';
import { MARKS, frameMarks, readFrameNumber } from './frameMarks.ts';
import { gradient } from './patterns.ts';

const text = (letters: string): Uint8Array => Uint8Array.from(letters, (letter) => letter.charCodeAt(0));

describe('frame marks', () => {
  const lumaOf = (frame: number) => {
    const { planes: [plane] } = convert(frameMarks(frame), 'gray');
    return (x: number, y: number): number => plane?.bytes[y * MARKS.width + x] ?? 0;
  };

  test.each([0, 1, 12_345, 65_535])('%i is read back', (frame) => expect(readFrameNumber(lumaOf(frame))).toBe(frame));

  test('65 536 counts as 0 again', () => expect(readFrameNumber(lumaOf(65_536))).toBe(0));

  test('a damaged cell is noticed, whichever it is', () => {
    const luma = lumaOf(4711);
    for (let cell = 0; cell < 24; cell += 1) {
      const isCell = (x: number, y: number): boolean => Math.floor(y / 16) * 12 + Math.floor(x / 8) === cell;
      expect(readFrameNumber((x, y) => (isCell(x, y) ? 255 - luma(x, y) : luma(x, y)))).toBeUndefined();
    }
  });

  test('plain white, plain black and stripes carry no number', () => {
    expect(readFrameNumber(() => 0)).toBeUndefined();
    expect(readFrameNumber(() => 255)).toBeUndefined();
    expect(readFrameNumber((x) => x % 200)).toBeUndefined();
  });
});

describe('checksums', () => {
  test.each([['', 0x811c9dc5], ['a', 0xe40c292c], ['foobar', 0xbf9cf968]])('FNV-1a of “%s” is the published one', (letters, hash) => expect(fnv1a(text(letters))).toBe(hash));

  test('padding has no say, a single bit has', () => {
    const image = gradient();
    const padded = restride(image, 800);
    expect(imageChecksum(padded)).toBe(imageChecksum(image));
    const [plane] = padded.planes;
    if (plane !== undefined) plane.bytes[800 * 255 + 767] = (plane.bytes[800 * 255 + 767] ?? 0) ^ 1;
    expect(imageChecksum(padded)).not.toBe(imageChecksum(image));
  });
});
