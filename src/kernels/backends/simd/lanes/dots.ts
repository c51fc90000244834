import { i32x4, v128, i16x8 } from '../../../wasm/index.ts';
import type { Emitter } from './emitter.ts';
import type { Range } from '../forms/fraction.ts';
import type { Lanes, Vector } from './lanes.ts';
import { zipAll } from './shuffles.ts';

/** Two 16-bit numbers to a 32-bit lane, with the names they had; a name left out is not summed. */
export interface Pairs {
  readonly even: string | undefined;
  readonly odd: string | undefined;
  readonly vectors: readonly Vector[];
}

/** Channels two by two, as a dot product wants them. */
export function pairsOf(e: Emitter, inputs: readonly { readonly name: string; readonly lanes: Lanes }[]): readonly Pairs[] {
  return Array.from({ length: Math.ceil(inputs.length / 2) }, (_, index): Pairs => {
    const [a, b] = [inputs[index * 2], inputs[index * 2 + 1]];
    if (a === undefined) throw new TypeError('A row without inputs.');
    if (b === undefined) return { even: a.name, odd: undefined, vectors: e.as(a.lanes, 'i32').parts };
    const [even, odd] = [e.as(a.lanes, 'i16'), e.as(b.lanes, 'i16')];
    return { even: a.name, odd: b.name, vectors: zipAll(even.parts, odd.parts, 2, Math.ceil(even.count / 4)).map((part) => e.hold(part)) };
  });
}

/** Bytes 0 and 2, and bytes 1 and 3, of four-byte pixels: no shuffle is needed. @param names of the bytes, in the order of memory */
export function pairsOfQuads(e: Emitter, quads: readonly Vector[], names: readonly (string | undefined)[]): readonly Pairs[] {
  return [
    { even: names[0], odd: names[2], vectors: quads.map((quad) => e.hold(v128.and(quad, e.half(0xff)))) },
    { even: names[1], odd: names[3], vectors: quads.map((quad) => e.hold(i16x8.shr_u(quad, 8))) },
  ];
}

/**
 * weight·x + add in 32-bit lanes, with a weight of more than 16 bits: a single product of (x·2^bits, x) and the weight's parts.
 * Undefined where the weight needs no parts, or x has no room for them.
 */
export function wideProduct(e: Emitter, lanes: () => Lanes, { min, max }: Range, weight: number, add: number): Vector[] | undefined {
  const { bits, upper, lower } = splitWeights(new Map([['x', weight]]));
  if (bits === 0 || max * 2 ** bits > 0x7fff || min * 2 ** bits < -0x8000) return undefined;
  const low = e.as(lanes(), 'i16');
  const high = e.map(low, 'i16', (part) => i16x8.shl(part, bits));
  return zipAll(high.parts, low.parts, 2, Math.ceil(low.count / 4)).map((pair) => {
    const product = i32x4.dot_i16x8_s(pair, e.pair(upper.get('x') ?? 0, lower.get('x') ?? 0));
    return add === 0 ? product : i32x4.add(product, e.int(add));
  });
}

/** Upper and lower parts of weights that need more than 16 bits: weight = upper·2^bits + lower. */
function splitWeights(weights: ReadonlyMap<string, number>): { readonly bits: number; readonly upper: ReadonlyMap<string, number>; readonly lower: ReadonlyMap<string, number> } {
  const [least, largest] = [Math.min(...weights.values()), Math.max(...weights.values())];
  if (least >= -0x8000 && largest <= 0x7fff) return { bits: 0, upper: new Map(), lower: weights };
  const bits = Math.max(1, Math.ceil(Math.log2((Math.max(Math.abs(least), Math.abs(largest)) + 1) / 0x7fff)));
  const upper = new Map([...weights].map(([name, weight]): [string, number] => [name, Math.round(weight / 2 ** bits)]));
  return { bits, upper, lower: new Map([...weights].map(([name, weight]): [string, number] => [name, weight - (upper.get(name) ?? 0) * 2 ** bits])) };
}

function sumOf(e: Emitter, pairs: readonly Pairs[], weights: ReadonlyMap<string, number>): Vector[] | undefined {
  const weightOf = (name: string | undefined): number => (name === undefined ? 0 : (weights.get(name) ?? 0));
  let sums: Vector[] | undefined;
  for (const { even, odd, vectors } of pairs) {
    const [first, second] = [weightOf(even), weightOf(odd)];
    if (first === 0 && second === 0) continue;
    const products = vectors.map((vector) => i32x4.dot_i16x8_s(vector, e.pair(first, second)));
    sums = sums?.map((sum, index) => { const product = products[index]; return product === undefined ? sum : i32x4.add(sum, product); }) ?? products;
  }
  return sums;
}

/** Σ weight·x + add in 32-bit lanes; weights beyond 16 bits take two products each. Sums must fit, which the caller knows. */
export function dotSum(e: Emitter, pairs: readonly Pairs[], weights: ReadonlyMap<string, number>, add: number): Vector[] {
  // 2^15 does not fit, −2^15 does.
  if ([...weights.values()].includes(0x8000) && [...weights.values()].every((weight) => weight <= 0x8000 && weight > -0x8000)) {
    const negated = sumOf(e, pairs, new Map([...weights].map(([name, weight]): [string, number] => [name, -weight]))) ?? [];
    return negated.map((sum) => i32x4.sub(e.int(add), sum));
  }
  const { bits, upper, lower } = splitWeights(weights);
  const low = sumOf(e, pairs, lower);
  const high = bits === 0 ? undefined : sumOf(e, pairs, upper)?.map((sum) => i32x4.shl(sum, bits));
  const parts = low === undefined ? (high ?? []) : high === undefined ? low : low.map((sum, index) => { const other = high[index]; return other === undefined ? sum : i32x4.add(sum, other); });
  return add === 0 ? parts : parts.map((sum) => i32x4.add(sum, e.int(add)));
}
