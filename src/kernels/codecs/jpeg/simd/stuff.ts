import type { Expr, FunctionBuilder, Local, ModuleBuilder } from '../../../wasm/index.ts';
import { i32, i64, i8x16, v128 } from '../../../wasm/index.ts';
import { AT } from './memoryMap.ts';

/** Bytes of 32-bit words, the most significant first. */
const WORDS_REVERSED = [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12];

/** Writes one byte, and a 0x00 behind a 0xFF. */
function putByte(f: FunctionBuilder, out: Local<'i32'>, byte: Expr<'i32'>): void {
  const held = f.let(byte);
  f.store('i32.store8', out, held);
  f.set(out, i32.add(out, 1));
  f.if(i32.eq(held, 0xff), () => {
    f.store('i32.store8', out, 0);
    f.set(out, i32.add(out, 1));
  });
}

/**
 * `stuff(from, end, out)`: words of bits to bytes, 0x00 behind each 0xFF; returns the end of the bytes.
 * Sixteen bytes at a time while none is 0xFF. May read and write 15 bytes past the end.
 */
export function addStuff(module: ModuleBuilder): void {
  module.function('stuff', 'i32', (f) => {
    const [from, end, out] = [f.param('i32'), f.param('i32'), f.param('i32')];
    const reversed = f.let(i8x16.const(...WORDS_REVERSED));
    const full = f.let(i8x16.const(-1));
    const [bytes, left] = [f.local('v128'), f.local('i32')];
    f.while(i32.lt_u(from, end), () => {
      f.set(bytes, i8x16.swizzle(v128.load(from), reversed));
      f.store('v128.store', out, bytes);
      f.set(left, i32.sub(end, from));
      f.if(i32.and(i32.ge_u(left, 16), i32.eqz(v128.any_true(i8x16.eq(bytes, full)))), () => {
        f.set(from, i32.add(from, 16));
        f.set(out, i32.add(out, 16));
      }, () => {
        // One word, byte by byte, then another try.
        for (let byte = 3; byte >= 0; byte -= 1) putByte(f, out, i32.load8_u(from, byte));
        f.set(from, i32.add(from, 4));
      });
    });
    f.return(out);
  });
}

/** `flush(out)`: the pending bits, filled up with ones to whole bytes; returns the end of the bytes. */
export function addFlush(module: ModuleBuilder): void {
  module.function('flush', 'i32', (f) => {
    const out = f.param('i32');
    const pending = f.let(i64.load(i32.const(AT.pending)));
    const bits = f.let(i32.load(i32.const(AT.pending), 8));
    const missing = f.let(i32.and(i32.sub(0, bits), 7));
    f.set(pending, i64.or(i64.shl(pending, i64.extend_i32_u(missing)), i64.extend_i32_u(i32.sub(i32.shl(1, missing), 1))));
    f.set(bits, i32.add(bits, missing));
    f.while(i32.gt_s(bits, 0), () => {
      f.set(bits, i32.sub(bits, 8));
      putByte(f, out, i32.and(i32.wrap_i64(i64.shr_u(pending, i64.extend_i32_u(bits))), 0xff));
    });
    f.store('i64.store', AT.pending, 0n);
    f.store('i32.store', AT.pending, 0, 8);
    f.return(out);
  });
}
