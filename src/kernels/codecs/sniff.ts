/** What a file is by its content. */
export type FileType =
  | 'png' | 'jpeg' | 'webp' | 'avif' | 'heif' | 'gif' | 'bmp' | 'tiff' | 'jxl' | 'pnm' | 'pfm' | 'y4m' | 'qoi'
  | 'exr' | 'hdr' | 'dds' | 'psd' | 'jp2' | 'ico' | 'ktx' | 'dpx' | 'fits' | 'npy' | 'hdf5' | 'dicom' | 'flif' | 'bpg' | 'raf' | 'farbfeld' | 'avi' | 'gzip'
  | 'svg' | 'html' | 'pdf' | 'zip' | 'mp4' | 'webm' | 'empty' | 'raw';

interface Signature {
  readonly type: FileType;
  readonly at: number;
  /** Latin-1 text or bytes. */
  readonly magic: string;
}

const SIGNATURES: readonly Signature[] = [
  { type: 'png', at: 0, magic: '\x89PNG\r\n\x1a\n' },
  { type: 'jpeg', at: 0, magic: '\xff\xd8\xff' },
  { type: 'webp', at: 8, magic: 'WEBP' },
  { type: 'avif', at: 4, magic: 'ftypavif' },
  { type: 'avif', at: 4, magic: 'ftypavis' },
  { type: 'heif', at: 4, magic: 'ftyphei' },
  { type: 'heif', at: 4, magic: 'ftypmif1' },
  { type: 'gif', at: 0, magic: 'GIF87a' },
  { type: 'gif', at: 0, magic: 'GIF89a' },
  { type: 'tiff', at: 0, magic: 'II*\0' },
  { type: 'tiff', at: 0, magic: 'MM\0*' },
  { type: 'tiff', at: 0, magic: 'II+\0' },
  { type: 'tiff', at: 0, magic: 'MM\0+' },
  { type: 'jxl', at: 0, magic: '\xff\x0a' },
  { type: 'jxl', at: 4, magic: 'JXL \r\n\x87\n' },
  { type: 'y4m', at: 0, magic: 'YUV4MPEG2 ' },
  { type: 'qoi', at: 0, magic: 'qoif' },
  { type: 'exr', at: 0, magic: 'v/1\x01' },
  { type: 'hdr', at: 0, magic: '#?RADIANCE' },
  { type: 'hdr', at: 0, magic: '#?RGBE' },
  { type: 'dds', at: 0, magic: 'DDS |\0\0\0' },
  { type: 'psd', at: 0, magic: '8BPS\0' },
  { type: 'jp2', at: 4, magic: 'jP  \r\n\x87\n' },
  { type: 'jp2', at: 0, magic: '\xff\x4f\xff\x51' },
  { type: 'ktx', at: 0, magic: '\xabKTX ' },
  { type: 'dpx', at: 0, magic: 'SDPX' },
  { type: 'dpx', at: 0, magic: 'XPDS' },
  { type: 'fits', at: 0, magic: 'SIMPLE  =' },
  { type: 'npy', at: 0, magic: '\x93NUMPY' },
  { type: 'hdf5', at: 0, magic: '\x89HDF\r\n\x1a\n' },
  { type: 'dicom', at: 128, magic: 'DICM' },
  { type: 'flif', at: 0, magic: 'FLIF' },
  { type: 'bpg', at: 0, magic: 'BPG\xfb' },
  { type: 'raf', at: 0, magic: 'FUJIFILMCCD-RAW' },
  { type: 'farbfeld', at: 0, magic: 'farbfeld' },
  { type: 'avi', at: 8, magic: 'AVI ' },
  { type: 'gzip', at: 0, magic: '\x1f\x8b\x08' },
  { type: 'pdf', at: 0, magic: '%PDF-' },
  { type: 'zip', at: 0, magic: 'PK\x03\x04' },
  { type: 'mp4', at: 4, magic: 'ftyp' },
  { type: 'webm', at: 0, magic: '\x1aE\xdf\xa3' },
];

/** How a type is called, and what file names it usually has. */
export const FILE_TYPES: Record<FileType, { readonly title: string; readonly extensions: readonly string[] }> = {
  png: { title: 'PNG', extensions: ['png', 'apng'] },
  jpeg: { title: 'JPEG', extensions: ['jpg', 'jpeg', 'jpe', 'jfif', 'mjpeg', 'mjpg'] },
  webp: { title: 'WebP', extensions: ['webp'] },
  avif: { title: 'AVIF', extensions: ['avif'] },
  heif: { title: 'HEIF', extensions: ['heic', 'heif'] },
  gif: { title: 'GIF', extensions: ['gif'] },
  bmp: { title: 'BMP', extensions: ['bmp', 'dib'] },
  tiff: { title: 'TIFF', extensions: ['tif', 'tiff', 'dng'] },
  jxl: { title: 'JPEG XL', extensions: ['jxl'] },
  pnm: { title: 'PNM', extensions: ['pbm', 'pgm', 'ppm', 'pnm', 'pam'] },
  pfm: { title: 'PFM', extensions: ['pfm'] },
  y4m: { title: 'Y4M', extensions: ['y4m'] },
  qoi: { title: 'QOI', extensions: ['qoi'] },
  exr: { title: 'OpenEXR', extensions: ['exr'] },
  hdr: { title: 'Radiance HDR', extensions: ['hdr', 'rgbe'] },
  dds: { title: 'DirectDraw Surface (DDS)', extensions: ['dds'] },
  psd: { title: 'Photoshop (PSD)', extensions: ['psd', 'psb'] },
  jp2: { title: 'JPEG 2000', extensions: ['jp2', 'j2k', 'j2c', 'jpx'] },
  ico: { title: 'ICO', extensions: ['ico'] },
  ktx: { title: 'Khronos texture (KTX)', extensions: ['ktx', 'ktx2'] },
  dpx: { title: 'DPX', extensions: ['dpx'] },
  fits: { title: 'FITS', extensions: ['fits', 'fit', 'fts'] },
  npy: { title: 'NumPy array (NPY)', extensions: ['npy'] },
  hdf5: { title: 'HDF5', extensions: ['h5', 'hdf5'] },
  dicom: { title: 'DICOM', extensions: ['dcm'] },
  flif: { title: 'FLIF', extensions: ['flif'] },
  bpg: { title: 'BPG', extensions: ['bpg'] },
  raf: { title: 'Fujifilm raw (RAF)', extensions: ['raf'] },
  farbfeld: { title: 'farbfeld', extensions: ['ff'] },
  avi: { title: 'AVI', extensions: ['avi'] },
  gzip: { title: 'gzip', extensions: ['gz', 'tgz'] },
  svg: { title: 'SVG', extensions: ['svg', 'xml'] },
  html: { title: 'HTML', extensions: ['html', 'htm'] },
  pdf: { title: 'PDF', extensions: ['pdf'] },
  zip: { title: 'ZIP', extensions: ['zip'] },
  mp4: { title: 'MP4', extensions: ['mp4', 'm4v', 'mov'] },
  webm: { title: 'WebM', extensions: ['webm', 'mkv'] },
  empty: { title: 'an empty file', extensions: [] },
  raw: { title: 'raw data', extensions: [] },
};

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** What may stand before the first element of a document, and how it ends. */
const PROLOG: readonly (readonly [string, string])[] = [['<!--', '-->'], ['<?xml', '>'], ['<!doctype svg', '>']];

/** The text from its first element on; '' where that is not within it. Read once from left to right, whatever it holds. */
function firstElement(text: string): string {
  let at = 0;
  for (;;) {
    while (at < text.length && text.charAt(at).trim() === '') at += 1;
    const found = PROLOG.find(([begins]) => text.startsWith(begins, at));
    if (found === undefined) return text.slice(at);
    const [begins, ends] = found;
    const end = text.indexOf(ends, at + begins.length);
    if (end < 0) return '';
    at = end + ends.length;
  }
}

function textType(head: Uint8Array): FileType | undefined {
  const text = latin1(head).toLowerCase();
  const element = firstElement(text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text);
  if (/^<svg[\s>]/.test(element)) return 'svg';
  if (/^<(!doctype html|html)/.test(element)) return 'html';
  if (/^p[1-7][\s#]/.test(text) && head[0] === 0x50) return 'pnm';
  return head[0] === 0x50 && (head[1] === 0x46 || head[1] === 0x66) && (head[2] === 0x0a || head[2] === 0x0d) ? 'pfm' : undefined;
}

/** Sizes that the header behind a BMP's first 14 bytes can have: two letters alone are no evidence. @source Microsoft, BITMAPINFOHEADER and its kin */
const BMP_HEADERS = [12, 16, 40, 52, 56, 64, 108, 124];

const isBmp = (head: Uint8Array): boolean => head[0] === 0x42 && head[1] === 0x4d && BMP_HEADERS.includes(head[14] ?? 0) && head[15] === 0 && head[16] === 0 && head[17] === 0;

/** Four bytes alone are no evidence: the first image must follow the directory, and its reserved byte be 0. @source Microsoft, ICONDIR and ICONDIRENTRY */
function isIco(head: Uint8Array): boolean {
  const [count, offset] = [(head[4] ?? 0) + 256 * (head[5] ?? 0), (head[18] ?? 0) + 256 * (head[19] ?? 0) + 65536 * ((head[20] ?? 0) + 256 * (head[21] ?? 0))];
  return latin1(head.subarray(0, 4)) === '\0\0\x01\0' && count > 0 && head[9] === 0 && offset === 6 + 16 * count;
}

/** An AVIF may call itself a general image file first, and AVIF among those it is compatible with. @source ISO/IEC 14496-12, file type box */
const isAvif = (head: Uint8Array): boolean => latin1(head.subarray(4, 8)) === 'ftyp' && latin1(head.subarray(16, Math.min(head.length, head[3] ?? 0))).includes('avif');

/** @param head the file's first 512 bytes, or all of it */
export function sniff(head: Uint8Array): FileType {
  if (head.length === 0) return 'empty';
  if (isBmp(head)) return 'bmp';
  if (isAvif(head)) return 'avif';
  if (isIco(head)) return 'ico';
  const found = SIGNATURES.find(({ at, magic }) => latin1(head.subarray(at, at + magic.length)) === magic);
  return found?.type ?? textType(head.subarray(0, 512)) ?? 'raw';
}

/** The type that the name promises, when the content is another. */
export function nameMismatch(name: string, type: FileType): string | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined) return undefined;
  const promised = Object.entries(FILE_TYPES).find(([, { extensions }]) => extensions.includes(extension));
  if (promised === undefined || promised[0] === type) return undefined;
  return `Named .${extension}, but its content is ${FILE_TYPES[type].title}.`;
}
