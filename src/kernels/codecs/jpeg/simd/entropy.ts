import type { Expr, FunctionBuilder, Local, ModuleBuilder } from '../../../wasm/index.ts';
import { i32, i64 } from '../../../wasm/index.ts';
import { END_OF_BLOCK, LENGTH_MASK, RUN_OF_16 } from '../engine.ts';
import { AT, DESCRIPTOR_BYTES, LEVEL_BYTES, MASK_BYTES } from './memoryMap.ts';

/** What is done with a block's symbols. `table` is the address of the DC codes; the AC codes follow 1024 bytes later. */
interface SymbolWriter {
  /** @param level the number whose low bits follow the symbol */
  readonly withLevel: (table: Local<'i32'>, tableOffset: number, symbol: Expr<'i32'>, size: Local<'i32'>, level: Local<'i32'>) => void;
  readonly plain: (table: Local<'i32'>, symbol: number) => void;
}

const AC_OFFSET = 1024;
const magnitudeBits = (level: Local<'i32'>, sign: Local<'i32'>): Expr<'i32'> => i32.sub(32, i32.clz(i32.sub(i32.xor(level, sign), sign)));

/** One block's levels as symbols: DC difference, then runs of zeros, levels, end of block. */
function visitBlock(f: FunctionBuilder, at: { readonly levels: Local<'i32'>; readonly mask: Local<'i32'>; readonly table: Local<'i32'>; readonly predictor: Local<'i32'> }, writer: SymbolWriter): void {
  const { levels, table } = at;
  const [level, size, sign] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const [position, last, run] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const symbolOf = (value: Expr<'i32'>): void => {
    f.set(level, value);
    f.set(sign, i32.shr_s(level, 31));
    f.set(size, magnitudeBits(level, sign));
    f.set(sign, i32.add(level, sign));
  };
  const dc = f.let(i32.load16_s(levels));
  symbolOf(i32.sub(dc, i32.load(at.predictor)));
  f.store('i32.store', at.predictor, dc);
  writer.withLevel(table, 0, size, size, sign);
  const left = f.let(i64.load(at.mask));
  f.set(last, 0);
  f.while(i64.ne(left, 0n), () => {
    f.set(position, i32.wrap_i64(i64.ctz(left)));
    f.set(left, i64.and(left, i64.sub(left, 1n)));
    f.set(run, i32.sub(i32.sub(position, last), 1));
    f.while(i32.gt_s(run, 15), () => {
      writer.plain(table, RUN_OF_16);
      f.set(run, i32.sub(run, 16));
    });
    symbolOf(i32.load16_s(i32.add(levels, i32.load8_u(position, AT.order))));
    writer.withLevel(table, AC_OFFSET, i32.or(i32.shl(run, 4), size), size, sign);
    f.set(last, position);
  });
  f.if(i32.ne(last, 63), () => writer.plain(table, END_OF_BLOCK));
}

/** A function `(levels, masks, blocks, blocksPerMcu, …)` that visits whole MCUs. `blocks` counts all of them. */
function forBlocks(f: FunctionBuilder, params: { readonly levels: Local<'i32'>; readonly masks: Local<'i32'>; readonly mcus: Local<'i32'>; readonly blocksPerMcu: Local<'i32'> }, tablesAt: number, writer: SymbolWriter): void {
  const { levels, masks, mcus, blocksPerMcu } = params;
  const [table, predictor, descriptor] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const lastDescriptor = f.let(i32.add(i32.mul(blocksPerMcu, DESCRIPTOR_BYTES), AT.descriptors));
  f.for({ to: mcus }, () => {
    f.set(descriptor, AT.descriptors);
    f.while(i32.lt_u(descriptor, lastDescriptor), () => {
      f.set(predictor, i32.load(descriptor));
      f.set(table, i32.add(i32.load(descriptor, 4), tablesAt));
      visitBlock(f, { levels, mask: masks, table, predictor }, writer);
      f.set(levels, i32.add(levels, LEVEL_BYTES));
      f.set(masks, i32.add(masks, MASK_BYTES));
      f.set(descriptor, i32.add(descriptor, DESCRIPTOR_BYTES));
    });
  });
}

const codingParams = (f: FunctionBuilder) => ({ levels: f.param('i32'), masks: f.param('i32'), mcus: f.param('i32'), blocksPerMcu: f.param('i32') });

/** `count(levels, masks, mcus, blocksPerMcu)`: adds each symbol to `counts`. */
export function addCount(module: ModuleBuilder): void {
  module.function('count', 'nothing', (f) => {
    const params = codingParams(f);
    const slot = f.local('i32');
    const increment = (offset: number): void => f.store('i32.store', slot, i32.add(i32.load(slot, offset), 1), offset);
    forBlocks(f, params, AT.counts, {
      withLevel: (table, offset, symbol) => {
        f.set(slot, i32.add(table, i32.shl(symbol, 2)));
        increment(offset);
      },
      plain: (table, symbol) => {
        f.set(slot, table);
        increment(AC_OFFSET + symbol * 4);
      },
    });
  });
}

/**
 * `encode(levels, masks, mcus, blocksPerMcu, words)`: appends words of 32 bits at `words` and returns their end.
 * Fewer than 32 bits stay pending, in the low end of a 64-bit register that takes the longest symbol without a check.
 */
export function addEncode(module: ModuleBuilder): void {
  module.function('encode', 'i32', (f) => {
    const params = codingParams(f);
    const words = f.param('i32');
    const packed = f.local('i32');
    const pending = f.let(i64.load(i32.const(AT.pending)));
    const pendingBits = f.let(i32.load(i32.const(AT.pending), 8));
    const append = (bits: Expr<'i32'>): void => {
      const count = i32.and(packed, LENGTH_MASK);
      f.set(pending, i64.or(i64.shl(pending, i64.extend_i32_u(count)), i64.extend_i32_u(bits)));
      f.set(pendingBits, i32.add(pendingBits, count));
      f.if(i32.ge_u(pendingBits, 32), () => {
        f.set(pendingBits, i32.sub(pendingBits, 32));
        f.store('i32.store', words, i32.wrap_i64(i64.shr_u(pending, i64.extend_i32_u(pendingBits))));
        f.set(words, i32.add(words, 4));
      });
    };
    forBlocks(f, params, AT.codes, {
      withLevel: (table, offset, symbol, size, level) => {
        f.set(packed, i32.load(i32.add(table, i32.shl(symbol, 2)), offset));
        append(i32.or(i32.shr_u(packed, 5), i32.and(level, i32.sub(i32.shl(1, size), 1))));
      },
      plain: (table, symbol) => {
        f.set(packed, i32.load(table, AC_OFFSET + symbol * 4));
        append(i32.shr_u(packed, 5));
      },
    });
    f.store('i64.store', AT.pending, pending);
    f.store('i32.store', AT.pending, pendingBits, 8);
    f.return(words);
  });
}
