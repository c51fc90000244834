import type { Ratio } from '../tables/colorSpecs.ts';

/** An exact rational number; denominator > 0, lowest terms. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export function fraction(n: bigint | number, d: bigint | number = 1n): Fraction {
  const [top, bottom] = [BigInt(n), BigInt(d)];
  const divisor = gcd(top, bottom) * (bottom < 0n ? -1n : 1n);
  return { n: top / divisor, d: bottom / divisor };
}

export const fromRatio = ([n, d]: Ratio): Fraction => fraction(n, d);
export const add = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const sub = (a: Fraction, b: Fraction): Fraction => add(a, { n: -b.n, d: b.d });
export const mul = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
export const div = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);
export const toNumber = (a: Fraction): number => Number(a.n) / Number(a.d);

/** The smallest denominator that all fractions share. */
export function commonDenominator(values: readonly Fraction[]): bigint {
  return values.reduce((common, { d }) => (common / gcd(common, d)) * d, 1n);
}

export type Matrix3 = readonly (readonly Fraction[])[];

const at = (m: Matrix3, row: number, column: number): Fraction => m[row]?.[column] ?? fraction(0);

function minor(m: Matrix3, row: number, column: number): Fraction {
  const [r0 = 0, r1 = 0] = [0, 1, 2].filter((index) => index !== row);
  const [c0 = 0, c1 = 0] = [0, 1, 2].filter((index) => index !== column);
  return sub(mul(at(m, r0, c0), at(m, r1, c1)), mul(at(m, r0, c1), at(m, r1, c0)));
}

/** The exact inverse of a 3×3 matrix: adjugate over determinant. */
export function invert(m: Matrix3): Matrix3 {
  const signed = (row: number, column: number): Fraction => mul(minor(m, row, column), fraction((row + column) % 2 === 0 ? 1 : -1));
  const determinant = [0, 1, 2].reduce((sum, column) => add(sum, mul(at(m, 0, column), signed(0, column))), fraction(0));
  return [0, 1, 2].map((row) => [0, 1, 2].map((column) => div(signed(column, row), determinant)));
}
