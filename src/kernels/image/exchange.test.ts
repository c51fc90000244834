import { describe, expect, test } from 'vitest';
import { PIXEL_FORMAT_IDS, cloneImage, imageBytes, wrapImage } from '../index.ts';
import { randomImage, specFor } from '../testing/images.ts';
import { exchangeChroma, sharesChroma } from './exchange.ts';
import { componentLayout } from './formatLayout.ts';
import { componentSamples } from './rows.ts';

const withChroma = PIXEL_FORMAT_IDS.filter((format) => componentLayout(format, 'U') !== undefined);

describe.each(withChroma)('%s', (format) => {
  const image = randomImage(specFor(format, 13, 7), 5);
  const exchanged = exchangeChroma(image);

  test('U is where V was, V where U was, and the others stay', () => {
    for (const [component, was] of [['U', 'V'], ['V', 'U'], ['Y', 'Y'], ['A', 'A']] as const) expect(componentSamples(exchanged, component), component).toEqual(componentSamples(image, was));
  });

  test('twice is the same bytes, those between the samples too', () => expect(imageBytes(exchangeChroma(exchanged))).toEqual(imageBytes(image)));
});

test('NV61 is read as nv16 so', () => {
  const nv61 = wrapImage(Uint8Array.of(1, 2, 3, 4, 200, 90, 201, 91), { format: 'nv16', width: 2, height: 2 });
  expect([...imageBytes(exchangeChroma(nv61))]).toEqual([1, 2, 3, 4, 90, 200, 91, 201]);
});

test('strides stay, and the source too', () => {
  const image = wrapImage(Uint8Array.from({ length: 24 }, (_, at) => at), { format: 'nv16', width: 2, height: 2, strides: [6, 6] });
  const before = imageBytes(cloneImage(image));
  expect(exchangeChroma(image).planes.map(({ stride }) => stride)).toEqual([6, 6]);
  expect(imageBytes(image)).toEqual(before);
});

test('what has no U is refused', () => expect(() => exchangeChroma(randomImage(specFor('rgb24', 2, 2), 1))).toThrow('rgb24 has no U.'));

test.each([['nv16', true], ['p010le', true], ['v210', true], ['ayuv', true], ['yuv420p', false], ['gray', false], ['rgb24', false]] as const)('U and V of %s lie in one plane: %s', (format, shares) => expect(sharesChroma(format)).toBe(shares));
