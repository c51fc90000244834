import { describe, expect, it } from 'vitest';
import type { FunctionBuilder} from '../../../wasm/index.ts';
import { ModuleBuilder, exportedFunction, i32x4, v128 } from '../../../wasm/index.ts';
import { divisionOf } from '../forms/division.ts';
import { emitDivision } from './division.ts';
import { Emitter } from './emitter.ts';

/** A compiled division: four numbers at a time, in a memory of their own. */
function divider(denominator: number, range: { readonly min: number; readonly max: number }): (numbers: readonly number[]) => readonly number[] {
  const module = new ModuleBuilder();
  module.importMemory('images', 'memory', { initial: 1 });
  module.function('divide', 'nothing', (f: FunctionBuilder) => {
    const at = f.param('i32');
    const e = new Emitter(f);
    const [quotient] = emitDivision(e, divisionOf(denominator, range), (add) => [i32x4.add(v128.load(at, 0), e.int(add))]);
    if (quotient !== undefined) f.store('v128.store', at, quotient, 0);
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const divide = exportedFunction(new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()), { images: { memory } }), 'divide');
  const lanes = new Int32Array(memory.buffer, 0, 4);
  return (numbers) => {
    lanes.set(numbers);
    divide(0);
    return [...lanes];
  };
}

/** The numerators where a quotient changes, and their neighbours, over a whole range. */
function* edges(denominator: number, { min, max }: { readonly min: number; readonly max: number }): Generator<number> {
  for (let quotient = Math.ceil(min / denominator); quotient <= Math.floor(max / denominator); quotient += 1) for (const near of [-1, 0, 1]) {
    const n = quotient * denominator + near;
    if (n >= min && n <= max) yield n;
  }
  yield min;
  yield max;
}

describe('division, rounded down', () => {
  it.each([
    [293_500, -158_000_000, 158_600_000], [587_000, 0, 150_000_000], [1402, -1_000_000, 1_900_000], [1772, -907_264, 1_812_000], [85, 0, 65_535 * 85],
    [65_535, -2_000_000_000, 2_000_000_000], [7, -7_000_000, 7_000_000], [1, -5000, 5000], [2, -1_000_000, 999_999], [1_635_200, -1_400_000_000, 2_100_000_000],
  ])('by %i from %i to %i: every quotient at its first and last numerator', (denominator, min, max) => {
    const divide = divider(denominator, { min, max });
    const wrong: number[] = [];
    for (const n of edges(denominator, { min, max })) {
      const found = divide([n, min, max, n]);
      if (found[0] !== Math.floor(n / denominator) || found[3] !== found[0] || found[1] !== Math.floor(min / denominator) || found[2] !== Math.floor(max / denominator)) wrong.push(n);
    }
    expect(wrong).toEqual([]);
  });
});
