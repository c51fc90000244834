import { expect, test } from 'vitest';
import { findFormat } from './findFormat.ts';

test.each([
  ['VPI_IMAGE_FORMAT_NV12_ER', ['nv12']], ['VPI_IMAGE_FORMAT_BGRA8', ['bgra']], ['HI_PIXEL_FORMAT_YUV_SEMIPLANAR_420', ['nv12']], ['HI_PIXEL_FORMAT_YVU_SEMIPLANAR_420', ['nv21']],
  ['V4L2_PIX_FMT_NV12', ['nv12']], ['V4L2_PIX_FMT_XBGR32', ['bgr0']], ['V4L2_PIX_FMT_RGB24', ['rgb24']], ['DRM_FORMAT_XRGB8888', ['bgr0']], ['DRM_FORMAT_RGB888', ['bgr24']], ['drm_format_argb8888', ['bgra']],
  ['GST_VIDEO_FORMAT_NV12', ['nv12']], ['GST_VIDEO_FORMAT_RGBx', ['rgb0']], ['AV_PIX_FMT_NV12', ['nv12']], ['AV_PIX_FMT_YUV420P10LE', ['yuv420p10le']], ['AV_PIX_FMT_RGB565', ['rgb565le']], ['AV_PIX_FMT_0RGB', ['0rgb']],
  ['VK_FORMAT_G8_B8R8_2PLANE_420_UNORM', ['nv12']], ['VK_FORMAT_R8G8B8A8_UNORM', ['rgba']], ['yuv420sp', ['nv12', 'nv21']], ['YVU420SP', ['nv21']],
  ['yuy2', ['yuyv422']], ['YUY2', ['yuyv422']], ['xr24', ['bgr0']], ['yv12', ['yuv420p']], [' NV12 ', ['nv12']],
  ['DRM_FORMAT_NOTHING', []], ['AV_PIX_FMT_', []], ['no such', []], ['', []], ['toString', []],
])('“%s” is %j', (name, formats) => expect(findFormat(name)).toEqual(formats));
