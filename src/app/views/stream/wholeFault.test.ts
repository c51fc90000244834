import { expect, test } from 'vitest';
import { wholeFault } from './wholeFault.ts';

const quality = wholeFault(-1, 100);

test.each([-1, 0, 100])('%d is one', (value) => expect(quality(value)).toBeUndefined());

test.each([900, 50.5, -2, 101, Number.NaN, Infinity])('%d is none, and the bounds are said', (value) => expect(quality(value)).toBe('A whole number, −1 … 100.'));

test('what bounds it is said of what is too large alone', () => {
  const width = wholeFault(2, 1280, 'The source is no wider.');
  expect(width(1281)).toBe('A whole number, 2 … 1\u202f280. The source is no wider.');
  expect(width(1)).toBe('A whole number, 2 … 1\u202f280.');
});
