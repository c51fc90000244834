import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convert } from '../../../convert.ts';
import { imageBytes } from '../../../image/image.ts';
import { LabError } from '../../../labError.ts';
import { blockGrid, decodeJpeg, encodeJpeg, inspectBlock, inspectJpeg, jpegNeeds } from '../index.ts';
import { errorOf } from '../testing/errorOf.ts';
import { texturedImage } from '../testing/pictures.ts';

const DATA = join(import.meta.dirname, '../testdata/decode');
const file = (name: string): Uint8Array => new Uint8Array(readFileSync(join(DATA, name)));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const planes = new Map(Array.from(readFileSync(join(DATA, 'planes.json'), 'utf8').matchAll(/"([^"]+)": "([0-9a-f]{64})"/g), ([, name, hash]) => [name, hash]));

/** Where the first marker of a kind is. */
const markerAt = (bytes: Uint8Array, marker: number): number => bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === marker);
const without = (bytes: Uint8Array, from: number, count: number): Uint8Array => Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(from + count)]);
const inserted = (bytes: Uint8Array, at: number, more: readonly number[]): Uint8Array => Uint8Array.from([...bytes.subarray(0, at), ...more, ...bytes.subarray(at)]);

describe('planes of sound files', () => {
  test.each([
    ['j_422odd', 'yuv422p'], ['j_fill', 'yuv420p'], ['j_fill_rst', 'yuv420p'], ['j_gray_2x2', 'gray'], ['j_nonint_420', 'yuv420p'],
    ['j_nonint_cbfirst', 'yuv420p'], ['j_prog_sepdc', 'yuv420p'], ['j_trunc_noeoi', 'yuv420p'], ['je_odd_420', 'yuv420p'], ['je_odd_422', 'yuv422p'],
    ['je_odd_444', 'yuv444p'], ['je_orient6', 'yuv420p'], ['je_orient8', 'yuv420p'], ['m_nodht', 'yuv422p'],
  ] as const)('%s opens as %s, equal to libjpeg-turbo’s to the bit', (name, format) => {
    const { image } = decodeJpeg(file(`${name}.jpg`));
    expect(image.format).toBe(format);
    expect(sha256(imageBytes(image))).toBe(planes.get(`${name}.jpg`));
  });

  test.each(['gray', 'yuv420p', 'yuv422p', 'yuv440p', 'yuv411p', 'yuv444p'] as const)('%s at quality 100 comes back within 2, whatever the restart interval', (format) => {
    const source = texturedImage(format, 45, 37);
    const expected = imageBytes(decodeJpeg(encodeJpeg(source, { quality: 100 })).image);
    imageBytes(source).forEach((value, at) => expect(Math.abs(value - expected[at])).toBeLessThanOrEqual(2));
    for (let restartInterval = 1; restartInterval <= 20; restartInterval += 1) {
      const { image, warnings } = decodeJpeg(encodeJpeg(source, { quality: 100, restartInterval }));
      expect([image.format, warnings]).toEqual([format, []]);
      expect(imageBytes(image)).toEqual(expected);
    }
  });

  test('all of 100 gray files of our own with restart markers reopen', () => {
    for (let one = 1; one <= 100; one += 1) {
      const jpeg = encodeJpeg(texturedImage('gray', 20 + one, 30), { quality: 90, restartInterval: one });
      expect(decodeJpeg(jpeg)).toMatchObject({ warnings: [], image: { width: 20 + one, height: 30 } });
    }
  });
});

/** Every sample of a component once, in the order of the file. */
function ownSamples(name: string): Uint8Array {
  const { image, info } = decodeJpeg(file(`${name}.jpg`));
  return Uint8Array.from(info.components.flatMap(({ width, height }, component) => {
    const { across = 1, down = 1 } = info.repeated.find((one) => one.component === component) ?? {};
    const { bytes, stride } = image.planes[component];
    return Array.from({ length: width * height }, (_, at) => bytes[Math.floor(at / width) * down * stride + (at % width) * across]);
  }));
}

describe('samplings that no format has', () => {
  test.each([['j_3x', 'yuv444p'], ['j_410', 'yuv420p'], ['j_asym', 'yuv444p'], ['j_lumasub', 'yuv444p']] as const)('%s is brought to %s by repetition, which is said', (name, format) => {
    const { image, info, warnings } = decodeJpeg(file(`${name}.jpg`));
    expect(image.format).toBe(format);
    expect(info.repeated.length).toBeGreaterThan(0);
    expect(warnings.join(' ')).toContain('repeated');
    // Undone, the repetition leaves libjpeg-turbo's planes.
    expect(sha256(ownSamples(name))).toBe(planes.get(`${name}.jpg`));
  });
});

describe('what the components mean', () => {
  test.each(['j_cmyk_adobe', 'j_cmyk_noadobe', 'j_ycck_im'])('inks of %s become R, G, B as djpeg shows them', (name) => {
    const { image } = decodeJpeg(file(`${name}.jpg`));
    expect(image.format).toBe('rgb24');
    expect(sha256(imageBytes(image))).toBe(planes.get(`${name}.jpg`));
  });

  test('CMYK without Adobe’s marker is shown, and said to be assumed', () => {
    expect(decodeJpeg(file('j_cmyk_noadobe.jpg'))).toMatchObject({ image: { format: 'rgb24' }, info: { colour: { model: 'cmyk', isAssumed: true } } });
  });

  test('Adobe’s transform 0 and the ids R, G, B are RGB; JFIF is YCbCr whatever the ids', () => {
    const jpeg = encodeJpeg(texturedImage('yuv444p', 16, 16), { quality: 100 });
    const planesOf = imageBytes(decodeJpeg(jpeg).image);
    const bare = without(jpeg, 2, 18);
    const adobe = inserted(bare, 2, [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0]);
    const named = bare.slice();
    const [sof, sos] = [markerAt(named, 0xc0), markerAt(named, 0xda)];
    for (const [index, letter] of [0x52, 0x47, 0x42].entries()) {
      named[sof + 10 + 3 * index] = letter;
      named[sos + 5 + 2 * index] = letter;
    }
    for (const rgb of [adobe, named]) {
      const { image, info } = decodeJpeg(rgb);
      expect([image.format, info.colour.model, image.colorSpec?.matrix]).toEqual(['gbrp', 'rgb', 'rgb']);
      // R, G, B of the file are the planes 2, 0, 1.
      expect([...imageBytes(image)]).toEqual([...planesOf.subarray(256), ...planesOf.subarray(0, 256)]);
    }
    expect(decodeJpeg(bare).info.colour.model).toBe('ycbcr');
  });

  test('Y, Cb, Cr 100, 129, 130 is R, G, B 103, 98, 102', () => {
    const source = texturedImage('yuv444p', 8, 8, 0, (component) => [100, 129, 130][component]);
    const { image } = decodeJpeg(encodeJpeg(source, { quality: 100 }));
    expect([...imageBytes(convert(image, 'rgb24')).subarray(0, 3)]).toEqual([103, 98, 102]);
  });
});

test('samples are the same with and without WebAssembly, of damaged data too', () => {
  const both = (bytes: Uint8Array): void => {
    const [simd, scalar] = (['simd', 'scalar'] as const).map((backend) => decodeJpeg(bytes, { backend }));
    expect(sha256(imageBytes(simd.image))).toBe(sha256(imageBytes(scalar.image)));
    expect(simd.warnings).toEqual(scalar.warnings);
  };
  for (const name of planes.keys()) both(file(name));
  // Steps of 255 and of 16 bits lead out of the range of samples, where lanes wrap and saturate.
  const wild = encodeJpeg(texturedImage('yuv420p', 64, 64), { quality: 60 }).slice();
  const dqt = markerAt(wild, 0xdb);
  wild.fill(255, dqt + 5, dqt + 69);
  both(wild);
  for (const name of ['je_odd_420.jpg', 'j_prog_sepdc.jpg']) {
    for (let at = 640; at < 1200; at += 20) {
      const damaged = file(name);
      damaged[at] ^= 0x55;
      if (jpegNeeds(damaged).bytes < 2 ** 20) both(damaged);
    }
  }
});

describe('headers', () => {
  test('files of one byte too few in every place end with a picture or a plain error', () => {
    const jpeg = encodeJpeg(texturedImage('nv12', 40, 40), { restartInterval: 2 });
    for (let length = 0; length < jpeg.length; length += 1) {
      try {
        const { image } = decodeJpeg(jpeg.subarray(0, length));
        expect(image).toMatchObject({ width: 40, height: 40 });
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(LabError);
      }
    }
  });

  test('a height of 0 is that of the DNL segment', () => {
    const jpeg = encodeJpeg(texturedImage('gray', 24, 20));
    const open = jpeg.slice();
    const sof = markerAt(open, 0xc0);
    open.fill(0, sof + 5, sof + 7);
    expect(errorOf(() => decodeJpeg(open)).what).toContain('24×0');
    const closed = inserted(open, open.length - 2, [0xff, 0xdc, 0, 4, 0, 20]);
    expect(imageBytes(decodeJpeg(closed).image)).toEqual(imageBytes(decodeJpeg(jpeg).image));
  });

  test('rubbish between segments is passed over and said', () => {
    const jpeg = encodeJpeg(texturedImage('gray', 24, 20));
    const { image, faults } = decodeJpeg(inserted(jpeg, markerAt(jpeg, 0xc0), [1, 2, 3, 0xff]));
    expect(imageBytes(image)).toEqual(imageBytes(decodeJpeg(jpeg).image));
    expect(faults.map(({ kind }) => kind)).toEqual(['rubbish']);
  });

  test.each([[0xc3, 'lossless'], [0xc9, 'arithmetic'], [0xc5, 'differential']])('SOF 0x%s is refused by its name', (marker, name) => {
    const jpeg = encodeJpeg(texturedImage('gray', 24, 20)).slice();
    jpeg[markerAt(jpeg, 0xc0) + 1] = marker;
    const error = errorOf(() => decodeJpeg(jpeg));
    expect(error.code).toBe('jpeg/process');
    expect(error.what).toContain(name);
  });

  test('a claim of 65 535 × 65 535 is asked about before anything is allocated', () => {
    const jpeg = encodeJpeg(texturedImage('gray', 24, 20)).slice();
    const sof = markerAt(jpeg, 0xc0);
    jpeg.fill(0xff, sof + 5, sof + 9);
    expect(jpegNeeds(jpeg)).toMatchObject({ width: 65_535, height: 65_535, imageBytes: 65_535 ** 2 });
    expect(errorOf(() => decodeJpeg(jpeg)).code).toMatch(/^memory\//);
  });

  test('scans above the bound are left out, which is said', () => {
    const { warnings } = decodeJpeg(file('j_prog_sepdc.jpg'), { maxScans: 2 });
    expect(warnings[0]).toContain('more than 2 scans');
  });
});

/** A segment of a file with its marker. @param nth which of them, from 0 */
function segmentOf(bytes: Uint8Array, name: string, nth = 0): { readonly offset: number; readonly bytes: Uint8Array } {
  const segment = inspectJpeg(bytes).segments.filter((one) => one.name === name)[nth];
  return { offset: segment.offset, bytes: bytes.slice(segment.offset, segment.offset + segment.byteLength) };
}

/** The first quantisation table with steps of 16 bits, each of them `factor` times the file's. */
function withWideSteps(jpeg: Uint8Array, factor: number): Uint8Array {
  const { offset, bytes } = segmentOf(jpeg, 'DQT');
  const steps = Array.from(bytes.subarray(5, 69), (step) => step * factor);
  return inserted(without(jpeg, offset, 69), offset, [0xff, 0xdb, 0, 131, 0x10 | bytes[4], ...steps.flatMap((step) => [step >> 8, step & 255])]);
}

/** The inverse cosine transform as T.81 A.3.3 writes it, before the level shift. */
function writtenOutIdct(coefficients: Int32Array, x: number, y: number): number {
  let sum = 0;
  for (let v = 0; v < 8; v += 1) {
    for (let u = 0; u < 8; u += 1) sum += (u === 0 ? Math.SQRT1_2 : 1) * (v === 0 ? Math.SQRT1_2 : 1) * coefficients[v * 8 + u] * Math.cos(((2 * x + 1) * u * Math.PI) / 16) * Math.cos(((2 * y + 1) * v * Math.PI) / 16);
  }
  return sum / 4;
}

describe('tables and frames', () => {
  test('steps of 16 bits are those of 8 bits where they are equal', () => {
    const jpeg = encodeJpeg(texturedImage('gray', 40, 24), { quality: 40 });
    for (const backend of ['simd', 'scalar'] as const) expect(imageBytes(decodeJpeg(withWideSteps(jpeg, 1), { backend }).image)).toEqual(imageBytes(decodeJpeg(jpeg).image));
  });

  test.each(['gray', 'yuv420p'] as const)('%s samples of 12 bits are within 1 of the transform as written', (format) => {
    const jpeg = encodeJpeg(texturedImage(format, 37, 29), { quality: 97 }).slice();
    const sof = markerAt(jpeg, 0xc0);
    [jpeg[sof + 1], jpeg[sof + 4]] = [0xc1, 12];
    // All but the first table stay as they are: chroma then spans a 16th of its range.
    const deep = withWideSteps(jpeg, 16);
    const { image, info } = decodeJpeg(deep);
    expect([image.format, info.precision]).toEqual([format === 'gray' ? 'gray12le' : 'yuv420p12le', 12]);
    const structure = inspectJpeg(deep);
    const { frame } = structure;
    if (frame === undefined) throw new TypeError('The file has no frame.');
    let [seen, most] = [0, 0];
    for (const [component, { width, height }] of info.components.entries()) {
      const { bytes, stride } = image.planes[component];
      const { wide, high } = blockGrid(frame, component);
      for (let block = 0; block < wide * high; block += 1) {
        const [left, top] = [(block % wide) * 8, Math.floor(block / wide) * 8];
        const { coefficients } = inspectBlock(deep, structure, { component, x: left / 8, y: top / 8 });
        for (let y = top; y < Math.min(top + 8, height); y += 1) {
          for (let x = left; x < Math.min(left + 8, width); x += 1) {
            const expected = Math.min(4095, Math.max(0, 2048 + writtenOutIdct(coefficients, x - left, y - top)));
            const sample = bytes[y * stride + x * 2] + 256 * bytes[y * stride + x * 2 + 1];
            most = Math.max(most, Math.abs(sample - expected));
            seen += 1;
          }
        }
      }
    }
    expect(seen).toBe(info.components.reduce((sum, { width, height }) => sum + width * height, 0));
    expect(most).toBeLessThanOrEqual(1);
  });

  test('a table counts from where it stands: redefined ones serve the scans behind them', () => {
    const sound = file('j_nonint_420.jpg');
    const [luma, chroma] = [segmentOf(sound, 'DQT', 0), segmentOf(sound, 'DQT', 1)];
    const [dc, ac] = [segmentOf(sound, 'DHT', 0), segmentOf(sound, 'DHT', 1)];
    const second = segmentOf(sound, 'SOS', 1).offset;
    const wrong = (segment: Uint8Array): readonly number[] => [...segment.subarray(0, 5), ...Array.from({ length: 64 }, () => 99)];
    // Codes of one bit alone: no scan could be read with it.
    const useless = (segment: Uint8Array): readonly number[] => [0xff, 0xc4, 0, 20, segment[4], 1, ...new Array<number>(15).fill(0), 0];
    // Behind luma's scan its tables are of no use any more; chroma's are wrong until then.
    const changed = inserted(sound, second, [...wrong(luma.bytes), ...useless(dc.bytes), ...useless(ac.bytes), ...chroma.bytes]);
    changed.fill(99, chroma.offset + 5, chroma.offset + 69);
    const { image, faults } = decodeJpeg(changed);
    expect(faults).toEqual([]);
    expect(sha256(imageBytes(image))).toBe(planes.get('j_nonint_420.jpg'));
  });

  test('a second frame header is passed over before the first scan, and ends the picture behind it', () => {
    const sound = file('j_nonint_420.jpg');
    const frame = segmentOf(sound, 'SOF0');
    const other = frame.bytes.slice();
    other.fill(0, 5, 9).set([9, 0, 9], 6);
    const early = decodeJpeg(inserted(sound, frame.offset + frame.bytes.length, [...other]));
    expect(early.faults.map(({ kind }) => kind)).toEqual(['frame']);
    expect(sha256(imageBytes(early.image))).toBe(planes.get('j_nonint_420.jpg'));
    const late = decodeJpeg(inserted(sound, segmentOf(sound, 'SOS', 2).offset, [...other]));
    expect(late.faults[0]).toMatchObject({ kind: 'frame' });
    expect(late.image.planes.slice(0, 2).map(({ bytes }) => sha256(bytes))).toEqual(early.image.planes.slice(0, 2).map(({ bytes }) => sha256(bytes)));
    // The scan behind it is not there.
    expect(new Set(late.image.planes[2].bytes)).toEqual(new Set([128]));
  });
});

describe('damage', () => {
  test('of a cut file the rows that are there are shown, the rest mid-grey, and where it ends is said', () => {
    const source = texturedImage('gray', 64, 64);
    const jpeg = encodeJpeg(source, { quality: 90 });
    const whole = imageBytes(decodeJpeg(jpeg).image);
    const { image, faults } = decodeJpeg(jpeg.subarray(0, jpeg.length - 1200));
    const cut = imageBytes(image);
    expect(cut.subarray(0, 64 * 8)).toEqual(whole.subarray(0, 64 * 8));
    expect(cut[64 * 64 - 1]).toBe(128);
    expect(faults.find(({ kind }) => kind === 'data')?.what).toMatch(/row \d, MCU \d+ of 8/);
  });

  test('a lost restart marker costs its interval, not what follows', () => {
    const jpeg = encodeJpeg(texturedImage('gray', 64, 64), { quality: 90, restartInterval: 8 });
    const whole = imageBytes(decodeJpeg(jpeg).image);
    const { image, faults } = decodeJpeg(without(jpeg, markerAt(jpeg, 0xd2), 2));
    const damaged = imageBytes(image);
    expect(damaged.subarray(0, 64 * 8)).toEqual(whole.subarray(0, 64 * 8));
    expect(damaged.subarray(64 * 40)).toEqual(whole.subarray(64 * 40));
    expect(faults.map(({ kind }) => kind)).toContain('restart');
  });

  test('any changed bytes give a picture or a plain error', () => {
    for (const name of ['je_odd_420.jpg', 'j_prog_sepdc.jpg', 'j_fill_rst.jpg']) {
      const sound = file(name);
      fc.assert(fc.property(fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), (changes) => {
        const damaged = sound.slice();
        for (const [at, value] of changes) damaged[at] = value;
        try {
          if (jpegNeeds(damaged).bytes < 2 ** 22) decodeJpeg(damaged);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(LabError);
        }
      }), { numRuns: 150, seed: 16 });
    }
  });
});

describe('time is linear in the bytes', () => {
  const comments = (count: number): Uint8Array => Uint8Array.from({ length: 2 + 4 * count }, (_, at) => (at < 2 ? [0xff, 0xd8] : [0xff, 0xfe, 0, 2])[at < 2 ? at : (at - 2) % 4]);
  const time = (work: () => unknown): number => {
    const started = performance.now();
    work();
    return performance.now() - started;
  };

  test('a file of empty comments is inspected in milliseconds; four times as many take about four times as long', () => {
    inspectJpeg(comments(30_000));
    const [one, four] = [30_000, 120_000].map((count) => Math.min(...[1, 2, 3].map(() => time(() => inspectJpeg(comments(count))))));
    expect(one).toBeLessThan(500);
    // Linear: 4; quadratic: 16.
    expect(four / one).toBeLessThan(12);
  });

  /** Milliseconds of the processor, which others on the machine do not lengthen as they do the clock's. */
  const processorTime = (work: () => unknown): number => {
    const { user, system } = process.cpuUsage();
    work();
    const after = process.cpuUsage();
    return (after.user - user + after.system - system) / 1000;
  };

  test('twice as many rows take about twice as long to decode', () => {
    const [one, two] = [384, 768].map((height) => {
      const jpeg = encodeJpeg(texturedImage('yuv420p', 512, height), { quality: 90 });
      decodeJpeg(jpeg);
      return Math.min(...[1, 2, 3, 4, 5].map(() => processorTime(() => decodeJpeg(jpeg))));
    });
    // Linear: 2; quadratic: 4.
    expect(two / one).toBeLessThan(3);
  });
});
