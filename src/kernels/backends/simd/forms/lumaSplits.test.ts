import { describe, expect, test } from 'vitest';
import { addSaturated } from './form.ts';
import { LUMA_QUOTIENTS, quotientBeyond } from './splitDivision.ts';
import { FRACTION_BITS, LUMA_FRACTIONS, chromaValues, lumaValue } from './splitFixedPoint.ts';

const clampByte = (value: number): number => Math.min(255, Math.max(0, value));

const fits = (value: number): boolean => value >= -0x8000 && value <= 0x7fff;

describe('luma and chroma as a sum of 16-bit numbers', () => {
  test.each(LUMA_FRACTIONS.map((form) => [form.numerator, form.denominator, form] as const))('(%i·Y + T) / %i: every Y with every T', (numerator, denominator, form) => {
    const wrong: string[] = [];
    for (let chroma = -form.most; chroma <= form.most; chroma += 1) {
      const [first, second] = chromaValues(form, chroma);
      const whole = first + second;
      if (!fits(first) || !fits(second)) wrong.push(`T = ${String(chroma)} does not fit`);
      for (let y = 0; y <= 255; y += 1) {
        const expected = clampByte(Math.floor((numerator * y + chroma) / denominator));
        const x = lumaValue(form, y);
        const inTwo = addSaturated(addSaturated(x, first), second) >> FRACTION_BITS;
        const inOne = fits(whole) ? addSaturated(x, whole) >> FRACTION_BITS : inTwo;
        if (clampByte(inOne) !== expected || clampByte(inTwo) !== expected || !fits(x)) wrong.push(`Y = ${String(y)}, T = ${String(chroma)}`);
      }
    }
    expect(wrong.slice(0, 10)).toEqual([]);
  }, 30_000);
});

test.each(LUMA_QUOTIENTS.map((form) => [form.numerator, form.denominator, form] as const))('%i·Y / %i: the quotient of every Y', (numerator, denominator, form) => {
  for (let y = 0; y <= form.most; y += 1) expect(y + quotientBeyond(form, y)).toBe(Math.floor((numerator * y + form.offset) / denominator));
});
