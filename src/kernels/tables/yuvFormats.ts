import type { ChromaId } from './chroma.ts';
import type { PlaneRow, WordType } from './fields.ts';
import { block, samples } from './fields.ts';
import type { PixelFormatRow } from './pixelFormatRow.ts';

const yuv = (chroma: ChromaId, planes: readonly PlaneRow[]) => ({ family: 'yuv', chroma, planes }) as const;
const planar = (names: string, type: WordType = 'u8', bits?: number): readonly PlaneRow[] => names.split(' ').map((name) => samples(type, name, bits));
const semiPlanar = (uv: string, type: WordType = 'u8', bits?: number, shift?: number): readonly PlaneRow[] => [samples(type, 'Y', bits, shift), samples(type, uv, bits, shift)];

const V210 = 'U:0:0 Y:0:10 V:0:20 Y:1:0 U:1:10 Y:1:20 V:2:0 Y:2:10 U:2:20 Y:3:0 V:3:10 Y:3:20';

/** Planes in the order of memory; chroma planes are ceil(width / x) × ceil(height / y). */
export const YUV_FORMATS = {
  nv12: { ...yuv('4:2:0', semiPlanar('U V')), title: 'Y, then U V', aka: { vpi: 'NV12', drm: 'NV12', v4l2: 'NV12', gstreamer: 'NV12', webcodecs: 'NV12', vulkan: 'G8_B8R8_2PLANE_420_UNORM', xpra: 'NV12' } },
  nv21: { ...yuv('4:2:0', semiPlanar('V U')), title: 'Y, then V U', aka: { drm: 'NV21', v4l2: 'NV21', gstreamer: 'NV21', android: 'NV21' } },
  nv16: { ...yuv('4:2:2', semiPlanar('U V')), title: 'Y, then U V', aka: { drm: 'NV16', v4l2: 'NV16', gstreamer: 'NV16', vulkan: 'G8_B8R8_2PLANE_422_UNORM', android: 'NV16' } },
  nv24: { ...yuv('4:4:4', semiPlanar('U V')), title: 'Y, then U V', aka: { vpi: 'NV24', drm: 'NV24', v4l2: 'NV24', gstreamer: 'NV24', vulkan: 'G8_B8R8_2PLANE_444_UNORM' } },
  nv42: { ...yuv('4:4:4', semiPlanar('V U')), title: 'Y, then V U', aka: { drm: 'NV42', v4l2: 'NV42' } },
  p010le: { ...yuv('4:2:0', semiPlanar('U V', 'u16le', 10, 6)), title: 'Y, then U V, 10 of 16 bits (high)', aka: { drm: 'P010', v4l2: 'P010', gstreamer: 'P010_10LE', vulkan: 'G10X6_B10X6R10X6_2PLANE_420_UNORM_3PACK16', android: 'YCBCR_P010', xpra: 'P010' } },
  p012le: { ...yuv('4:2:0', semiPlanar('U V', 'u16le', 12, 4)), title: 'Y, then U V, 12 of 16 bits (high)', aka: { drm: 'P012', v4l2: 'P012', gstreamer: 'P012_LE', vulkan: 'G12X4_B12X4R12X4_2PLANE_420_UNORM_3PACK16' } },
  p016le: { ...yuv('4:2:0', semiPlanar('U V', 'u16le')), title: 'Y, then U V, 16 bit', aka: { drm: 'P016', gstreamer: 'P016_LE', vulkan: 'G16_B16R16_2PLANE_420_UNORM' } },
  p210le: { ...yuv('4:2:2', semiPlanar('U V', 'u16le', 10, 6)), title: 'Y, then U V, 10 of 16 bits (high)', aka: { drm: 'P210', vulkan: 'G10X6_B10X6R10X6_2PLANE_422_UNORM_3PACK16' } },
  yuv410p: { ...yuv('4:1:0', planar('Y U V')), title: 'Planes Y, U, V', aka: { drm: 'YUV410', v4l2: 'YUV410', gstreamer: 'YUV9' } },
  yuv411p: { ...yuv('4:1:1', planar('Y U V')), title: 'Planes Y, U, V', aka: { drm: 'YUV411', v4l2: 'YUV411P', gstreamer: 'Y41B' } },
  yuv420p: { ...yuv('4:2:0', planar('Y U V')), title: 'Planes Y, U, V', aka: { drm: 'YUV420', v4l2: 'YUV420', gstreamer: 'I420', webcodecs: 'I420', vulkan: 'G8_B8_R8_3PLANE_420_UNORM', xpra: 'YUV420P', other: 'IYUV' } },
  yuva420p: { ...yuv('4:2:0', planar('Y U V A')), title: 'Planes Y, U, V, A', aka: { gstreamer: 'A420', webcodecs: 'I420A', xpra: 'YUVA420P' } },
  yuv422p: { ...yuv('4:2:2', planar('Y U V')), title: 'Planes Y, U, V', aka: { drm: 'YUV422', v4l2: 'YUV422P', gstreamer: 'Y42B', webcodecs: 'I422', vulkan: 'G8_B8_R8_3PLANE_422_UNORM', xpra: 'YUV422P' } },
  yuv440p: { ...yuv('4:4:0', planar('Y U V')), title: 'Planes Y, U, V', aka: {} },
  yuv444p: { ...yuv('4:4:4', planar('Y U V')), title: 'Planes Y, U, V', aka: { drm: 'YUV444', gstreamer: 'Y444', webcodecs: 'I444', vulkan: 'G8_B8_R8_3PLANE_444_UNORM', xpra: 'YUV444P' } },
  yuva444p: { ...yuv('4:4:4', planar('Y U V A')), title: 'Planes Y, U, V, A', aka: { gstreamer: 'A444', webcodecs: 'I444A' } },
  yuv420p9le: { ...yuv('4:2:0', planar('Y U V', 'u16le', 9)), title: 'Planes Y, U, V, 9 of 16 bits', aka: {} },
  yuv422p9le: { ...yuv('4:2:2', planar('Y U V', 'u16le', 9)), title: 'Planes Y, U, V, 9 of 16 bits', aka: {} },
  yuv444p9le: { ...yuv('4:4:4', planar('Y U V', 'u16le', 9)), title: 'Planes Y, U, V, 9 of 16 bits', aka: {} },
  yuv420p10le: { ...yuv('4:2:0', planar('Y U V', 'u16le', 10)), title: 'Planes Y, U, V, 10 of 16 bits', aka: { gstreamer: 'I420_10LE', webcodecs: 'I420P10', xpra: 'YUV420P10' } },
  yuv420p10be: { ...yuv('4:2:0', planar('Y U V', 'u16be', 10)), title: 'Planes Y, U, V, 10 of 16 bits, big-endian', aka: { gstreamer: 'I420_10BE' } },
  yuv422p10le: { ...yuv('4:2:2', planar('Y U V', 'u16le', 10)), title: 'Planes Y, U, V, 10 of 16 bits', aka: { gstreamer: 'I422_10LE', webcodecs: 'I422P10', xpra: 'YUV422P10' } },
  yuv444p10le: { ...yuv('4:4:4', planar('Y U V', 'u16le', 10)), title: 'Planes Y, U, V, 10 of 16 bits', aka: { gstreamer: 'Y444_10LE', webcodecs: 'I444P10', xpra: 'YUV444P10' } },
  yuv420p12le: { ...yuv('4:2:0', planar('Y U V', 'u16le', 12)), title: 'Planes Y, U, V, 12 of 16 bits', aka: { gstreamer: 'I420_12LE', webcodecs: 'I420P12' } },
  yuv422p12le: { ...yuv('4:2:2', planar('Y U V', 'u16le', 12)), title: 'Planes Y, U, V, 12 of 16 bits', aka: { gstreamer: 'I422_12LE', webcodecs: 'I422P12' } },
  yuv444p12le: { ...yuv('4:4:4', planar('Y U V', 'u16le', 12)), title: 'Planes Y, U, V, 12 of 16 bits', aka: { gstreamer: 'Y444_12LE', webcodecs: 'I444P12' } },
  yuv420p14le: { ...yuv('4:2:0', planar('Y U V', 'u16le', 14)), title: 'Planes Y, U, V, 14 of 16 bits', aka: {} },
  yuv422p14le: { ...yuv('4:2:2', planar('Y U V', 'u16le', 14)), title: 'Planes Y, U, V, 14 of 16 bits', aka: {} },
  yuv444p14le: { ...yuv('4:4:4', planar('Y U V', 'u16le', 14)), title: 'Planes Y, U, V, 14 of 16 bits', aka: {} },
  yuv420p16le: { ...yuv('4:2:0', planar('Y U V', 'u16le')), title: 'Planes Y, U, V, 16 bit', aka: { vulkan: 'G16_B16_R16_3PLANE_420_UNORM', xpra: 'YUV420P16' } },
  yuv422p16le: { ...yuv('4:2:2', planar('Y U V', 'u16le')), title: 'Planes Y, U, V, 16 bit', aka: { vulkan: 'G16_B16_R16_3PLANE_422_UNORM', xpra: 'YUV422P16' } },
  yuv444p16le: { ...yuv('4:4:4', planar('Y U V', 'u16le')), title: 'Planes Y, U, V, 16 bit', aka: { gstreamer: 'Y444_16LE', vulkan: 'G16_B16_R16_3PLANE_444_UNORM', xpra: 'YUV444P16' } },
  yuyv422: { ...yuv('4:2:2', [samples('u8', 'Y U Y V')]), title: 'Y U Y V', aka: { vpi: 'YUYV', drm: 'YUYV', v4l2: 'YUYV', gstreamer: 'YUY2', vulkan: 'G8B8G8R8_422_UNORM', xpra: 'YUYV', android: 'YUY2' } },
  uyvy422: { ...yuv('4:2:2', [samples('u8', 'U Y V Y')]), title: 'U Y V Y', aka: { vpi: 'UYVY', drm: 'UYVY', v4l2: 'UYVY', gstreamer: 'UYVY', vulkan: 'B8G8R8G8_422_UNORM' } },
  yvyu422: { ...yuv('4:2:2', [samples('u8', 'Y V Y U')]), title: 'Y V Y U', aka: { drm: 'YVYU', v4l2: 'YVYU', gstreamer: 'YVYU' } },
  vyuy422: { ...yuv('4:2:2', [samples('u8', 'V Y U Y')]), title: 'V Y U Y', note: 'FFmpeg has no name for this order; JPEGE and V4L2 have.', aka: { drm: 'VYUY', v4l2: 'VYUY', gstreamer: 'VYUY' } },
  y210le: { ...yuv('4:2:2', [samples('u16le', 'Y U Y V', 10, 6)]), title: 'Y U Y V, 10 of 16 bits (high)', aka: { drm: 'Y210', v4l2: 'Y210', gstreamer: 'Y210', vulkan: 'G10X6B10X6G10X6R10X6_422_UNORM_4PACK16' } },
  ayuv: { ...yuv('4:4:4', [samples('u8', 'A Y U V')]), title: 'A Y U V', note: 'Bytes in memory are A,Y,U,V. DRM’s and Microsoft’s AYUV is V,U,Y,A: here vuya.', aka: { v4l2: 'AYUV32', gstreamer: 'AYUV' } },
  vuya: { ...yuv('4:4:4', [samples('u8', 'V U Y A')]), title: 'V U Y A', aka: { drm: 'AYUV', v4l2: 'VUYA32', gstreamer: 'VUYA' } },
  v210: { ...yuv('4:2:2', [block('u32le', 4, 10, V210)]), title: 'six pixels in 16 B, 10 bit', rowAlignPixels: 48, note: 'Rows are padded to 48 pixels (128 B).', aka: { gstreamer: 'v210', other: 'QuickTime v210' } },
} as const satisfies Record<string, PixelFormatRow>;
