import { expect, test } from 'vitest';
import type { ImageSpec } from '../../../kernels/index.ts';
import { framesIn, occupancy } from './occupancy.ts';

const padded: ImageSpec = { format: 'nv12', width: 720, height: 480, strides: [768, 768] };
const tight: ImageSpec = { format: 'nv12', width: 768, height: 480 };
const odd: ImageSpec = { format: 'rgb24', width: 5, height: 3, strides: [20] };

test.each([
  ['its last row’s padding is there', padded, 552_960, { bytes: 552_960, sampleBytes: 518_400, paddingBytes: 34_560 }],
  ['its last row’s padding is cut off', padded, 552_912, { bytes: 552_912, sampleBytes: 518_400, paddingBytes: 34_512 }],
  ['more follows', padded, 600_000, { bytes: 552_960, sampleBytes: 518_400, paddingBytes: 34_560 }],
  ['a byte is missing', tight, 552_959, { bytes: 552_960, sampleBytes: 552_960, paddingBytes: 0 }],
  ['some of the last padding is there', odd, 57, { bytes: 57, sampleBytes: 45, paddingBytes: 12 }],
  ['rows are aligned by the format itself', { format: 'r210', width: 500, height: 300 }, Infinity, { bytes: 512 * 4 * 300, sampleBytes: 500 * 4 * 300, paddingBytes: 12 * 4 * 300 }],
] as const)('bytes of a picture where %s', (_, spec, available, expected) => expect(occupancy(spec, available)).toEqual(expected));

test.each([[552_960, 1], [2 * 552_960 - 48, 2], [2 * 552_960 - 49, 1], [3 * 552_960 + 7, 3], [0, 0]])('%i B hold %i frames of a padded nv12', (bytes, frames) => expect(framesIn(padded, bytes)).toBe(frames));
