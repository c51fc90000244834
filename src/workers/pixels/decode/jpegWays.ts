import type { FileWay } from '../protocol.ts';

/** Further ways than its planes and R, G, B of them with the nearest chroma. */
export const JPEG_WAYS = [
  { id: 'rgb-bilinear', title: 'RGB, bilinear chroma', says: 'R, G, B of its planes, chroma weighed by distance: what most viewers show, to ±1.' },
  { id: 'jpeg-js', title: 'as jpeg-js shows it', says: 'What the library jpeg-js makes of the file. It cuts R, G, B instead of rounding them, which is darker by up to 1; takes RGB files for YCbCr and 12 bits for 8; and uses one quantisation table for all scans.' },
  { id: 'browser', title: 'as this browser shows it', says: 'R, G, B by the browser’s own decoder.' },
] as const satisfies readonly FileWay[];
