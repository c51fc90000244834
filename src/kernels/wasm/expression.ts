import type { ByteSink } from './byteSink.ts';

/** Codes of the value types. @source WebAssembly core specification 2.0, §5.3 */
export const VALUE_TYPES = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

export type ValueType = keyof typeof VALUE_TYPES;

/** JavaScript numbers that may stand for a constant of each type. */
interface Literals {
  readonly i32: number;
  readonly i64: bigint;
  readonly f32: number;
  readonly f64: number;
  readonly v128: never;
}

/**
 * Code that leaves one value on the stack. It is code, not a value: used twice, it runs twice.
 * Hold a value with `FunctionBuilder.let`.
 */
export interface Expr<T extends ValueType> {
  readonly type: T;
  readonly emit: (code: ByteSink) => void;
}

/** An expression, or a literal of its type. */
export type Operand<T extends ValueType> = Expr<T> | Literals[T];
export type AnyOperand = Operand<ValueType>;

const CONST = { i32: 0x41, i64: 0x42, f32: 0x43, f64: 0x44 } as const;

function emitLiteral(type: ValueType, value: number | bigint, code: ByteSink): void {
  if (type === 'v128') throw new TypeError('A v128 constant is written with i8x16.const and its kin.');
  code.byte(CONST[type]);
  if (type === 'i32' || type === 'i64') {
    if (typeof value === 'number' && !Number.isInteger(value)) throw new TypeError(`${String(value)} is no ${type}.`);
    code.signed(BigInt(value), type === 'i32' ? 32 : 64);
  } else code.float(Number(value), type === 'f32' ? 4 : 8);
}

export function emitOperand(type: ValueType, operand: AnyOperand, code: ByteSink): void {
  if (typeof operand === 'object') {
    if (operand.type !== type) throw new TypeError(`A ${type} is expected here; a ${operand.type} was given.`);
    operand.emit(code);
  } else emitLiteral(type, operand, code);
}

const SIMD = 0xfd;
const EXTENDED = 0xfc;

/** An instruction's bytes: plain, or behind the prefix of the SIMD (0xfd) or the saturating and bulk instructions (0xfc). */
export type Opcode = number | readonly [prefix: typeof SIMD | typeof EXTENDED, code: number];

export const simd = (code: number): Opcode => [SIMD, code];
export const extended = (code: number): Opcode => [EXTENDED, code];

export function emitOpcode(opcode: Opcode, code: ByteSink): void {
  if (typeof opcode === 'number') code.byte(opcode);
  else {
    code.byte(opcode[0]);
    code.unsigned(opcode[1]);
  }
}

/** An instruction of one operand. */
export const unary = <A extends ValueType, R extends ValueType>(opcode: Opcode, from: A, type: R) =>
  (a: Operand<A>): Expr<R> => ({
    type,
    emit: (code) => {
      emitOperand(from, a, code);
      emitOpcode(opcode, code);
    },
  });

/** An instruction of two operands. */
export const binary = <A extends ValueType, B extends ValueType, R extends ValueType>(opcode: Opcode, left: A, right: B, type: R) =>
  (a: Operand<A>, b: Operand<B>): Expr<R> => ({
    type,
    emit: (code) => {
      emitOperand(left, a, code);
      emitOperand(right, b, code);
      emitOpcode(opcode, code);
    },
  });

/** Checks a lane number while the module is built. */
export function checkLane(lane: number, lanes: number): number {
  if (Number.isInteger(lane) && lane >= 0 && lane < lanes) return lane;
  throw new TypeError(`A lane is 0 … ${String(lanes - 1)}; ${String(lane)} was given.`);
}
