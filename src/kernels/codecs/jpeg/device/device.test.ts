import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { specOf } from '../../../image/image.ts';
import type { Image, ImageSpec } from '../../../image/types.ts';
import type { ConvertOptions } from '../../../pipeline/options.ts';
import { PIXEL_FORMAT_IDS } from '../../../tables/pixelFormats.ts';
import { DEVICE_LIMITS, JPEGE_FRAME_RATES, applyDeviceFix, lintForDevice } from '../index.ts';
import type { DeviceId } from '../index.ts';
import { errorOf } from '../../../testing/errorOf.ts';
import { HAND_LAYOUTS, texturedImage } from '../testing/pictures.ts';
import type { HandFormat } from '../testing/pictures.ts';

const rulesFor = (device: DeviceId, spec: ImageSpec): readonly string[] => lintForDevice(device, spec).map(({ rule }) => rule);

describe('JPEGE', () => {
  test.each<readonly [ImageSpec, readonly string[]]>([
    [{ format: 'nv12', width: 1920, height: 1080 }, []],
    [{ format: 'yuyv422', width: 32, height: 32 }, []],
    [{ format: 'yuyv422', width: 64, height: 33 }, []],
    [{ format: 'vyuy422', width: 66, height: 33, strides: [144] }, []],
    [{ format: 'uyvy422', width: 63, height: 33, strides: [128] }, ['odd-size']],
    [{ format: 'nv21', width: 64, height: 33 }, ['odd-size']],
    [{ format: 'nv21', width: 8192, height: 8192 }, []],
    [{ format: 'yuv420p', width: 640, height: 480 }, ['format']],
    [{ format: 'rgb24', width: 640, height: 480 }, ['format']],
    [{ format: 'nv12', width: 641, height: 480, strides: [656, 656] }, ['odd-size']],
    [{ format: 'nv12', width: 30, height: 32, strides: [32, 32] }, ['too-small']],
    [{ format: 'nv12', width: 8194, height: 32, strides: [8208, 8208] }, ['too-large']],
    [{ format: 'nv12', width: 1000, height: 600 }, ['stride']],
    [{ format: 'nv12', width: 1000, height: 600, strides: [1008, 1008] }, []],
    [{ format: 'gray', width: 31, height: 9001 }, ['format', 'too-large', 'too-small', 'odd-size', 'stride']],
  ])('$format $width×$height, strides $strides: %j', (spec, rules) => expect(rulesFor('jpege', spec)).toEqual(rules));

  test('packed 4:2:2 of odd width keeps its height', () => {
    expect(lintForDevice('jpege', { format: 'yvyu422', width: 65, height: 33, strides: [144] })).toMatchObject([{ rule: 'odd-size', what: 'Ascend JPEGE takes yvyu422 of any height, in widths in steps of 2; the image is 65×33.', fix: { kind: 'crop', width: 64, height: 33 } }]);
  });

  test('findings say both numbers, and what the button does', () => {
    expect(lintForDevice('jpege', { format: 'nv12', width: 1000, height: 600 })[0]).toEqual({
      rule: 'stride',
      what: 'Ascend JPEGE takes strides in steps of 16 B; the planes have 1000, 1000 B.',
      fixTitle: 'Copy with strides of 1008, 1008 B',
      fix: { kind: 'restride', strides: [1008, 1008] },
    });
  });
});

test.each<readonly [ImageSpec, readonly string[]]>([
  [{ format: 'rgba', width: 2, height: 2 }, []],
  [{ format: 'gray', width: 1000, height: 601 }, ['odd-size']],
  [{ format: 'yuv444p', width: 64, height: 64 }, ['format']],
])('VIC on $format $width×$height: %j', (spec, rules) => expect(rulesFor('vic', spec)).toEqual(rules));

describe('what a conversion asks for beside its formats', () => {
  const spec: ImageSpec = { format: 'nv12', width: 64, height: 64 };
  test.each<readonly [ConvertOptions, readonly string[]]>([
    [{}, []],
    [{ scale: 1, offset: 0, policy: 'clamp', chromaUp: 'bilinear' }, []],
    [{ scale: undefined, offset: -0 }, []],
    [{ scale: 2 }, ['scale']],
    [{ offset: -128 }, ['offset']],
    [{ policy: 'cast' }, ['policy']],
    [{ scale: 0.5, offset: 3, policy: 'cast' }, ['scale', 'offset', 'policy']],
  ])('VIC with %o: %j', (options, rules) => expect(lintForDevice('vic', spec, options).map(({ rule }) => rule)).toEqual(rules));

  test('is said with both values, after what is wrong with the picture', () => {
    expect(lintForDevice('vic', { ...spec, width: 63 }, { scale: 2.5 })).toMatchObject([
      { rule: 'odd-size' },
      { what: 'NVIDIA VPI, VIC backend converts with scale 1 only; the conversion’s is 2.5.', fixTitle: 'Set the scale to 1', fix: { kind: 'option', option: 'scale' } },
    ]);
  });

  test('does not concern a device that encodes', () => expect(lintForDevice('jpege', spec, { scale: 2, offset: 1, policy: 'cast' })).toEqual([]));
});

test('frame rates are those of the vendor’s pages, and the channel is not offered where its page says so', () => {
  expect(JPEGE_FRAME_RATES.map(({ device, size, perChannel, most, hasChannel }) => [/\((\w+)\)/.exec(device)?.[1], size, perChannel, most, hasChannel])).toEqual([
    ['310', '1080p', 64, 64, false], ['310', '4K', 16, 16, false],
    ['310P', '1080p', 128, 1024, true], ['310P', '4K', 32, 256, true],
    ['910', '1080p', 128, 1024, false], ['910', '4K', 32, 256, false],
  ]);
});

test('a spec that is no image is an error, not a finding, and of an Ascend device in no words of VPI’s', () => {
  const errorFor = (device: DeviceId) => errorOf(() => lintForDevice(device, { format: 'nv12', width: 0, height: 8 }));
  expect(errorFor('vic').vpiStatus).toBe('INVALID_ARGUMENT');
  expect(errorFor('jpege')).not.toHaveProperty('vpiStatus');
  expect(errorOf(() => lintForDevice('jpege', { format: 'nv12', width: 0, height: 8 })).code).toBe('layout/size');
});

/** Presses the first button until there is none. */
function fixAll(device: DeviceId, image: Image): Image {
  let fixed = image;
  for (let turn = 0; turn < 6; turn += 1) {
    const [first] = lintForDevice(device, specOf(fixed));
    if (first === undefined) return fixed;
    if (first.fix.kind === 'option') throw new TypeError('A picture alone has no options.');
    fixed = applyDeviceFix(fixed, first.fix);
  }
  throw new TypeError('The fixes never end.');
}

const FORMATS = Object.keys(HAND_LAYOUTS).filter((name): name is HandFormat => Object.hasOwn(HAND_LAYOUTS, name));

test('pressing the fixes one after another makes any image acceptable', () => {
  const devices = fc.constantFrom<DeviceId>('jpege', 'vic');
  const images = fc.record({ format: fc.constantFrom(...FORMATS), width: fc.integer({ min: 1, max: 90 }), height: fc.integer({ min: 1, max: 90 }), padding: fc.nat(20) });
  fc.assert(fc.property(devices, images, (device, { format, width, height, padding }) => {
    const fixed = fixAll(device, texturedImage(format, width, height, padding));
    expect(lintForDevice(device, specOf(fixed))).toEqual([]);
  }), { numRuns: 100 });
});

test('padding repeats the last column and row, cropping drops them', () => {
  const image = texturedImage('gray', 3, 2, 5);
  const [padded, cropped] = [applyDeviceFix(image, { kind: 'pad', width: 5, height: 4 }), applyDeviceFix(image, { kind: 'crop', width: 2, height: 1 })];
  const row = (of: Image, y: number): readonly number[] => [...of.planes[0].bytes.subarray(y * of.planes[0].stride, y * of.planes[0].stride + of.width)];
  const [top, bottom] = [row(image, 0), row(image, 1)];
  expect([0, 1, 2, 3].map((y) => row(padded, y))).toEqual([[...top, top[2], top[2]], ...[1, 2, 3].map(() => [...bottom, bottom[2], bottom[2]])]);
  expect(row(cropped, 0)).toEqual(top.slice(0, 2));
});

test('every device names formats that exist, and prefers one of them', () => {
  for (const { formats, preferredFormat } of Object.values(DEVICE_LIMITS)) {
    expect(PIXEL_FORMAT_IDS).toEqual(expect.arrayContaining([...formats]));
    expect(formats).toContain(preferredFormat);
  }
});
