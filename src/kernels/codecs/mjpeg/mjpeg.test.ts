import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeJpeg, splitMjpeg, wrapImage } from '../../index.ts';
import { PART_HEADER_ROOM, framePart, multipartPart } from './index.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Pictures of noise: long entropy-coded bytes with stuffing in them. */
function picture(seed: number, options: Parameters<typeof encodeJpeg>[1] = {}): Uint8Array {
  const samples = Uint8Array.from({ length: 48 * 32 }, (_, index) => (index * index * (seed * 2 + 1) * 2_654_435_761) >>> 24);
  return encodeJpeg(wrapImage(samples, { format: 'gray', width: 48, height: 32 }), { quality: 95, ...options });
}

const PICTURES = [picture(0), picture(1, { restartInterval: 2 }), picture(2, { optimizeHuffman: true }), picture(3, { comment: 'FF D8 in words', exif: join(bytesOf('MM\0*\0\0\0\b'), picture(9)) })];
const found = (bytes: Uint8Array): readonly Uint8Array[] => splitMjpeg(bytes).map(({ offset, byteLength }) => bytes.subarray(offset, offset + byteLength));

test('the pictures have stuffed bytes and restart markers, or the tests below prove little', () => {
  const hex = PICTURES.map((jpeg) => Buffer.from(jpeg).toString('hex'));
  expect(hex.every((text) => text.includes('ff00'))).toBe(true);
  expect(hex[1]).toContain('ffd7');
  expect(hex[3]?.indexOf('ffd8', 4)).toBeGreaterThan(0);
});

describe('splitMjpeg', () => {
  test('gives pictures that lie one after another, thumbnails inside them passed over', () => {
    expect(found(join(...PICTURES))).toEqual(PICTURES);
    expect(splitMjpeg(join(...PICTURES)).flatMap(({ remarks }) => remarks)).toEqual([]);
  });

  test('finds every picture between any garbage', () => {
    const garbage = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.constant(Uint8Array.of(0xff)), fc.constant(Uint8Array.of(0xff, 0xd8)), fc.constant(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 40, 1)), fc.constant(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)), fc.constant(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2)));
    fc.assert(fc.property(fc.array(fc.tuple(garbage, fc.constantFrom(...PICTURES)), { maxLength: 5 }), garbage, (pairs, last) => {
      const stream = join(...pairs.flat(), last);
      expect(found(stream)).toEqual(pairs.map(([, jpeg]) => jpeg));
    }));
  });

  test('reads headers, with and without Content-Length, and compares it', () => {
    const [one, two, three] = PICTURES.map((jpeg) => jpeg);
    if (one === undefined || two === undefined || three === undefined) throw new Error('no pictures');
    const stream = join(multipartPart(one, 1.5), bytesOf('--other\r\nContent-Type: image/jpeg\r\n\r\n'), two, bytesOf('\r\n--other\nCONTENT-LENGTH: 7\n\n'), three);
    const frames = splitMjpeg(stream);
    expect(frames.map(({ headers }) => headers)).toEqual([
      { 'content-type': 'image/jpeg', 'content-length': String(one.length), 'x-timestamp': '1.500000' }, { 'content-type': 'image/jpeg' }, { 'content-length': '7' },
    ]);
    expect(frames.map(({ remarks }) => remarks.length)).toEqual([0, 0, 1]);
    expect(frames[2]?.remarks[0]).toContain('Content-Length says 7');
  });

  test('gives a last picture that is cut short as far as it goes, wherever it is cut in its scan', () => {
    const [whole, last] = PICTURES;
    if (whole === undefined || last === undefined) throw new Error('no pictures');
    const scan = Buffer.from(last).indexOf(Buffer.of(0xff, 0xda));
    fc.assert(fc.property(fc.integer({ min: scan + 20, max: last.length - 2 }), (kept) => {
      const frames = splitMjpeg(join(whole, last.subarray(0, kept)));
      expect(frames.map(({ isWhole, byteLength }) => [isWhole, byteLength])).toEqual([[true, whole.length], [false, kept]]);
      expect(frames[1]?.remarks).toHaveLength(1);
    }));
  });

  test('a picture that lost its end does not swallow the next', () => {
    const [one, two] = PICTURES;
    if (one === undefined || two === undefined) throw new Error('no pictures');
    const frames = splitMjpeg(join(one.subarray(0, one.length - 30), two));
    expect(frames.map(({ offset, isWhole }) => [offset, isWhole])).toEqual([[0, false], [one.length - 30, true]]);
  });

  test('says how many bytes are neither picture nor header', () => {
    const [jpeg] = PICTURES;
    if (jpeg === undefined) throw new Error('no pictures');
    expect(splitMjpeg(join(bytesOf('garbage!'), jpeg))[0]?.remarks).toEqual(['8 B before it are neither picture nor header.']);
    expect(splitMjpeg(bytesOf('no picture at all'))).toEqual([]);
    expect(splitMjpeg(new Uint8Array(0))).toEqual([]);
  });
});

test('a part made around a picture equals one made anew', () => {
  const [jpeg] = PICTURES;
  if (jpeg === undefined) throw new Error('no pictures');
  const buffer = new Uint8Array(PART_HEADER_ROOM + jpeg.length + 10);
  buffer.set(jpeg, PART_HEADER_ROOM);
  expect(framePart(buffer, PART_HEADER_ROOM, jpeg.length, 12.25)).toEqual(multipartPart(jpeg, 12.25));
});

describe('a picture without its end marker swallows nothing', () => {
  const [one, two, three] = [picture(0), picture(1), picture(4)];
  const part = (jpeg: Uint8Array, separator = 'frame'): Uint8Array => join(bytesOf(`--${separator}\r\nContent-Type: image/jpeg\r\n\r\n`), jpeg, bytesOf('\r\n'));

  test.each([[2], [30], [400]])('its last %i bytes lost: it ends at the boundary', (lost) => {
    const kept = one.subarray(0, one.length - lost);
    const stream = join(part(kept), part(two), part(three));
    expect(found(stream)).toEqual([kept, two, three]);
    expect(splitMjpeg(stream).map(({ isWhole, remarks }) => [isWhole, remarks.length])).toEqual([[false, 1], [true, 0], [true, 0]]);
  });

  test('without headers, and at the last boundary', () => {
    const kept = one.subarray(0, one.length - 2);
    expect(found(join(bytesOf('--b\r\n\r\n'), kept, bytesOf('\r\n--b\r\n\r\n'), kept, bytesOf('\r\n--b--\r\n')))).toEqual([kept, kept]);
  });

  test.each([['behind a scan', 0xe1], ['in the header', 0xc4]])('a segment %s that claims to go on into the next picture ends where that begins', (where, marker) => {
    const scan = Buffer.from(one).indexOf(Buffer.of(0xff, 0xda));
    const kept = join(one.subarray(0, where === 'in the header' ? scan : one.length - 2), Uint8Array.of(0xff, marker, 0xff, 0xff));
    expect(found(join(kept, two, three))).toEqual([kept, two, three]);
  });

  test('a line that only looks like the beginning of a boundary is part of the picture', () => {
    const noted = picture(0, { comment: 'a\r\n-- \r\nb' });
    expect(found(join(part(noted), part(two)))).toEqual([noted, two]);
  });
});

describe('hostile streams take a time in proportion to their length', () => {
  const repeat = (unit: readonly number[], count: number): Uint8Array => Uint8Array.from({ length: unit.length * count }, (_, at) => unit[at % unit.length] ?? 0);
  /** Milliseconds of the processor, best of three: other work beside it does not count. */
  const timeOf = (bytes: Uint8Array): number => Math.min(...[1, 2, 3].map(() => {
    const started = process.cpuUsage();
    splitMjpeg(bytes);
    return process.cpuUsage(started).user / 1000;
  }));

  test.each<[string, number[]]>([
    ['short frames', [0xff, 0xd8, 0xff, 0xc0, 0, 2, 0xff, 0xda, 0, 2, 0xff, 0xd9]],
    ['segments that lead over the next start to its segment', [0xff, 0xd8, 0xff, 0xfe, 0, 10, 0, 0, 0, 0, 0, 0]],
    ['the same behind a frame header', [0xff, 0xd8, 0xff, 0xc0, 0, 10, 0, 0, 0, 0, 0, 0]],
    ['starts within long segments', [0xff, 0xd8, 0xff, 0xe0, 0xff, 0xf0]],
    ['starts only', [0xff, 0xd8, 0xff]],
    ['scans whose last segment leads far', [0xff, 0xd8, 0xff, 0xc0, 0, 2, 0xff, 0xda, 0, 2, 0xff, 0xe1, 0x7f, 0xff]],
    ['half boundaries', [0x0a, 0x2d, 0x2d, 0x61]],
  ])('%s', (_, unit) => {
    const [small, large] = [10_000, 40_000].map((count) => timeOf(repeat(unit, count)));
    expect(small).toBeLessThan(800);
    // Four times the bytes: what is quadratic takes sixteen times as long, which shows where it takes long.
    expect(large).toBeLessThan(Math.max(800, 8 * (small ?? 0)));
  });
});
