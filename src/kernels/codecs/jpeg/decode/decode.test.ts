import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convert } from '../../../convert.ts';
import { imageBytes } from '../../../image/image.ts';
import { LabError } from '../../../labError.ts';
import { decodeJpeg, encodeJpeg, inspectJpeg, jpegNeeds } from '../index.ts';
import { file, inserted, markerAt, planes, sha256, without } from '../testing/decodeFiles.ts';
import { errorOf } from '../../../testing/errorOf.ts';
import { texturedImage } from '../testing/pictures.ts';

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

test('a photo of 4:2:2 with repeated chroma is what djpeg -nosmooth shows, within 1 and almost everywhere the same', () => {
  const { image, warnings } = decodeJpeg(readFileSync(join(import.meta.dirname, '../../../../../e2e/fixtures/flower-422.jpg')));
  expect([image.format, image.width, image.height, warnings]).toEqual(['yuv422p', 2268, 1512, []]);
  const shown = imageBytes(convert(image, 'rgb24', { chromaUp: 'nearest' }));
  const djpeg = readFileSync(join(import.meta.dirname, '../testdata/flower-422.djpeg.rgb'));
  // Of each 21st pixel of each 21st row.
  const apart = Array.from(djpeg, (value, at) => {
    const [pixel, component] = [Math.floor(at / 3), at % 3];
    return Math.abs(value - shown[(Math.floor(pixel / 108) * 21 * 2268 + (pixel % 108) * 21) * 3 + component]);
  });
  expect(apart).toHaveLength(108 * 72 * 3);
  expect(Math.max(...apart)).toBeLessThanOrEqual(1);
  expect(apart.filter((by) => by === 0).length / apart.length).toBeGreaterThanOrEqual(0.995);
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
