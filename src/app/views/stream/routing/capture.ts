import { LabError } from '../../../../kernels/index.ts';
import type { LabErrorInfo } from '../../../../kernels/index.ts';
import type { SourceRequest } from '../../../../workers/stream/client.ts';

/** Gives a track's frames as a stream. @source W3C, MediaStreamTrack Insertable Media Processing using Streams */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}

declare global {
  interface Window {
    readonly MediaStreamTrackProcessor?: new (options: { readonly track: MediaStreamTrack }) => TrackProcessor;
  }
}

export type CaptureKind = 'camera' | 'screen';

const THING = { camera: 'camera', screen: 'tab, window or screen' } as const;

/** A shared track's own label is an address that says nothing. */
const SHARED: Partial<Record<string, string>> = { browser: 'A shared tab', window: 'A shared window', monitor: 'A shared screen' };

type Words = Pick<LabErrorInfo, 'code' | 'what' | 'remedy'>;

/** The browser's refusals, in words. @source Media Capture and Streams §10.3.5, Screen Capture §5.1 */
const REFUSALS: Record<string, (kind: CaptureKind) => Words> = {
  NotAllowedError: (kind) => ({ code: 'stream/denied', what: kind === 'camera' ? 'The permission to use the camera was denied.' : 'The sharing was not allowed, or the choice of what to share was closed.', remedy: kind === 'camera' ? 'Allow the camera in the address bar’s site settings, then open it again.' : 'Press “Share…” again and choose a tab, a window or a screen.' }),
  NotFoundError: (kind) => ({ code: 'stream/absent', what: `This machine has no ${THING[kind]} that the browser can see.`, remedy: kind === 'camera' ? 'Plug a camera in, or use the test pattern.' : 'Use a file or the test pattern.' }),
  NotReadableError: (kind) => ({ code: 'stream/busy', what: `The ${THING[kind]} is there, but could not be read: another program holds it, or the system refuses.`, remedy: 'Close what else uses it, check the system’s privacy settings, then try again.' }),
};

function inWords(kind: CaptureKind, thrown: unknown): LabError {
  const known = thrown instanceof DOMException ? REFUSALS[thrown.name] : undefined;
  if (known !== undefined) return new LabError(known(kind));
  return new LabError({ code: 'stream/capture', what: `The ${THING[kind]} could not be opened: ${thrown instanceof Error ? thrown.message : String(thrown)}.`, remedy: 'Use a current Chromium, over https or from localhost.' });
}

let current: MediaStream | undefined;

/** Gives the device back; its light goes out. */
export function stopCapture(): void {
  for (const track of current?.getTracks() ?? []) track.stop();
  current = undefined;
}

/** Asks the person, and gives the frames. @throws LabError `stream/denied`, `stream/absent`, `stream/busy`, `stream/no-processor`, `stream/capture` */
export async function capture(kind: CaptureKind): Promise<Extract<SourceRequest, { kind: CaptureKind }>> {
  stopCapture();
  const Processor = window.MediaStreamTrackProcessor;
  if (Processor === undefined) throw new LabError({ code: 'stream/no-processor', what: 'This browser gives no single frames of a camera or screen (MediaStreamTrackProcessor).', remedy: 'Use a current Chromium; files and the test pattern work here.' });
  try {
    current = await (kind === 'camera' ? navigator.mediaDevices.getUserMedia({ video: true }) : navigator.mediaDevices.getDisplayMedia({ video: { displaySurface: 'browser' } }));
  } catch (thrown) {
    throw inWords(kind, thrown);
  }
  const [track] = current.getVideoTracks();
  if (track === undefined) throw inWords(kind, new Error('it gave no pictures'));
  const { displaySurface, frameRate = 0 } = track.getSettings();
  return { kind, frames: new Processor({ track }).readable, title: kind === 'camera' ? track.label : (SHARED[displaySurface ?? ''] ?? 'What is shared'), fps: frameRate };
}
