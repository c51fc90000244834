import { expect, test } from 'vitest';
import { PIXEL_FORMAT_IDS } from '../../kernels/index.ts';
import { allNames, matchesFormat } from './formatNames.ts';

test.each([
  ['XR24', ['bgr0']], ['ar24', ['bgra']], ['YV12', ['yuv420p']], ['NV61', ['nv16']], ['YU12', ['yuv420p']], ['NV12', ['nv12']], ['RG16', ['rgb565le']], ['XR30', ['x2rgb10le']], ['AR30', ['a2rgb10le']], ['DRM_FORMAT_ABGR2101010', ['a2bgr10le']], ['VK_FORMAT_A2B10G10R10_UNORM_PACK32', ['a2bgr10le']], ['r210 with alpha', ['r210a']], ['2vuy', ['uyvy422']], ['yuv 4:1:0', ['yuv410p']], ['no such', []], ['VPI_IMAGE_FORMAT_NV12_ER', ['nv12']], ['DRM_FORMAT_XRGB8888', ['bgr0']], ['yuv420sp', ['nv12', 'nv21']],
])('“%s” finds %o', (query, formats) => expect(PIXEL_FORMAT_IDS.filter((id) => matchesFormat(id, query))).toEqual(formats));

test('a name of the other order says so', () => {
  expect(allNames('yuv420p')).toContain('YV12 with U and V swapped');
  expect(allNames('nv16')).toContain('NV61 with U and V swapped');
});
