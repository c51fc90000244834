import type { FunctionHandle, ModuleBuilder } from '../../../wasm/index.ts';
import { i16x8, i32, i64 } from '../../../wasm/index.ts';
import { dctConstants, dctPass } from './dctPass.ts';
import { divideBlock } from './divide.ts';
import { transpose } from './lanes.ts';
import { loadColumns, sampleMask } from './loadColumns.ts';
import { LEVEL_BYTES, MASK_BYTES } from './memoryMap.ts';
import { nonZeroMask, zeroVector } from './zigzagMask.ts';

/** DC is always coded, zero or not. */
const ALL_BUT_DC = -2n;

/**
 * `transform<step>(source, stride, shift, h, v, mcus, divisors, levels, masks, levelBytes, maskBytes)`: one component of a
 * run of MCUs. `levels` and `masks` are those of the component's first block; the next MCU's are the given bytes further.
 */
export function addTransform(module: ModuleBuilder, step: 1 | 2 | 4): FunctionHandle<'nothing'> {
  return module.function(`transform${String(step)}`, 'nothing', (f) => {
    const [source, stride, shift, h, v, mcus] = Array.from({ length: 6 }, () => f.param('i32'));
    const [divisors, levels, masks, levelBytes, maskBytes] = Array.from({ length: 5 }, () => f.param('i32'));
    const constants = dctConstants(f);
    const mask = sampleMask(f, step);
    const wholeSteps = f.let(i16x8.const(0xfff0 - 0x10000));
    const zero = zeroVector(f);
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
        const rows = divideBlock(f, coefficients, divisors, wholeSteps);
        for (const [index, row] of rows.entries()) f.store('v128.store', toLevels, row, index * 16);
        f.store('i64.store', toMask, i64.and(nonZeroMask(f, rows, zero), ALL_BUT_DC));
        f.set(toLevels, i32.add(toLevels, LEVEL_BYTES));
        f.set(toMask, i32.add(toMask, MASK_BYTES));
      }));
    });
  });
}
