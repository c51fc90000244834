import type { Header } from './chunks.ts';

/** A picture of its own within the data: the whole of it, or one of the seven of an interlaced file. */
export interface Pass {
  readonly width: number;
  readonly height: number;
  /** Bytes of a row without its filter byte. */
  readonly rowBytes: number;
  /** Of its first pixel in the picture, and from one to the next. */
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** @source PNG specification, §8.1 Adam7 */
const ADAM7 = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;

export const bitsPerPixel = ({ depth, channels }: Header): number => depth * channels;

/** Passes with pixels in them, in the order of the data. */
export function passesOf(header: Header): readonly Pass[] {
  const places = header.isInterlaced ? ADAM7 : ([[0, 0, 1, 1]] as const);
  return places.flatMap(([x, y, stepX, stepY]) => {
    const [width, height] = [Math.ceil((header.width - x) / stepX), Math.ceil((header.height - y) / stepY)];
    return width > 0 && height > 0 ? [{ width, height, rowBytes: Math.ceil((width * bitsPerPixel(header)) / 8), x, y, stepX, stepY }] : [];
  });
}

export const passBytes = ({ rowBytes, height }: Pass): number => (rowBytes + 1) * height;

/** Filter 4. `out` is written at `to`, `to − above` is the row before. §9.4 */
function unfilterPaeth(bytes: Uint8Array, from: number, to: number, rowBytes: number, back: number): void {
  const above = to - rowBytes;
  // With nothing on the left, the predictor is what is above.
  for (let at = 0; at < Math.min(back, rowBytes); at += 1) bytes[to + at] = bytes[from + at] + bytes[above + at];
  for (let at = back; at < rowBytes; at += 1) {
    const left = bytes[to + at - back];
    const up = bytes[above + at];
    const corner = bytes[above + at - back];
    const alongX = up - corner;
    const alongY = left - corner;
    const toLeft = alongX < 0 ? -alongX : alongX;
    const toUp = alongY < 0 ? -alongY : alongY;
    const sum = alongX + alongY;
    const toCorner = sum < 0 ? -sum : sum;
    bytes[to + at] = bytes[from + at] + (toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
  }
}

/** One row, moved from `from` to `to`; the row above ends at `to` unless this is the first. @param back bytes to the pixel on the left @returns whether its filter exists */
function unfilterRow(bytes: Uint8Array, filter: number, from: number, to: number, rowBytes: number, back: number, isFirst: boolean): boolean {
  const above = to - rowBytes;
  switch (filter) {
    case 0:
      bytes.copyWithin(to, from, from + rowBytes);
      return true;
    case 1:
      bytes.copyWithin(to, from, from + Math.min(back, rowBytes));
      for (let at = back; at < rowBytes; at += 1) bytes[to + at] = bytes[from + at] + bytes[to + at - back];
      return true;
    case 2:
      if (isFirst) bytes.copyWithin(to, from, from + rowBytes);
      else for (let at = 0; at < rowBytes; at += 1) bytes[to + at] = bytes[from + at] + bytes[above + at];
      return true;
    case 3:
      for (let at = 0; at < rowBytes; at += 1) bytes[to + at] = bytes[from + at] + (((at < back ? 0 : bytes[to + at - back]) + (isFirst ? 0 : bytes[above + at])) >> 1);
      return true;
    case 4:
      // Without a row above, the predictor is the left pixel.
      if (isFirst) return unfilterRow(bytes, 1, from, to, rowBytes, back, true);
      unfilterPaeth(bytes, from, to, rowBytes, back);
      return true;
    default: return false;
  }
}

/**
 * Undoes the filters of one pass, in place: its rows then lie from `start` on, without filter bytes.
 * @param available bytes from `start` that the data gave; what is missing becomes 0
 * @returns whole rows that are right; fewer than the pass has where the data end or a filter does not exist
 */
export function unfilter(bytes: Uint8Array, start: number, { rowBytes, height }: Pass, back: number, available: number): number {
  let row = 0;
  for (; row < height && (row + 1) * (rowBytes + 1) <= available; row += 1) {
    const from = start + row * (rowBytes + 1);
    if (!unfilterRow(bytes, bytes[from], from + 1, start + row * rowBytes, rowBytes, back, row === 0)) break;
  }
  const isCut = row < height && row * (rowBytes + 1) + 1 < available && (row + 1) * (rowBytes + 1) > available;
  const from = start + row * (rowBytes + 1);
  const partBytes = isCut && unfilterRow(bytes, bytes[from], from + 1, start + row * rowBytes, rowBytes, back, row === 0) ? available - row * (rowBytes + 1) - 1 : 0;
  bytes.fill(0, start + row * rowBytes + partBytes, start + height * (rowBytes + 1));
  return row;
}

/** Samples of 1, 2 or 4 bits, most significant first, rows padded to a byte, to one byte each; of 8 bits as they are. */
export function widen(packed: Uint8Array, width: number, height: number, depth: number): Uint8Array {
  if (depth >= 8) return packed;
  const rowBytes = Math.ceil((width * depth) / 8);
  const out = new Uint8Array(width * height);
  const [mask, perByte] = [2 ** depth - 1, 8 / depth];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0, at = y * rowBytes, shift = 8 - depth; x < width; x += 1, shift -= depth) {
      if (x > 0 && x % perByte === 0) {
        at += 1;
        shift = 8 - depth;
      }
      out[y * width + x] = (packed[at] >> shift) & mask;
    }
  }
  return out;
}

/** Puts a pass's pixels into their places. @param pixelBytes of each, in both */
export function scatter(from: Uint8Array, pass: Pass, to: Uint8Array, imageWidth: number, pixelBytes: number): void {
  for (let y = 0, source = 0; y < pass.height; y += 1) {
    let target = ((pass.y + y * pass.stepY) * imageWidth + pass.x) * pixelBytes;
    for (let x = 0; x < pass.width; x += 1, target += pass.stepX * pixelBytes) for (let part = 0; part < pixelBytes; part += 1) to[target + part] = from[source++];
  }
}
