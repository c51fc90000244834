import { byteLength, planeLayouts } from '../../image/layout.ts';
import type { ImageSpec } from '../../image/types.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import { isScaled } from '../model.ts';
import type { ConvertOptions } from '../step.ts';
import { colorOf, isTight, isYuv } from './demands.ts';
import type { Request, Wording } from './translation.ts';

/** Packed and gray layouts under the names that cvtColor's codes use; OpenCV's BGR565 has red in the high bits. */
const PACKED: Partial<Record<PixelFormatId, { readonly name: string; readonly channels: number }>> = {
  gray: { name: 'GRAY', channels: 1 }, rgb24: { name: 'RGB', channels: 3 }, bgr24: { name: 'BGR', channels: 3 }, rgba: { name: 'RGBA', channels: 4 }, bgra: { name: 'BGRA', channels: 4 }, rgb565le: { name: 'BGR565', channels: 2 },
};

/** Layouts of Y, U and V in one array of bytes. */
const YUV: Partial<Record<PixelFormatId, { readonly name: string; readonly channels: 1 | 2; readonly writes: boolean }>> = {
  nv12: { name: 'NV12', channels: 1, writes: false }, nv21: { name: 'NV21', channels: 1, writes: false }, yuv420p: { name: 'I420', channels: 1, writes: true },
  yuyv422: { name: 'YUYV', channels: 2, writes: true }, uyvy422: { name: 'UYVY', channels: 2, writes: true }, yvyu422: { name: 'YVYU', channels: 2, writes: true },
};

const GRAY: Partial<Record<PixelFormatId, { readonly type: string; readonly depth: string }>> = {
  gray: { type: 'np.uint8', depth: 'CV_8U' }, s8: { type: 'np.int8', depth: 'CV_8S' }, gray16le: { type: 'np.uint16', depth: 'CV_16U' }, s16le: { type: 'np.int16', depth: 'CV_16S' }, s32le: { type: 'np.int32', depth: 'CV_32S' }, grayf32le: { type: 'np.float32', depth: 'CV_32F' },
};

const shape = ({ width, height }: ImageSpec, channels: number): string => `${String(height)}, ${String(width)}${channels === 1 ? '' : `, ${String(channels)}`}`;

/** The statement that cuts the padding off the rows; undefined where it takes more than one. */
function cut(spec: ImageSpec): readonly string[] | undefined {
  if (isTight(spec)) return [];
  const layouts = planeLayouts(spec);
  const [first] = layouts;
  const isUniform = first !== undefined && layouts.length <= 2 && layouts.every(({ stride, rowBytes, offset }, plane) => stride === first.stride && rowBytes === first.rowBytes && offset === (plane === 0 ? 0 : first.stride * first.rows));
  return isUniform ? [`data = data[:${String(byteLength(spec))}].reshape(-1, ${String(first.stride)})[:, :${String(first.rowBytes)}].ravel()`] : undefined;
}

function source(spec: ImageSpec): string | undefined {
  const yuv = YUV[spec.format];
  if (yuv !== undefined) return `data.reshape(${yuv.channels === 2 ? shape(spec, 2) : `${String((spec.height * 3) / 2)}, ${String(spec.width)}`})`;
  const gray = GRAY[spec.format];
  if (gray !== undefined) return `data${gray.type === 'np.uint8' ? '' : `.view(${gray.type})`}.reshape(${shape(spec, 1)})`;
  const packed = PACKED[spec.format];
  return packed === undefined ? undefined : `data.reshape(${shape(spec, packed.channels)})`;
}

/** I420's two chroma planes brought together. */
const semiPlanar = (order: string, pixels: number): readonly string[] => [`y, u, v = np.split(result.ravel(), [${String(pixels)}, ${String((pixels * 5) / 4)}])`, `result = np.concatenate([y, np.stack([${order}], -1).ravel()])`];

/** The statements that make `result` of `source`. */
function statements(from: ImageSpec, to: ImageSpec, options: ConvertOptions): readonly string[] | undefined {
  const [a, b, yuvIn, yuvOut] = [PACKED[from.format], PACKED[to.format], YUV[from.format], YUV[to.format]];
  const depth = GRAY[from.format] === undefined ? undefined : GRAY[to.format]?.depth;
  const { scale = 1, offset = 0 } = options;
  if (depth !== undefined) return [`result = cv2.addWeighted(source, ${String(scale)}, source, 0, ${String(offset)}, dtype=cv2.${depth})`];
  if (isScaled(options)) return undefined;
  if (a !== undefined && b !== undefined && a !== b) return [`result = cv2.cvtColor(source, cv2.COLOR_${a.name}2${b.name})`];
  if (yuvIn !== undefined && b !== undefined && b.name !== 'BGR565') return [`result = cv2.cvtColor(source, cv2.COLOR_YUV2${b.name}_${yuvIn.name})`];
  if (a === undefined || yuvOut === undefined || a.name === 'GRAY' || a.name === 'BGR565') return undefined;
  if (yuvOut.writes) return [`result = cv2.cvtColor(source, cv2.COLOR_${a.name}2YUV_${yuvOut.name})`];
  return [`result = cv2.cvtColor(source, cv2.COLOR_${a.name}2YUV_I420)`, ...semiPlanar(to.format === 'nv12' ? 'u, v' : 'v, u', to.width * to.height)];
}

/** What OpenCV does not ask: its YUV is BT.601 of limited range. */
function colorCaveat(from: ImageSpec, to: ImageSpec): string | undefined {
  const yuv = [from, to].find(isYuv);
  const { matrix, range } = colorOf(yuv ?? from);
  return yuv === undefined || (matrix === 'bt601' && range === 'limited') ? undefined : 'OpenCV takes every YUV as BT.601, limited range, whatever is chosen here.';
}

function optionCaveat({ dither = 'none', rounding = 'half-away', chromaUp = 'nearest', chromaDown = 'nearest' }: ConvertOptions): string | undefined {
  const asked = [dither === 'none' ? '' : 'dither', rounding === 'half-away' ? '' : 'rounding', chromaUp === 'nearest' && chromaDown === 'nearest' ? '' : 'chroma filter'].filter((name) => name !== '');
  return asked.length === 0 ? undefined : `OpenCV has no choice of ${asked.join(', ')}.`;
}

/** Python of OpenCV: one cvtColor, or addWeighted for depth, scale and offset of grays. */
export function opencvWording({ pipeline: { from, to }, options, input, output, headerBytes }: Request): Wording {
  if (options.policy === 'cast') return { blocked: 'OpenCV saturates; it has no policy cast.' };
  if (options.alphaFrom === 'premultiplied' || options.alphaTo === 'premultiplied') return { blocked: 'cvtColor leaves colour and alpha apart; premultiplied conversions are yours to write.' };
  if (options.depthMode !== undefined) return { blocked: 'OpenCV keeps numbers as they are; it has no bit-depth mode.' };
  const [array, body] = [source(from), statements(from, to, options)];
  if (array === undefined || body === undefined) return { blocked: `OpenCV has no code from ${from.format} to ${to.format}${isScaled(options) ? ' with scale and offset' : ''}.` };
  const isOdd = from.width % 2 + from.height % 2 > 0;
  if (isOdd && (isYuv(from) || isYuv(to))) return { blocked: 'OpenCV’s YUV needs an even width and height.' };
  const crop = cut(from);
  if (crop === undefined) return { blocked: `cvtColor takes rows without padding; these are ${planeLayouts(from).map(({ stride }) => stride).join(', ')} B.` };
  const caveats = [colorCaveat(from, to), optionCaveat(options), isTight(to) ? undefined : 'The result has rows without padding: the strides chosen here are lost.'].filter((caveat) => caveat !== undefined);
  const read = `np.fromfile(${JSON.stringify(input)}, np.uint8${headerBytes === 0 ? '' : `, offset=${String(headerBytes)}`})`;
  return { code: ['import cv2', 'import numpy as np', '', `data = ${read}`, ...crop, `source = ${array}`, ...body, `result.tofile(${JSON.stringify(output)})`, ''].join('\n'), ...(caveats.length === 0 ? {} : { caveat: caveats.join(' ') }) };
}
