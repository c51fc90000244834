import { LabError } from '../../kernels/index.ts';
import { checkMemory, checkPossible } from '../../kernels/codecs/header.ts';
import { readPng } from '../../kernels/codecs/png.ts';
import { readPnm } from '../../kernels/codecs/pnm.ts';
import { readQoi } from '../../kernels/codecs/qoi.ts';
import type { Admit } from '../../kernels/codecs/reading.ts';
import { FILE_TYPES } from '../../kernels/codecs/sniff.ts';
import type { FileType } from '../../kernels/codecs/sniff.ts';
import { readY4m } from '../../kernels/codecs/y4m.ts';
import type { FileWay } from '../protocol.ts';
import { decodeByBrowser } from './browser.ts';
import { read, viaBrowser } from './decoded.ts';
import type { Decoded } from './decoded.ts';
import { JPEG_WAYS, jpegWay, openJpeg } from './jpeg.ts';

/** The one budget that all readers ask, with everything they are about to allocate. */
const budget = (allowLarge: boolean): Admit => (claim) => {
  checkPossible(claim);
  checkMemory(claim, allowLarge);
};

const REFUSED: Partial<Record<FileType, string>> = {
  empty: 'It has no bytes at all; the copy or download probably failed.',
  svg: 'An SVG is a drawing, and may carry scripts; it is not opened here. Export it as PNG.',
  html: 'This is a web page; perhaps an error page was saved instead of the picture.',
  pdf: 'Export the page as PNG.',
  zip: 'Unpack it and open the picture inside.',
  mp4: 'Videos are not opened in this view; extract a frame, or convert it to Y4M.',
  webm: 'Videos are not opened in this view; extract a frame, or convert it to Y4M.',
};

/**
 * Every way a file can be seen, the one to show first; none when its content is unknown.
 * @throws LabError with the cause and what to do
 */
export async function decodeFile(type: FileType, bytes: Uint8Array, file: Blob, allowLarge: boolean): Promise<readonly Decoded[]> {
  const refused = REFUSED[type];
  if (refused !== undefined) throw new LabError({ code: `open/${type}`, what: `This is ${type === 'empty' ? 'an empty file' : `${FILE_TYPES[type].title}, not a picture of pixels`}.`, remedy: refused });
  switch (type) {
    case 'raw': return [];
    case 'jpeg': return openJpeg(bytes, budget(allowLarge), allowLarge);
    case 'png': return [read(readPng(bytes, budget(allowLarge)), 'PNG')];
    case 'pnm': return [read(readPnm(bytes, budget(allowLarge)), 'PNM')];
    case 'y4m': return [read(readY4m(bytes), 'Y4M', 'first frame')];
    case 'qoi': return [read(readQoi(bytes, budget(allowLarge)), 'QOI')];
    default: return [viaBrowser(await decodeByBrowser(file))];
  }
}

/** Ways to see a file of a type that are made when they are first wanted. */
export const otherWays = (type: FileType): readonly FileWay[] | undefined => (type === 'jpeg' ? JPEG_WAYS : undefined);

/** A file in one of its further ways. @throws LabError */
export const decodeWay = (bytes: Uint8Array, way: string): Promise<Decoded> => jpegWay(bytes, way);
