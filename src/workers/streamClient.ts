import { transfer, wrap } from 'comlink';
import type { Remote } from 'comlink';
import type { LabErrorInfo } from '../kernels/index.ts';
import type { Reply } from './protocol.ts';
import { ROUTE_TABLE } from './stream/route.ts';
import type { RouteRowId } from './stream/routeTypes.ts';
import type { SourceInfo, SourceRequest } from './stream/sources/source.ts';
import type { CanvasRole, RecordedFile, StreamApi, StreamSettings, StreamSnapshot, WindowSetup } from './streamProtocol.ts';
import { GRACE_MS, Waiting, isSettledWithin } from './waiting.ts';
import { hearFaults } from './workerFaults.ts';
import type { WorkerLike } from './workerLife.ts';
import './ownScripts.ts';
import { startedWorker } from './startWorker.ts';
import type { StartedWorker } from './startWorker.ts';

export type { SourceInfo, SourceKind, SourceRequest } from './stream/sources/source.ts';
export { VIDEO_CODECS } from './stream/routeTypes.ts';
export type { EncoderFacts, EncoderKind, RouteRowId, Scaling, VideoCodec } from './stream/routeTypes.ts';
export * from './streamProtocol.ts';

/** What each row of the routing's table says, in the order of the table. */
export const ROUTE_TITLES: readonly { readonly row: RouteRowId; readonly title: string }[] = ROUTE_TABLE.map(({ row, title }) => ({ row, title }));

const CRASHED: LabErrorInfo = { code: 'worker/crashed', what: 'The worker that streams stopped in the middle of this.', remedy: 'It starts again with the next source; try once more.' };

const startWorker = (): StartedWorker => startedWorker(() => new Worker(new URL('./stream.worker.ts', import.meta.url), { type: 'module', name: 'stream' }));

/** One worker from its start to its end. */
interface Life {
  readonly api: Remote<StreamApi>;
  readonly waiting: Waiting;
  readonly end: (error: LabErrorInfo) => void;
}

/** The door to the worker that streams; it starts with the first source. Replies never reject. */
export class StreamClient {
  private life: Life | undefined;
  private readonly startWorker: () => WorkerLike;

  constructor(start: () => WorkerLike = startWorker) {
    this.startWorker = start;
  }

  async open(request: SourceRequest): Promise<Reply<SourceInfo>> {
    if ((this.life?.waiting.count ?? 0) > 0) await this.endIfHung();
    return this.ask((api) => api.open(request.kind === 'camera' || request.kind === 'screen' ? transfer(request, [request.frames]) : request));
  }

  async configure(settings: StreamSettings, windows: readonly WindowSetup[]): Promise<void> {
    await this.tell((api) => api.configure(settings, windows));
  }

  async play(): Promise<void> {
    await this.tell((api) => api.play());
  }

  async pause(): Promise<void> {
    await this.tell((api) => api.pause());
  }

  step(direction: 1 | -1): Promise<Reply<undefined>> {
    return this.ask((api) => api.step(direction));
  }

  seek(frame: number): Promise<Reply<undefined>> {
    return this.ask((api) => api.seek(frame));
  }

  async attach(window: number, role: CanvasRole, canvas: OffscreenCanvas): Promise<void> {
    await this.tell((api) => api.attach(window, role, transfer(canvas, [canvas])));
  }

  async setHidden(isHidden: boolean): Promise<void> {
    if (this.life !== undefined) await this.tell((api) => api.setHidden(isHidden));
  }

  record(window: number): Promise<Reply<undefined>> {
    return this.ask((api) => api.record(window));
  }

  finishRecording(window: number): Promise<Reply<readonly RecordedFile[]>> {
    return this.ask((api) => api.finishRecording(window));
  }

  snapshot(): Promise<Reply<StreamSnapshot>> {
    return this.ask(async (api) => ({ ok: true, value: await api.snapshot() }));
  }

  async close(): Promise<void> {
    if (this.life === undefined) return;
    void this.endIfHung();
    await this.tell((api) => api.close());
  }

  /** Ends a worker that does not answer, so that what comes next finds one that does. */
  private async endIfHung(): Promise<void> {
    const { life } = this;
    if (life === undefined || (await isSettledWithin(life.api.snapshot(), GRACE_MS))) return;
    life.end({ ...CRASHED, what: `The worker that streams did not answer for ${String(GRACE_MS / 1000)} s; another one takes its place.` });
  }

  private async tell(work: (api: Remote<StreamApi>) => Promise<void>): Promise<void> {
    await this.ask(async (api) => {
      await work(api);
      return { ok: true, value: undefined };
    });
  }

  private ask<T>(work: (api: Remote<StreamApi>) => Promise<Reply<T>>): Promise<Reply<T>> {
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
    return { api: wrap<StreamApi>(worker), waiting, end };
  }
}

export const createStreamClient = (): StreamClient => new StreamClient();
