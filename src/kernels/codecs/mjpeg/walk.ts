/** Second bytes of the markers that matter here. @source ITU-T T.81, table B.1 */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const TEM = 0x01;
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
const isFrameHeader = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const hasLength = (marker: number): boolean => marker >= 0xc0 && marker <= 0xfe && marker !== SOI && marker !== EOI && !isRestart(marker);

/** How far a JPEG reaches. `end` is the byte behind it; `none`: what begins there is no JPEG. */
export interface Walk {
  readonly state: 'whole' | 'cut' | 'none';
  readonly end: number;
  /** Why it is not whole. */
  readonly remark: string | undefined;
}

/** The next 0xFF from `from` that is neither stuffed, fill nor a restart marker; −1 where the bytes end first. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === SOI || next === EOI || hasLength(next)) return at;
  }
  return -1;
}

const cut = (end: number, remark: string): Walk => ({ state: 'cut', end, remark });
const none = (at: number): Walk => ({ state: 'none', end: at, remark: undefined });

/**
 * Follows a JPEG from its start marker: segments by their lengths, so that pictures inside them (thumbnails) are passed over,
 * entropy-coded bytes up to the next marker, to the end marker.
 * @param start where FF D8 lies
 */
export function walkJpeg(bytes: Uint8Array, start: number): Walk {
  let at = start + 2;
  let hasFrame = false;
  let hasScan = false;
  const broken = (where: number, remark: string): Walk => (hasScan ? cut(where, remark) : none(where));
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return broken(at, `At byte ${String(at)} a marker was expected; there is 0x${bytes[at].toString(16)}.`);
    const marker = bytes[at + 1];
    if (marker === 0xff || marker === TEM) at += marker === TEM ? 2 : 1;
    else if (marker === EOI) return hasScan ? { state: 'whole', end: at + 2, remark: undefined } : none(at);
    else if (marker === SOI) return broken(at, 'The next picture begins before this one’s end marker.');
    else {
      const length = at + 3 < bytes.length ? bytes[at + 2] * 256 + bytes[at + 3] : bytes.length;
      if (!hasLength(marker) || length < 2) return broken(at, `The marker 0xFF${marker.toString(16)} at byte ${String(at)} cannot stand there.`);
      if (at + 2 + length > bytes.length) return hasFrame ? cut(bytes.length, 'The bytes end within a segment.') : none(at);
      hasFrame ||= isFrameHeader(marker);
      at += 2 + length;
      if (marker !== SOS) continue;
      if (!hasFrame) return none(at);
      hasScan = true;
      const next = nextMarker(bytes, at);
      if (next < 0) return cut(bytes.length, 'The bytes end before the end marker.');
      at = next;
    }
  }
  return hasFrame ? cut(bytes.length, 'The bytes end before the end marker.') : none(at);
}
