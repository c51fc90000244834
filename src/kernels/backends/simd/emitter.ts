import type { Expr, FunctionBuilder, Local } from '../../wasm/index.ts';
import { v128 } from '../../wasm/index.ts';

export type Vector = Expr<'v128'>;

/** A channel's samples of eight pixels, four to a vector: two vectors at full size, one where x is subsampled by two. */
export interface Lanes {
  readonly kind: 'i32' | 'f32';
  readonly parts: readonly Local<'v128'>[];
}

/** Writes one function; constants are held in locals in front of its loop, where they cost nothing. */
export class Emitter {
  readonly f: FunctionBuilder;
  private readonly constants: Map<string, Vector>;

  /** @param constants those found by an earlier pass, already in locals; others are collected */
  constructor(f: FunctionBuilder, constants: Map<string, Vector>) {
    this.f = f;
    this.constants = constants;
  }

  /** A constant of sixteen bytes. */
  bytes(bytes: readonly number[]): Vector {
    const key = bytes.join();
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const made = v128.const(bytes);
    this.constants.set(key, made);
    return made;
  }

  /** An integer in all four lanes. */
  int(value: number): Vector {
    return this.bytes([...new Uint8Array(Int32Array.of(value, value, value, value).buffer)]);
  }

  /** An fp32 number in all four lanes. */
  float(value: number): Vector {
    return this.bytes([...new Uint8Array(Float32Array.of(value, value, value, value).buffer)]);
  }

  /** Each part through the same expressions. */
  map(lanes: Lanes, kind: Lanes['kind'], change: (part: Vector) => Vector): Lanes {
    return { kind, parts: lanes.parts.map((part) => this.f.let(change(part))) };
  }
}
