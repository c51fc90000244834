import { LabError, byteLength, toErrorInfo } from '../../../kernels/index.ts';
import type { Image } from '../../../kernels/index.ts';
import { checkMemory, checkPossible } from '../../../kernels/codecs/header.ts';
import { hintFromName } from '../../../kernels/codecs/rawName.ts';
import type { Admit } from '../../../kernels/codecs/reading.ts';
import { FILE_TYPES } from '../../../kernels/codecs/sniff.ts';
import type { FileType } from '../../../kernels/codecs/sniff.ts';
import { MOST_HELD_BYTES, readBlob } from '../imageStore.ts';
import type { FileWay, OpenOptions } from '../protocol.ts';
import { decodeByBrowser } from '../../browser/decoding.ts';
import { read, viaBrowser } from './decoded.ts';
import type { Decoded } from './decoded.ts';
import { JPEG_WAYS } from './jpegWays.ts';

/** The one budget that all readers ask, with everything they are about to allocate. */
const budget = (allowLarge: boolean): Admit => (claim) => {
  checkPossible(claim);
  checkMemory(claim, allowLarge);
};

// Each reader is fetched with the first file of its kind: the first load goes without.
const jpeg = () => import('./jpeg.ts');

const REFUSED: Partial<Record<FileType, string>> = {
  empty: 'It has no bytes at all; the copy or download probably failed.',
  svg: 'An SVG is a drawing, and may carry scripts; it is not opened here. Export it as PNG.',
  html: 'This is a web page; perhaps an error page was saved instead of the picture.',
  pdf: 'Export the page as PNG.',
  zip: 'Unpack it and open the picture inside.',
  mp4: 'Videos are not opened in this view; extract a frame, or convert it to Y4M.',
  webm: 'Videos are not opened in this view; extract a frame, or convert it to Y4M.',
};

/** What a file is read as: what it begins like, unless raw pixels are asked for, or its name and length fit a raw format to the byte. */
export function readingType(found: FileType, name: string, bytes: number, reading: OpenOptions['reading']): FileType {
  if (reading !== undefined) return reading === 'raw' && found !== 'empty' ? 'raw' : found;
  const { width, height, format } = hintFromName(name, bytes) ?? {};
  return width !== undefined && height !== undefined && format !== undefined && byteLength({ format, width, height }) === bytes ? 'raw' : found;
}

const AS_PNG = 'Save it as PNG (ImageMagick: magick in out.png) and open that';

/** Pictures, and what holds some, that are not read here. */
const UNREAD: Partial<Record<FileType, string>> = {
  exr: 'Save it as PFM, which keeps its floats, or as 16-bit PNG, and open that',
  hdr: 'Save it as PFM, which keeps its floats, or as 16-bit PNG, and open that',
  dds: AS_PNG, psd: AS_PNG, jp2: AS_PNG, ico: AS_PNG, ktx: AS_PNG, dpx: AS_PNG, fits: AS_PNG, hdf5: AS_PNG, dicom: AS_PNG, flif: AS_PNG, bpg: AS_PNG, raf: AS_PNG, farbfeld: AS_PNG,
  npy: 'Read it as raw pixels with the array’s own width, height and type; its header is a multiple of 64 B, mostly 128',
  avi: 'Extract a frame, or convert it to Y4M, and open that',
  gzip: 'Unpack it and open the picture inside',
};

/** What the browser cannot read by name; some browsers can. */
const IN_BROWSER: Partial<Record<FileType, string>> = { tiff: 'TIFF (or a DNG or other camera raw that is built like it)', jxl: 'JPEG XL', heif: 'HEIF', avif: 'AVIF', webp: 'WebP', gif: 'GIF', bmp: 'BMP' };

async function throughBrowser(type: FileType, file: Blob): Promise<Image> {
  try {
    return await decodeByBrowser(file);
  } catch (thrown) {
    const { code, what } = toErrorInfo(thrown);
    throw new LabError({ code, what: `It begins like ${IN_BROWSER[type] ?? FILE_TYPES[type].title}, which this browser could not read. ${what}`, remedy: `${AS_PNG}. If it only looks like one, read it as raw pixels.` });
  }
}

/** How much of a file has to be in memory for `decodeFile`: of a large stream its first frame, of everything else all. @throws LabError */
export async function bytesToRead(type: FileType, file: Blob): Promise<number> {
  if (type !== 'y4m' || file.size <= MOST_HELD_BYTES) return file.size;
  const { firstFrameEnd, Y4M_HEAD_BYTES } = await import('../../../kernels/codecs/y4m.ts');
  return Math.min(file.size, firstFrameEnd(await readBlob(file.slice(0, Y4M_HEAD_BYTES))));
}

/**
 * Every way a file can be seen, the one to show first; none when its content is unknown.
 * @throws LabError with the cause and what to do
 */
export async function decodeFile(type: FileType, bytes: Uint8Array, file: Blob, allowLarge: boolean): Promise<readonly Decoded[]> {
  const refused = REFUSED[type];
  if (refused !== undefined) throw new LabError({ code: `open/${type}`, what: `This is ${type === 'empty' ? 'an empty file' : `${FILE_TYPES[type].title}, not a picture of pixels`}.`, remedy: refused });
  const unread = UNREAD[type];
  if (unread !== undefined) throw new LabError({ code: 'open/unread', what: `It begins like ${FILE_TYPES[type].title}, which is not read here.`, remedy: `${unread}. If it only looks like one, read it as raw pixels.` });
  switch (type) {
    case 'raw': return [];
    case 'jpeg': return (await jpeg()).openJpeg(bytes, budget(allowLarge), allowLarge);
    case 'png': return [read((await import('../../../kernels/codecs/png.ts')).readPng(bytes, budget(allowLarge)), 'PNG')];
    case 'pnm': return [read((await import('../../../kernels/codecs/pnm.ts')).readPnm(bytes, budget(allowLarge)), 'PNM')];
    case 'y4m': return [read((await import('../../../kernels/codecs/y4m.ts')).readY4m(bytes), 'Y4M', 'first frame')];
    case 'qoi': return [read((await import('../../../kernels/codecs/qoi.ts')).readQoi(bytes, budget(allowLarge)), 'QOI')];
    default: return [viaBrowser(await throughBrowser(type, file))];
  }
}

/** Ways to see a file of a type that are made when they are first wanted. */
export const otherWays = (type: FileType): readonly FileWay[] | undefined => (type === 'jpeg' ? JPEG_WAYS : undefined);

/** A file in one of its further ways. @throws LabError */
export const decodeWay = (bytes: Uint8Array, way: string): Promise<Decoded> => jpeg().then(({ jpegWay }) => jpegWay(bytes, way));
