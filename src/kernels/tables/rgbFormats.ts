import { bitFields, samples } from './fields.ts';
import type { PixelFormatRow } from './pixelFormatRow.ts';

const rgb = { family: 'rgb', chroma: '4:4:4' } as const;
const XPRA_R210 = 'xpra calls this r210; FFmpeg and QuickTime give that name to a big-endian layout, here r210.';
/** The rows with two bits of alpha are named after FFmpeg’s x2 rows, which they lie like; FFmpeg itself has none of them. */
const NO_FFMPEG = 'The id is our own: FFmpeg reads the two high bits as nothing';

/** Names give the order of the bytes in memory, or of the bits from the top of a word. */
export const RGB_FORMATS = {
  rgb24: { ...rgb, title: 'R G B', planes: [samples('u8', 'R G B')], aka: { vpi: 'RGB8', drm: 'BGR888', v4l2: 'RGB24', gstreamer: 'RGB', vulkan: 'R8G8B8_UNORM', xpra: 'RGB', android: 'RGB_888' } },
  bgr24: { ...rgb, title: 'B G R', planes: [samples('u8', 'B G R')], aka: { vpi: 'BGR8', drm: 'RGB888', v4l2: 'BGR24', gstreamer: 'BGR', vulkan: 'B8G8R8_UNORM', xpra: 'BGR' } },
  rgba: { ...rgb, title: 'R G B A', planes: [samples('u8', 'R G B A')], aka: { vpi: 'RGBA8', drm: 'ABGR8888', v4l2: 'RGBA32', gstreamer: 'RGBA', webcodecs: 'RGBA', vulkan: 'R8G8B8A8_UNORM', xpra: 'RGBA', android: 'RGBA_8888' } },
  bgra: { ...rgb, title: 'B G R A', planes: [samples('u8', 'B G R A')], aka: { vpi: 'BGRA8', drm: 'ARGB8888', v4l2: 'ABGR32', gstreamer: 'BGRA', webcodecs: 'BGRA', vulkan: 'B8G8R8A8_UNORM', xpra: 'BGRA', android: 'BGRA_8888' } },
  argb: { ...rgb, title: 'A R G B', planes: [samples('u8', 'A R G B')], aka: { drm: 'BGRA8888', v4l2: 'ARGB32', gstreamer: 'ARGB', xpra: 'ARGB' } },
  abgr: { ...rgb, title: 'A B G R', planes: [samples('u8', 'A B G R')], aka: { drm: 'RGBA8888', v4l2: 'BGRA32', gstreamer: 'ABGR', xpra: 'ABGR' } },
  rgb0: { ...rgb, title: 'R G B x', planes: [samples('u8', 'R G B x')], aka: { drm: 'XBGR8888', v4l2: 'RGBX32', gstreamer: 'RGBx', webcodecs: 'RGBX', xpra: 'RGBX', android: 'RGBX_8888' } },
  bgr0: { ...rgb, title: 'B G R x', planes: [samples('u8', 'B G R x')], aka: { drm: 'XRGB8888', v4l2: 'XBGR32', gstreamer: 'BGRx', webcodecs: 'BGRX', xpra: 'BGRX' } },
  '0rgb': { ...rgb, title: 'x R G B', planes: [samples('u8', 'x R G B')], aka: { drm: 'BGRX8888', v4l2: 'XRGB32', gstreamer: 'xRGB', xpra: 'XRGB' } },
  '0bgr': { ...rgb, title: 'x B G R', planes: [samples('u8', 'x B G R')], aka: { drm: 'RGBX8888', v4l2: 'BGRX32', gstreamer: 'xBGR', xpra: 'XBGR' } },
  gbrp: { ...rgb, title: 'Planes G, B, R', planes: [samples('u8', 'G'), samples('u8', 'B'), samples('u8', 'R')], aka: { gstreamer: 'GBR', xpra: 'GBRP' } },
  gbrp10le: { ...rgb, title: 'Planes G, B, R, 10 of 16 bits', planes: [samples('u16le', 'G', 10), samples('u16le', 'B', 10), samples('u16le', 'R', 10)], aka: { gstreamer: 'GBR_10LE', xpra: 'GBRP10' } },
  rgb48le: { ...rgb, title: 'R G B, 16 bit', planes: [samples('u16le', 'R G B')], aka: { vulkan: 'R16G16B16_UNORM' } },
  rgba64le: { ...rgb, title: 'R G B A, 16 bit', planes: [samples('u16le', 'R G B A')], aka: { gstreamer: 'RGBA64_LE', vulkan: 'R16G16B16A16_UNORM', drm: 'ABGR16161616' } },
  rgbaf32le: { ...rgb, title: 'R G B A, 32-bit float', planes: [samples('f32le', 'R G B A')], note: 'Nominal range 0.0 … 1.0.', aka: { vulkan: 'R32G32B32A32_SFLOAT' } },
  rgb565le: { ...rgb, title: 'R5 G6 B5', planes: [bitFields('u16le', 'R5 G6 B5')], aka: { drm: 'RGB565', v4l2: 'RGB565', gstreamer: 'RGB16', vulkan: 'R5G6B5_UNORM_PACK16', xpra: 'BGR565', android: 'RGB_565' }, note: 'xpra calls this BGR565: there, too, red is in the high bits.' },
  rgb565be: { ...rgb, title: 'R5 G6 B5, big-endian', planes: [bitFields('u16be', 'R5 G6 B5')], aka: { v4l2: 'RGB565X' } },
  bgr565le: { ...rgb, title: 'B5 G6 R5', planes: [bitFields('u16le', 'B5 G6 R5')], aka: { drm: 'BGR565', gstreamer: 'BGR16', vulkan: 'B5G6R5_UNORM_PACK16' } },
  bgr565be: { ...rgb, title: 'B5 G6 R5, big-endian', planes: [bitFields('u16be', 'B5 G6 R5')], aka: {} },
  rgb555le: { ...rgb, title: '0 R5 G5 B5', planes: [bitFields('u16le', '01 R5 G5 B5')], aka: { drm: 'XRGB1555', v4l2: 'XRGB555', gstreamer: 'RGB15' } },
  x2rgb10le: { ...rgb, title: 'x2 R10 G10 B10', planes: [bitFields('u32le', 'x2 R10 G10 B10')], note: XPRA_R210, aka: { drm: 'XRGB2101010', xpra: 'r210' } },
  x2bgr10le: { ...rgb, title: 'x2 B10 G10 R10', planes: [bitFields('u32le', 'x2 B10 G10 R10')], aka: { drm: 'XBGR2101010' } },
  a2rgb10le: { ...rgb, title: 'A2 R10 G10 B10', planes: [bitFields('u32le', 'A2 R10 G10 B10')], note: `${NO_FFMPEG} (x2rgb10le).`, aka: { drm: 'ARGB2101010', v4l2: 'ARGB2101010', gstreamer: 'BGR10A2_LE', vulkan: 'A2R10G10B10_UNORM_PACK32' } },
  a2bgr10le: { ...rgb, title: 'A2 B10 G10 R10', planes: [bitFields('u32le', 'A2 B10 G10 R10')], note: `${NO_FFMPEG} (x2bgr10le).`, aka: { drm: 'ABGR2101010', gstreamer: 'RGB10A2_LE', vulkan: 'A2B10G10R10_UNORM_PACK32', android: 'RGBA_1010102' } },
  r210: { ...rgb, title: '02 R10 G10 B10, big-endian', planes: [bitFields('u32be', '02 R10 G10 B10')], rowAlignPixels: 64, note: 'QuickTime r210: rows are padded to 64 pixels (256 B). xpra’s r210 is x2rgb10le.', aka: { gstreamer: 'r210', other: 'QuickTime r210' } },
  r210a: { ...rgb, title: 'A2 R10 G10 B10, big-endian', planes: [bitFields('u32be', 'A2 R10 G10 B10')], rowAlignPixels: 64, note: `r210 whose two high bits are alpha; rows are padded as r210’s. ${NO_FFMPEG} (r210).`, aka: { other: 'r210 with alpha' } },
  r10k: { ...rgb, title: 'R10 G10 B10 02, big-endian', planes: [bitFields('u32be', 'R10 G10 B10 02')], note: 'AJA R10k: the components are in the high 30 bits.', aka: { other: 'R10k' } },
} as const satisfies Record<string, PixelFormatRow>;
