/** Headers that make a page cross-origin isolated: SharedArrayBuffer and fine timers. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Nothing remote, no eval. `wasm-unsafe-eval`: conversions are compiled to WebAssembly at run time.
 * `style-src-attr`: React writes computed geometry (pan, zoom, panel sizes) as style attributes.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self' blob: data:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * The policy of a file of the site. A worker has the policy of its own script: the one that measures may run OpenCV.js, which makes code
 * from text, and still reaches nothing but this site.
 * @param {string} path
 */
export const policyFor = (path) => (/\/bench\.worker-[^/]*\.js/.test(path) ? contentSecurityPolicy.replace("'wasm-unsafe-eval'", "'wasm-unsafe-eval' 'unsafe-eval'") : contentSecurityPolicy);
