/** How many luma samples one chroma sample covers, per axis. */
export interface Subsampling {
  readonly x: number;
  readonly y: number;
}

export const CHROMA = {
  '4:0:0': { x: 1, y: 1 },
  '4:4:4': { x: 1, y: 1 },
  '4:4:0': { x: 1, y: 2 },
  '4:2:2': { x: 2, y: 1 },
  '4:2:0': { x: 2, y: 2 },
  '4:1:1': { x: 4, y: 1 },
  '4:1:0': { x: 4, y: 4 },
} as const satisfies Record<string, Subsampling>;

export type ChromaId = keyof typeof CHROMA;

/**
 * Where a chroma sample sits inside the luma block that it covers, as a fraction of the way
 * from the first luma sample (0) to the last (1) of the block.
 * @source ITU-T H.273, ChromaLocType 0…5
 */
export const SITINGS = {
  left: { x: 0, y: 0.5, h273: 0, title: 'left (MPEG-2, H.264)' },
  center: { x: 0.5, y: 0.5, h273: 1, title: 'centre (JPEG, MPEG-1)' },
  topleft: { x: 0, y: 0, h273: 2, title: 'top-left (UHD, BT.2020)' },
  top: { x: 0.5, y: 0, h273: 3, title: 'top' },
  bottomleft: { x: 0, y: 1, h273: 4, title: 'bottom-left' },
  bottom: { x: 0.5, y: 1, h273: 5, title: 'bottom' },
} as const;

export type SitingId = keyof typeof SITINGS;

export const CHROMA_FILTERS = {
  nearest: { title: 'nearest', says: 'takes the first sample of the block; no arithmetic' },
  box: { title: 'box', says: 'averages the block; widening repeats the sample' },
  bilinear: { title: 'bilinear', says: 'weighs neighbours by their distance to the siting' },
} as const;

export type ChromaFilter = keyof typeof CHROMA_FILTERS;
