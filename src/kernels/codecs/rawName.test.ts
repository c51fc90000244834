import { describe, expect, test } from 'vitest';
import type { ImageSpec } from '../index.ts';
import { formatNamed, hintFromName } from './rawName.ts';
import type { NameHint } from './rawName.ts';

type Facts = Omit<NameHint, 'found' | 'doubts'>;

function factsOf(name: string, bytes?: number): Facts | undefined {
  const hint = hintFromName(name, bytes);
  return hint === undefined ? undefined : Object.fromEntries(Object.entries(hint).filter(([key]) => key !== 'found' && key !== 'doubts'));
}

describe('names of raw dumps', () => {
  test.each<[string, Facts]>([
    ['frame_1920x1080_nv12.yuv', { width: 1920, height: 1080, format: 'nv12' }], ['a.640x480.i420', { width: 640, height: 480, format: 'yuv420p' }],
    ['b-1280x720-bgr565-s2624.bin', { width: 1280, height: 720, format: 'rgb565le', strides: [2624] }], ['dump 64X48 YUY2.raw', { width: 64, height: 48, format: 'yuyv422' }], ['x_XR24_32x32.bin', { width: 32, height: 32, format: 'bgr0' }],
    ['a_64x48_10bit.yuv', { width: 64, height: 48, format: 'yuv420p10le' }], ['a_64x48_422.yuv', { width: 64, height: 48, format: 'yuv422p' }], ['a_64x48_422_10bit.yuv', { width: 64, height: 48, format: 'yuv422p10le' }], ['a_64x48_12bit_444.yuv', { width: 64, height: 48, format: 'yuv444p12le' }],
    ['a_64x48_444p.raw', { width: 64, height: 48, format: 'yuv444p' }], ['a_64x48_yuv400p16le.yuv', { width: 64, height: 48, format: 'gray16le' }], ['a_64x48_yuv400p.yuv', { width: 64, height: 48, format: 'gray' }], ['a_64x48_420p10be.yuv', { width: 64, height: 48, format: 'yuv420p10be' }],
    ['a_64x48_yuv420p_10bit_be.yuv', { width: 64, height: 48, format: 'yuv420p10be' }], ['a_64x48_nv12_10bit.yuv', { width: 64, height: 48, format: 'p010le' }], ['a_64x48_gray_12bit.raw', { width: 64, height: 48, format: 'gray12le' }], ['a_64x48_gray_16be.raw', { width: 64, height: 48, format: 'gray16be' }],
    ['a_64x48_yv12.yuv', { width: 64, height: 48, format: 'yuv420p', vBeforeU: true }], ['a_64x48.yv12', { width: 64, height: 48, format: 'yuv420p', vBeforeU: true }], ['a_64x48_yvu420p.raw', { width: 64, height: 48, format: 'yuv420p', vBeforeU: true }], ['a_64x48_yv16.raw', { width: 64, height: 48, format: 'yuv422p', vBeforeU: true }],
    ['a_64x48.nv21', { width: 64, height: 48, format: 'nv21' }], ['a_64x48_yuv420sp.yuv', { width: 64, height: 48, format: 'nv12' }], ['a_64x48_yvu420sp.yuv', { width: 64, height: 48, format: 'nv21' }], ['a_64x48_YCrCb_420_SP.yuv', { width: 64, height: 48, format: 'nv21' }],
    ['a_64x48_HI_PIXEL_FORMAT_YVU_SEMIPLANAR_420.yuv', { width: 64, height: 48, format: 'nv21' }], ['a_64x48_yuv422sp.yuv', { width: 64, height: 48, format: 'nv16' }], ['a_64x48_nv61.yuv', { width: 64, height: 48, format: 'nv16' }],
    ['a_64x48_p010.yuv', { width: 64, height: 48, format: 'p010le' }], ['a_64x48_iyuv.yuv', { width: 64, height: 48, format: 'yuv420p' }], ['a_64x48.bgra', { width: 64, height: 48, format: 'bgra' }], ['a_64x48_rgb24.yuv', { width: 64, height: 48, format: 'rgb24' }], ['a_64x48_rgb888.raw', { width: 64, height: 48, format: 'rgb24' }], ['a_64x48_bgr888.raw', { width: 64, height: 48, format: 'bgr24' }],
    ['a_64x48_DRM_FORMAT_RGB888.raw', { width: 64, height: 48, format: 'bgr24' }], ['a_64x48_V4L2_PIX_FMT_NV16.raw', { width: 64, height: 48, format: 'nv16' }], ['a_64x48_GST_VIDEO_FORMAT_I420_10LE.raw', { width: 64, height: 48, format: 'yuv420p10le' }], ['AV_PIX_FMT_YUV444P10LE_64x48.raw', { width: 64, height: 48, format: 'yuv444p10le' }],
    ['w1920_h1080_nv12.bin', { width: 1920, height: 1080, format: 'nv12' }], ['width=64,height=48,gray.raw', { width: 64, height: 48, format: 'gray' }], ['64w_48h.gray', { width: 64, height: 48, format: 'gray' }], ['64x48_stride2048_rgba.raw', { width: 64, height: 48, format: 'rgba', strides: [2048] }],
    ['a_64x48_s16le.raw', { width: 64, height: 48, format: 's16le' }], ['a_64x48_s16.raw', { width: 64, height: 48, format: 's16le' }], ['a_64x48_float32.raw', { width: 64, height: 48, format: 'grayf32le' }], ['a_64x48_gray_u16.raw', { width: 64, height: 48, format: 'gray' }],
    ['a_64x48_nv12_full.yuv', { width: 64, height: 48, format: 'nv12', colorSpec: { range: 'full' } }], ['a_64x48_nv12_bt709_tv_25fps.yuv', { width: 64, height: 48, format: 'nv12', colorSpec: { matrix: 'bt709', range: 'limited' } }], ['a_64x48_NV12_ER.raw', { width: 64, height: 48, format: 'nv12', colorSpec: { range: 'full' } }],
    ['P30 16MP 4000X1824 NV21.YUV', { width: 4000, height: 1824, format: 'nv21' }],
  ])('%s', (name, facts) => expect(factsOf(name)).toEqual(facts));

  test.each<[string, number, Facts]>([
    ['bin4x4_roi_320x200_gray16le.raw', 128_000, { width: 320, height: 200, format: 'gray16le' }], ['tile8x8_of_320x200_gray.raw', 192_000, { width: 320, height: 200, format: 'gray' }], ['320x200_to_160x100_nv12.yuv', 24_000, { width: 160, height: 100, format: 'nv12' }],
    ['crop_16x16_64x48.raw', 64 * 48 * 3, { width: 64, height: 48 }], ['rgb24_to_nv12_64x48.raw', 4608, { width: 64, height: 48, format: 'nv12' }], ['frame_422_64x48.yuv', 4608, { width: 64, height: 48, format: 'yuv420p' }],
    ['foreman_qcif.yuv', 38_016 * 3, { width: 176, height: 144, format: 'yuv420p' }], ['foreman_352_288.yuv', 152_064, { width: 352, height: 288, format: 'yuv420p' }], ['scan_64x48_16bit.raw', 6144, { width: 64, height: 48, format: 'gray16le' }],
    ['cut_64x48_nv12.yuv', 4000, { width: 64, height: 48, format: 'nv12' }],
  ])('%s of %i B: what explains the length counts', (name, bytes, facts) => expect(factsOf(name, bytes)).toEqual(facts));

  test.each<[string, Partial<ImageSpec>, string]>([
    ['a_0x0_nv12.raw', { format: 'nv12' }, '“0×0” in the name was not used: no picture has that size.'],
    ['a_99999x99999_nv12.raw', { format: 'nv12' }, '“99999×99999” in the name was not used: a picture of that size takes far more than the 4608 B of this file.'],
  ])('%s: the size is left out, and said', (name, facts, doubt) => expect(hintFromName(name, 4608)).toEqual({ ...facts, found: ['nv12'], doubts: [doubt] }));

  test('what was taken is told as a person reads it', () => {
    expect(hintFromName('a_64x48_yv12_bt709_full_stride128.raw')?.found).toEqual(['64×48', 'yuv420p, V before U (“yv12”)', 'rows of 128 B', 'BT.709', 'full range']);
    expect(hintFromName('a_64x48_yuv420sp.yuv')?.doubts[0]).toContain('Android’s cameras called nv21 so');
    expect(hintFromName('a_64x48_nv61.yuv')?.doubts[0]).toContain('nv16 with U and V the other way round');
  });

  test.each(['memory.bin', 'la_maison.bin', 'dump_422.bin0', 'IMG_0001', 'take 10bit.bin'])('%s gives no format or size', (name) => expect(hintFromName(name)?.width).toBeUndefined());
  test('no hint where there is none', () => expect(hintFromName('memory.bin', 100)).toBeUndefined());
  test.each([['I420', 'yuv420p'], ['P010', 'p010le'], ['YUYV', 'yuyv422'], ['nv99', undefined]])('%s is %s', (word, id) => expect(formatNamed(word)).toBe(id));
  test('a long name of nothing but marks takes no time', () => {
    const started = performance.now();
    hintFromName(`${'w1h'.repeat(40_000)}${'4x'.repeat(40_000)}.raw`, 1000);
    expect(performance.now() - started).toBeLessThan(100);
  });
});
