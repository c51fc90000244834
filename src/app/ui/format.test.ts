import { expect, test } from 'vitest';
import { notateWithin, notationWithin } from './format.ts';

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
