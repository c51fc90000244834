import { describe, expect, test } from 'vitest';
import { formatLayout } from '../../../kernels/image/formatLayout.ts';
import type { PixelFormatId, Rect } from '../../../kernels/index.ts';
import type { Surroundings } from './loupe.ts';
import { cellsAround, rectAround, shownComponent } from './loupe.ts';

test.each([
  [50, 40, { x: 46, y: 36, width: 9, height: 9 }], [0, 0, { x: 0, y: 0, width: 5, height: 5 }], [99, 79, { x: 95, y: 75, width: 5, height: 5 }], [2, 78, { x: 0, y: 74, width: 7, height: 6 }],
])('around %i, %i of a picture of 100×80', (x, y, rect) => expect(rectAround(x, y, { width: 100, height: 80 })).toEqual(rect));

test('a picture smaller than the loupe is all of it', () => expect(rectAround(1, 0, { width: 3, height: 1 })).toEqual({ x: 0, y: 0, width: 3, height: 1 }));

test.each([
  ['rgb24', undefined, 'R'], ['bgr24', undefined, 'R'], ['argb', undefined, 'R'], ['uyvy422', undefined, 'Y'], ['nv12', 'V', 'V'], ['nv12', 'R', 'Y'], ['pal8', undefined, 'I'],
] as const)('%s with %s alone on the stage shows %s', (format: PixelFormatId, solo, component) => expect(shownComponent(formatLayout(format).components, solo)?.component).toBe(component));

/** Each R names its place, each B is 7; rows get lighter downward. */
function surroundings(x: number, y: number, rect: Rect): Surroundings {
  const places = Array.from({ length: rect.width * rect.height }, (_, at) => ({ column: rect.x + (at % rect.width), row: rect.y + Math.floor(at / rect.width) }));
  return {
    x, y,
    region: { rect, components: ['R', 'B'], values: Float64Array.from(places.flatMap(({ column, row }) => [row * 100 + column, 7])) },
    tile: { width: rect.width, height: rect.height, rgba: Uint8ClampedArray.from(places.flatMap(({ row }) => [row * 40, row * 40, row * 40, 255])) },
  };
}

describe('the cells', () => {
  const rows = cellsAround(surroundings(1, 3, { x: 0, y: 0, width: 6, height: 7 }), 'R');

  test('are nine rows of nine, the pixel in the middle', () => {
    expect(rows.map((row) => row.length)).toEqual(new Array(9).fill(9));
    expect(rows[4][4]).toMatchObject({ x: 1, y: 3, value: 301 });
  });

  test('have the value of their own place, and none beyond the edge', () => {
    for (const { x, y, value } of rows.flat()) expect(value, `${String(x)}, ${String(y)}`).toBe(x >= 0 && x < 6 && y >= 0 && y < 7 ? y * 100 + x : undefined);
  });

  test('are written in the ink that their colour lets one read', () => {
    expect([rows[1][4], rows[7][4]]).toMatchObject([{ y: 0, ink: 'light' }, { y: 6, ink: 'dark' }]);
  });

  test('show no number of a component that is not there', () => expect(cellsAround(surroundings(1, 3, { x: 0, y: 0, width: 6, height: 7 }), 'A').flat().filter(({ value }) => value !== undefined)).toEqual([]));
});
