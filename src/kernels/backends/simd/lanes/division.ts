import { f32x4, i32x4 } from '../../../wasm/index.ts';
import { MAGIC } from '../forms/division.ts';
import type { Division } from '../forms/division.ts';
import type { Emitter } from './emitter.ts';
import type { Vector } from './lanes.ts';

/** MAGIC as the bits of a float. */
const MAGIC_BITS = 0x4b40_0000;

/** @param lessened numerators that `less` was taken from */
function byEstimate(e: Emitter, lessened: Vector, { denominator, less }: Extract<Division, { by: 'estimate' }>): Vector {
  const n = e.f.let(lessened);
  const rounded = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(n), e.float(1 / denominator)), e.float(MAGIC));
  const quotient = e.f.let(i32x4.sub(rounded, e.int(MAGIC_BITS)));
  const rest = i32x4.sub(n, i32x4.mul(quotient, e.int(denominator)));
  // A comparison gives −1 where it holds.
  return i32x4.sub(quotient, i32x4.gt_s(rest, e.int(denominator - 1 - less)));
}

/** Numerators divided, rounded down. @param sums them, with a number added */
export function emitDivision(e: Emitter, division: Division, sums: (add: number) => readonly Vector[]): readonly Vector[] {
  if (division.by === 'estimate') return sums(-division.less).map((sum) => byEstimate(e, sum, division));
  const { before, multiplier, shift } = division;
  return sums(0).map((sum) => {
    const odd = before === 0 ? sum : i32x4.shr_u(sum, before);
    const product = multiplier === 1 ? odd : i32x4.mul(odd, e.int(multiplier | 0));
    return shift === 0 ? product : i32x4.shr_u(product, shift);
  });
}
