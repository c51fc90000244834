/// <reference lib="webworker" />
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (string | { url: string; revision: string | null })[] };

/** A static host may not send the headers that isolate a page; a copy of the response can. */
function isolated(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

// Before Workbox's own listener: a navigation is answered here alone.
self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return;
  const answer = async (): Promise<Response> => {
    const cached = await caches.match('index.html', { ignoreSearch: true });
    return isolated(cached ?? (await fetch(event.request)));
  };
  event.stopImmediatePropagation();
  event.respondWith(answer());
});

// Everything the app needs is kept at the first visit; after that it works without a network.
cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/.*/] });

self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
