import { crc32, deflateSync } from 'node:zlib';

/** A chunk by Node's CRC. @param crc another one than the right one */
export function pngChunk(type: string, data: Uint8Array | readonly number[], crc?: number): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(data)]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc ?? crc32(body));
  return new Uint8Array(Buffer.concat([length, body, sum]));
}

export interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly type: number;
  readonly interlace?: number;
  /** Filter bytes and rows, before they are compressed. */
  readonly rows?: readonly number[];
  /** The whole zlib stream, instead of rows. */
  readonly stream?: Uint8Array;
  /** Chunks between header and data, and behind the data. */
  readonly before?: readonly Uint8Array[];
  readonly after?: readonly Uint8Array[];
}

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export function pngHeader({ width, height, depth, type, interlace = 0 }: PngParts): Uint8Array {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width);
  data.writeUInt32BE(height, 4);
  data.set([depth, type, 0, 0, interlace], 8);
  return pngChunk('IHDR', data);
}

/** A PNG made by Node's zlib and CRC, apart from the reader under test. */
export function pngFile(parts: PngParts): Uint8Array {
  const stream = parts.stream ?? deflateSync(Uint8Array.from(parts.rows ?? []));
  return new Uint8Array(Buffer.concat([PNG_SIGNATURE, pngHeader(parts), ...(parts.before ?? []), pngChunk('IDAT', stream), ...(parts.after ?? []), pngChunk('IEND', [])]));
}
