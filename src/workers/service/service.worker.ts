/// <reference lib="webworker" />
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import { serveStream } from '../mjpeg/serveStream.ts';
import { headersOf } from './policy.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (string | { url: string; revision: string | null })[] };

/** A static host may not send the headers that isolate a page and bind what it may load; a copy of the response can. */
function guarded(response: Response, { pathname }: URL): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(headersOf(pathname))) headers.set(name, value);
  // Whole files are answered, whatever part was asked for.
  headers.set('Accept-Ranges', 'none');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

// Before Workbox's own listener: navigations are answered here alone, and so are workers, which an isolated page refuses without the headers.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const isPage = request.mode === 'navigate';
  if (!isPage && !(request.destination === 'worker' && new URL(request.url).origin === self.location.origin)) return;
  const answer = async (): Promise<Response> => {
    // The cache was filled without an Origin, which imports of module workers send; hosts that vary by it send the same files all the same.
    const cached = await caches.match(isPage ? 'index.html' : request, { ignoreSearch: true, ignoreVary: true });
    return guarded(cached ?? (await fetch(request)), new URL(request.url));
  };
  event.stopImmediatePropagation();
  event.respondWith(answer());
});

// Before Workbox's listener too.
serveStream(self);

// Everything the app needs is kept at the first visit; after that it works without a network.
cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/^/] });

self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
