/// <reference lib="webworker" />
import { MULTIPART_TYPE } from '../../kernels/codecs/mjpeg/index.ts';
import type { OutletSays, PlayerSays } from './outlet.ts';
import { StreamDesk } from './streamDesk.ts';

const say = (port: MessagePort, message: PlayerSays): void => port.postMessage(message);

/** Parts as they come, asked for one at a time: a player that is slow is asked less often. Whatever else is said ends the stream. */
function body(port: MessagePort): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      const end = (): void => {
        port.onmessage = null;
        controller.close();
      };
      port.onmessage = ({ data }: MessageEvent<OutletSays | null>) => {
        if (data?.type === 'part' && data.bytes instanceof Uint8Array) controller.enqueue(data.bytes);
        else end();
      };
      port.onmessageerror = end;
    },
    pull: () => say(port, { type: 'pull' }),
    cancel: () => say(port, { type: 'gone' }),
  }, { highWaterMark: 1 });
}

const HEADERS = { 'Content-Type': MULTIPART_TYPE, 'Cache-Control': 'no-store', 'Accept-Ranges': 'none', 'Cross-Origin-Resource-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const refusal = (status: number, text: string): Response => new Response(text, { status, headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' } });

/**
 * Answers `stream?id=…` with the frames that come through the channel of this id: to the page that opened it, and to a window
 * without an opener of its own (the address typed into another tab), once.
 */
export function serveStream(scope: ServiceWorkerGlobalScope): void {
  const desk = new StreamDesk<MessagePort>((port) => { say(port, { type: 'gone' }); port.close(); });
  scope.addEventListener('message', ({ data, source, ports: [port] }) => {
    const client = source !== null && 'id' in source ? source.id : undefined;
    if (port !== undefined && client !== undefined) desk.offer(data, client, port);
  });
  scope.addEventListener('fetch', (event) => {
    const { pathname, searchParams } = new URL(event.request.url);
    if (pathname !== new URL('stream', scope.registration.scope).pathname) return;
    event.stopImmediatePropagation();
    // A navigation has no client yet: whoever knows the id, which nobody can guess, may look.
    const client = event.request.mode === 'navigate' ? undefined : event.clientId;
    event.respondWith(desk.claim(searchParams.get('id') ?? '', client).then((port) => (port === undefined
      ? refusal(404, 'No page streams under this id.')
      : new Response(body(port), { headers: HEADERS }))));
  });
}
