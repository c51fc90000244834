import { expect, test } from 'vitest';
import { allOf, changesOf, knownAs, placesText, restOf } from './settingsText.ts';

const PLAIN = { from: 'nv12', fromColor: {}, toColor: {}, options: {} } as const;

test.each([
  ['what is as now is not said', { ...PLAIN, fromColor: { matrix: 'bt601', range: 'full' }, options: { chromaUp: 'nearest', rounding: 'half-away' } }, undefined, []],
  ['matrix and range of the source', { ...PLAIN, fromColor: { matrix: 'bt709', range: 'limited' } }, undefined, ['source matrix BT.709', 'source range limited']],
  ['the source’s own word is what now is', { ...PLAIN, fromColor: { matrix: 'bt709', range: 'full' } }, { matrix: 'bt709' }, []],
  ['the destination’s colours', { ...PLAIN, toColor: { matrix: 'bt2020' } }, undefined, ['matrix BT.2020']],
  ['exchanged channels, filters and rounding', { ...PLAIN, from: 'nv21', fromColor: { siting: 'topleft' }, options: { chromaUp: 'bilinear', rounding: 'truncate' } }, undefined, ['bytes read as nv21', 'source siting top-left (UHD, BT.2020)', 'chroma up bilinear', 'rounding towards zero']],
] as const)('%s', (_, settings, own, said) => expect(changesOf(settings, PLAIN, own)).toEqual(said));

test('settings in full name what is as by default too, and nothing that has no say', () => {
  expect(allOf({ ...PLAIN, fromColor: { range: 'limited' } }, { matrix: 'bt709' }, new Set(['fromMatrix', 'fromRange', 'chromaUp', 'rounding']))).toEqual(['bytes read as nv12', 'source matrix BT.709', 'source range limited', 'chroma up nearest', 'rounding nearest, halves away from zero']);
});

test.each([
  ['BT.601 limited, chroma repeated', { ...PLAIN, fromColor: { range: 'limited' } }, /OpenCV’s cvtColor.*libyuv.*swscale of untagged YUV/],
  ['bilinear chroma', { ...PLAIN, fromColor: { range: 'limited' }, options: { chromaUp: 'bilinear' } }, /^near swscale’s default/],
  ['the literal formulas', PLAIN, /^VPI’s formulas.*JFIF/],
] as const)('%s is known', (_, settings, title) => expect(knownAs(settings, undefined)).toMatch(title));

test('BT.2020 is nobody’s default', () => expect(knownAs({ ...PLAIN, fromColor: { matrix: 'bt2020' } }, undefined)).toBeUndefined());

test.each([
  [[{ component: 'R', differing: 0, maxError: 0, samples: 10 }], 'Nothing is left unexplained.'],
  [[{ component: 'R', differing: 3, maxError: 1, samples: 10 }, { component: 'G', differing: 0, maxError: 0, samples: 10 }], 'Left unexplained, by 1 at most, which rounding alone can do: R 3 of 10.'],
  [[{ component: 'R', differing: 3, maxError: 1, samples: 10 }, { component: 'G', differing: 9, maxError: 20, samples: 10 }], 'Left unexplained: R 3 of 10, at most 1; G 9 of 10, at most 20.'],
] as const)('of %o is said: %s', (components, said) => expect(restOf({ components })).toBe(said));

test.each([
  [{ component: 'V', plane: 2, sub: { x: 2, y: 2 }, places: [{ x: 0, y: 3 }, { x: 7, y: 3 }] }, 'V samples, plane 2: 0, 3 · 7, 3'],
  [{ component: 'R', plane: 0, sub: { x: 1, y: 1 }, places: [{ x: 19, y: 4 }] }, 'R, plane 0: 19, 4'],
])('places are said with component and plane: %o', (unexplained, said) => expect(placesText(unexplained)).toBe(said));
