import { CHROMA_FILTERS, DEFAULT_COLOR, MATRICES, RANGES, ROUNDINGS, SITINGS } from '../../../kernels/index.ts';
import type { ColorSpec } from '../../../kernels/index.ts';
import type { Finding, Settings, Unexplained } from '../../../kernels/search/settingsSearch.ts';
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

interface Tool {
  readonly matrix: ColorSpec['matrix'];
  readonly range: ColorSpec['range'];
  readonly chromaUp: string;
  readonly title: string;
}

/** What programs make of YUV when nothing else is asked of them; each with the place that says so. */
const TOOLS: readonly Tool[] = [
  // modules/imgproc/src/color_yuv.simd.hpp, ITUR_BT_601_…; OpenCV.js 4.12 gives the same where luma is 16 or more.
  { matrix: 'bt601', range: 'limited', chromaUp: 'nearest', title: 'OpenCV’s cvtColor, luma below 16 taken as 16' },
  // source/convert_argb.cc: NV12ToARGB and I420ToARGB take kYuvI601Constants; row_common.cc repeats chroma.
  { matrix: 'bt601', range: 'limited', chromaUp: 'nearest', title: 'libyuv’s …ToARGB without a matrix' },
  // swscale.h, SWS_CS_DEFAULT is SWS_CS_ITU601; the filter is chosen by sws_flags (FFmpeg Scaler Documentation). FFmpeg 5.1’s output is a test of the search.
  { matrix: 'bt601', range: 'limited', chromaUp: 'nearest', title: 'swscale of untagged YUV with flags=neighbor' },
  // FFmpeg Scaler Documentation, sws_flags: the default is bicubic, which is no filter of ours for chroma.
  { matrix: 'bt601', range: 'limited', chromaUp: 'bilinear', title: 'near swscale’s default of untagged YUV, which takes bicubic chroma' },
  // NVIDIA VPI 1.0, Convert Image Format, the formulas of NV12.
  { matrix: 'bt601', range: 'full', chromaUp: 'nearest', title: 'VPI’s formulas as its page has them' },
  // ITU-T T.871 §7; libjpeg-turbo’s usage.txt, djpeg -nosmooth.
  { matrix: 'bt601', range: 'full', chromaUp: 'nearest', title: 'JFIF, as djpeg -nosmooth shows it' },
];

/** The programs that have such settings by default, where any are known: of YUV that becomes RGB. */
export function knownAs({ fromColor, options: { chromaUp = 'nearest' } }: Settings, own: OwnColor): string | undefined {
  const { matrix, range } = colorOf(own, fromColor);
  const known = TOOLS.filter((tool) => tool.matrix === matrix && tool.range === range && tool.chromaUp === chromaUp);
  return known.length === 0 ? undefined : known.map(({ title }) => title).join('; ');
}

/** Where the first samples of a component differ, e.g. `V, plane 2: 0, 3 · 7, 3`. */
export const placesText = ({ component, plane, sub, places }: Unexplained): string => `${component}${sub.x * sub.y === 1 ? '' : ' samples'}, plane ${String(plane)}: ${places.map(({ x, y }) => `${String(x)}, ${String(y)}`).join(' · ')}`;

/** What settings leave unexplained, component by component. */
export function restOf({ components }: Pick<Finding, 'components'>): string {
  const left = components.filter(({ differing }) => differing > 0);
  if (left.length === 0) return 'Nothing is left unexplained.';
  const isRounding = left.every(({ maxError }) => maxError <= 1);
  const parts = left.map(({ component, differing, samples, maxError }) => `${component} ${group(differing)} of ${group(samples)}${isRounding ? '' : `, at most ${String(Number(maxError.toPrecision(4)))}`}`);
  return `${isRounding ? 'Left unexplained, by 1 at most, which rounding alone can do' : 'Left unexplained'}: ${parts.join('; ')}.`;
}
