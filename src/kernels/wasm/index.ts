/** A small assembler: WebAssembly modules, SIMD included, written at run time from typed expressions. */
export type { AnyOperand, Expr, Operand, ValueType } from './expression.ts';
export type { FunctionHandle, Local } from './local.ts';
export { callOf, tee } from './local.ts';
export type { Label } from './functionBuilder.ts';
export { FunctionBuilder } from './functionBuilder.ts';
export { ModuleBuilder } from './moduleBuilder.ts';
export type { MemoryLimits } from './moduleBuilder.ts';
export { f32, f64, i32, i64, select } from './scalarOps.ts';
export { v128 } from './vectorOps.ts';
export { i16x8, i32x4, i64x2, i8x16 } from './integerLanes.ts';
export { f32x4, f64x2 } from './floatLanes.ts';
export { exportedFunction, hasWebAssembly, instantiate } from './instantiate.ts';
export type { NumericFunction } from './instantiate.ts';
