import { expect, test } from 'vitest';
import { group, notateWithin, notationWithin, numberFrom } from './format.ts';

test.each([
  [8, 'unsigned', 'dec', 'dec'], [8, 'unsigned', 'hex', 'hex'], [8, 'unsigned', 'norm', 'norm'], [8, 'unsigned', 'bin', 'dec'],
  [6, 'unsigned', 'bin', 'bin'], [16, 'unsigned', 'hex', 'hex'], [16, 'signed', 'dec', 'dec'], [16, 'signed', 'norm', 'norm'],
  [32, 'unsigned', 'hex', undefined], [32, 'signed', 'norm', 'norm'], [32, 'float', 'bin', 'dec'],
] as const)('values of %i bits, %s, asked for in %s: six characters hold %s', (bits, kind, notation, held) => expect(notationWithin(6, bits, kind, notation)).toBe(held));

test.each([
  [10, 'unsigned', 'dec', 1023, '1023'], [8, 'unsigned', 'norm', 128, '0.502'], [16, 'signed', 'dec', -32_768, '−32768'], [16, 'signed', 'norm', -1, '−0.000'],
  [32, 'float', 'dec', 0.501961, '0.502'], [32, 'float', 'dec', 12_345.678, '12346'], [32, 'float', 'dec', -0.0625, '−0.063'], [32, 'float', 'dec', 1 / 3_000_000, '3.3e−7'],
  [32, 'float', 'dec', Number.NaN, 'NaN'], [32, 'float', 'dec', 1_234_567, undefined], [32, 'unsigned', 'dec', 4_294_967_295, undefined],
] as const)('%i bits, %s, %s: %f in six characters', (bits, kind, notation, value, text) => expect(notateWithin(6, value, bits, kind, notation)).toBe(text));

test.each([
  ['1282', 1282], [' 1282 ', 1282], ['1 282', 1282], [group(1282), 1282], ['1\u00a0282', 1282], ['1_282', 1282], ['1 455 552', 1_455_552], ['−3', -3], ['0x40', 64], ['1 000.5', 1000.5],
  ['', Number.NaN], ['12 34', Number.NaN], ['1 2', Number.NaN], ['12px', Number.NaN], ['1__282', Number.NaN],
])('“%s” is %d', (text, number) => expect(numberFrom(text)).toBe(number));
