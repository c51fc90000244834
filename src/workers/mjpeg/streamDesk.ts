/** Milliseconds that a request waits for its channel: the page posts it at about the same time. */
const PATIENCE_MS = 4000;

/** Milliseconds that a channel waits for somebody to ask for it. */
export const UNCLAIMED_MS = 10_000;

/** Channels that wait at once; more are refused. */
const MOST_WAITING = 16;

/** As `crypto.randomUUID` writes them: nobody guesses one. */
const ID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

interface Opening {
  readonly type: 'mjpeg-stream';
  readonly id: string;
}

const isOpening = (data: unknown): data is Opening => typeof data === 'object' && data !== null && 'type' in data && data.type === 'mjpeg-stream' && 'id' in data && typeof data.id === 'string' && ID.test(data.id);

interface Offered<Port> {
  readonly port: Port;
  readonly client: string;
  readonly timer: ReturnType<typeof setTimeout>;
}

interface Asked<Port> {
  readonly client: string | undefined;
  readonly answer: (port: Port) => void;
}

/**
 * Brings a channel that a page offers and the request for it together, whichever comes first. An id belongs to the client that
 * offered it first: nobody else's channel or request counts.
 */
export class StreamDesk<Port> {
  private readonly offered = new Map<string, Offered<Port>>();
  private readonly asked = new Map<string, Asked<Port>>();
  private readonly refuse: (port: Port) => void;

  /** @param refuse ends a channel that is not taken */
  constructor(refuse: (port: Port) => void) {
    this.refuse = refuse;
  }

  /** A page's message; whatever it is. */
  offer(data: unknown, client: string, port: Port): void {
    if (!isOpening(data) || this.offered.has(data.id) || this.offered.size >= MOST_WAITING) {
      this.refuse(port);
      return;
    }
    const { id } = data;
    const asked = this.asked.get(id);
    if (asked !== undefined) {
      if (asked.client !== undefined && asked.client !== client) this.refuse(port);
      else asked.answer(port);
      return;
    }
    const timer = setTimeout(() => { this.offered.delete(id); this.refuse(port); }, UNCLAIMED_MS);
    this.offered.set(id, { port, client, timer });
  }

  /** The channel of an id; undefined where there is none within four seconds, or it is another client's. @param client undefined: a new window */
  async claim(id: string, client: string | undefined): Promise<Port | undefined> {
    const found = this.offered.get(id);
    if (found !== undefined) {
      if (client !== undefined && found.client !== client) return undefined;
      clearTimeout(found.timer);
      this.offered.delete(id);
      return found.port;
    }
    if (!ID.test(id) || this.asked.has(id) || this.asked.size >= MOST_WAITING) return undefined;
    return new Promise((resolve) => {
      const settle = (port: Port | undefined): void => { clearTimeout(timer); this.asked.delete(id); resolve(port); };
      const timer = setTimeout(() => settle(undefined), PATIENCE_MS);
      this.asked.set(id, { client, answer: settle });
    });
  }
}
