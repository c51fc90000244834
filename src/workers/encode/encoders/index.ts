import type { Encoder } from '../encoder.ts';
import type { EncoderId } from '../rows.ts';
import { canvas } from './canvas.ts';
import { JPEG_JS } from './jpegJs.ts';
import { PNG_ENCODER, QOI_ENCODER } from './lossless.ts';
import { MOZJPEG } from './mozjpeg.ts';
import { ours } from './ours.ts';
import { VIDEO_KINDS, video } from './video.ts';

/** One line an encoder. Several workers join in `ours-parallel`; one of them alone does what `ours` does. */
export const ENCODERS: Readonly<Record<EncoderId, Encoder>> = {
  ours: ours('simd'),
  'ours-scalar': ours('scalar'),
  'ours-parallel': ours('simd'),
  'jpeg-js': JPEG_JS,
  mozjpeg: MOZJPEG,
  'browser-jpeg': canvas('image/jpeg'),
  'browser-webp': canvas('image/webp'),
  'browser-png': canvas('image/png'),
  vp8: video(VIDEO_KINDS.vp8),
  vp9: video(VIDEO_KINDS.vp9),
  av1: video(VIDEO_KINDS.av1),
  h264: video(VIDEO_KINDS.h264),
  png: PNG_ENCODER,
  qoi: QOI_ENCODER,
};
