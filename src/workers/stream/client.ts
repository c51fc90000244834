import { transfer } from 'comlink';
import type { Reply } from '../line/reply.ts';
import { ROUTE_TABLE } from './route.ts';
import type { RouteRowId } from './routeTypes.ts';
import type { SourceInfo, SourceRequest } from './sources/source.ts';
import type { CanvasRole, RecordedFile, StreamApi, StreamSettings, StreamSnapshot, WindowSetup } from './protocol.ts';
import { Line } from '../line/line.ts';
import type { WorkerLike } from '../line/life.ts';
import '../line/ownScripts.ts';
import { startedWorker } from '../line/startWorker.ts';
import type { StartedWorker } from '../line/startWorker.ts';

export type { SourceInfo, SourceKind, SourceRequest } from './sources/source.ts';
export { VIDEO_CODECS } from './routeTypes.ts';
export type { EncoderFacts, EncoderKind, RouteRowId, Scaling, VideoCodec } from './routeTypes.ts';
export * from './protocol.ts';

/** What each row of the routing's table says, in the order of the table. */
export const ROUTE_TITLES: readonly { readonly row: RouteRowId; readonly title: string }[] = ROUTE_TABLE.map(({ row, title }) => ({ row, title }));

const startWorker = (): StartedWorker => startedWorker(() => new Worker(new URL('./stream.worker.ts', import.meta.url), { type: 'module', name: 'stream' }));

/** The door to the worker that streams; it starts with the first source. Replies never reject. */
export class StreamClient {
  private readonly line: Line<StreamApi>;

  constructor(start: () => WorkerLike = startWorker) {
    this.line = new Line({ start, title: 'The worker that streams', remedy: 'It starts again with the next source; try once more.', probe: (api) => api.snapshot() });
  }

  open(request: SourceRequest): Promise<Reply<SourceInfo>> {
    return this.line.askAnew((api) => api.open(request.kind === 'camera' || request.kind === 'screen' ? transfer(request, [request.frames]) : request));
  }

  configure(settings: StreamSettings, windows: readonly WindowSetup[]): Promise<void> {
    return this.line.tell((api) => api.configure(settings, windows));
  }

  play(): Promise<void> {
    return this.line.tell((api) => api.play());
  }

  pause(): Promise<void> {
    return this.line.tell((api) => api.pause());
  }

  step(direction: 1 | -1): Promise<Reply<undefined>> {
    return this.line.ask((api) => api.step(direction));
  }

  seek(frame: number): Promise<Reply<undefined>> {
    return this.line.ask((api) => api.seek(frame));
  }

  attach(window: number, role: CanvasRole, canvas: OffscreenCanvas): Promise<void> {
    return this.line.tell((api) => api.attach(window, role, transfer(canvas, [canvas])));
  }

  async setHidden(isHidden: boolean): Promise<void> {
    if (this.line.isStarted) await this.line.tell((api) => api.setHidden(isHidden));
  }

  record(window: number): Promise<Reply<undefined>> {
    return this.line.ask((api) => api.record(window));
  }

  finishRecording(window: number): Promise<Reply<readonly RecordedFile[]>> {
    return this.line.ask((api) => api.finishRecording(window));
  }

  snapshot(): Promise<Reply<StreamSnapshot>> {
    return this.line.read((api) => api.snapshot());
  }

  async close(): Promise<void> {
    if (!this.line.isStarted) return;
    void this.line.endIfSilent();
    await this.line.tell((api) => api.close());
  }
}

export const createStreamClient = (): StreamClient => new StreamClient();
