import type { ByteSink } from './byteSink.ts';
import type { AnyOperand, Expr, Operand, ValueType } from './expression.ts';
import { emitOperand } from './expression.ts';

const [CALL, LOCAL_GET, LOCAL_SET, LOCAL_TEE] = [0x10, 0x20, 0x21, 0x22];

/** A parameter or local variable; as an expression, its value at the moment the code runs. */
export interface Local<T extends ValueType> extends Expr<T> {
  readonly index: number;
}

/** The local of that index. */
export function local<T extends ValueType>(type: T, index: number): Local<T> {
  return {
    type,
    index,
    emit: (code) => {
      code.byte(LOCAL_GET);
      code.unsigned(index);
    },
  };
}

/** Stores the value in the local and leaves it as the expression's value. */
export const tee = <T extends ValueType>(target: Local<T>, value: Operand<T>): Expr<T> => ({
  type: target.type,
  emit: (code) => {
    emitOperand(target.type, value, code);
    code.byte(LOCAL_TEE);
    code.unsigned(target.index);
  },
});

export function emitSet<T extends ValueType>(target: Local<T>, value: Operand<T>, code: ByteSink): void {
  emitOperand(target.type, value, code);
  code.byte(LOCAL_SET);
  code.unsigned(target.index);
}

/** A function to call: its place in the module and its signature. */
export interface FunctionHandle<R extends ValueType | 'nothing' = ValueType | 'nothing'> {
  readonly name: string;
  readonly index: number;
  readonly params: readonly ValueType[];
  readonly result: R;
}

export function emitCall(callee: FunctionHandle, operands: readonly AnyOperand[], code: ByteSink): void {
  if (operands.length !== callee.params.length) throw new TypeError(`${callee.name} takes ${String(callee.params.length)} values; ${String(operands.length)} were given.`);
  for (const [index, type] of callee.params.entries()) emitOperand(type, operands[index] ?? 0, code);
  code.byte(CALL);
  code.unsigned(callee.index);
}

/** The call of a function that returns a value, as an expression. */
export const callOf = <R extends ValueType>(callee: FunctionHandle<R>, ...operands: readonly AnyOperand[]): Expr<R> => ({ type: callee.result, emit: (code) => emitCall(callee, operands, code) });
