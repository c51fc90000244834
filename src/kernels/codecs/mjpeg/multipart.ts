/** Separates the parts of a stream. @source RFC 2046, 5.1 */
export const BOUNDARY = 'swizzle-frame';

/** What a response that streams pictures calls itself: each part replaces the one before. */
export const MULTIPART_TYPE = `multipart/x-mixed-replace; boundary=${BOUNDARY}`;

/** Behind each picture. */
const PART_END = '\r\n';
export const PART_END_BYTES = PART_END.length;
/** No header is longer: room before a picture that the header can be written into. */
export const PART_HEADER_ROOM = 160;

/** The header of a part. @param timestamp seconds since the stream's start, as the `X-Timestamp` of common camera servers */
export function partHeader(byteLength: number, timestamp: number): string {
  return `--${BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${String(byteLength)}\r\nX-Timestamp: ${timestamp.toFixed(6)}\r\n\r\n`;
}

function writeText(target: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) target[at + index] = text.charCodeAt(index);
}

/**
 * Makes a part of a picture that lies in a buffer, without moving it: the header goes right before, the line end right behind.
 * @param jpegAt where the picture begins; at least PART_HEADER_ROOM
 * @returns a view of the part
 */
export function framePart(buffer: Uint8Array<ArrayBuffer>, jpegAt: number, byteLength: number, timestamp: number): Uint8Array<ArrayBuffer> {
  const header = partHeader(byteLength, timestamp);
  writeText(buffer, jpegAt - header.length, header);
  writeText(buffer, jpegAt + byteLength, PART_END);
  return buffer.subarray(jpegAt - header.length, jpegAt + byteLength + PART_END.length);
}

/** A part in a new buffer. */
export function multipartPart(jpeg: Uint8Array, timestamp: number): Uint8Array<ArrayBuffer> {
  const header = partHeader(jpeg.length, timestamp);
  const part = new Uint8Array(header.length + jpeg.length + PART_END.length);
  writeText(part, 0, header);
  part.set(jpeg, header.length);
  writeText(part, header.length + jpeg.length, PART_END);
  return part;
}
