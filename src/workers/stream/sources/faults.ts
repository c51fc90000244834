import { LabError } from '../../../kernels/index.ts';
import type { LabErrorInfo } from '../../../kernels/index.ts';

/** A live source cannot be moved; or it came to its end, for a reason that is given. */
export const liveSource = (ending?: LabErrorInfo): LabError => new LabError(ending ?? { code: 'stream/live', what: 'A live source has no earlier or later frames to move to.', remedy: 'Use a file or the test pattern to step, loop and scrub.' });

/** @param frames how many there are */
export const pastEnd = (title: string, frame: number, frames: number): LabError => new LabError({ code: 'stream/past-end', what: `Frame ${String(frame)} of “${title}” was asked; it has ${String(frames)}, counted from 0.`, remedy: `Ask for frame ${String(frames - 1)}, its last.` });

export const unreadable = (name: string, cause: unknown): LabError => {
  if (cause instanceof LabError) return cause;
  return new LabError({ code: 'stream/unreadable', what: `“${name}” could not be read as moving pictures: ${cause instanceof Error ? cause.message : String(cause)}`, remedy: 'Check that it plays elsewhere, or convert it to MP4 (H.264), WebM or Y4M.' });
};
