/** Pictures one after another: the stream of a camera server, read and written. */
export { splitMjpeg } from './splitMjpeg.ts';
export type { MjpegFrame } from './splitMjpeg.ts';
export { BOUNDARY, MULTIPART_TYPE, PART_END_BYTES, PART_HEADER_ROOM, framePart, multipartPart, partHeader } from './multipart.ts';
