/**
 * Finds the fixed-point forms of `src/kernels/backends/simd/proven.ts`: every colour row of the 8-bit formats and the chroma part of
 * 10-bit ones, for every matrix and range, by trying every input. Prints the table's rows; takes about ten seconds.
 *   npx tsx scripts/prove-fixed-point.ts
 */
import { MATRICES, RANGES, planConversion } from '../src/kernels/index.ts';
import type { ColorSpec, PixelFormatId } from '../src/kernels/index.ts';
import { MOST_TRIED, fits32, fractionOf, keyOf, provenSummand } from '../src/kernels/backends/simd/fixedPoint.ts';
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
    const add = provenSummand(fraction, ranges, shift);
    const weights = fraction.weights.map((weight) => Math.round((weight * 2 ** shift) / fraction.denominator));
    if (add === undefined || !fits32(weights, add, ranges)) continue;
    console.log(`  // ${name}, ${row.to}\n  ['${key}', { shift: ${String(shift)}, add: ${String(add)} }],`);
    return;
  }
  if (inputs <= MOST_TRIED) console.log(`  // ${name}, ${row.to}\n  ['${key}', undefined],`);
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
        for (const row of step.rows.flatMap(variants)) prove(`${matrix} ${range}`, step, row, row.terms.map((term) => { const { min, max } = channelNamed(input, term.from); return { min, max }; }));
      }
    }
  }
}
