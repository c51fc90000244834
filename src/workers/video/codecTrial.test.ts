import { expect, test } from 'vitest';
import { nearestColor } from './codecTrial.ts';

test.each([
  [[204, 94, 45], 'bt601', 'limited'],
  [[214, 102, 45], 'bt709', 'limited'],
  [[193, 96, 53], 'bt601', 'full'],
  [[202, 103, 49], 'bt709', 'full'],
] as const)('a patch that was decoded to %j was made R, G, B by %s, %s range', (rgb, matrix, range) => {
  expect(nearestColor(Uint8Array.from(rgb))).toMatchObject({ matrix, range });
});
