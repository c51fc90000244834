import { ffmpegWording } from './ffmpeg.ts';
import { gstreamerWording } from './gstreamer.ts';
import { toNumpy } from './numpy/index.ts';
import { opencvWording } from './opencv.ts';
import type { Request, Translation } from './translation.ts';
import { judged } from './verdict.ts';
import { toVpi } from './vpi.ts';

export type { Request, ToolId, Translation, Verdict } from './translation.ts';

/** The same conversion in other tools' words, each with how far its result is from Swizzle's. */
export function translate(request: Request): readonly Translation[] {
  return [
    toNumpy(request),
    judged('ffmpeg', ffmpegWording(request), request),
    judged('opencv', opencvWording(request), request),
    toVpi(request),
    judged('gstreamer', gstreamerWording(request), request),
  ];
}
