import { formatLayout } from '../../image/formatLayout.ts';
import { planeLayouts, rowSizes } from '../../image/layout.ts';
import type { ImageSpec } from '../../image/types.ts';
import type { ChromaFilter } from '../../tables/chroma.ts';
import { MATRICES } from '../../tables/colorSpecs.ts';
import type { MatrixId } from '../../tables/colorSpecs.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import type { ConvertOptions } from '../step.ts';
import { beyondPlain, colorOf, isTight, isYuv, size } from './demands.ts';
import type { Request, Wording } from './translation.ts';

/** Formats that swscale does not read (`in`) or write (`out`). @source `ffmpeg -pix_fmts`, FFmpeg 5.1 */
const MISSING: Partial<Record<PixelFormatId, 'both' | 'out'>> = {
  s8: 'both', s16le: 'both', u32le: 'both', s32le: 'both', rgbaf32le: 'both', vyuy422: 'both', ayuv: 'both', vuya: 'both', nv16: 'both', pal8: 'both', r210: 'both', r10k: 'both', v210: 'both', y210le: 'out',
};

/** swscale's names of the matrices that it has. @source doc/scaler.texi */
const SCALE_MATRIX: Partial<Record<MatrixId, string>> = { bt601: 'bt601', bt709: 'bt709', bt2020: 'bt2020', smpte240m: 'smpte240m', fcc: 'fcc' };

const FILTERS: Readonly<Record<ChromaFilter, string>> = { nearest: 'neighbor', box: 'area', bilinear: 'bilinear' };

/** Width of the rows in pixels with their padding, where it is the same whole number in every plane. */
function paddedWidth(spec: ImageSpec): number | undefined {
  const layouts = planeLayouts(spec);
  const widths = formatLayout(spec.format).planes.map(({ blockBytes, blockWidth }, plane) => ((layouts[plane]?.stride ?? 0) / blockBytes) * blockWidth);
  const [first = spec.width] = widths;
  const wide = { ...spec, width: first, strides: undefined };
  return Number.isInteger(first) && formatLayout(spec.format).planes.every((_, plane) => rowSizes(wide, plane).tightStride === layouts[plane]?.stride) ? first : undefined;
}

/** Colour of the YUV sides, in the scale filter's words. */
function colorArguments(from: ImageSpec, to: ImageSpec): readonly string[] | { readonly blocked: string } {
  const [source, target] = [colorOf(from), colorOf(to)];
  const strange = [...(isYuv(from) ? [source.matrix] : []), ...(isYuv(to) ? [target.matrix] : [])].find((matrix) => SCALE_MATRIX[matrix] === undefined);
  if (strange !== undefined) return { blocked: `swscale has no ${MATRICES[strange].title} matrix.` };
  return [
    ...(isYuv(from) ? [`in_color_matrix=${SCALE_MATRIX[source.matrix] ?? ''}`] : []),
    `in_range=${source.range}`,
    ...(isYuv(to) ? [`out_color_matrix=${SCALE_MATRIX[target.matrix] ?? ''}`] : []),
    `out_range=${target.range}`,
  ];
}

const ditherOf = ({ dither = 'none' }: ConvertOptions): string => (dither === 'ordered' ? 'bayer' : 'none');

/** One ffmpeg command: the raw planes in, the scale filter at its most accurate, the raw planes out. */
export function ffmpegWording({ pipeline: { from, to }, options, input, output, headerBytes }: Request): Wording {
  const missing = MISSING[from.format] === 'both' ? from.format : MISSING[to.format] === undefined ? undefined : to.format;
  if (missing !== undefined) return { blocked: `swscale cannot ${missing === to.format ? 'write' : 'read'} ${missing}.` };
  const beyond = beyondPlain(options);
  if (beyond !== undefined) return { blocked: `The scale filter has no ${beyond.replace(/^the /, '')}.` };
  const colors = colorArguments(from, to);
  if ('blocked' in colors) return colors;
  const width = isTight(from) ? from.width : paddedWidth(from);
  if (width === undefined) return { blocked: `ffmpeg reads rows without padding; strides of ${(from.strides ?? []).join(', ')} B are no whole number of pixels in every plane.` };
  const filter = FILTERS[options.chromaUp ?? 'nearest'] === FILTERS[options.chromaDown ?? 'nearest'] ? FILTERS[options.chromaUp ?? 'nearest'] : FILTERS[isYuv(from) ? (options.chromaUp ?? 'nearest') : (options.chromaDown ?? 'nearest')];
  const scale = `scale=${[...colors, `flags=${filter}+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact`, `sws_dither=${ditherOf(options)}`].join(':')}`;
  const crop = width === from.width ? '' : `crop=${String(from.width)}:${String(from.height)}:0:0:exact=1,`;
  const lines = [
    'ffmpeg -y',
    `  -f rawvideo -pixel_format ${from.format} -video_size ${size({ ...from, width })}${headerBytes === 0 ? '' : ` -skip_initial_bytes ${String(headerBytes)}`} -i ${input}`,
    `  -vf "${crop}${scale}"`,
    `  -frames:v 1 -f rawvideo -pix_fmt ${to.format} ${output}`,
  ];
  return { code: `${lines.join(' \\\n')}\n`, ...(isTight(to) ? {} : { caveat: 'ffmpeg writes rows without padding: the strides chosen here are lost.' }) };
}
