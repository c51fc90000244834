import { formatLayout } from '../../image/formatLayout.ts';
import { byteLength, planeLayouts } from '../../image/layout.ts';
import type { ImageSpec } from '../../image/types.ts';
import type { MatrixId } from '../../tables/colorSpecs.ts';
import { MATRICES } from '../../tables/colorSpecs.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import { pixelFormat } from '../../tables/pixelFormats.ts';
import type { ChromaFilter } from '../../tables/chroma.ts';
import { beyondPlain, colorOf, isYuv } from './demands.ts';
import type { Request, Wording } from './translation.ts';

/** In the list of formats, yet not done by videoconvert from or to raw files. @source gst-inspect-1.0 videoconvert, GStreamer 1.22 */
const NOT_CONVERTED: ReadonlySet<PixelFormatId> = new Set(['pal8', 'gray10le']);

/** GstVideoColorMatrix. @source GStreamer 1.22, video-color.h */
const MATRIX: Partial<Record<MatrixId, number>> = { fcc: 2, bt709: 3, bt601: 4, smpte240m: 5, bt2020: 6 };
const [RGB_MATRIX, SRGB_TRANSFER, BT709_PRIMARIES] = [1, 7, 1];

const RESAMPLERS: Partial<Record<ChromaFilter, string>> = { nearest: 'nearest', bilinear: 'linear' };

/** `range:matrix:transfer:primaries`; transfer and primaries are the same on both sides, so that only matrix and range count. */
function colorimetry(spec: ImageSpec): string {
  const { matrix, range } = colorOf(spec);
  return [range === 'full' ? 1 : 2, isYuv(spec) ? (MATRIX[matrix] ?? 0) : RGB_MATRIX, SRGB_TRANSFER, BT709_PRIMARIES].join(':');
}

const list = (values: readonly number[]): string => `"<${values.join(',')}>"`;

/** Strides that GStreamer gives a buffer of its own: rows rounded up to 4 bytes. */
const ownStrides = (spec: ImageSpec): readonly number[] => planeLayouts({ ...spec, strides: undefined, offsets: undefined }).map(({ stride }) => Math.ceil(stride / 4) * 4);

/** One gst-launch command: rawvideoparse, videoconvert, filesink. */
export function gstreamerWording({ pipeline: { from, to }, options, input, output, headerBytes }: Request): Wording {
  const nameOf = (format: PixelFormatId): string | undefined => (NOT_CONVERTED.has(format) ? undefined : pixelFormat(format).aka.gstreamer);
  const missing = [from, to].find(({ format }) => nameOf(format) === undefined);
  if (missing !== undefined) return { blocked: `videoconvert has no ${missing.format}.` };
  const beyond = beyondPlain(options);
  if (beyond !== undefined) return { blocked: `videoconvert has no ${beyond.replace(/^the /, '')}.` };
  const strange = [from, to].find((spec) => isYuv(spec) && MATRIX[colorOf(spec).matrix] === undefined);
  if (strange !== undefined) return { blocked: `GStreamer converts no ${MATRICES[colorOf(strange).matrix].title} matrix.` };
  const chroma = isYuv(from) ? (options.chromaUp ?? 'nearest') : (options.chromaDown ?? 'nearest');
  const resampler = RESAMPLERS[chroma];
  if (resampler === undefined) return { blocked: `videoconvert has no ${chroma} chroma filter.` };
  if (headerBytes > 0) return { blocked: `rawvideoparse cannot skip a header of ${String(headerBytes)} B once: cut it off first.` };
  const planes = formatLayout(from.format).planes.length;
  const layouts = planeLayouts(from).slice(0, planes);
  const lines = [
    'gst-launch-1.0 -q',
    `  filesrc location=${input} blocksize=${String(byteLength(from))}`,
    `  ! rawvideoparse format=${(nameOf(from.format) ?? '').toLowerCase().replaceAll('_', '-')} width=${String(from.width)} height=${String(from.height)} colorimetry=${colorimetry(from)} plane-strides=${list(layouts.map(({ stride }) => stride))} plane-offsets=${list(layouts.map(({ offset }) => offset))} frame-size=${String(byteLength(from))}`,
    `  ! videoconvert chroma-resampler=${resampler} dither=${options.dither === 'ordered' ? 'bayer' : 'none'}`,
    `  ! "video/x-raw,format=${nameOf(to.format) ?? ''},colorimetry=(string)${colorimetry(to)}"`,
    `  ! filesink location=${output}`,
  ];
  const wanted = planeLayouts(to).map(({ stride }) => stride);
  const own = ownStrides(to);
  const sameRows = wanted.every((stride, plane) => stride === own[plane]);
  return { code: `${lines.join(' \\\n')}\n`, ...(sameRows ? {} : { caveat: `GStreamer writes rows of ${own.join(', ')} B; those chosen here are ${wanted.join(', ')} B.` }) };
}
