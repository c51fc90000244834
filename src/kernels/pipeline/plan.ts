import { LabError } from '../labError.ts';
import { checkSpec } from '../image/checks.ts';
import type { ImageSpec } from '../image/types.ts';
import { Draft } from './draft.ts';
import { isScaled, isVpiPair, sideOf } from './model.ts';
import type { Side } from './model.ts';
import { checkOptions } from './options.ts';
import type { Planning } from './planParts.ts';
import { FULL, RGB, alpha, associateAlpha, depth, downsample, evenOut, isResized, loadSource, resize, rgbMatrix, storeTarget, targetType, upsample, yuvToRgb } from './planParts.ts';
import { recodeAll } from './planDepth.ts';
import { resampleStep } from './planResample.ts';
import { simplify } from './simplify.ts';
import type { ConvertOptions, Pipeline } from './step.ts';

const isPremultiplied = ({ options }: Planning): { readonly from: boolean; readonly to: boolean } => ({ from: options.alphaFrom === 'premultiplied', to: options.alphaTo === 'premultiplied' });

/** Colours of the source freed from their alpha, where the destination does not want them so. */
function separateAlpha(planning: Planning): void {
  const association = isPremultiplied(planning);
  if (association.from && !(association.to && planning.to.hasAlpha)) associateAlpha(planning, 'unpremultiply');
}

/** Once the alpha is the destination's: colours joined with it. */
function joinAlpha(planning: Planning): void {
  const association = isPremultiplied(planning);
  if (association.to && !association.from) associateAlpha(planning, 'premultiply');
}

function toGray(planning: Planning): void {
  const { draft, from, to, isVpi, options } = planning;
  if (from.model === 'yuv') {
    draft.add({ kind: 'swizzle', order: draft.only(['Y', 'A']) });
    resize(planning);
  }
  if (from.model !== 'rgb') {
    separateAlpha(planning);
    depth(planning, ['Y'], { from: from.color.range, to: to.color.range });
  } else {
    draft.add({ kind: 'swizzle', order: draft.only(['R', 'G', 'B', 'A']) });
    separateAlpha(planning);
    // VPI takes gray of the 8-bit colours and then changes depth; elsewhere the depth comes first.
    const matrixFirst = isVpi || to.isMeasure || isScaled(options);
    if (matrixFirst) evenOut(planning);
    else depth(planning, RGB, { from: from.color.range, to: 'full' });
    rgbMatrix(planning, 'rgb2gray');
    if (matrixFirst) depth(planning, ['Y'], { from: 'full', to: to.color.range });
    else if (to.color.range === 'limited') recodeAll(draft, { names: ['Y'], fromRange: 'full', matrix: 'bt601', options }, { range: 'limited', typeOf: () => ({ kind: 'int', signed: false, bits: draft.channel('Y')?.bits ?? 8 }) });
  }
  alpha(planning);
  joinAlpha(planning);
  if (to.format === 'monob') draft.add({ kind: 'threshold', above: 128, dither: options.dither === 'ordered' });
}

/** Whether the destination's colour components differ in depth (565). */
const isUneven = (to: Side): boolean => new Set(RGB.map((name) => JSON.stringify(targetType(to, name)))).size > 1;

function toRgb(planning: Planning): void {
  const { draft, from, to } = planning;
  const ranges = { from: from.model === 'yuv' ? 'full' : from.color.range, to: to.color.range } as const;
  if (from.model === 'yuv') yuvToRgb(planning);
  const early = from.model === 'gray' && !isUneven(to);
  if (from.model !== 'gray') draft.add({ kind: 'swizzle', order: draft.only(['R', 'G', 'B', 'A']) });
  separateAlpha(planning);
  if (early) depth(planning, ['Y'], ranges);
  if (from.model === 'gray') draft.add({ kind: 'gray2rgb' });
  if (!early) depth(planning, RGB, ranges);
  alpha(planning);
  joinAlpha(planning);
}

/** Whether the chroma samples of both sides sit at the same places, as far as the filters look at places. */
function isSameGrid({ from, to, options }: Planning): boolean {
  const sameSize = from.chroma.x === to.chroma.x && from.chroma.y === to.chroma.y;
  const looks = options.chromaUp === 'bilinear' || options.chromaDown === 'bilinear';
  return sameSize && (!looks || from.color.siting === to.color.siting);
}

/** Y, U and V keep their meaning: no way through RGB. */
function stayInYuv(planning: Planning): void {
  const { from, to } = planning;
  const finest = { x: Math.min(from.chroma.x, to.chroma.x), y: Math.min(from.chroma.y, to.chroma.y) };
  const sameSize = from.chroma.x === to.chroma.x && from.chroma.y === to.chroma.y;
  const grid = isResized(planning) ? FULL : isSameGrid(planning) ? from.chroma : sameSize ? FULL : finest;
  upsample(planning, grid);
  resize(planning);
  depth(planning, ['Y', 'U', 'V'], { from: from.color.range, to: to.color.range });
  alpha(planning);
  downsample(planning, grid);
}

function grayToYuv(planning: Planning): void {
  const { draft, from, to } = planning;
  separateAlpha(planning);
  depth(planning, ['Y'], { from: from.color.range, to: to.color.range });
  alpha(planning);
  joinAlpha(planning);
  const bits = to.type.kind === 'int' ? to.type.bits : 8;
  draft.add({ kind: 'fill', name: 'chroma', channels: ['U', 'V'].map((name) => ({ name, value: 2 ** (bits - 1), bits, float: false, sub: to.chroma })) });
}

function toYuv(planning: Planning): void {
  const { draft, from, to } = planning;
  if (from.model === 'gray') return grayToYuv(planning);
  const association = isPremultiplied(planning);
  if (from.model === 'yuv' && from.color.matrix === to.color.matrix && association.from === association.to) return stayInYuv(planning);
  if (from.model === 'yuv') yuvToRgb(planning);
  draft.add({ kind: 'swizzle', order: draft.only(['R', 'G', 'B', 'A']) });
  separateAlpha(planning);
  depth(planning, RGB, { from: from.model === 'yuv' ? 'full' : from.color.range, to: 'full' });
  alpha(planning);
  joinAlpha(planning);
  rgbMatrix(planning, 'rgb2yuv');
  downsample(planning, FULL);
}

function checkPair({ from, to, options }: Planning): void {
  resampleStep(from.spec, to.spec, options);
  if (from.format === 'nv12' && to.format === 'nv12' && isScaled(options)) {
    throw new LabError({ code: 'convert/no-pipeline', what: 'VPI defines no scaled conversion from NV12 to NV12.', remedy: 'Use scale 1 and offset 0, or convert to another format.', vpiStatus: 'NOT_IMPLEMENTED' });
  }
  if (to.format === 'pal8' && to.spec.palette === undefined) {
    throw new LabError({ code: 'palette/missing', what: 'pal8 as a destination needs a palette of up to 256 colours; none was given.', remedy: 'Give the destination a palette.', vpiStatus: 'INVALID_ARGUMENT' });
  }
}

const PLANNERS = { gray: toGray, rgb: toRgb, yuv: toYuv } as const;

function planningOf(from: ImageSpec, to: ImageSpec, options: ConvertOptions): Planning {
  const source = sideOf(from);
  const target = sideOf(to.format === 'pal8' && to.palette === undefined ? { ...to, palette: from.palette } : to, source.model === 'yuv' && sideOf(to).model === 'yuv' ? source.color : {});
  return { draft: new Draft(from.width, from.height), from: source, to: target, options, isVpi: isVpiPair(source, target, options) };
}

/**
 * Every step of a conversion as its definition has it, redundant ones too.
 * @throws LabError `convert/scale`, `convert/offset`, `convert/size` (another size and no `resample`), `resample/filter`, `resample/decimate`, `resample/size`, `convert/no-pipeline`, `palette/missing`, and those of `planeLayouts`
 */
export function planNaive(from: ImageSpec, to: ImageSpec, options: ConvertOptions = {}): Pipeline {
  checkOptions(options);
  checkSpec(from);
  checkSpec(to);
  const planning = planningOf(from, to, options);
  checkPair(planning);
  loadSource(planning);
  PLANNERS[planning.to.model](planning);
  storeTarget(planning);
  return { from: { ...from, colorSpec: planning.from.color }, to: { ...planning.to.spec, colorSpec: planning.to.color }, steps: planning.draft.steps };
}

/** The steps of a conversion, without those that change nothing; throws as `planNaive`. */
export function planConversion(from: ImageSpec, to: ImageSpec, options: ConvertOptions = {}): Pipeline {
  return simplify(planNaive(from, to, options));
}
