import { transfer, wrap } from 'comlink';
import type { Remote } from 'comlink';
import type { LabErrorInfo } from '../kernels/index.ts';
import type { MjpegApi, MjpegSettings, MjpegSnapshot, PartView, FileFrame } from './mjpegProtocol.ts';
import type { Reply } from './protocol.ts';
import type { SourceInfo, SourceRequest } from './stream/sources/source.ts';
import { GRACE_MS, Waiting, isSettledWithin } from './waiting.ts';
import { hearFaults } from './workerFaults.ts';
import type { WorkerLike } from './workerLife.ts';
import './ownScripts.ts';
import { startedWorker } from './startWorker.ts';
import type { StartedWorker } from './startWorker.ts';

export { CHAINS } from './mjpeg/chain.ts';
export type { ChainId } from './mjpeg/chain.ts';
export { STAGES } from './mjpeg/stageBook.ts';
export type { StageCost, StageId } from './mjpeg/stageBook.ts';
export type { OutletSays, PlayerSays } from './mjpeg/outlet.ts';
export type { SourceInfo, SourceKind, SourceRequest } from './stream/sources/source.ts';
export * from './mjpegProtocol.ts';
export { browserOf } from './runtime.ts';

const CRASHED: LabErrorInfo = { code: 'worker/crashed', what: 'The worker that makes the stream stopped in the middle of this.', remedy: 'It starts again with the next stream; try once more.' };

const startWorker = (): StartedWorker => startedWorker(() => new Worker(new URL('./mjpeg.worker.ts', import.meta.url), { type: 'module', name: 'mjpeg' }));

interface Life {
  readonly api: Remote<MjpegApi>;
  readonly waiting: Waiting;
  readonly end: (error: LabErrorInfo) => void;
}

/** The door to the worker of the MJPEG bench; it starts with the first question. Replies never reject. */
export class MjpegClient {
  private life: Life | undefined;
  private readonly startWorker: () => WorkerLike;

  constructor(start: () => WorkerLike = startWorker) {
    this.startWorker = start;
  }

  async start(request: SourceRequest, settings: MjpegSettings): Promise<Reply<SourceInfo>> {
    if ((this.life?.waiting.count ?? 0) > 0) await this.endIfHung();
    return this.ask((api) => api.start(request.kind === 'camera' || request.kind === 'screen' ? transfer(request, [request.frames]) : request, settings));
  }

  async configure(settings: MjpegSettings): Promise<void> {
    if (this.life !== undefined) await this.tell((api) => api.configure(settings));
  }

  async play(port: MessagePort): Promise<void> {
    await this.tell((api) => api.play(transfer(port, [port])));
  }

  async stop(): Promise<void> {
    if (this.life === undefined) return;
    void this.endIfHung();
    await this.tell((api) => api.stop());
  }

  snapshot(): Promise<Reply<MjpegSnapshot>> {
    return this.ask(async (api) => ({ ok: true, value: await api.snapshot() }));
  }

  record(handle?: FileSystemFileHandle): Promise<Reply<undefined>> {
    return this.ask((api) => api.record(handle));
  }

  finishRecording(): Promise<Reply<Blob | undefined>> {
    return this.ask((api) => api.finishRecording());
  }

  inspect(): Promise<Reply<PartView>> {
    return this.ask((api) => api.inspect());
  }

  async openFile(file: Blob): Promise<Reply<readonly FileFrame[]>> {
    if ((this.life?.waiting.count ?? 0) > 0) await this.endIfHung();
    return this.ask((api) => api.openFile(file));
  }

  fileFrame(index: number): Promise<Reply<PartView & { readonly jpeg: Uint8Array<ArrayBuffer> }>> {
    return this.ask((api) => api.fileFrame(index));
  }

  /** Ends a worker that does not answer, so that what comes next finds one that does. */
  private async endIfHung(): Promise<void> {
    const { life } = this;
    if (life === undefined || (await isSettledWithin(life.api.snapshot(), GRACE_MS))) return;
    life.end({ ...CRASHED, what: `The worker that makes the stream did not answer for ${String(GRACE_MS / 1000)} s; another one takes its place.` });
  }

  private async tell(work: (api: Remote<MjpegApi>) => Promise<void>): Promise<void> {
    await this.ask(async (api) => {
      await work(api);
      return { ok: true, value: undefined };
    });
  }

  private ask<T>(work: (api: Remote<MjpegApi>) => Promise<Reply<T>>): Promise<Reply<T>> {
    this.life ??= this.begin();
    const { api, waiting } = this.life;
    return waiting.guard(work(api));
  }

  private begin(): Life {
    const worker = this.startWorker();
    const waiting = new Waiting();
    const end = (error: LabErrorInfo): void => {
      worker.terminate();
      if (this.life?.waiting === waiting) this.life = undefined;
      waiting.crash(error);
    };
    hearFaults(worker, (cause) => end(cause === '' ? CRASHED : { ...CRASHED, what: `${CRASHED.what} (${cause})` }));
    return { api: wrap<MjpegApi>(worker), waiting, end };
  }
}

export const createMjpegClient = (): MjpegClient => new MjpegClient();
