import type { FunctionBuilder, Local } from '../../../wasm/index.ts';
import { v128 } from '../../../wasm/index.ts';
import type { LaneKind, Lanes, Vector } from './lanes.ts';
import { converted, vectorsOf } from './lanes.ts';

function bytesOf(kind: LaneKind, value: number): readonly number[] {
  switch (kind) {
    case 'u8': return Array.from({ length: 16 }, () => value & 0xff);
    case 'i16': case 'u16': return Array.from({ length: 16 }, (_, at) => (value >> (8 * (at & 1))) & 0xff);
    case 'i32': return [...new Uint8Array(Int32Array.of(value, value, value, value).buffer)];
    case 'f32': return [...new Uint8Array(Float32Array.of(value, value, value, value).buffer)];
  }
}

/** Writes one function; constants are held in locals in front of its loop, where they cost nothing. */
export class Emitter {
  readonly f: FunctionBuilder;
  private readonly constants = new Map<string, Vector>();
  private readonly fills = new Map<string, Vector>();
  private readonly conversions = new Map<Lanes, Map<LaneKind, Lanes>>();

  constructor(f: FunctionBuilder) {
    this.f = f;
  }

  /** Different ones so far. */
  get constantsHeld(): number {
    return this.constants.size;
  }

  /** A constant of sixteen bytes. */
  bytes(bytes: readonly number[]): Vector {
    const key = bytes.join();
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const made = this.f.hoist(v128.const(bytes));
    this.constants.set(key, made);
    return made;
  }

  /** The same value in all lanes; negative ones wrap as the lanes do. */
  fill(kind: LaneKind, value: number): Vector {
    const key = `${kind} ${String(value)}`;
    const known = this.fills.get(key) ?? this.bytes(bytesOf(kind, value));
    this.fills.set(key, known);
    return known;
  }

  int(value: number): Vector {
    return this.fill('i32', value);
  }

  half(value: number): Vector {
    return this.fill('i16', value);
  }

  float(value: number): Vector {
    return this.fill('f32', value);
  }

  /** Two 16-bit numbers in turns, as a dot product wants them. */
  pair(even: number, odd: number): Vector {
    return this.int((even & 0xffff) | ((odd & 0xffff) << 16));
  }

  hold(value: Vector): Local<'v128'> {
    return this.f.let(value);
  }

  lanes(kind: LaneKind, count: number, parts: readonly Vector[]): Lanes {
    return { kind, count, parts: parts.slice(0, vectorsOf(kind, count)).map((part) => this.f.let(part)) };
  }

  /** The same integers in other lanes; what was converted once is kept. */
  as(lanes: Lanes, kind: Exclude<LaneKind, 'f32'>): Lanes {
    if (lanes.kind === kind) return lanes;
    const known = this.conversions.get(lanes) ?? new Map<LaneKind, Lanes>();
    this.conversions.set(lanes, known);
    const made = known.get(kind) ?? converted(this, lanes, kind);
    known.set(kind, made);
    return made;
  }

  /** Each vector through the same expressions. */
  map(lanes: Lanes, kind: LaneKind, change: (part: Vector, index: number) => Vector): Lanes {
    return { kind, count: lanes.count, parts: lanes.parts.map((part, index) => this.f.let(change(part, index))) };
  }
}
