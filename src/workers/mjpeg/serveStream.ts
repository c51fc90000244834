/// <reference lib="webworker" />
import { MULTIPART_TYPE } from '../../kernels/codecs/mjpeg/index.ts';
import type { OutletSays, PlayerSays } from './outlet.ts';

/** Milliseconds that a request waits for its channel: the page posts it at about the same time. */
const PATIENCE_MS = 4000;

interface Opening {
  readonly type: 'mjpeg-stream';
  readonly id: string;
}

const isOpening = (data: unknown): data is Opening => typeof data === 'object' && data !== null && 'type' in data && data.type === 'mjpeg-stream' && 'id' in data && typeof data.id === 'string';

const say = (port: MessagePort, message: PlayerSays): void => port.postMessage(message);

/** Parts as they come, asked for one at a time: a player that is slow is asked less often. */
function body(port: MessagePort): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      port.onmessage = ({ data }: MessageEvent<OutletSays>) => {
        if (data.type === 'end') controller.close();
        else controller.enqueue(data.bytes);
      };
    },
    pull: () => say(port, { type: 'pull' }),
    cancel: () => say(port, { type: 'gone' }),
  }, { highWaterMark: 1 });
}

const HEADERS = { 'Content-Type': MULTIPART_TYPE, 'Cache-Control': 'no-store', 'Cross-Origin-Resource-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Answers `stream?id=…` with the frames that come through the channel of this id. */
export function serveStream(scope: ServiceWorkerGlobalScope): void {
  const ports = new Map<string, MessagePort>();
  const waiting = new Map<string, (port: MessagePort) => void>();
  scope.addEventListener('message', ({ data, ports: [port] }) => {
    if (!isOpening(data) || port === undefined) return;
    const wake = waiting.get(data.id);
    if (wake === undefined) ports.set(data.id, port);
    else wake(port);
  });
  const portOf = (id: string): Promise<MessagePort | undefined> => new Promise((resolve) => {
    const port = ports.get(id);
    ports.delete(id);
    if (port !== undefined) {
      resolve(port);
      return;
    }
    waiting.set(id, (late) => { waiting.delete(id); resolve(late); });
    setTimeout(() => { waiting.delete(id); resolve(undefined); }, PATIENCE_MS);
  });
  scope.addEventListener('fetch', (event) => {
    const { pathname, searchParams } = new URL(event.request.url);
    if (pathname !== new URL('stream', scope.registration.scope).pathname) return;
    event.stopImmediatePropagation();
    event.respondWith(portOf(searchParams.get('id') ?? '').then((port) => (port === undefined
      ? new Response('No page streams under this id.', { status: 404, headers: { 'Content-Type': 'text/plain' } })
      : new Response(body(port), { headers: HEADERS }))));
  });
}
