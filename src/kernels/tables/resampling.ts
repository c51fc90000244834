/** How a destination pixel comes from the source pixels around it when the size changes. */
export const RESAMPLE_FILTERS = {
  nearest: { title: 'nearest', says: 'takes the pixel at floor(x · source / destination): every n-th where the ratio is whole; no arithmetic' },
  box: { title: 'box', says: 'averages the area that the pixel covers, parts of pixels by their share' },
  bilinear: { title: 'bilinear', says: 'weighs the two neighbours on each axis by their distance from the pixel’s centre' },
} as const;

export type ResampleFilter = keyof typeof RESAMPLE_FILTERS;

/** Pixels a side that a resampled image may have; weights and sums stay exact up to there. */
export const MOST_RESAMPLED_SIDE = 65_536;
