import type { SitingId } from './chroma.ts';
import type { PixelFormatId } from './pixelFormats.ts';

interface Y4mTag {
  readonly format: PixelFormatId;
  readonly siting: SitingId;
}

/** Values of Y4M's C parameter. @source mjpegtools, yuv4mpeg(5); FFmpeg's extensions for depth */
export const Y4M_TAGS: Readonly<Record<string, Y4mTag>> = {
  '420': { format: 'yuv420p', siting: 'center' },
  '420jpeg': { format: 'yuv420p', siting: 'center' },
  '420mpeg2': { format: 'yuv420p', siting: 'left' },
  '420paldv': { format: 'yuv420p', siting: 'topleft' },
  '411': { format: 'yuv411p', siting: 'left' },
  '422': { format: 'yuv422p', siting: 'left' },
  '444': { format: 'yuv444p', siting: 'left' },
  '444alpha': { format: 'yuva444p', siting: 'left' },
  mono: { format: 'gray', siting: 'left' },
  mono16: { format: 'gray16le', siting: 'left' },
  '420p9': { format: 'yuv420p9le', siting: 'left' },
  '422p9': { format: 'yuv422p9le', siting: 'left' },
  '444p9': { format: 'yuv444p9le', siting: 'left' },
  '420p10': { format: 'yuv420p10le', siting: 'left' },
  '422p10': { format: 'yuv422p10le', siting: 'left' },
  '444p10': { format: 'yuv444p10le', siting: 'left' },
  '420p12': { format: 'yuv420p12le', siting: 'left' },
  '422p12': { format: 'yuv422p12le', siting: 'left' },
  '444p12': { format: 'yuv444p12le', siting: 'left' },
  '420p14': { format: 'yuv420p14le', siting: 'left' },
  '422p14': { format: 'yuv422p14le', siting: 'left' },
  '444p14': { format: 'yuv444p14le', siting: 'left' },
  '420p16': { format: 'yuv420p16le', siting: 'left' },
  '422p16': { format: 'yuv422p16le', siting: 'left' },
  '444p16': { format: 'yuv444p16le', siting: 'left' },
  mono10: { format: 'gray10le', siting: 'left' },
  mono12: { format: 'gray12le', siting: 'left' },
};

/** The formats that a kind of file holds as they are: every sample, its depth and its subsampling. */
export const HELD_FORMATS = {
  png: ['gray', 'ya8', 'rgb24', 'rgba', 'gray16le', 'rgb48le', 'rgba64le'],
  ppm: ['gray', 'gray10le', 'gray12le', 'gray16le', 'rgb24', 'rgb48le'],
  qoi: ['rgb24', 'rgba'],
  y4m: [...new Set(Object.values(Y4M_TAGS).map(({ format }) => format))],
} as const satisfies Record<string, readonly PixelFormatId[]>;
