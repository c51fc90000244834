import type { Expr, Local } from '../../../wasm/index.ts';
import { i16x8, i32x4, i8x16 } from '../../../wasm/index.ts';

export type Vector = Expr<'v128'>;

/** How a channel's samples lie in vectors; integers in the narrowest lanes that hold them. */
export type LaneKind = 'u8' | 'i16' | 'u16' | 'i32' | 'f32';

/** The samples of one channel in one round, in the order of x. */
export interface Lanes {
  readonly kind: LaneKind;
  /** Samples; the last vector may be partly filled, from its low end. */
  readonly count: number;
  readonly parts: readonly Local<'v128'>[];
}

export const PER_VECTOR: Readonly<Record<LaneKind, number>> = { u8: 16, i16: 8, u16: 8, i32: 4, f32: 4 };

/** The narrowest lanes for integers of a range. */
export function kindFor({ min, max }: { readonly min: number; readonly max: number }): LaneKind {
  if (min >= 0 && max <= 0xff) return 'u8';
  if (min >= -0x8000 && max <= 0x7fff) return 'i16';
  return min >= 0 && max <= 0xffff ? 'u16' : 'i32';
}

export const vectorsOf = (kind: LaneKind, count: number): number => Math.ceil(count / PER_VECTOR[kind]);

/** What writes lanes. */
interface LaneWriter {
  lanes(kind: LaneKind, count: number, parts: readonly Vector[]): Lanes;
  as(lanes: Lanes, kind: Exclude<LaneKind, 'f32'>): Lanes;
}

/** Two vectors to one, part after part; an odd last one is paired with itself. */
function paired(parts: readonly Vector[], join: (low: Vector, high: Vector) => Vector): Vector[] {
  return Array.from({ length: Math.ceil(parts.length / 2) }, (_, index) => {
    const low = parts[index * 2];
    if (low === undefined) throw new TypeError('Lanes without vectors.');
    return join(low, parts[index * 2 + 1] ?? low);
  });
}

/** One vector to two. */
function split(parts: readonly Vector[], count: number, low: (part: Vector) => Vector, high: (part: Vector) => Vector): Vector[] {
  return parts.flatMap((part) => [low(part), high(part)]).slice(0, count);
}

function widened(e: LaneWriter, lanes: Lanes, kind: 'i16' | 'u16' | 'i32'): Lanes {
  const { parts, count } = lanes;
  if (lanes.kind === 'u8') {
    const halves = e.lanes(kind === 'u16' ? 'u16' : 'i16', count, split(parts, vectorsOf('i16', count), i16x8.extend_low_i8x16_u, i16x8.extend_high_i8x16_u));
    return kind === 'i32' ? e.as(halves, 'i32') : halves;
  }
  const [low, high] = lanes.kind === 'u16' ? [i32x4.extend_low_i16x8_u, i32x4.extend_high_i16x8_u] as const : [i32x4.extend_low_i16x8_s, i32x4.extend_high_i16x8_s] as const;
  return e.lanes('i32', count, split(parts, vectorsOf('i32', count), low, high));
}

/** Narrowing saturates: to `u8` it clamps. */
function narrowed(e: LaneWriter, lanes: Lanes, kind: 'u8' | 'i16' | 'u16'): Lanes {
  if (kind === 'u8') return e.lanes('u8', lanes.count, paired(e.as(lanes, 'i16').parts, i8x16.narrow_i16x8_u));
  return e.lanes(kind, lanes.count, paired(lanes.parts, kind === 'u16' ? i16x8.narrow_i32x4_u : i16x8.narrow_i32x4_s));
}

/** The same integers in other lanes, which must hold them; to `u8` they are clamped to 0 … 255. */
export function converted(e: LaneWriter, lanes: Lanes, kind: Exclude<LaneKind, 'f32'>): Lanes {
  if (lanes.kind === kind) return lanes;
  if (lanes.kind === 'f32') throw new TypeError('Floats become integers by a step.');
  if ((kind === 'i16' && lanes.kind === 'u16') || (kind === 'u16' && lanes.kind === 'i16')) return { ...lanes, kind };
  return PER_VECTOR[kind] < PER_VECTOR[lanes.kind] && kind !== 'u8' ? widened(e, lanes, kind) : narrowed(e, lanes, kind === 'i32' ? 'i16' : kind);
}
