import { checkBytes } from '../../image/checks.ts';
import { formatBytes } from '../../labError.ts';
import { walkJpeg } from './walk.ts';

/** One JPEG of a stream. Offsets in bytes from the stream's start. */
export interface MjpegFrame {
  /** Of its start marker. */
  readonly offset: number;
  /** To behind its end marker, or to where it was cut. */
  readonly byteLength: number;
  /** Of the part, by lower-case name; empty where there are none. */
  readonly headers: Readonly<Record<string, string>>;
  readonly isWhole: boolean;
  /** What is odd about it, in words. */
  readonly remarks: readonly string[];
}

/** A part's header is short: further back than this it is not looked for. */
const LONGEST_HEADER = 4096;

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** The next start marker with a marker behind it; −1 where there is none. */
function findStart(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) if (bytes[at + 1] === 0xd8 && bytes[at + 2] === 0xff) return at;
  return -1;
}

interface Preamble {
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes that are neither header nor boundary. */
  readonly garbage: number;
}

/** The header lines right before a picture, up to the boundary or the first line that is none. */
function readPreamble(bytes: Uint8Array, from: number, to: number): Preamble {
  const text = latin1(bytes.subarray(Math.max(from, to - LONGEST_HEADER), to));
  const block = /(?:^|\n)(?:--[^\r\n]*\r?\n)?((?:[!#$%&'*+.^_`|~\w-]+:[^\r\n]*\r?\n)*)\r?\n$/.exec(text);
  if (block === null) return { headers: {}, garbage: to - from - (/^\s*$/.test(text) && text.length === to - from ? to - from : 0) };
  const lines = (block[1] ?? '').split(/\r?\n/).filter((line) => line !== '');
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  const before = text.slice(0, block.index).replaceAll(/[\r\n]/g, '');
  const skipped = to - from - text.length;
  return { headers, garbage: skipped + before.length };
}

function remarksOf({ headers, garbage }: Preamble, byteLength: number, cutRemark: string | undefined): readonly string[] {
  const claimed = headers['content-length'];
  return [
    ...(garbage > 0 ? [`${formatBytes(garbage)} before it ${garbage === 1 ? 'is' : 'are'} neither picture nor header.`] : []),
    ...(claimed !== undefined && Number(claimed) !== byteLength ? [`Content-Length says ${claimed}; the picture has ${formatBytes(byteLength)}.`] : []),
    ...(cutRemark === undefined ? [] : [cutRemark]),
  ];
}

/**
 * The pictures of an .mjpeg file or a multipart stream, found by their markers alone: boundaries and Content-Length are read
 * and compared, never trusted. Garbage between pictures is passed over; a picture that is cut short is given as far as it goes.
 */
export function splitMjpeg(bytes: Uint8Array): readonly MjpegFrame[] {
  checkBytes(bytes);
  const frames: MjpegFrame[] = [];
  let end = 0;
  for (let start = findStart(bytes, 0); start >= 0;) {
    const walk = walkJpeg(bytes, start);
    if (walk.state === 'none') {
      start = findStart(bytes, start + 2);
      continue;
    }
    const preamble = readPreamble(bytes, end, start);
    const byteLength = walk.end - start;
    frames.push({ offset: start, byteLength, headers: preamble.headers, isWhole: walk.state === 'whole', remarks: remarksOf(preamble, byteLength, walk.remark) });
    end = walk.end;
    start = findStart(bytes, end);
  }
  return frames;
}
