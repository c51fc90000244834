import { FP32, checkRows, choice, keysOf, whole } from '../arguments.ts';
import type { OptionsOf } from '../arguments.ts';
import { CHROMA_FILTERS } from '../tables/chroma.ts';
import { MOST_RESAMPLED_SIDE, RESAMPLE_FILTERS } from '../tables/resampling.ts';
import { ROUNDINGS } from './rounding.ts';

const alpha = choice(['straight', 'premultiplied']);

/** Everything a person may choose beyond the two formats; what is left out is exactly VPI's semantics. */
export const CONVERT_OPTIONS = {
  /** fp32 factor of the depth block; 1 where left out. */
  scale: { ...FP32, remedy: 'Give a scale between −3.4e38 and 3.4e38.' },
  /** fp32 summand of the depth block; 0 where left out. */
  offset: { ...FP32, remedy: 'Give an offset between −3.4e38 and 3.4e38.' },
  policy: choice(['clamp', 'cast']),
  chromaUp: choice(keysOf(CHROMA_FILTERS)),
  chromaDown: choice(keysOf(CHROMA_FILTERS)),
  dither: choice(['none', 'ordered']),
  rounding: choice(keysOf(ROUNDINGS)),
  depthMode: choice(['exact', 'replicate', 'shift']),
  /** How the source's colours relate to its alpha. */
  alphaFrom: alpha,
  alphaTo: alpha,
  /** How pixels come about when the destination has another size; without it, another size is refused. */
  resample: { ...choice(keysOf(RESAMPLE_FILTERS)), code: 'resample/filter' },
  /** Every n-th pixel of every n-th row (or, with `resample`, blocks of n × n): the destination is ⌈w/n⌉ × ⌈h/n⌉. */
  decimate: { ...whole(1, MOST_RESAMPLED_SIDE), code: 'resample/decimate', remedy: 'Give 2 for half the width and height, 4 for a quarter.' },
  backend: choice(['reference', 'scalar', 'simd']),
} as const;

export type ConvertOptions = OptionsOf<typeof CONVERT_OPTIONS>;

/** @throws LabError `convert/options`, `convert/option` for an unknown name, `convert/<name>`, `resample/filter`, `resample/decimate` */
export function checkOptions(options: ConvertOptions): void {
  checkRows('convert', CONVERT_OPTIONS, options);
}
