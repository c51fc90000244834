import { block, samples } from './fields.ts';
import type { PixelFormatRow } from './pixelFormatRow.ts';

const gray = { family: 'gray', chroma: '4:0:0' } as const;

/** One component, its two-component sister with alpha, and the palette. */
export const GRAY_FORMATS = {
  gray: { ...gray, title: 'Gray, 8 bit', planes: [samples('u8', 'Y')], aka: { vpi: 'U8', drm: 'R8', v4l2: 'GREY', gstreamer: 'GRAY8', vulkan: 'R8_UNORM', xpra: 'L', android: 'Y8', other: 'Y800' } },
  s8: { ...gray, title: 'Signed, 8 bit', planes: [samples('s8', 'Y')], aka: { vpi: 'S8', vulkan: 'R8_SINT' } },
  gray10le: { ...gray, title: 'Gray, 10 of 16 bits (low)', planes: [samples('u16le', 'Y', 10)], aka: { v4l2: 'Y10', gstreamer: 'GRAY10_LE16' } },
  gray12le: { ...gray, title: 'Gray, 12 of 16 bits (low)', planes: [samples('u16le', 'Y', 12)], aka: { v4l2: 'Y12' } },
  gray16le: { ...gray, title: 'Gray, 16 bit', planes: [samples('u16le', 'Y')], aka: { vpi: 'U16', drm: 'R16', v4l2: 'Y16', gstreamer: 'GRAY16_LE', vulkan: 'R16_UNORM', android: 'Y16' } },
  gray16be: { ...gray, title: 'Gray, 16 bit big-endian', planes: [samples('u16be', 'Y')], aka: { v4l2: 'Y16_BE', gstreamer: 'GRAY16_BE' } },
  s16le: { ...gray, title: 'Signed, 16 bit', planes: [samples('s16le', 'Y')], aka: { vpi: 'S16', vulkan: 'R16_SINT' } },
  u32le: { ...gray, title: 'Unsigned, 32 bit', planes: [samples('u32le', 'Y')], aka: { vpi: 'U32', vulkan: 'R32_UINT' } },
  s32le: { ...gray, title: 'Signed, 32 bit', planes: [samples('s32le', 'Y')], aka: { vpi: 'S32', vulkan: 'R32_SINT' } },
  grayf32le: { ...gray, title: 'Gray, 32-bit float', planes: [samples('f32le', 'Y')], aka: { vpi: 'F32', vulkan: 'R32_SFLOAT' } },
  ya8: { ...gray, title: 'Gray and alpha, 8 bit', planes: [samples('u8', 'Y A')], aka: { xpra: 'LA', other: 'gray8a' } },
  monob: { ...gray, title: '1 bit, 1 is white', planes: [block('u8', 1, 1, 'Y:0:7 Y:0:6 Y:0:5 Y:0:4 Y:0:3 Y:0:2 Y:0:1 Y:0:0')], note: 'The most significant bit is the leftmost pixel; rows are padded to a byte.', aka: { other: 'monoblack' } },
  pal8: { family: 'palette', chroma: '4:4:4', title: 'Palette, 8-bit index', planes: [samples('u8', 'I')], trailingPaletteBytes: 1024, note: 'Raw data are the indices followed by 256 × B,G,R,A, unless a palette is given.', aka: { v4l2: 'PAL8', gstreamer: 'RGB8P', xpra: 'RLE8', drm: 'C8' } },
} as const satisfies Record<string, PixelFormatRow>;
