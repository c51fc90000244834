import { LabError } from '../../labError.ts';
import type { FrameEncoder } from './channelTypes.ts';
import { encodeJpegInto } from './encodeJpeg.ts';
import type { StageTime } from './stages.ts';

/** Encodes a channel's frames in this very thread. A cancelled frame ends after the row of MCUs it is in. */
export const encodeFrameHere: FrameEncoder = async ({ image, options, target, isCancelled }) => {
  // A turn of the event loop, so that whoever sent the frame may cancel it.
  await Promise.resolve();
  let stages: readonly StageTime[] = [];
  const checkpoint = (done: number, rows: number): void => {
    options.checkpoint?.(done, rows);
    if (isCancelled()) throw new LabError({ code: 'jpege/cancelled', what: `The frame was cancelled after ${String(done)} of ${String(rows)} rows of MCUs.`, remedy: 'Send it again if it is wanted after all.' });
  };
  const bytes = encodeJpegInto(target, image, { ...options, checkpoint, onStage: (times) => {
    stages = times;
    options.onStage?.(times);
  } });
  return { bytes, stages };
};
