import { expose } from 'comlink';
import type { WorkerLike } from '../line/life.ts';

/** A worker without a thread: the same messages, in the same process, so that a test can stop it when it likes. */
export class ThreadlessWorker extends EventTarget implements WorkerLike {
  private readonly far: MessagePort;
  private readonly near: MessagePort;

  /** @param api undefined: a worker whose script never loads */
  constructor(api: object | undefined) {
    super();
    const { port1, port2 } = new MessageChannel();
    [this.far, this.near] = [port1, port2];
    if (api !== undefined) expose(api, port1);
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.near.postMessage(message, transfer);
  }

  override addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (type === 'message') this.near.addEventListener(type, listener);
    else super.addEventListener(type, listener);
  }

  override removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (type === 'message') this.near.removeEventListener(type, listener);
    else super.removeEventListener(type, listener);
  }

  start(): void {
    this.near.start();
  }

  terminate(): void {
    this.near.close();
    this.far.close();
  }

  /** From now on it answers nothing, as in a loop without an end. */
  hang(): void {
    this.far.close();
  }

  /** What a worker says of an exception that nobody caught. */
  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}
