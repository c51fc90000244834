import { expect, test } from 'vitest';
import { convert, imageBytes, wrapImage } from '../../../kernels/index.ts';
import { paletteColour, paletteColours } from './paletteColours.ts';

const COLORS = Uint8Array.of(1, 2, 3, 4, 255, 128, 0, 255);

test.each([0, 1, 2, 255])('index %i stands for the colour that a conversion gives it', (index) => {
  const image = wrapImage(Uint8Array.of(index), { format: 'pal8', width: 1, height: 1, palette: COLORS });
  expect(paletteColour(COLORS, index).rgba).toEqual([...imageBytes(convert(image, 'rgba'))]);
});

test('a table has each colour once, with its hex digits', () => {
  expect(paletteColours(COLORS)).toEqual([{ index: 0, rgba: [1, 2, 3, 4], hex: '#01020304', isThere: true }, { index: 1, rgba: [255, 128, 0, 255], hex: '#FF8000FF', isThere: true }]);
  expect(paletteColour(COLORS, 2)).toMatchObject({ hex: '#FF00FFFF', isThere: false });
});
