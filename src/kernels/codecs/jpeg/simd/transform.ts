import type { FunctionBuilder, FunctionHandle, Local, ModuleBuilder } from '../../../wasm/index.ts';
import { i16x8, i32, i8x16 } from '../../../wasm/index.ts';
import { dctConstants, dctPass } from './dctPass.ts';
import { divideBlock } from './divide.ts';
import { transpose } from './lanes.ts';
import { loadColumns, sampleMask } from './loadColumns.ts';
import { LEVEL_BYTES, MASK_BYTES } from './memoryMap.ts';
import { zigzagLanes, zigzagPicks } from './zigzagLanes.ts';

/** One bit a level that is not zero, the DC's first; the DC's own bit is left out, for DC is always coded. */
function storeMask(f: FunctionBuilder, levels: readonly Local<'v128'>[], at: Local<'i32'>, zero: Local<'v128'>): void {
  const zeros = (first: number) => i8x16.bitmask(i8x16.eq(i8x16.narrow_i16x8_s(levels[first], levels[first + 1]), zero));
  const half = (first: number) => i32.xor(i32.or(zeros(first), i32.shl(zeros(first + 2), 16)), -1);
  f.store('i32.store', at, i32.and(half(0), -2));
  f.store('i32.store', at, half(4), 4);
}

/**
 * `transform<step>(source, stride, shift, h, v, mcus, divisors, levels, masks, levelBytes, maskBytes)`: one component of a
 * run of MCUs. `levels` and `masks` are those of the component's first block; the next MCU's are the given bytes further.
 */
export function addTransform(module: ModuleBuilder, step: 1 | 2 | 4): FunctionHandle<'nothing'> {
  return module.function(`transform${String(step)}`, 'nothing', (f) => {
    const [source, stride, shift, h, v, mcus] = Array.from({ length: 6 }, () => f.param('i32'));
    const [divisors, levels, masks, levelBytes, maskBytes] = Array.from({ length: 5 }, () => f.param('i32'));
    const constants = dctConstants(f);
    const picks = zigzagPicks(f);
    const mask = sampleMask(f, step);
    const wholeSteps = f.let(i16x8.const(0xfff0 - 0x10000));
    const zero = f.let(i16x8.const(0));
    const [toLevels, toMask, from] = [f.local('i32'), f.local('i32'), f.local('i32')];
    const blockRow = f.let(i32.shl(stride, 3));
    f.for({ to: mcus }, (mcu) => {
      f.set(toLevels, i32.add(levels, i32.mul(mcu, levelBytes)));
      f.set(toMask, i32.add(masks, i32.mul(mcu, maskBytes)));
      f.for({ to: v }, (down) => f.for({ to: h }, (across) => {
        f.set(from, i32.add(i32.add(source, i32.mul(i32.add(i32.mul(mcu, h), across), 8 * step)), i32.mul(down, blockRow)));
        const columns = loadColumns(f, step, { at: from, stride, shift }, mask);
        const rowsDone = transpose(f, dctPass(f, columns, constants, 'rows'));
        const coefficients = dctPass(f, rowsDone, constants, 'columns');
        const ordered = zigzagLanes(f, divideBlock(f, coefficients, divisors, wholeSteps), picks);
        for (const [index, vector] of ordered.entries()) f.store('v128.store', toLevels, vector, index * 16);
        storeMask(f, ordered, toMask, zero);
        f.set(toLevels, i32.add(toLevels, LEVEL_BYTES));
        f.set(toMask, i32.add(toMask, MASK_BYTES));
      }));
    });
  });
}
