import type { FrameSource } from '../stream/sources/source.ts';

/** Decides when the next frame is due, and which frames are too late to be made. */
export class Pacer {
  skipped = 0;
  private start: number;
  private due = 0;
  private fps: number;

  constructor(fps: number, now: number) {
    this.fps = fps;
    this.start = now;
  }

  /** Another pace begins now. */
  set(fps: number, now: number): void {
    if (fps === this.fps) return;
    this.fps = fps;
    this.start = now;
    this.due = 0;
  }

  /** Milliseconds until the next frame is due; 0 or less: it is. */
  waitMs(now: number): number {
    return this.fps > 0 ? this.start + (this.due * 1000) / this.fps - now : 0;
  }

  /**
   * Called when a frame is due: how many frames are to be left out so that the newest is made.
   * A live source leaves out by itself.
   */
  take(now: number, isSeekable: boolean): number {
    if (this.fps <= 0) return 0;
    const newest = Math.max(this.due, Math.floor(((now - this.start) * this.fps) / 1000));
    const late = newest - this.due;
    this.due = newest + 1;
    if (isSeekable) this.skipped += late;
    return isSeekable ? late : 0;
  }
}

/** Moves a source on; at the end of a file from its beginning again. @param at the frame that comes next, not counting what is left out */
export async function skip(source: FrameSource, at: number, frames: number): Promise<void> {
  const { frames: all, isSeekable } = source.info;
  if (isSeekable && frames > 0) await source.seek(all === undefined ? at + frames : (at + frames) % all);
}
