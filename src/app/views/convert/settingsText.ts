import { CHROMA_FILTERS, DEFAULT_COLOR, MATRICES, RANGES, ROUNDINGS, SITINGS } from '../../../kernels/index.ts';
import type { ColorSpec } from '../../../kernels/index.ts';
import type { Settings } from '../../../kernels/search/settingsSearch.ts';

/** What the source says of its colours, over which settings may say otherwise. */
export type OwnColor = Partial<ColorSpec> | undefined;

const colorOf = (own: OwnColor, said: Partial<ColorSpec>): ColorSpec => ({ ...DEFAULT_COLOR, ...own, ...said });

/** One thing that may be set, in words. The destination inherits the source's colours where nothing else is said. */
const READERS: readonly (readonly [string, (settings: Settings, own: OwnColor) => string])[] = [
  ['bytes read as', ({ from }) => from],
  ['source matrix', ({ fromColor }, own) => MATRICES[colorOf(own, fromColor).matrix].title],
  ['source range', ({ fromColor }, own) => RANGES[colorOf(own, fromColor).range].title],
  ['source siting', ({ fromColor }, own) => SITINGS[colorOf(own, fromColor).siting].title],
  ['matrix', ({ toColor }) => MATRICES[colorOf(undefined, toColor).matrix].title],
  ['range', ({ toColor }) => RANGES[colorOf(undefined, toColor).range].title],
  ['siting', ({ toColor }) => SITINGS[colorOf(undefined, toColor).siting].title],
  ['chroma up', ({ options: { chromaUp = 'nearest' } }) => CHROMA_FILTERS[chromaUp].title],
  ['chroma down', ({ options: { chromaDown = 'nearest' } }) => CHROMA_FILTERS[chromaDown].title],
  ['bit depth', ({ options: { depthMode } }) => depthMode ?? 'as the format pair has it'],
  ['alpha of source', ({ options: { alphaFrom = 'straight' } }) => alphaFrom],
  ['alpha of result', ({ options: { alphaTo = 'straight' } }) => alphaTo],
  ['rounding', ({ options: { rounding = 'half-away' } }) => ROUNDINGS[rounding].title],
  ['policy', ({ options: { policy = 'clamp' } }) => policy],
];

/** What is other than now, e.g. `source matrix BT.709`. */
export function changesOf(settings: Settings, now: Settings, own: OwnColor): readonly string[] {
  return READERS.filter(([, read]) => read(settings, own) !== read(now, own)).map(([title, read]) => `${title} ${read(settings, own)}`);
}
