import { ByteSink } from './byteSink.ts';
import type { AnyOperand, Expr, Operand, ValueType } from './expression.ts';
import { VALUE_TYPES, checkLane, emitOpcode, emitOperand, extended } from './expression.ts';
import type { LaneStoreId, StoreId, StoredType } from './memoryOps.ts';
import { LANE_STORES, STORES, emitAddress } from './memoryOps.ts';
import type { FunctionHandle, Local } from './local.ts';
import { emitCall, emitSet, local } from './local.ts';
import { i32 } from './scalarOps.ts';

/** Where a branch goes: the end of a block, or the head of a loop. */
export interface Label {
  readonly depth: number;
}

const [BLOCK, LOOP, IF, ELSE, END, BRANCH, BRANCH_IF, RETURN, DROP] = [0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0f, 0x1a];
const NO_RESULT = 0x40;

/** Writes the body of one function, statement after statement, in the order of the calls. */
export class FunctionBuilder {
  readonly code = new ByteSink();
  readonly #start = new ByteSink();
  readonly #params: ValueType[] = [];
  readonly #locals: ValueType[] = [];
  #depth = 0;

  get params(): readonly ValueType[] {
    return this.#params;
  }

  /** The next parameter; all of them come before the first local. */
  param<T extends ValueType>(type: T): Local<T> {
    if (this.#locals.length > 0) throw new TypeError('Parameters come before locals.');
    this.#params.push(type);
    return local(type, this.#params.length - 1);
  }

  /** A new local; zero when the function starts. */
  local<T extends ValueType>(type: T): Local<T> {
    this.#locals.push(type);
    return local(type, this.#params.length + this.#locals.length - 1);
  }

  /** A new local that holds what the expression gives here and now. */
  let<T extends ValueType>(value: Expr<T>): Local<T> {
    const held = this.local(value.type);
    this.set(held, value);
    return held;
  }

  /** As `let`, but computed once when the function starts, wherever this is called: for constants that a loop needs. */
  hoist<T extends ValueType>(value: Expr<T>): Local<T> {
    const held = this.local(value.type);
    emitSet(held, value, this.#start);
    return held;
  }

  set<T extends ValueType>(target: Local<T>, value: Operand<T>): void {
    emitSet(target, value, this.code);
  }

  /** Writes `value` at `pointer + offset` bytes. */
  store<S extends StoreId>(instruction: S, pointer: Operand<'i32'>, value: Operand<StoredType<S>>, offset = 0): void {
    const { opcode, type } = STORES[instruction];
    emitOperand('i32', pointer, this.code);
    emitOperand(type, value, this.code);
    emitOpcode(opcode, this.code);
    emitAddress(offset, this.code);
  }

  storeLane(instruction: LaneStoreId, pointer: Operand<'i32'>, vector: Expr<'v128'>, lane: number, offset = 0): void {
    const { opcode, lanes } = LANE_STORES[instruction];
    emitOperand('i32', pointer, this.code);
    emitOperand('v128', vector, this.code);
    emitOpcode(opcode, this.code);
    emitAddress(offset, this.code);
    this.code.byte(checkLane(lane, lanes));
  }

  /** memory.copy: the ranges may overlap. */
  copyMemory(to: Operand<'i32'>, from: Operand<'i32'>, bytes: Operand<'i32'>): void {
    this.#bulk(10, [to, from, bytes], [0, 0]);
  }

  /** memory.fill */
  fillMemory(to: Operand<'i32'>, value: Operand<'i32'>, bytes: Operand<'i32'>): void {
    this.#bulk(11, [to, value, bytes], [0]);
  }

  /** Calls a function; what it returns is dropped. */
  call(callee: FunctionHandle, ...operands: readonly AnyOperand[]): void {
    emitCall(callee, operands, this.code);
    if (callee.result !== 'nothing') this.code.byte(DROP);
  }

  return<T extends ValueType>(value?: Expr<T>): void {
    value?.emit(this.code);
    this.code.byte(RETURN);
  }

  /** A branch to the label leaves the block. */
  block(body: (exit: Label) => void): void {
    this.#nest(BLOCK, body);
  }

  /** A branch to the label starts the body again; without one it runs once. */
  loop(body: (again: Label) => void): void {
    this.#nest(LOOP, body);
  }

  if(condition: Operand<'i32'>, then: () => void, otherwise?: () => void): void {
    emitOperand('i32', condition, this.code);
    this.#nest(IF, () => {
      then();
      if (otherwise === undefined) return;
      this.code.byte(ELSE);
      otherwise();
    });
  }

  branch(label: Label): void {
    this.code.byte(BRANCH);
    this.code.unsigned(this.#distance(label));
  }

  branchIf(label: Label, condition: Operand<'i32'>): void {
    emitOperand('i32', condition, this.code);
    this.code.byte(BRANCH_IF);
    this.code.unsigned(this.#distance(label));
  }

  /** Runs while the condition, computed before each round, is not 0. */
  while(condition: Expr<'i32'>, body: () => void): void {
    this.if(condition, () => this.loop((again) => {
      body();
      this.branchIf(again, condition);
    }));
  }

  /** Counts `from, from + step, …` while below `to`; give `to` as a local or a number, for it is read each round. */
  for({ from = 0, to, step = 1 }: { readonly from?: Operand<'i32'>; readonly to: Local<'i32'> | number; readonly step?: Operand<'i32'> }, body: (index: Local<'i32'>) => void): void {
    const index = this.local('i32');
    this.set(index, from);
    this.while(i32.lt_s(index, to), () => {
      body(index);
      this.set(index, i32.add(index, step));
    });
  }

  /** Appends the locals, the body and its end. */
  finish(into: ByteSink): void {
    const body = new ByteSink();
    body.unsigned(this.#locals.length);
    for (const type of this.#locals) body.bytes([1, VALUE_TYPES[type]]);
    body.bytes(this.#start.view());
    body.bytes(this.code.view());
    body.byte(END);
    into.sized(body);
  }

  #bulk(instruction: number, operands: readonly Operand<'i32'>[], memories: readonly number[]): void {
    for (const operand of operands) emitOperand('i32', operand, this.code);
    emitOpcode(extended(instruction), this.code);
    this.code.bytes(memories);
  }

  #nest(opcode: number, body: (label: Label) => void): void {
    this.code.bytes([opcode, NO_RESULT]);
    this.#depth += 1;
    body({ depth: this.#depth });
    this.#depth -= 1;
    this.code.byte(END);
  }

  #distance(label: Label): number {
    if (label.depth > this.#depth) throw new TypeError('The branch leads into a block that has ended.');
    return this.#depth - label.depth;
  }
}
