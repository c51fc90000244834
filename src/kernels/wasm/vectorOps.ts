import type { Expr, Operand, ValueType } from './expression.ts';
import { binary, checkLane, emitOpcode, emitOperand, simd, unary } from './expression.ts';
import { load, loadLane } from './memoryOps.ts';

/** Shapes of instructions; the comments of the tables below give the lanes they see. */
export const vToV = (code: number) => unary(simd(code), 'v128', 'v128');
export const vToBits = (code: number) => unary(simd(code), 'v128', 'i32');
export const vvToV = (code: number) => binary(simd(code), 'v128', 'v128', 'v128');
export const shift = (code: number) => binary(simd(code), 'v128', 'i32', 'v128');
export const splat = <T extends ValueType>(code: number, type: T) => unary(simd(code), type, 'v128');

export const extractLane = <T extends ValueType>(code: number, lanes: number, type: T) =>
  (vector: Expr<'v128'>, lane: number): Expr<T> => ({
    type,
    emit: (out) => {
      emitOperand('v128', vector, out);
      emitOpcode(simd(code), out);
      out.byte(checkLane(lane, lanes));
    },
  });

export const replaceLane = <T extends ValueType>(code: number, lanes: number, type: T) =>
  (vector: Expr<'v128'>, lane: number, value: Operand<T>): Expr<'v128'> => ({
    type: 'v128',
    emit: (out) => {
      emitOperand('v128', vector, out);
      emitOperand(type, value, out);
      emitOpcode(simd(code), out);
      out.byte(checkLane(lane, lanes));
    },
  });

/** A v128 from 16 bytes in the order of memory. */
export function constantVector(bytes: ArrayLike<number>): Expr<'v128'> {
  if (bytes.length !== 16) throw new TypeError(`A v128 has 16 bytes; ${String(bytes.length)} were given.`);
  return {
    type: 'v128',
    emit: (out) => {
      emitOpcode(simd(0x0c), out);
      out.bytes(bytes);
    },
  };
}

/** The lanes of a constant as little-endian bytes; one value fills all lanes. */
export function laneBytes(values: readonly number[], lanes: number, write: (view: DataView, at: number, value: number) => void): Uint8Array {
  if (values.length !== 1 && values.length !== lanes) throw new TypeError(`Give 1 or ${String(lanes)} lanes; ${String(values.length)} were given.`);
  const view = new DataView(new ArrayBuffer(16));
  for (let lane = 0; lane < lanes; lane += 1) write(view, (lane * 16) / lanes, values[values.length === 1 ? 0 : lane] ?? 0);
  return new Uint8Array(view.buffer);
}

/** Whole vectors: memory and bits. @source WebAssembly core specification 2.0, §5.4.8 */
export const v128 = {
  const: constantVector,
  load: load(simd(0x00), 'v128'),
  load8x8_s: load(simd(0x01), 'v128'), load8x8_u: load(simd(0x02), 'v128'), load16x4_s: load(simd(0x03), 'v128'), load16x4_u: load(simd(0x04), 'v128'),
  load32x2_s: load(simd(0x05), 'v128'), load32x2_u: load(simd(0x06), 'v128'),
  load8_splat: load(simd(0x07), 'v128'), load16_splat: load(simd(0x08), 'v128'), load32_splat: load(simd(0x09), 'v128'), load64_splat: load(simd(0x0a), 'v128'),
  load32_zero: load(simd(0x5c), 'v128'), load64_zero: load(simd(0x5d), 'v128'),
  load8_lane: loadLane(0x54, 16), load16_lane: loadLane(0x55, 8), load32_lane: loadLane(0x56, 4), load64_lane: loadLane(0x57, 2),
  not: vToV(0x4d), and: vvToV(0x4e), andnot: vvToV(0x4f), or: vvToV(0x50), xor: vvToV(0x51), any_true: vToBits(0x53),
  /** Bits of `a` where the mask has ones, of `b` where it has zeros. */
  bitselect: (a: Expr<'v128'>, b: Expr<'v128'>, mask: Expr<'v128'>): Expr<'v128'> => ({
    type: 'v128',
    emit: (out) => {
      for (const operand of [a, b, mask]) emitOperand('v128', operand, out);
      emitOpcode(simd(0x52), out);
    },
  }),
};

/** Bytes of `a` (0 … 15) and `b` (16 … 31), chosen when the module is built. */
export function shuffle(a: Expr<'v128'>, b: Expr<'v128'>, lanes: readonly number[]): Expr<'v128'> {
  if (lanes.length !== 16) throw new TypeError(`A shuffle has 16 lanes; ${String(lanes.length)} were given.`);
  return {
    type: 'v128',
    emit: (out) => {
      emitOperand('v128', a, out);
      emitOperand('v128', b, out);
      emitOpcode(simd(0x0d), out);
      for (const lane of lanes) out.byte(checkLane(lane, 32));
    },
  };
}
