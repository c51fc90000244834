import { expect, test } from 'vitest';
import { reciprocal } from './division.ts';

test.each([[31, 7920], [63, 16_096], [500, 220_000], [1000, 255_500], [64, 100_000], [257, 65_663]])('division by %i up to %i is one multiplication, exact for every numerator', (denominator, largest) => {
  const found = reciprocal(denominator, largest);
  expect(found).toBeDefined();
  const { before, multiplier, shift } = found ?? { before: 0, multiplier: 0, shift: 0 };
  let wrong = 0;
  for (let n = 0; n <= largest; n += 1) if (Math.imul(n >>> before, multiplier) >>> shift !== Math.floor(n / denominator)) wrong += 1;
  expect(wrong).toBe(0);
});

test('where 32 bits are too few there is none', () => expect(reciprocal(587_000, 1.5e8)).toBeUndefined());
