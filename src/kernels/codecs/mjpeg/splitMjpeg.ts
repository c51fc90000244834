import { checkBytes } from '../../image/checks.ts';
import { formatBytes } from '../../labError.ts';
import { latin1 } from './boundary.ts';
import { Walker, findStart } from './walk.ts';

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

interface Preamble {
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes that are neither header nor boundary. */
  readonly garbage: number;
}

const HEADER_LINE = /^[!#$%&'*+.^_`|~\w-]+:/;

/** The header lines right before a picture, up to the boundary or the first line that is none. */
function readPreamble(bytes: Uint8Array, from: number, to: number): Preamble {
  const text = latin1(bytes.subarray(Math.max(from, to - LONGEST_HEADER), to));
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const skipped = to - from - text.length;
  // An empty line ends the header, and nothing stands between it and the picture.
  if (lines.length < 2 || lines.at(-1) !== '' || lines.at(-2) !== '') return { headers: {}, garbage: skipped === 0 && text.trim() === '' ? 0 : to - from };
  let first = lines.length - 2;
  while (first > 0 && HEADER_LINE.test(lines[first - 1])) first -= 1;
  const headers = Object.fromEntries(lines.slice(first, -2).map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  const hasBoundary = lines[first - 1]?.startsWith('--');
  const before = lines.slice(0, hasBoundary ? first - 1 : first).join('').replaceAll('\r', '');
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
 * and compared, never trusted. Garbage between pictures is passed over; a picture that is cut short is given as far as it goes:
 * to the next picture or the line that separates parts.
 */
export function splitMjpeg(bytes: Uint8Array): readonly MjpegFrame[] {
  checkBytes(bytes);
  const frames: MjpegFrame[] = [];
  const walker = new Walker(bytes);
  let end = 0;
  for (let start = findStart(bytes, 0); start >= 0;) {
    const walk = walker.walk(start);
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
