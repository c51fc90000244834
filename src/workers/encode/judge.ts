import { convert, pixelFormat } from '../../kernels/index.ts';
import type { Image, PixelFormatId } from '../../kernels/index.ts';
import { compareImages } from '../../kernels/analysis/compare.ts';
import { ssim } from '../../kernels/analysis/ssim.ts';
import { formatLayout, peakOf } from '../../kernels/image/formatLayout.ts';
import type { Comparison } from '../pixels/protocol.ts';

/** How far a decoded picture is from the source. */
export interface Judgement {
  /** In the source's own components: Y, U, V or R, G, B, and alpha where both have it. */
  readonly components: readonly Comparison[];
  /** Of luma: Y, or BT.601's of R, G, B. Undefined below 11×11 pixels. */
  readonly ssim: number | undefined;
  readonly maxError: number;
  /** Full scale of the numbers that were compared: 255, or more for deeper pictures; 1 for floats. */
  readonly fullScale: number;
}

const hasAlpha = ({ format }: Image): boolean => formatLayout(format).components.some(({ component }) => component === 'A');
const isDeep = ({ format }: Image): boolean => formatLayout(format).components.some(({ bits, kind }) => bits > 8 || kind === 'float');

/** The format both are brought to: the source's own where it has planes, else RGB as deep as the source. */
function commonFormat(source: Image, decoded: Image): PixelFormatId {
  const { family } = pixelFormat(source.format);
  if (family === 'yuv' || family === 'gray') return source.format;
  if (hasAlpha(source) && hasAlpha(decoded)) return isDeep(source) ? 'rgba64le' : 'rgba';
  return isDeep(source) ? 'rgb48le' : 'rgb24';
}

function brought(image: Image, format: PixelFormatId, like: Image): Image {
  const { matrix, range, siting } = { matrix: 'bt601', range: 'full', siting: undefined, ...like.colorSpec } as const;
  const own = { matrix: 'bt601', range: 'full', ...image.colorSpec } as const;
  if (image.format === format && own.matrix === matrix && own.range === range) return image;
  const colorSpec = pixelFormat(format).family === 'yuv' ? { matrix, range, ...(siting === undefined ? {} : { siting }) } : undefined;
  return convert(image, { format, width: image.width, height: image.height, colorSpec }, { chromaUp: 'bilinear', chromaDown: 'box', depthMode: 'exact' });
}

function lumaSsim(a: Image, b: Image): number | undefined {
  const isRgb = pixelFormat(a.format).family === 'rgb';
  const [left, right] = isRgb ? [convert(a, 'gray', { depthMode: 'exact' }), convert(b, 'gray', { depthMode: 'exact' })] : [a, b];
  const luma = formatLayout(left.format).components.find(({ component }) => component === 'Y');
  return luma === undefined ? undefined : ssim(left, right, luma);
}

/** Compares at the source's depth. @throws LabError `compare/size` */
export function judge(source: Image, decoded: Image): Judgement {
  const format = commonFormat(source, decoded);
  const [a, b] = [brought(source, format, source), brought(decoded, format, source)];
  const components = compareImages(a, b);
  const [layout] = formatLayout(format).components;
  return { components, fullScale: peakOf(layout), ssim: lumaSsim(a, b), maxError: Math.max(0, ...components.map(({ maxError }) => maxError)) };
}

