import { transfer } from 'comlink';
import type { MjpegApi, MjpegSettings, MjpegSnapshot, PartView, FileFrame } from './protocol.ts';
import type { Reply } from '../line/reply.ts';
import type { SourceInfo, SourceRequest } from '../stream/sources/source.ts';
import { Line } from '../line/line.ts';
import type { WorkerLike } from '../line/life.ts';
import '../line/ownScripts.ts';
import { startedWorker } from '../line/startWorker.ts';
import type { StartedWorker } from '../line/startWorker.ts';

export { CHAINS } from './chain.ts';
export type { ChainId } from './chain.ts';
export { STAGES } from './stageBook.ts';
export type { StageCost, StageId } from './stageBook.ts';
export type { OutletSays, PlayerSays } from './outlet.ts';
export type { SourceInfo, SourceKind, SourceRequest } from '../stream/sources/source.ts';
export * from './protocol.ts';
export { browserOf } from '../line/runtime.ts';

const startWorker = (): StartedWorker => startedWorker(() => new Worker(new URL('./mjpeg.worker.ts', import.meta.url), { type: 'module', name: 'mjpeg' }));

/** The door to the worker of the MJPEG bench; it starts with the first question. Replies never reject. */
export class MjpegClient {
  private readonly line: Line<MjpegApi>;

  constructor(start: () => WorkerLike = startWorker) {
    this.line = new Line({ start, title: 'The worker that makes the stream', remedy: 'It starts again with the next stream; try once more.', probe: (api) => api.snapshot() });
  }

  start(request: SourceRequest, settings: MjpegSettings): Promise<Reply<SourceInfo>> {
    return this.line.askAnew((api) => api.start(request.kind === 'camera' || request.kind === 'screen' ? transfer(request, [request.frames]) : request, settings));
  }

  async configure(settings: MjpegSettings): Promise<void> {
    if (this.line.isStarted) await this.line.tell((api) => api.configure(settings));
  }

  play(port: MessagePort): Promise<void> {
    return this.line.tell((api) => api.play(transfer(port, [port])));
  }

  async stop(): Promise<void> {
    if (!this.line.isStarted) return;
    void this.line.endIfSilent();
    await this.line.tell((api) => api.stop());
  }

  snapshot(): Promise<Reply<MjpegSnapshot>> {
    return this.line.read((api) => api.snapshot());
  }

  record(handle?: FileSystemFileHandle): Promise<Reply<undefined>> {
    return this.line.ask((api) => api.record(handle));
  }

  finishRecording(): Promise<Reply<Blob | undefined>> {
    return this.line.ask((api) => api.finishRecording());
  }

  inspect(): Promise<Reply<PartView>> {
    return this.line.ask((api) => api.inspect());
  }

  openFile(file: Blob): Promise<Reply<readonly FileFrame[]>> {
    return this.line.askAnew((api) => api.openFile(file));
  }

  fileFrame(index: number): Promise<Reply<PartView & { readonly jpeg: Uint8Array<ArrayBuffer> }>> {
    return this.line.ask((api) => api.fileFrame(index));
  }
}

export const createMjpegClient = (): MjpegClient => new MjpegClient();
