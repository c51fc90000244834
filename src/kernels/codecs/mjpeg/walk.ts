import { MARKER, isFrameHeader, isSelfStanding } from '../jpeg/format/codes.ts';
import { firstWithin, separatorsIn } from './boundary.ts';

const { SOI, EOI, SOS, TEM, SOF0, COM } = MARKER;
const hasLength = (marker: number): boolean => marker >= SOF0 && marker <= COM && !isSelfStanding(marker);

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

/** The next start marker with a marker behind it; −1 where there is none. */
export function findStart(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) if (bytes[at + 1] === SOI && bytes[at + 2] === 0xff) return at;
  return -1;
}

const atBoundary = 'The next part begins before this one’s end marker.';
const atStart = 'The next picture begins before this one’s end marker.';

/**
 * Follows JPEGs of one stream: segments by their lengths, so that pictures inside them (thumbnails) are passed over,
 * entropy-coded bytes up to the next marker, to the end marker; never over a line that separates parts.
 * Remembers what leads nowhere: all walks together take a time in proportion to the stream.
 */
export class Walker {
  /** By place of a segment: 1 where no picture follows it if no frame header came before, 2 if one did. Made when it is first needed. */
  private dead: Uint8Array | undefined;
  private readonly bytes: Uint8Array;
  private readonly separators: readonly number[];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.separators = separatorsIn(bytes);
  }

  /** @param start where FF D8 lies */
  walk(start: number): Walk {
    const passed: number[] = [];
    const walk = this.follow(start, passed);
    if (walk.state === 'none') {
      this.dead ??= new Uint8Array(this.bytes.length);
      for (const place of passed) this.dead[Math.floor(place / 4)] |= place % 4;
    }
    return walk;
  }

  private follow(start: number, passed: number[]): Walk {
    const { bytes } = this;
    let at = start + 2;
    let [hasFrame, hasScan] = [false, false];
    const broken = (where: number, remark: string): Walk => (hasScan ? cut(where, remark) : none(where));
    while (at + 1 < bytes.length) {
      if (!hasScan) {
        const kind = hasFrame ? 2 : 1;
        if (this.dead !== undefined && (this.dead[at] & kind) !== 0) return none(at);
        passed.push(at * 4 + kind);
      }
      if (bytes[at] !== 0xff) return broken(at, `At byte ${String(at)} a marker was expected; there is 0x${bytes[at].toString(16)}.`);
      const marker = bytes[at + 1];
      if (marker === 0xff || marker === TEM) at += marker === TEM ? 2 : 1;
      else if (marker === EOI) return hasScan ? { state: 'whole', end: at + 2, remark: undefined } : none(at);
      else if (marker === SOI) return broken(at, atStart);
      else {
        const length = at + 3 < bytes.length ? bytes[at + 2] * 256 + bytes[at + 3] : bytes.length;
        if (!hasLength(marker) || length < 2) return broken(at, `The marker 0xFF${marker.toString(16)} at byte ${String(at)} cannot stand there.`);
        const segmentEnd = at + 2 + length;
        const barrier = this.barrier(at + 2, Math.min(segmentEnd, bytes.length), hasScan);
        if (barrier !== undefined) return hasFrame ? barrier : none(at);
        if (segmentEnd > bytes.length) return hasFrame ? this.cutWithin(at + 2, 'The bytes end within a segment.') : none(at);
        hasFrame ||= isFrameHeader(marker);
        at = segmentEnd;
        if (marker !== SOS) continue;
        if (!hasFrame) return none(at);
        hasScan = true;
        const next = nextMarker(bytes, at);
        const separator = firstWithin(this.separators, at, next < 0 ? bytes.length : next);
        if (separator >= 0) return cut(separator, atBoundary);
        if (next < 0) return cut(bytes.length, 'The bytes end before the end marker.');
        at = next;
      }
    }
    return hasFrame ? cut(bytes.length, 'The bytes end before the end marker.') : none(at);
  }

  /** What a segment must not reach over: a line between parts; behind a scan, where no thumbnails are, the start of a picture too. */
  private barrier(from: number, to: number, hasScan: boolean): Walk | undefined {
    const separator = firstWithin(this.separators, from, to);
    const start = hasScan ? findStart(this.bytes.subarray(0, to), from) : -1;
    if (start >= 0 && (separator < 0 || start < separator)) return cut(start, atStart);
    return separator < 0 ? undefined : cut(separator, atBoundary);
  }

  /** A segment that claims more than there is ends where the next picture begins. */
  private cutWithin(from: number, remark: string): Walk {
    const start = findStart(this.bytes, from);
    return start < 0 ? cut(this.bytes.length, remark) : cut(start, atStart);
  }
}
