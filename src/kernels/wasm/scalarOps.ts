import type { Expr, Operand, ValueType } from './expression.ts';
import { binary, emitOperand, extended, unary } from './expression.ts';
import { load } from './memoryOps.ts';

const constant = <T extends ValueType>(type: T) => (value: Operand<T>): Expr<T> => ({ type, emit: (code) => emitOperand(type, value, code) });

const compare = <T extends ValueType>(opcode: number, type: T) => binary(opcode, type, type, 'i32');
const same = <T extends ValueType>(opcode: number, type: T) => binary(opcode, type, type, type);

/** Instructions of 32-bit integers, under the specification's names. @source WebAssembly core specification 2.0, §5.4.7 */
export const i32 = {
  const: constant('i32'),
  load: load(0x28, 'i32'), load8_s: load(0x2c, 'i32'), load8_u: load(0x2d, 'i32'), load16_s: load(0x2e, 'i32'), load16_u: load(0x2f, 'i32'),
  eqz: unary(0x45, 'i32', 'i32'),
  eq: compare(0x46, 'i32'), ne: compare(0x47, 'i32'),
  lt_s: compare(0x48, 'i32'), lt_u: compare(0x49, 'i32'), gt_s: compare(0x4a, 'i32'), gt_u: compare(0x4b, 'i32'),
  le_s: compare(0x4c, 'i32'), le_u: compare(0x4d, 'i32'), ge_s: compare(0x4e, 'i32'), ge_u: compare(0x4f, 'i32'),
  clz: unary(0x67, 'i32', 'i32'), ctz: unary(0x68, 'i32', 'i32'), popcnt: unary(0x69, 'i32', 'i32'),
  add: same(0x6a, 'i32'), sub: same(0x6b, 'i32'), mul: same(0x6c, 'i32'),
  div_s: same(0x6d, 'i32'), div_u: same(0x6e, 'i32'), rem_s: same(0x6f, 'i32'), rem_u: same(0x70, 'i32'),
  and: same(0x71, 'i32'), or: same(0x72, 'i32'), xor: same(0x73, 'i32'),
  shl: same(0x74, 'i32'), shr_s: same(0x75, 'i32'), shr_u: same(0x76, 'i32'), rotl: same(0x77, 'i32'), rotr: same(0x78, 'i32'),
  wrap_i64: unary(0xa7, 'i64', 'i32'), reinterpret_f32: unary(0xbc, 'f32', 'i32'),
  trunc_sat_f32_s: unary(extended(0), 'f32', 'i32'), trunc_sat_f32_u: unary(extended(1), 'f32', 'i32'),
  trunc_sat_f64_s: unary(extended(2), 'f64', 'i32'), trunc_sat_f64_u: unary(extended(3), 'f64', 'i32'),
  extend8_s: unary(0xc0, 'i32', 'i32'), extend16_s: unary(0xc1, 'i32', 'i32'),
};

export const i64 = {
  const: constant('i64'),
  load: load(0x29, 'i64'), load8_u: load(0x31, 'i64'), load16_u: load(0x33, 'i64'), load32_s: load(0x34, 'i64'), load32_u: load(0x35, 'i64'),
  eqz: unary(0x50, 'i64', 'i32'),
  eq: compare(0x51, 'i64'), ne: compare(0x52, 'i64'),
  lt_s: compare(0x53, 'i64'), lt_u: compare(0x54, 'i64'), gt_s: compare(0x55, 'i64'), gt_u: compare(0x56, 'i64'),
  le_s: compare(0x57, 'i64'), le_u: compare(0x58, 'i64'), ge_s: compare(0x59, 'i64'), ge_u: compare(0x5a, 'i64'),
  clz: unary(0x79, 'i64', 'i64'), ctz: unary(0x7a, 'i64', 'i64'), popcnt: unary(0x7b, 'i64', 'i64'),
  add: same(0x7c, 'i64'), sub: same(0x7d, 'i64'), mul: same(0x7e, 'i64'),
  div_s: same(0x7f, 'i64'), div_u: same(0x80, 'i64'), rem_s: same(0x81, 'i64'), rem_u: same(0x82, 'i64'),
  and: same(0x83, 'i64'), or: same(0x84, 'i64'), xor: same(0x85, 'i64'),
  shl: same(0x86, 'i64'), shr_s: same(0x87, 'i64'), shr_u: same(0x88, 'i64'), rotl: same(0x89, 'i64'), rotr: same(0x8a, 'i64'),
  extend_i32_s: unary(0xac, 'i32', 'i64'), extend_i32_u: unary(0xad, 'i32', 'i64'),
};

const floats = <T extends 'f32' | 'f64'>(type: T, first: { readonly load: number; readonly compare: number; readonly unary: number; readonly binary: number }) => ({
  const: constant(type),
  load: load(first.load, type),
  eq: compare(first.compare, type), ne: compare(first.compare + 1, type), lt: compare(first.compare + 2, type),
  gt: compare(first.compare + 3, type), le: compare(first.compare + 4, type), ge: compare(first.compare + 5, type),
  abs: unary(first.unary, type, type), neg: unary(first.unary + 1, type, type), ceil: unary(first.unary + 2, type, type), floor: unary(first.unary + 3, type, type),
  trunc: unary(first.unary + 4, type, type), nearest: unary(first.unary + 5, type, type), sqrt: unary(first.unary + 6, type, type),
  add: same(first.binary, type), sub: same(first.binary + 1, type), mul: same(first.binary + 2, type), div: same(first.binary + 3, type),
  min: same(first.binary + 4, type), max: same(first.binary + 5, type), copysign: same(first.binary + 6, type),
});

export const f32 = {
  ...floats('f32', { load: 0x2a, compare: 0x5b, unary: 0x8b, binary: 0x92 }),
  convert_i32_s: unary(0xb2, 'i32', 'f32'), convert_i32_u: unary(0xb3, 'i32', 'f32'), demote_f64: unary(0xb6, 'f64', 'f32'), reinterpret_i32: unary(0xbe, 'i32', 'f32'),
};

export const f64 = {
  ...floats('f64', { load: 0x2b, compare: 0x61, unary: 0x99, binary: 0xa0 }),
  convert_i32_s: unary(0xb7, 'i32', 'f64'), convert_i32_u: unary(0xb8, 'i32', 'f64'), promote_f32: unary(0xbb, 'f32', 'f64'),
};

/** `whenTrue` where the condition is not 0, else `whenFalse`; both are computed. */
export function select<T extends ValueType>(whenTrue: Expr<T>, whenFalse: Operand<T>, condition: Operand<'i32'>): Expr<T> {
  const { type } = whenTrue;
  return {
    type,
    emit: (code) => {
      emitOperand(type, whenTrue, code);
      emitOperand(type, whenFalse, code);
      emitOperand('i32', condition, code);
      if (type === 'v128') code.bytes([0x1c, 1, 0x7b]);
      else code.byte(0x1b);
    },
  };
}
