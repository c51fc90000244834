/** A quality is never lowered below this: less is no picture any more. */
export const LEAST_QUALITY = 5;
/** Below this share of the ceiling the quality may rise again; between it and the ceiling it rests. */
const ROOM = 0.85;

export interface Rate {
  /** Bytes of the last picture. */
  readonly bytes: number;
  /** Pictures a second. */
  readonly fps: number;
  /** Bits a second; 0: no ceiling. */
  readonly ceiling: number;
  /** What the person asked for, 1 … 100. */
  readonly asked: number;
}

/**
 * The quality of the next picture. Above the ceiling it falls in proportion to the excess, by a quarter at most and 1 at least;
 * below 85 % of it, it rises by 1 towards what was asked; in between it stays. Without a ceiling it is what was asked.
 */
export function nextQuality(quality: number, { bytes, fps, ceiling, asked }: Rate): number {
  if (ceiling <= 0 || fps <= 0) return asked;
  const share = (bytes * 8 * fps) / ceiling;
  if (share > 1) return Math.min(asked, Math.max(Math.min(asked, LEAST_QUALITY), Math.floor(Math.min(quality - 1, quality * Math.max(0.75, 1 / share)))));
  return share < ROOM ? Math.min(asked, quality + 1) : Math.min(asked, quality);
}
