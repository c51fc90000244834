import { CHROMA_FILTERS, DEFAULT_COLOR, MATRICES, RANGES, ROUNDINGS, SITINGS } from '../../../kernels/index.ts';
import type { ColorSpec } from '../../../kernels/index.ts';
import type { Finding, Settings } from '../../../kernels/search/settingsSearch.ts';
import { group } from '../../ui/format.ts';
import type { Control } from './inUse.ts';

/** What the source says of its colours, over which settings may say otherwise. */
export type OwnColor = Partial<ColorSpec> | undefined;

const colorOf = (own: OwnColor, said: Partial<ColorSpec>): ColorSpec => ({ ...DEFAULT_COLOR, ...own, ...said });

/** One thing that may be set, in words. The destination inherits the source's colours where nothing else is said. */
const READERS: readonly (readonly [string, (settings: Settings, own: OwnColor) => string, Control?])[] = [
  ['bytes read as', ({ from }) => from],
  ['source matrix', ({ fromColor }, own) => MATRICES[colorOf(own, fromColor).matrix].title, 'fromMatrix'],
  ['source range', ({ fromColor }, own) => RANGES[colorOf(own, fromColor).range].title, 'fromRange'],
  ['source siting', ({ fromColor }, own) => SITINGS[colorOf(own, fromColor).siting].title, 'fromSiting'],
  ['matrix', ({ toColor }) => MATRICES[colorOf(undefined, toColor).matrix].title, 'toMatrix'],
  ['range', ({ toColor }) => RANGES[colorOf(undefined, toColor).range].title, 'toRange'],
  ['siting', ({ toColor }) => SITINGS[colorOf(undefined, toColor).siting].title, 'toSiting'],
  ['chroma up', ({ options: { chromaUp = 'nearest' } }) => CHROMA_FILTERS[chromaUp].title, 'chromaUp'],
  ['chroma down', ({ options: { chromaDown = 'nearest' } }) => CHROMA_FILTERS[chromaDown].title, 'chromaDown'],
  ['bit depth', ({ options: { depthMode } }) => depthMode ?? 'as the format pair has it', 'depthMode'],
  ['alpha of source', ({ options: { alphaFrom = 'straight' } }) => alphaFrom, 'alphaFrom'],
  ['alpha of result', ({ options: { alphaTo = 'straight' } }) => alphaTo, 'alphaTo'],
  ['rounding', ({ options: { rounding = 'half-away' } }) => ROUNDINGS[rounding].title, 'rounding'],
  ['policy', ({ options: { policy = 'clamp' } }) => policy, 'policy'],
];

/** What is other than now, e.g. `source matrix BT.709`. */
export function changesOf(settings: Settings, now: Settings, own: OwnColor): readonly string[] {
  return READERS.filter(([, read]) => read(settings, own) !== read(now, own)).map(([title, read]) => `${title} ${read(settings, own)}`);
}

/** Everything that has a say, also what is as by default, e.g. `source matrix BT.709`. @param inUse which settings make a difference with these */
export function allOf(settings: Settings, own: OwnColor, inUse: ReadonlySet<Control>): readonly string[] {
  return READERS.filter(([, , control]) => control === undefined || inUse.has(control)).map(([title, read]) => `${title} ${read(settings, own)}`);
}

/** What programs do with YUV when nothing else is asked of them. @source libyuv convert_argb.h (kYuvI601Constants); OpenCV color_yuv.simd.hpp (ITUR BT.601, 16 … 235); VPI 1.0 Convert Image Format; libswscale options.c */
const TOOLS: readonly { readonly matrix: ColorSpec['matrix']; readonly range: ColorSpec['range']; readonly chromaUp: string; readonly title: string }[] = [
  { matrix: 'bt601', range: 'limited', chromaUp: 'nearest', title: 'OpenCV’s cvtColor and libyuv have it so by default; swscale does with flags=neighbor' },
  { matrix: 'bt601', range: 'limited', chromaUp: 'bilinear', title: 'near swscale’s default, which takes bicubic chroma' },
  { matrix: 'bt601', range: 'full', chromaUp: 'nearest', title: 'VPI’s formulas as its page has them, and JFIF with repeated chroma' },
];

/** The program that has such settings by default, where one is known: of YUV that becomes RGB. */
export function knownAs({ fromColor, options: { chromaUp = 'nearest' } }: Settings, own: OwnColor): string | undefined {
  const { matrix, range } = colorOf(own, fromColor);
  return TOOLS.find((tool) => tool.matrix === matrix && tool.range === range && tool.chromaUp === chromaUp)?.title;
}

/** What settings leave unexplained, component by component. */
export function restOf({ components }: Pick<Finding, 'components'>): string {
  const left = components.filter(({ differing }) => differing > 0);
  if (left.length === 0) return 'Nothing is left unexplained.';
  const isRounding = left.every(({ maxError }) => maxError <= 1);
  const parts = left.map(({ component, differing, samples, maxError }) => `${component} ${group(differing)} of ${group(samples)}${isRounding ? '' : `, at most ${String(Number(maxError.toPrecision(4)))}`}`);
  return `${isRounding ? 'Left unexplained, by 1 at most, which rounding alone can do' : 'Left unexplained'}: ${parts.join('; ')}.`;
}
