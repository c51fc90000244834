import type { PixelFormatId } from './pixelFormats.ts';

export interface BenchCase {
  /** Its name on the command line: `nv12-rgba`. */
  readonly id: string;
  readonly from: PixelFormatId;
  readonly to: PixelFormatId;
  readonly scale?: number;
  readonly offset?: number;
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
];

export const BENCH_SIZES = [[640, 480], [1280, 720], [1920, 1080], [3840, 2160]] as const;
