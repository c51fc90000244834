import type { Expr, Opcode, Operand, ValueType } from './expression.ts';
import { checkLane, emitOpcode, emitOperand, simd } from './expression.ts';
import type { ByteSink } from './byteSink.ts';

/** Alignment is a hint; “any byte” is always true of it. */
const ANY_ALIGNMENT = 0;

export function emitAddress(offset: number, code: ByteSink): void {
  code.unsigned(ANY_ALIGNMENT);
  code.unsigned(offset);
}

/** A read at `pointer + offset`; the offset is a constant of 0 or more bytes. */
export const load = <T extends ValueType>(opcode: Opcode, type: T) =>
  (pointer: Operand<'i32'>, offset = 0): Expr<T> => ({
    type,
    emit: (code) => {
      emitOperand('i32', pointer, code);
      emitOpcode(opcode, code);
      emitAddress(offset, code);
    },
  });

/** A read of one lane into a vector that is there already. */
export const loadLane = (opcode: number, lanes: number) =>
  (pointer: Operand<'i32'>, vector: Expr<'v128'>, lane: number, offset = 0): Expr<'v128'> => ({
    type: 'v128',
    emit: (code) => {
      emitOperand('i32', pointer, code);
      emitOperand('v128', vector, code);
      emitOpcode(simd(opcode), code);
      emitAddress(offset, code);
      code.byte(checkLane(lane, lanes));
    },
  });

interface StoreRow {
  readonly opcode: Opcode;
  readonly type: ValueType;
  /** Present where one lane of a v128 is stored: how many lanes it has. */
  readonly lanes?: number;
}

/** Every write to memory. @source WebAssembly core specification 2.0, §5.4.6, §5.4.8 */
export const STORES = {
  'i32.store': { opcode: 0x36, type: 'i32' },
  'i32.store8': { opcode: 0x3a, type: 'i32' },
  'i32.store16': { opcode: 0x3b, type: 'i32' },
  'i64.store': { opcode: 0x37, type: 'i64' },
  'f32.store': { opcode: 0x38, type: 'f32' },
  'f64.store': { opcode: 0x39, type: 'f64' },
  'v128.store': { opcode: simd(0x0b), type: 'v128' },
} as const satisfies Record<string, StoreRow>;

export const LANE_STORES = {
  'v128.store8_lane': { opcode: simd(0x58), type: 'v128', lanes: 16 },
  'v128.store16_lane': { opcode: simd(0x59), type: 'v128', lanes: 8 },
  'v128.store32_lane': { opcode: simd(0x5a), type: 'v128', lanes: 4 },
  'v128.store64_lane': { opcode: simd(0x5b), type: 'v128', lanes: 2 },
} as const satisfies Record<string, StoreRow>;

export type StoreId = keyof typeof STORES;
export type StoredType<S extends StoreId> = (typeof STORES)[S]['type'];
export type LaneStoreId = keyof typeof LANE_STORES;
