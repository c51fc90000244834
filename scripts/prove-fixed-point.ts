/**
 * Finds the fixed-point forms of `src/kernels/backends/simd/forms/tables.ts`: every colour row of the 8-bit formats and the chroma part of
 * 10-bit ones, for every matrix and range, by trying every input; then the dot products of several words for what limited range's chroma comes to in steps
 * of luma's. Prints the tables' rows; takes about ten seconds.
 *   npx tsx scripts/prove-fixed-point.ts
 */
import { MATRICES, RANGES, planConversion } from '../src/kernels/index.ts';
import type { ColorSpec, PixelFormatId } from '../src/kernels/index.ts';
import { fits32, fractionOf, keyOf } from '../src/kernels/backends/simd/forms/fraction.ts';
import { searchMultiwordDot } from '../src/kernels/backends/simd/forms/multiwordDot.ts';
import { MOST_TRIED, searchedBias } from '../src/kernels/backends/simd/forms/bias.ts';
import { LUMA_FRACTIONS, multiplesOf } from '../src/kernels/backends/simd/forms/splitFixedPoint.ts';
import { channelNamed } from '../src/kernels/pipeline/signal.ts';
import { signalsOf } from '../src/kernels/pipeline/simplify.ts';
import type { MatrixStep, RationalRow } from '../src/kernels/pipeline/step.ts';

const PAIRS: readonly (readonly [PixelFormatId, PixelFormatId])[] = [['rgba', 'yuv444p'], ['yuv444p', 'rgba'], ['rgba', 'gray'], ['p010le', 'rgba']];
const SHIFTS = [15, 16, 17, 14, 18, 19, 20, 21, 22];
const [FEWEST, MOST] = [60_000, 2 ** 24];
const isRgb = (format: PixelFormatId): boolean => format.startsWith('rgb');

/** A row, and the row without a term that is only added. */
function variants(row: RationalRow): readonly RationalRow[] {
  const main = row.terms.find(({ weight, centre }) => weight === row.denominator && centre === 0);
  return main === undefined || row.add !== 0 ? [row] : [row, { ...row, terms: row.terms.filter((term) => term !== main) }];
}

const printed = new Set<string>();

function prove(name: string, step: MatrixStep, row: RationalRow, ranges: readonly { readonly min: number; readonly max: number }[]): void {
  const inputs = ranges.reduce((product, { min, max }) => product * (max - min + 1), 1);
  const fraction = fractionOf(row, step.rounding);
  if (inputs < FEWEST || inputs > MOST || fraction === undefined) return;
  const key = keyOf(fraction, ranges);
  if (printed.has(key)) return;
  printed.add(key);
  for (const shift of SHIFTS) {
    const add = searchedBias(fraction, ranges, shift);
    const weights = fraction.weights.map((weight) => Math.round((weight * 2 ** shift) / fraction.denominator));
    if (add === undefined || !fits32(weights, add, ranges)) continue;
    console.log(`  // ${name}, ${row.to}\n  ['${key}', { shift: ${String(shift)}, add: ${String(add)} }],`);
    return;
  }
  if (inputs <= MOST_TRIED) console.log(`  // ${name}, ${row.to}\n  ['${key}', undefined],`);
}

/** The row's chroma in steps of luma's, where there are two kinds of it. */
function proveLong(name: string, step: MatrixStep, row: RationalRow, rangeOf: (name: string) => { readonly min: number; readonly max: number }): void {
  const whole = fractionOf(row, step.rounding);
  const form = LUMA_FRACTIONS.find(({ numerator, denominator }) => row.terms[0]?.weight === (row.denominator * numerator) / denominator);
  const names = [...new Set(step.rows.flatMap(({ terms }) => terms.map(({ from }) => from)))].slice(1);
  if (row.bits !== 8 || whole === undefined || form === undefined || row.terms.length < 3) return;
  const [fraction, ranges] = [multiplesOf(row, whole, form, names), names.map(rangeOf)];
  const long = searchMultiwordDot(fraction, ranges);
  const key = keyOf(fraction, ranges);
  if (long === undefined || printed.has(key)) return;
  printed.add(key);
  const [finer] = long.finer;
  const carry = finer?.carry ?? 0;
  console.log(`  // ${name}, ${row.to}\n  ['${key}', { finer: ${String(carry === 0 ? 0 : 1)}, add: ${String(long.add * 2 ** carry + (finer?.add ?? 0))} }],`);
}

const keys = <T extends string>(rows: Readonly<Record<T, unknown>>): T[] => Object.keys(rows).filter((key): key is T => Object.hasOwn(rows, key));

for (const matrix of keys(MATRICES)) {
  for (const range of keys(RANGES)) {
    for (const [from, to] of PAIRS) {
      const color: Partial<ColorSpec> = { matrix, range };
      const specOf = (format: PixelFormatId) => ({ format, width: 16, height: 16, colorSpec: isRgb(format) ? undefined : color });
      const pipeline = planConversion(specOf(from), specOf(to));
      const signals = signalsOf(pipeline);
      for (const [index, step] of pipeline.steps.entries()) {
        const input = signals[index];
        if (step.kind !== 'matrix' || step.float || input === undefined) continue;
        const rangeOf = (name: string): { readonly min: number; readonly max: number } => { const { min, max } = channelNamed(input, name); return { min, max }; };
        for (const row of step.rows) proveLong(`${matrix} ${range}`, step, row, rangeOf);
        for (const row of step.rows.flatMap(variants)) prove(`${matrix} ${range}`, step, row, row.terms.map(({ from: name }) => rangeOf(name)));
      }
    }
  }
}
