import { describe, expect, test } from 'vitest';
import { placeFrom } from './place.ts';

const size = { width: 1206, height: 800 };

describe('a place that is typed', () => {
  test.each([['312, 88', 312, 88], ['0 0', 0, 0], [' 1205;799 ', 1205, 799], ['+7,8', 7, 8]])('%s is a pixel', (text, x, y) => {
    expect(placeFrom(text, size)).toEqual({ x, y, fault: undefined });
  });

  test.each(['abc', '', '5', '5,', '1.5, 2', '1e2, 3', '1, 2, 3', '1 2 px'])('“%s” is none, and the picture’s size is said', (text) => {
    expect(placeFrom(text, size).fault).toMatch(/two whole numbers.*1206 × 800 pixels: x is 0 … 1205, y is 0 … 799/u);
  });

  test.each(['5000,-3', '1206, 0', '0, 800', '-1, 0'])('%s lies outside, and the picture’s size is said', (text) => {
    expect(placeFrom(text, size).fault).toMatch(/is outside\. The picture has 1206 × 800 pixels/u);
  });
});
