const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 12;

/** One frame in an IVF file, which players open. @param fourCC `VP80`, `VP90`, `AV01` @source libvpx, ivfenc.c */
export function ivf(fourCC: string, frame: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(HEADER_BYTES + FRAME_HEADER_BYTES + frame.length);
  const view = new DataView(file.buffer);
  const ascii = (text: string, at: number): void => { for (let index = 0; index < text.length; index += 1) file[at + index] = text.charCodeAt(index); };
  ascii('DKIF', 0);
  view.setUint16(6, HEADER_BYTES, true);
  ascii(fourCC, 8);
  view.setUint16(12, width, true);
  view.setUint16(14, height, true);
  view.setUint32(16, 1, true);
  view.setUint32(20, 1, true);
  view.setUint32(24, 1, true);
  view.setUint32(HEADER_BYTES, frame.length, true);
  file.set(frame, HEADER_BYTES + FRAME_HEADER_BYTES);
  return file;
}

export const ivfFrame = (file: Uint8Array): Uint8Array => file.subarray(HEADER_BYTES + FRAME_HEADER_BYTES);
