import { group } from '../../state/format.ts';

/** The widest side of a picture that JPEG and the video encoders take, and of one that the pattern is painted at. */
export const [LARGEST_SIDE, LARGEST_PATTERN] = [65_535, 8192];
/** Timers tell no more apart than a millisecond. */
export const MOST_FPS = 1000;

const said = (value: number): string => (value < 0 ? `−${group(-value)}` : group(value));

/** The check of a field for whole numbers within bounds. @param why added to the message of what is too large */
export const wholeFault = (least: number, most: number, why = '') => (value: number): string | undefined => {
  if (Number.isInteger(value) && value >= least && value <= most) return undefined;
  return `A whole number, ${said(least)} … ${said(most)}.${value > most && why !== '' ? ` ${why}` : ''}`;
};
