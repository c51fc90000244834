import type { ColorSpec } from './colorSpecs.ts';
import type { PixelFormatId } from './pixelFormats.ts';

export interface BenchCase {
  /** Its name on the command line: `nv12-rgba`. */
  readonly id: string;
  readonly from: PixelFormatId;
  readonly to: PixelFormatId;
  readonly scale?: number;
  readonly offset?: number;
  /** Of the source, where it is not BT.601's full range. */
  readonly colorSpec?: Pick<ColorSpec, 'matrix' | 'range'>;
}

/** The conversions people wait for, from remote desktops, cameras and players. */
export const BENCH_CASES: readonly BenchCase[] = [
  { id: 'rgba-bgra', from: 'rgba', to: 'bgra' },
  { id: 'rgb24-rgba', from: 'rgb24', to: 'rgba' },
  { id: 'rgb565le-rgba', from: 'rgb565le', to: 'rgba' },
  { id: 'nv12-rgba', from: 'nv12', to: 'rgba' },
  { id: 'rgba-gray', from: 'rgba', to: 'gray' },
  { id: 'rgba-nv12', from: 'rgba', to: 'nv12' },
  { id: 'rgba-yuv420p', from: 'rgba', to: 'yuv420p' },
  { id: 'x2rgb10le-rgba', from: 'x2rgb10le', to: 'rgba' },
  { id: 'gray-s16le', from: 'gray', to: 's16le', scale: 1.7, offset: -13.3 },
  { id: 'p010le-rgba', from: 'p010le', to: 'rgba' },
  { id: 'nv12-rgba-bt601-limited', from: 'nv12', to: 'rgba', colorSpec: { matrix: 'bt601', range: 'limited' } },
  { id: 'nv12-rgba-bt709-limited', from: 'nv12', to: 'rgba', colorSpec: { matrix: 'bt709', range: 'limited' } },
];

/** The reference is for being right: larger pictures would take it seconds. */
export const MOST_REFERENCE_PIXELS = 640 * 480;

export const BENCH_SIZES = [[640, 480], [1280, 720], [1920, 1080], [3840, 2160]] as const;

/** Operations of the image model, as remote-desktop servers do them for every update of the screen. */
export const OPERATION_ROWS = [
  { id: 'clone-bgra', title: 'clone', format: 'bgra' },
  { id: 'restride-bgra', title: 'restride to rows of whole 64 bytes', format: 'bgra' },
  { id: 'sub-copy-bgra', title: 'copy of a sub-image: all of it', format: 'bgra' },
  { id: 'half-sub-copy-bgra', title: 'copy of a sub-image: half its width and height', format: 'bgra' },
] as const satisfies readonly { readonly id: string; readonly title: string; readonly format: PixelFormatId }[];

/** Pictures as JPEG, from what cameras and decoders give. */
export const JPEG_ROWS = [
  { id: 'jpeg-nv12-q75', from: 'nv12', options: { quality: 75 } },
  { id: 'jpeg-nv12-q95', from: 'nv12', options: { quality: 95 } },
  { id: 'jpeg-yuyv422-q75', from: 'yuyv422', options: { quality: 75 } },
  { id: 'jpeg-yuv444p-q90', from: 'yuv444p', options: { quality: 90 } },
  { id: 'jpeg-gray-q75', from: 'gray', options: { quality: 75 } },
  { id: 'jpeg-nv12-q75-optimized', from: 'nv12', options: { quality: 75, optimizeHuffman: true } },
  { id: 'jpeg-rgba-q75', from: 'rgba', options: { quality: 75 } },
] as const satisfies readonly { readonly id: string; readonly from: PixelFormatId; readonly options: { readonly quality: number; readonly optimizeHuffman?: boolean } }[];

/** JPEG files as R, G, B, A; made from planes of a format, as cameras save photographs. */
export const JPEG_DECODE_ROWS = [
  { id: 'jpeg-decode-420-q90', planes: 'yuv420p', options: { quality: 90 } },
  { id: 'jpeg-decode-444-q90', planes: 'yuv444p', options: { quality: 90 } },
  { id: 'jpeg-decode-gray-q75', planes: 'gray', options: { quality: 75 } },
] as const satisfies readonly { readonly id: string; readonly planes: PixelFormatId; readonly options: { readonly quality: number } }[];
