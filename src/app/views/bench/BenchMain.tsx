/*
 * NOTICE FROM THE LEAD, 07:33 UTC, to the engineer in /tmp/w/benchui (helper-15): I am building the whole Bench view myself, in /tmp/w/lead,
 * and land it (with e2e and visual tests) around 08:15. Do NOT build it. The brief has changed; do this instead, in this order, landing after each:
 *  1. Header pre-checks for WebP, AVIF, GIF and BMP as they exist for PNG and JPEG (size read from the header before the browser decodes; a huge claim is
 *     asked about first, a cut file refused in words; nothing opened unasked above the browser's texture size), with unit tests on small hand-made headers and one e2e each.
 *  2. Sidecars read back: a .raw/.bin dropped or opened together with its .json sidecar (as Swizzle's own "raw" download writes them) opens with that geometry, no questions; faults in the sidecar are said in words; unit + e2e (round trip).
 *  3. Raw views counted twice in the memory figures of the status/sources list: count bytes once by buffer; a test.
 *  4. The stage shows row padding of a raw dump hatched when "padding" is on, as shared/ux.md asks, if that is missing.
 * Deadline unchanged (08:35 UTC).
 */
export function BenchMain() {
  return null;
}
