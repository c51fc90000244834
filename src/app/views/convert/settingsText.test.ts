import { expect, test } from 'vitest';
import { changesOf } from './settingsText.ts';

const PLAIN = { from: 'nv12', fromColor: {}, toColor: {}, options: {} } as const;

test.each([
  ['what is as now is not said', { ...PLAIN, fromColor: { matrix: 'bt601', range: 'full' }, options: { chromaUp: 'nearest', rounding: 'half-away' } }, undefined, []],
  ['matrix and range of the source', { ...PLAIN, fromColor: { matrix: 'bt709', range: 'limited' } }, undefined, ['source matrix BT.709', 'source range limited']],
  ['the source’s own word is what now is', { ...PLAIN, fromColor: { matrix: 'bt709', range: 'full' } }, { matrix: 'bt709' }, []],
  ['the destination’s colours', { ...PLAIN, toColor: { matrix: 'bt2020' } }, undefined, ['matrix BT.2020']],
  ['exchanged channels, filters and rounding', { ...PLAIN, from: 'nv21', fromColor: { siting: 'topleft' }, options: { chromaUp: 'bilinear', rounding: 'truncate' } }, undefined, ['bytes read as nv21', 'source siting top-left (UHD, BT.2020)', 'chroma up bilinear', 'rounding towards zero']],
] as const)('%s', (_, settings, own, said) => expect(changesOf(settings, PLAIN, own)).toEqual(said));
