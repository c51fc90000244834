import type { FrameLedger } from './frameLedger.ts';
import { openRawDump, openY4m } from './fileSources.ts';
import { PatternSource } from './pattern.ts';
import type { FrameSource, SourceRequest } from './source.ts';
import { TrackSource } from './track.ts';

export { pastEnd } from './faults.ts';
export { FrameLedger } from './frameLedger.ts';
export type { FrameSource, SourceFrame, SourceInfo, SourceKind, SourceRequest } from './source.ts';

/**
 * Opens any source; what reads videos and animations is fetched only for them.
 * @param ledger counts the VideoFrames that are opened and closed on the way
 * @throws LabError with the cause, in words
 */
export async function openSource(request: SourceRequest, ledger: FrameLedger): Promise<FrameSource> {
  switch (request.kind) {
    case 'pattern': return new PatternSource(request);
    case 'raw': return openRawDump(request);
    case 'y4m': return openY4m(request.file, request.name);
    case 'video': return (await import('./video.ts')).VideoSource.open(request.file, request.name, ledger);
    case 'animation': return (await import('./animation.ts')).AnimationSource.open(request.file, request.name, ledger);
    case 'camera':
    case 'screen': return TrackSource.open(request, ledger);
  }
}
