import * as v from 'valibot';
import { CHROMA_FILTERS, MATRICES, RANGES, RESAMPLE_FILTERS, ROUNDINGS, SITINGS, isPixelFormatId } from '../../kernels/index.ts';
import type { PixelFormatId } from '../../kernels/index.ts';

const keys = <T extends string>(row: Readonly<Record<T, unknown>>): v.PicklistSchema<T[], undefined> => v.picklist(Object.keys(row).filter((key): key is T => Object.hasOwn(row, key)));
export const format = v.custom<PixelFormatId>((value) => typeof value === 'string' && isPixelFormatId(value));
export const maybe = v.exactOptional;
export const color = v.object({ matrix: maybe(keys(MATRICES)), range: maybe(keys(RANGES)), siting: maybe(keys(SITINGS)) });
const alpha = v.picklist(['straight', 'premultiplied']);
/** How a conversion can be told to be. */
export const options = v.object({
  scale: maybe(v.number()), offset: maybe(v.number()), policy: maybe(v.picklist(['clamp', 'cast'])), chromaUp: maybe(keys(CHROMA_FILTERS)), chromaDown: maybe(keys(CHROMA_FILTERS)), dither: maybe(v.picklist(['none', 'ordered'])),
  rounding: maybe(keys(ROUNDINGS)), depthMode: maybe(v.picklist(['exact', 'replicate', 'shift'])), alphaFrom: maybe(alpha), alphaTo: maybe(alpha), resample: maybe(keys(RESAMPLE_FILTERS)), decimate: maybe(v.pipe(v.number(), v.integer(), v.minValue(1))), backend: maybe(v.picklist(['reference', 'scalar', 'simd'])),
});
export const pixels = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Names of cases and engines that are not there are nothing to be measured. */
const names = v.array(v.string());
const edge = v.pipe(pixels, v.maxValue(16_384));
export const bench = v.object({ cases: names, sizes: v.array(v.strictTuple([edge, edge])), engines: names, threads: v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64))), method: v.picklist(['median', 'vpi']), seconds: v.pipe(v.number(), v.minValue(0.1), v.maxValue(60)) });
