import type { Behaviour } from '../behaviour.ts';
import type { Step } from '../step.ts';
import { fill, lookup, nearestColor, premultiply, swizzle } from './channels.ts';
import { chroma } from './chroma.ts';
import { matrix, rescale, spread, threshold } from './colour.ts';
import { bitDepth, cast, clamp, range, round } from './depth.ts';
import { load, pack, store, unpack } from './memory.ts';
import { resample } from './resample.ts';

/** What a step does and how it is said: one line a kind. */
export function behaviour(step: Step): Behaviour {
  switch (step.kind) {
    case 'load': return load(step);
    case 'unpack': return unpack(step);
    case 'pack': return pack(step);
    case 'store': return store(step);
    case 'lookup': return lookup(step);
    case 'nearest-color': return nearestColor(step);
    case 'swizzle': return swizzle(step);
    case 'gray2rgb': return spread(step);
    case 'fill': return fill(step);
    case 'premultiply': return premultiply(step);
    case 'unpremultiply': return premultiply(step);
    case 'range': return range(step);
    case 'round': return round(step);
    case 'clamp': return clamp(step);
    case 'cast': return cast(step);
    case 'rescale': return rescale(step);
    case 'bit-depth': return bitDepth(step);
    case 'matrix': return matrix(step);
    case 'threshold': return threshold(step);
    case 'upsample': return chroma(step);
    case 'downsample': return chroma(step);
    case 'resample': return resample(step);
  }
}
