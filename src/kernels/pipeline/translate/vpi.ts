import { formatLayout } from '../../image/formatLayout.ts';
import { planeLayouts } from '../../image/layout.ts';
import type { ImageSpec } from '../../image/types.ts';
import { vpiFormatName, vpiSupport } from '../../tables/vpiSupport.ts';
import type { ConvertOptions } from '../step.ts';
import { isScaled } from '../model.ts';
import { colorOf, isYuv } from './demands.ts';
import type { Request, Translation } from './translation.ts';

const NUMPY_TYPE: Readonly<Record<string, string>> = { u8: 'np.uint8', s8: 'np.int8', u16le: 'np.uint16', s16le: 'np.int16', f32le: 'np.float32' };

/** A plane of the file as an array that VPI wraps. */
function planeExpression(spec: ImageSpec, plane: number, headerBytes: number): string {
  const layout = planeLayouts(spec)[plane];
  const row = formatLayout(spec.format).planes[plane]?.row;
  const type = NUMPY_TYPE[row?.type ?? 'u8'] ?? 'np.uint8';
  const shape = [layout?.rows ?? 0, `-1`, ...(row !== undefined && row.words > 1 ? [row.words] : [])].join(', ');
  const start = (layout?.offset ?? 0) + headerBytes;
  const columns = (layout?.rowBytes ?? 0) / (formatLayout(spec.format).planes[plane]?.blockBytes ?? 1);
  const cut = layout === undefined || layout.stride === layout.rowBytes ? '' : `[:, :${String(columns)}]`;
  return `data[${String(start)}:${String(start + (layout?.stride ?? 0) * (layout?.rows ?? 0))}].view(${type}).reshape(${shape})${cut}`;
}

function parameters(options: ConvertOptions): string {
  const { scale = 1, offset = 0, policy = 'clamp' } = options;
  const scaled = isScaled(options) ? `, scale=${String(scale)}, offset=${String(offset)}` : '';
  return `${policy === 'cast' ? ', policy=vpi.Conversion.CAST' : ''}${scaled}`;
}

/** What lies beyond VPI's own Convert Image Format. */
function beyondVpi({ pipeline: { from, to }, options }: Request): string | undefined {
  const limited = [from, to].find((spec) => isYuv(spec) && colorOf(spec).range === 'limited');
  const matrix = [from, to].find((spec) => isYuv(spec) && colorOf(spec).matrix !== 'bt601');
  if (limited !== undefined) return 'limited range: VPI’s published formulas are those of the full one';
  if (matrix !== undefined) return 'a matrix other than BT.601';
  if ((options.chromaUp ?? 'nearest') !== 'nearest' || (options.chromaDown ?? 'nearest') !== 'nearest') return 'a chroma filter other than nearest';
  if ((options.rounding ?? 'half-away') !== 'half-away') return 'another rounding';
  if (options.depthMode !== undefined) return 'a rescaled depth';
  if (options.dither === 'ordered') return 'dither';
  if (options.alphaFrom === 'premultiplied' || options.alphaTo === 'premultiplied') return 'premultiplied alpha';
  return undefined;
}

/** Python of NVIDIA's VPI. @source VPI Python API, vpi.Image.convert */
export function toVpi(request: Request): Translation {
  const { pipeline: { from, to }, options, input, output, headerBytes } = request;
  const base = { tool: 'vpi', title: 'VPI', language: 'python' } as const;
  const support = vpiSupport(from.format, to.format, !isScaled(options) && options.policy !== 'cast', from.width, from.height);
  if (!support.cpu && !support.vic) return { ...base, verdict: 'impossible', reason: support.reason ?? 'VPI does not convert this pair.' };
  const beyond = beyondVpi(request);
  if (beyond !== undefined) return { ...base, verdict: 'impossible', reason: `VPI has no ${beyond}.` };
  const backend = support.cuda ? 'CUDA' : 'VIC';
  const planes = formatLayout(from.format).planes.map((_, plane) => planeExpression(from, plane, headerBytes));
  const source = planes.length === 1 ? planes.join('') : `[\n    ${planes.join(',\n    ')},\n]`;
  const code = [
    'import numpy as np',
    'import vpi',
    '',
    `data = np.fromfile(${JSON.stringify(input)}, np.uint8)`,
    `source = vpi.asimage(${source}, vpi.Format.${vpiFormatName(from.format) ?? ''})`,
    `result = source.convert(vpi.Format.${vpiFormatName(to.format) ?? ''}, backend=vpi.Backend.${backend}${parameters(options)})`,
    'with result.rlock_cpu() as planes:',
    `    planes = planes if isinstance(planes, list) else [planes]`,
    `    open(${JSON.stringify(output)}, "wb").write(b"".join(np.ascontiguousarray(p).tobytes() for p in planes))`,
    '',
  ].join('\n');
  return { ...base, verdict: 'unmeasured', reason: 'Swizzle follows VPI’s published formulas for this pair; VPI itself needs NVIDIA hardware and was not run.', code };
}
