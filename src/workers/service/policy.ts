/**
 * What browsers are told that this site may do. The one statement of it: the page's meta element, `_headers`, the configurations in
 * docs/HOSTING.md, the preview server, and what the service worker adds where a host sends nothing, are all made from here.
 */

type Directives = Readonly<Record<string, string>>;

/** Nothing remote, no code from text; what a document, a worker or the service worker may load and run. */
const DIRECTIVES: Directives = {
  'default-src': "'none'",
  // Conversions are compiled to WebAssembly at run time.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'style-src': "'self'",
  // React writes computed geometry (pan, zoom, panel sizes) as style attributes.
  'style-src-attr': "'unsafe-inline'",
  'img-src': "'self' blob:",
  'font-src': "'self'",
  'connect-src': "'self' blob:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  // Addresses of workers go through the policy of ownScripts.ts, which lets pass those of this site alone.
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
};

/** Workers whose libraries need more than the others: a worker has the policy of its own script. `undefined` takes a directive away. */
export const EXCEPTIONS: readonly { readonly worker: string; readonly why: string; readonly change: Readonly<Record<string, string | undefined>> }[] = [
  {
    worker: 'bench.worker', why: 'OpenCV.js makes code from text and keeps its module in a data address',
    change: { 'script-src': "'self' 'wasm-unsafe-eval' 'unsafe-eval'", 'connect-src': "'self' blob: data:", 'require-trusted-types-for': undefined, 'trusted-types': undefined },
  },
  { worker: 'stream.worker', why: 'Mediabunny joins a video’s alpha in workers that it makes from text', change: { 'worker-src': "'self' blob:" } },
  { worker: 'mjpeg.worker', why: 'the same videos', change: { 'worker-src': "'self' blob:" } },
];

/** What a meta element cannot say; browsers complain of it there. */
const HEADER_ONLY: readonly string[] = ['frame-ancestors'];

const written = (directives: Readonly<Record<string, string | undefined>>): string => Object.entries(directives).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`])).join('; ');

/** The content security policy of a file of the site. @param path its address, or the end of it */
export function contentSecurityPolicy(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return written({ ...DIRECTIVES, ...EXCEPTIONS.find(({ worker }) => file.startsWith(`${worker}-`))?.change });
}

/** The page's policy as a meta element can say it. */
export const metaPolicy = (): string => written(Object.fromEntries(Object.entries(DIRECTIVES).filter(([name]) => !HEADER_ONLY.includes(name))));

/** Cross-origin isolation: SharedArrayBuffer and fine timers. */
export const ISOLATION: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const ALLOWED = ['camera', 'clipboard-write', 'cross-origin-isolated', 'display-capture'];
const REFUSED = ['accelerometer', 'autoplay', 'clipboard-read', 'encrypted-media', 'fullscreen', 'gamepad', 'geolocation', 'gyroscope', 'hid', 'idle-detection', 'local-fonts', 'magnetometer', 'microphone', 'midi', 'payment', 'picture-in-picture', 'publickey-credentials-create', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'storage-access', 'usb', 'window-management', 'xr-spatial-tracking'];

/** Headers that every file has alike. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  ...ISOLATION,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': [...ALLOWED.map((feature) => `${feature}=(self)`), ...REFUSED.map((feature) => `${feature}=()`)].join(', '),
};

/** All headers of a file of the site. */
export const headersOf = (path: string): Readonly<Record<string, string>> => ({ ...COMMON_HEADERS, 'Content-Security-Policy': contentSecurityPolicy(path) });
