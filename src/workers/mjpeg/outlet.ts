/** What a player says to the worker. */
export type PlayerSays = { readonly type: 'pull' } | { readonly type: 'gone' };
/** What the worker says to the player. */
export type OutletSays = { readonly type: 'part'; readonly bytes: Uint8Array<ArrayBuffer>; readonly jpegAt: number; readonly jpegBytes: number } | { readonly type: 'end' };

/** The worker's end of the channel; a MessagePort, or a test's. */
export interface OutletPort {
  postMessage(message: OutletSays, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<PlayerSays>) => void) | null;
  close(): void;
}

interface Waiting {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly jpegAt: number;
  readonly jpegBytes: number;
  readonly born: number;
}

/**
 * Gives parts to a player that asks for them one by one. One part waits at most: a newer one takes its place, and the older is
 * dropped, so that what is shown is never older than it must be.
 */
export class Outlet {
  dropped = 0;
  delivered = 0;
  /** Milliseconds from reading the newest delivered frame to handing it to the player. */
  ageMs = 0;
  isGone = false;
  private wanted = 0;
  private waiting: Waiting | undefined;
  private readonly port: OutletPort;
  private readonly now: () => number;

  constructor(port: OutletPort, now: () => number = () => performance.now()) {
    this.port = port;
    this.now = now;
    port.onmessage = ({ data }) => {
      if (data.type === 'gone') this.isGone = true;
      else {
        this.wanted += 1;
        this.flush();
      }
    };
  }

  /** Parts that wait for the player: 0 or 1. */
  get depth(): number {
    return this.waiting === undefined ? 0 : 1;
  }

  /** Takes a copy of a part. @param born when its frame was read */
  offer(part: Uint8Array, jpegAt: number, jpegBytes: number, born: number): void {
    if (this.isGone) return;
    if (this.waiting !== undefined) this.dropped += 1;
    this.waiting = { bytes: Uint8Array.from(part), jpegAt, jpegBytes, born };
    this.flush();
  }

  close(): void {
    if (!this.isGone) this.port.postMessage({ type: 'end' }, []);
    this.isGone = true;
    this.waiting = undefined;
    // The last message is still on its way when a port is closed at once.
    setTimeout(() => this.port.close(), 1000);
  }

  private flush(): void {
    const { waiting } = this;
    if (waiting === undefined || this.wanted === 0 || this.isGone) return;
    this.wanted -= 1;
    this.waiting = undefined;
    this.delivered += 1;
    this.ageMs = this.now() - waiting.born;
    const { bytes, jpegAt, jpegBytes } = waiting;
    this.port.postMessage({ type: 'part', bytes, jpegAt, jpegBytes }, [bytes.buffer]);
  }
}
