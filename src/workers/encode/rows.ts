import type { OptionRow } from './options.ts';

/** An encoder as the app names and describes it. */
export interface EncoderRow {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it is. */
  readonly says: string;
  readonly extension: string;
  readonly mime: string;
  readonly options: readonly OptionRow[];
  /** The option whose values a rate–distortion sweep goes through, poorest first; none for lossless ones. */
  readonly sweep?: { readonly option: string; readonly values: readonly number[] };
}

const quality = (title = 'Quality', fallback = 75): OptionRow => ({ kind: 'number', id: 'quality', title, min: 1, max: 100, step: 1, whole: true, default: fallback });
const QUALITIES = [5, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 95] as const;
const bySweepOfQuality = { option: 'quality', values: QUALITIES } as const;

const SUBSAMPLINGS = ['4:4:4', '4:4:0', '4:2:2', '4:2:0', '4:1:1', '4:0:0'] as const;

/** Options of our encoder, with the qfactor that holds where none is given. */
const ourRows = (qfactor: number): readonly OptionRow[] => [
  quality('qfactor', qfactor),
  { kind: 'choice', id: 'subsampling', title: 'Chroma', choices: [{ value: 'own', title: 'its own (RGB: 4:2:0)' }, ...SUBSAMPLINGS.map((value) => ({ value, title: value }))], default: 'own' },
  { kind: 'switch', id: 'optimizeHuffman', title: 'Own Huffman', says: 'Huffman tables made for this picture: a second pass, some 5 % smaller', default: false },
  { kind: 'number', id: 'restartInterval', title: 'Restart', says: 'MCUs between restart markers; 0: none', min: 0, max: 65_535, step: 1, whole: true, default: 0 },
  { kind: 'choice', id: 'mode', title: 'Colours', choices: [{ value: 'convert', title: 'convert where JFIF needs it' }, { value: 'straight', title: 'straight from planes, or refuse' }], default: 'convert' },
  { kind: 'text', id: 'tables', title: 'Own tables', says: '64 steps of 1 … 255 for Y, row by row; 64 more for Cb, 64 more for Cr. Empty: Annex K scaled by the qfactor', default: '', lines: 3 },
  { kind: 'text', id: 'comment', title: 'COM text', default: '', lines: 1 },
];

const OURS = ourRows(75);

/** Parameters of a JPEG channel: those of our encoder, but JPEGE's own qfactor. */
export const CHANNEL_ROWS = ourRows(100);

const videoRows = (bitsPerPixel: number): readonly OptionRow[] => [{ kind: 'number', id: 'bitsPerPixel', title: 'Bits a pixel', says: 'What the encoder’s rate control is asked for; it may miss', min: 0.02, max: 12, step: 0.1, whole: false, default: bitsPerPixel }];
const RATES = [0.05, 0.1, 0.2, 0.4, 0.8, 1.2, 2, 3, 5] as const;
const quantizer = (fallback: number): readonly OptionRow[] => [{ kind: 'number', id: 'quantizer', title: 'Quantizer', says: '0 finest, 63 coarsest', min: 0, max: 63, step: 1, whole: true, default: fallback }];
const QUANTIZERS = [63, 58, 52, 46, 40, 34, 28, 22, 16, 10, 4] as const;

export const ENCODER_ROWS = [
  { id: 'ours', title: 'Swizzle JPEG', says: 'Ours: baseline JPEG straight from the planes, WebAssembly SIMD.', extension: 'jpg', mime: 'image/jpeg', options: OURS, sweep: bySweepOfQuality },
  { id: 'ours-scalar', title: 'Swizzle JPEG, scalar', says: 'The same encoder in plain TypeScript; the same bytes.', extension: 'jpg', mime: 'image/jpeg', options: OURS, sweep: bySweepOfQuality },
  { id: 'ours-parallel', title: 'Swizzle JPEG, in bands', says: 'The same encoder on several workers, the bands between restart markers joined.', extension: 'jpg', mime: 'image/jpeg', options: OURS, sweep: bySweepOfQuality },
  { id: 'jpeg-js', title: 'jpeg-js', says: 'A JPEG encoder in plain JavaScript, from RGBA; always 4:4:4.', extension: 'jpg', mime: 'image/jpeg', options: [quality()], sweep: bySweepOfQuality },
  {
    id: 'mozjpeg', title: 'mozjpeg', says: 'Mozilla’s JPEG encoder as WebAssembly: slow, small files by trellis quantisation.', extension: 'jpg', mime: 'image/jpeg', sweep: bySweepOfQuality,
    options: [
      quality(),
      { kind: 'choice', id: 'subsampling', title: 'Chroma', choices: [{ value: 'auto', title: 'by its quality' }, { value: '4:4:4', title: '4:4:4' }, { value: '4:2:0', title: '4:2:0' }], default: '4:2:0' },
      { kind: 'switch', id: 'progressive', title: 'Progressive', default: true },
      { kind: 'switch', id: 'trellis', title: 'Trellis passes', says: 'Several passes of trellis quantisation', default: false },
    ],
  },
  { id: 'browser-jpeg', title: 'Browser JPEG', says: 'The browser’s own, by convertToBlob from RGBA; Chromium’s is always 4:2:0.', extension: 'jpg', mime: 'image/jpeg', options: [quality()], sweep: bySweepOfQuality },
  { id: 'browser-webp', title: 'Browser WebP', says: 'Lossy WebP by the browser’s convertToBlob; 4:2:0, limited range.', extension: 'webp', mime: 'image/webp', options: [quality()], sweep: bySweepOfQuality },
  { id: 'vp8', title: 'VP8 key frame', says: 'One key frame by WebCodecs, from 4:2:0 planes.', extension: 'ivf', mime: 'video/x-ivf', options: videoRows(1), sweep: { option: 'bitsPerPixel', values: RATES } },
  { id: 'vp9', title: 'VP9 key frame', says: 'One key frame by WebCodecs at a fixed quantizer, from 4:2:0 planes.', extension: 'ivf', mime: 'video/x-ivf', options: quantizer(30), sweep: { option: 'quantizer', values: QUANTIZERS } },
  { id: 'av1', title: 'AV1 key frame', says: 'One key frame by WebCodecs at a fixed quantizer, from 4:2:0 planes.', extension: 'ivf', mime: 'video/x-ivf', options: quantizer(30), sweep: { option: 'quantizer', values: QUANTIZERS } },
  { id: 'h264', title: 'H.264 key frame', says: 'One key frame by WebCodecs, Annex B, from 4:2:0 planes.', extension: 'h264', mime: 'video/h264', options: videoRows(1), sweep: { option: 'bitsPerPixel', values: RATES } },
  { id: 'png', title: 'PNG', says: 'Lossless, 8 or 16 bits, each row behind the filter that suits it; YUV pictures become RGB first.', extension: 'png', mime: 'image/png', options: [] },
  { id: 'browser-png', title: 'Browser PNG', says: 'Lossless, 8 bits, by the browser’s convertToBlob with straight alpha.', extension: 'png', mime: 'image/png', options: [] },
  { id: 'qoi', title: 'QOI', says: 'Lossless and simple, 8 bits; YUV pictures become RGB first.', extension: 'qoi', mime: 'image/qoi', options: [] },
] as const satisfies readonly EncoderRow[];

export type EncoderId = (typeof ENCODER_ROWS)[number]['id'];

export const isEncoderId = (id: string): id is EncoderId => ENCODER_ROWS.some((row) => row.id === id);

export function encoderRow(id: EncoderId): EncoderRow {
  const row = ENCODER_ROWS.find((candidate) => candidate.id === id);
  if (row === undefined) throw new TypeError(`No encoder ${id}.`);
  return row;
}
