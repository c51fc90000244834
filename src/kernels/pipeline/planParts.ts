import { formatLayout } from '../image/formatLayout.ts';
import type { Subsampling } from '../tables/chroma.ts';
import { rgbToYuvRows, yuvToRgbRows } from './colorMath.ts';
import type { Draft } from './draft.ts';
import type { Side } from './model.ts';
import { planDepth, recodeAll } from './planDepth.ts';
import { resampleStep } from './planResample.ts';
import type { ConvertOptions, NumberType } from './step.ts';
import { isPlain, wordGroups } from './words.ts';

export const RGB = ['R', 'G', 'B'] as const;
export const FULL: Subsampling = { x: 1, y: 1 };

/** Everything the parts of a plan look at. */
export interface Planning {
  readonly draft: Draft;
  readonly from: Side;
  readonly to: Side;
  readonly options: ConvertOptions;
  readonly isVpi: boolean;
}

export function loadSource(planning: Planning): void {
  const { draft, from } = planning;
  const { format } = from;
  draft.add({ kind: 'load', format, channels: wordGroups(format).map(({ name }) => name) });
  if (!isPlain(format)) draft.add({ kind: 'unpack', format, components: formatLayout(format).components.map(({ component }) => component) });
  if (format === 'pal8') draft.add({ kind: 'lookup' });
  // YUV waits until its chroma is at full size, or gone.
  if (from.model !== 'yuv') resize(planning);
}

/** Whether the destination has another size. */
export const isResized = ({ from, to, options }: Planning): boolean => resampleStep(from.spec, to.spec, options) !== undefined;

/**
 * To the destination's size, in the source's own numbers and before any point step: the sums are of stored integers and so exact,
 * there is one rounding at the stored depth, a palette's colours are averaged rather than its indices, premultiplied colours before
 * they are divided by their alpha, every later step works on the destination's pixels alone, and decimation is a strided load.
 */
export function resize({ draft, from, to, options }: Planning): void {
  const step = resampleStep(from.spec, to.spec, options);
  if (step !== undefined) draft.add(step);
}

export function storeTarget({ draft, to }: Planning): void {
  const { format } = to;
  const order = formatLayout(format).components.map(({ component }) => component);
  if (format === 'pal8') draft.add({ kind: 'nearest-color' });
  draft.add({ kind: 'swizzle', order });
  if (!isPlain(format)) draft.add({ kind: 'pack', format });
  draft.add({ kind: 'store', format });
}

export function associateAlpha({ draft, options }: Planning, kind: 'premultiply' | 'unpremultiply'): void {
  if (draft.has('A')) draft.add({ kind, channels: draft.only(['R', 'G', 'B', 'Y']), rounding: options.rounding ?? 'half-away' });
}

/** The type of a component behind the depth block; monob is decided from 8 bits. */
export function targetType({ format, type }: Side, name: string): NumberType {
  if (format === 'monob' || format === 'pal8') return { kind: 'int', signed: false, bits: 8 };
  if (type.kind === 'float') return type;
  const layout = formatLayout(format).components.find(({ component }) => component === name);
  return { ...type, bits: layout?.bits ?? type.bits };
}

/** The depth block on the named channels. A gray's or an RGB's single type stands for channels the destination lacks. */
export function depth({ draft, from, to, options, isVpi }: Planning, names: readonly string[], ranges: { readonly from: Side['color']['range']; readonly to: Side['color']['range'] }): void {
  const keepValue = isVpi || from.isMeasure || to.isMeasure;
  planDepth(draft, { names, fromRange: ranges.from, toRange: ranges.to, typeOf: (name) => targetType(to, name), keepValue, matrix: to.color.matrix, options });
}

/** Alpha of the source in the destination's depth, an opaque one, or none. It is never scaled by the person's numbers. */
export function alpha({ draft, to, options }: Planning): void {
  const wanted = to.hasAlpha || to.format === 'pal8';
  if (!wanted) {
    if (draft.has('A')) draft.add({ kind: 'swizzle', order: draft.signal.channels.map(({ name }) => name).filter((name) => name !== 'A') });
    return;
  }
  const type = targetType(to, 'A');
  if (draft.has('A')) {
    planDepth(draft, { names: ['A'], fromRange: 'full', toRange: 'full', typeOf: () => type, keepValue: false, matrix: 'bt601', options: { depthMode: options.depthMode, rounding: options.rounding } });
    return;
  }
  const bits = type.kind === 'int' ? type.bits : 32;
  draft.add({ kind: 'fill', name: 'alpha', channels: [{ name: 'A', value: type.kind === 'int' ? 2 ** type.bits - 1 : 1, bits, float: type.kind === 'float', sub: FULL }] });
}

export function upsample({ draft, from, options }: Planning, to: Subsampling): void {
  if (from.chroma.x !== to.x || from.chroma.y !== to.y) draft.add({ kind: 'upsample', from: from.chroma, to, filter: options.chromaUp ?? 'nearest', siting: from.color.siting });
}

export function downsample({ draft, to, options }: Planning, from: Subsampling): void {
  if (from.x !== to.chroma.x || from.y !== to.chroma.y) draft.add({ kind: 'downsample', from, to: to.chroma, filter: options.chromaDown ?? 'nearest', siting: to.color.siting });
}

/** Y U V of any subsampling → RGB of full range, at the source's depth. */
export function yuvToRgb(planning: Planning): void {
  const { draft, from, options } = planning;
  upsample(planning, FULL);
  resize(planning);
  const { matrix, range } = from.color;
  const rows = yuvToRgbRows(matrix, range, draft.channel('Y')?.bits ?? 8);
  draft.add({ kind: 'matrix', name: 'yuv2rgb', matrix, range, rows, float: false, rounding: options.rounding ?? 'half-away' });
}

/** RGB of full range and one depth → Y U V, or Y alone. */
export function rgbMatrix({ draft, to, options }: Planning, name: 'rgb2yuv' | 'rgb2gray'): void {
  const channel = draft.channel('R');
  const float = channel?.kind === 'float';
  const range = name === 'rgb2yuv' ? to.color.range : 'full';
  const rows = rgbToYuvRows(to.color.matrix, range, float ? undefined : (channel?.bits ?? 8), name === 'rgb2gray' ? ['Y'] : ['Y', 'U', 'V']);
  draft.add({ kind: 'matrix', name, matrix: to.color.matrix, range, rows, float, rounding: options.rounding ?? 'half-away' });
}

/** Components of different depths (565) or limited range to one full-range depth of at least 8 bits, for a matrix. */
export function evenOut({ draft, from, options }: Planning): void {
  const channels = RGB.flatMap((name) => draft.channel(name) ?? []);
  if (channels.some(({ kind }) => kind === 'float')) return;
  const bits = Math.max(8, ...channels.map((channel) => channel.bits));
  if (from.color.range === 'full' && channels.every((channel) => channel.bits === bits)) return;
  recodeAll(draft, { names: RGB, fromRange: from.color.range, matrix: 'bt601', options }, { range: 'full', typeOf: () => ({ kind: 'int', signed: false, bits }) });
}

