import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expr, FunctionBuilder } from './index.ts';
import { ModuleBuilder, callOf, exportedFunction, f32, f32x4, f64, f64x2, i16x8, i32, i32x4, i64, i64x2, i8x16, instantiate, select, tee, v128 } from './index.ts';

/** A module of one function `run` over its own page of memory. */
function moduleOf(build: (f: FunctionBuilder) => void, result: 'i32' | 'nothing' = 'nothing') {
  const module = new ModuleBuilder();
  module.ownMemory({ initial: 1 });
  module.function('run', result, build);
  const instance = instantiate(module.toBytes());
  const { memory } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('no memory');
  return { run: exportedFunction(instance, 'run'), bytes: new Uint8Array(memory.buffer) };
}

/** The vector an expression of two vectors gives. */
function evaluate(expression: (a: Expr<'v128'>, b: Expr<'v128'>) => Expr<'v128'>) {
  const { run, bytes } = moduleOf((f) => f.store('v128.store', 32, expression(v128.load(0), v128.load(16))));
  return (a: Uint8Array, b: Uint8Array): Uint8Array => {
    bytes.set(a, 0);
    bytes.set(b, 16);
    run();
    return bytes.slice(32, 48);
  };
}

type Lanes = 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'f32' | 'f64';
const view = (lanes: Lanes, bytes: Uint8Array): Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array => {
  const { buffer } = bytes.slice();
  switch (lanes) {
    case 'i8': return new Int8Array(buffer);
    case 'u8': return new Uint8Array(buffer);
    case 'i16': return new Int16Array(buffer);
    case 'u16': return new Uint16Array(buffer);
    case 'i32': return new Int32Array(buffer);
    case 'u32': return new Uint32Array(buffer);
    case 'f32': return new Float32Array(buffer);
    case 'f64': return new Float64Array(buffer);
  }
};
const cut = (low: number, high: number) => (value: number): number => Math.min(high, Math.max(low, value));
const truth = (yes: boolean): number => (yes ? -1 : 0);

type Binary = (a: Expr<'v128'>, b: Expr<'v128'>) => Expr<'v128'>;
type LaneCase = readonly [name: string, lanes: Lanes, build: Binary, oracle: (a: number, b: number) => number];

const s8 = cut(-128, 127);
const u8 = cut(0, 255);
const s16 = cut(-32768, 32767);
const u16 = cut(0, 65535);

/** Lane by lane; stored modulo the lane's width, as typed arrays store. */
const LANE_CASES: readonly LaneCase[] = [
  ['i8x16.add', 'u8', i8x16.add, (a, b) => a + b], ['i8x16.sub', 'u8', i8x16.sub, (a, b) => a - b],
  ['i8x16.add_sat_s', 'i8', i8x16.add_sat_s, (a, b) => s8(a + b)], ['i8x16.add_sat_u', 'u8', i8x16.add_sat_u, (a, b) => u8(a + b)],
  ['i8x16.sub_sat_s', 'i8', i8x16.sub_sat_s, (a, b) => s8(a - b)], ['i8x16.sub_sat_u', 'u8', i8x16.sub_sat_u, (a, b) => u8(a - b)],
  ['i8x16.min_s', 'i8', i8x16.min_s, Math.min], ['i8x16.min_u', 'u8', i8x16.min_u, Math.min], ['i8x16.max_s', 'i8', i8x16.max_s, Math.max], ['i8x16.max_u', 'u8', i8x16.max_u, Math.max],
  ['i8x16.avgr_u', 'u8', i8x16.avgr_u, (a, b) => (a + b + 1) >> 1],
  ['i8x16.eq', 'i8', i8x16.eq, (a, b) => truth(a === b)], ['i8x16.gt_s', 'i8', i8x16.gt_s, (a, b) => truth(a > b)], ['i8x16.gt_u', 'u8', i8x16.gt_u, (a, b) => truth(a > b)], ['i8x16.le_u', 'u8', i8x16.le_u, (a, b) => truth(a <= b)],
  ['i8x16.abs', 'i8', (a) => i8x16.abs(a), (a) => Math.abs(a)], ['i8x16.shr_s', 'i8', (a) => i8x16.shr_s(a, 3), (a) => a >> 3], ['i8x16.shl', 'u8', (a) => i8x16.shl(a, 3), (a) => a << 3],
  ['i16x8.add', 'u16', i16x8.add, (a, b) => a + b], ['i16x8.sub', 'u16', i16x8.sub, (a, b) => a - b], ['i16x8.mul', 'i16', i16x8.mul, (a, b) => a * b],
  ['i16x8.add_sat_s', 'i16', i16x8.add_sat_s, (a, b) => s16(a + b)], ['i16x8.sub_sat_u', 'u16', i16x8.sub_sat_u, (a, b) => u16(a - b)],
  ['i16x8.q15mulr_sat_s', 'i16', i16x8.q15mulr_sat_s, (a, b) => s16((a * b + 0x4000) >> 15)],
  ['i16x8.min_s', 'i16', i16x8.min_s, Math.min], ['i16x8.max_u', 'u16', i16x8.max_u, Math.max], ['i16x8.avgr_u', 'u16', i16x8.avgr_u, (a, b) => (a + b + 1) >> 1],
  ['i16x8.eq', 'i16', i16x8.eq, (a, b) => truth(a === b)], ['i16x8.gt_s', 'i16', i16x8.gt_s, (a, b) => truth(a > b)], ['i16x8.lt_s', 'i16', i16x8.lt_s, (a, b) => truth(a < b)], ['i16x8.ge_u', 'u16', i16x8.ge_u, (a, b) => truth(a >= b)],
  ['i16x8.abs', 'i16', (a) => i16x8.abs(a), (a) => Math.abs(a)], ['i16x8.neg', 'i16', (a) => i16x8.neg(a), (a) => -a],
  ['i16x8.shl', 'u16', (a) => i16x8.shl(a, 4), (a) => a << 4], ['i16x8.shr_s', 'i16', (a) => i16x8.shr_s(a, 15), (a) => a >> 15], ['i16x8.shr_u', 'u16', (a) => i16x8.shr_u(a, 8), (a) => a >> 8],
  ['i32x4.add', 'i32', i32x4.add, (a, b) => a + b], ['i32x4.sub', 'i32', i32x4.sub, (a, b) => a - b], ['i32x4.mul', 'i32', i32x4.mul, Math.imul],
  ['i32x4.min_s', 'i32', i32x4.min_s, Math.min], ['i32x4.max_s', 'i32', i32x4.max_s, Math.max], ['i32x4.min_u', 'u32', i32x4.min_u, Math.min], ['i32x4.max_u', 'u32', i32x4.max_u, Math.max],
  ['i32x4.eq', 'i32', i32x4.eq, (a, b) => truth(a === b)], ['i32x4.gt_s', 'i32', i32x4.gt_s, (a, b) => truth(a > b)],
  ['i32x4.shl', 'i32', (a) => i32x4.shl(a, 7), (a) => a << 7], ['i32x4.shr_s', 'i32', (a) => i32x4.shr_s(a, 7), (a) => a >> 7], ['i32x4.shr_u', 'u32', (a) => i32x4.shr_u(a, 7), (a) => a >>> 7],
  ['v128.and', 'u8', v128.and, (a, b) => a & b], ['v128.or', 'u8', v128.or, (a, b) => a | b], ['v128.xor', 'u8', v128.xor, (a, b) => a ^ b], ['v128.andnot', 'u8', v128.andnot, (a, b) => a & ~b], ['v128.not', 'u8', (a) => v128.not(a), (a) => ~a],
];

const vectors = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('lanes', () => {
  test.each(LANE_CASES)('%s equals the arithmetic of numbers', (_name, lanes, build, oracle) => {
    const run = evaluate(build);
    fc.assert(fc.property(vectors, vectors, (a, b) => {
      const [left, right, expected] = [view(lanes, a), view(lanes, b), view(lanes, new Uint8Array(16))];
      for (let lane = 0; lane < left.length; lane += 1) expected[lane] = oracle(left[lane] ?? 0, right[lane] ?? 0);
      expect(view(lanes, run(a, b))).toEqual(expected);
    }), { numRuns: 50 });
  });
});

type WideCase = readonly [name: string, from: Lanes, to: Lanes, build: Binary, oracle: (a: readonly number[], b: readonly number[]) => readonly number[]];
const low = (values: readonly number[]): readonly number[] => values.slice(0, values.length / 2);
const high = (values: readonly number[]): readonly number[] => values.slice(values.length / 2);
const times = (a: readonly number[], b: readonly number[]): readonly number[] => a.map((value, lane) => value * (b[lane] ?? 0));
const pairs = (values: readonly number[]): readonly number[] => values.flatMap((value, lane) => (lane % 2 === 0 ? [value + (values[lane + 1] ?? 0)] : []));

const WIDE_CASES: readonly WideCase[] = [
  ['i16x8.extend_low_i8x16_u', 'u8', 'i16', (a) => i16x8.extend_low_i8x16_u(a), low], ['i16x8.extend_high_i8x16_s', 'i8', 'i16', (a) => i16x8.extend_high_i8x16_s(a), high],
  ['i32x4.extend_low_i16x8_s', 'i16', 'i32', (a) => i32x4.extend_low_i16x8_s(a), low], ['i32x4.extend_high_i16x8_u', 'u16', 'i32', (a) => i32x4.extend_high_i16x8_u(a), high],
  ['i8x16.narrow_i16x8_s', 'i16', 'i8', i8x16.narrow_i16x8_s, (a, b) => [...a, ...b].map(s8)], ['i8x16.narrow_i16x8_u', 'i16', 'u8', i8x16.narrow_i16x8_u, (a, b) => [...a, ...b].map(u8)],
  ['i16x8.narrow_i32x4_s', 'i32', 'i16', i16x8.narrow_i32x4_s, (a, b) => [...a, ...b].map(s16)], ['i16x8.narrow_i32x4_u', 'i32', 'u16', i16x8.narrow_i32x4_u, (a, b) => [...a, ...b].map(u16)],
  ['i16x8.extmul_low_i8x16_u', 'u8', 'u16', i16x8.extmul_low_i8x16_u, (a, b) => low(times(a, b))], ['i16x8.extmul_high_i8x16_s', 'i8', 'i16', i16x8.extmul_high_i8x16_s, (a, b) => high(times(a, b))],
  ['i32x4.extmul_low_i16x8_s', 'i16', 'i32', i32x4.extmul_low_i16x8_s, (a, b) => low(times(a, b))], ['i32x4.extmul_high_i16x8_u', 'u16', 'u32', i32x4.extmul_high_i16x8_u, (a, b) => high(times(a, b))],
  ['i32x4.dot_i16x8_s', 'i16', 'i32', i32x4.dot_i16x8_s, (a, b) => pairs(times(a, b))],
  ['i16x8.extadd_pairwise_i8x16_u', 'u8', 'i16', (a) => i16x8.extadd_pairwise_i8x16_u(a), pairs], ['i32x4.extadd_pairwise_i16x8_s', 'i16', 'i32', (a) => i32x4.extadd_pairwise_i16x8_s(a), pairs],
  ['i8x16.swizzle', 'u8', 'u8', i8x16.swizzle, (a, b) => b.map((index) => a[index] ?? 0)],
  ['i8x16.shuffle', 'u8', 'u8', (a, b) => i8x16.shuffle(a, b, [31, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16]), (a, b) => [b[15] ?? 0, ...a.slice(0, 14), b[0] ?? 0]],
  ['f32x4.convert_i32x4_s, mul, nearest, trunc_sat', 'i32', 'i32', (a) => i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_s(a, 16)), f32x4.const(0.25)))), (a) => a.map((value) => halfToEven((value >> 16) / 4))],
  ['f64x2.convert_low_i32x4_s, sub, floor', 'i32', 'i32', (a) => i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.mul(f64x2.convert_low_i32x4_s(a), f64x2.const(0.1)))), (a) => [...low(a).map((value) => Math.floor(value * 0.1)), 0, 0]],
];

function halfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

describe('lanes that change their width or place', () => {
  test.each(WIDE_CASES)('%s equals the arithmetic of numbers', (_name, from, to, build, oracle) => {
    const run = evaluate(build);
    fc.assert(fc.property(vectors, vectors, (a, b) => {
      const expected = view(to, new Uint8Array(16));
      expected.set(oracle([...view(from, a)], [...view(from, b)]));
      expect(view(to, run(a, b))).toEqual(expected);
    }), { numRuns: 50 });
  });
});

describe('every instruction is one the engine accepts', () => {
  const namespaces = { i32, i64, f32, f64, v128, i8x16, i16x8, i32x4, i64x2, f32x4, f64x2 };
  const zero = { i32: 0, i64: 0n, f32: 0, f64: 0, v128: i8x16.const(0) } as const;
  const literals = [zero.i32, zero.i64, zero.f32, zero.v128];

  type AnyBuilder = (...operands: readonly unknown[]) => Expr<'v128'>;

  /** Tries operands of each type until the expression emits; the engine then judges the opcode and its types. */
  const candidates = (build: AnyBuilder): Expr<'i32'>[] => literals.flatMap((first) => literals.map((second): Expr<'i32'> => ({
    type: 'i32',
    emit: (code) => {
      build(first, second, zero.v128).emit(code);
    },
  })));

  const isBuilder = (value: unknown): value is AnyBuilder => typeof value === 'function';
  const special = new Set(['const', 'shuffle', 'load8_lane', 'load16_lane', 'load32_lane', 'load64_lane', 'extract_lane', 'extract_lane_s', 'extract_lane_u', 'replace_lane']);
  const rows = Object.entries(namespaces).flatMap(([space, table]) => Object.entries(table).filter(([name]) => !special.has(name)).map(([name, build]) => [`${space}.${name}`, build] as const));

  test.each(rows)('%s', (_name, build) => {
    const accepted = isBuilder(build) && candidates(build).some((expression) => {
      try {
        const module = new ModuleBuilder();
        module.ownMemory({ initial: 1 });
        module.function('run', 'nothing', (f) => {
          expression.emit(f.code);
          f.code.byte(0x1a);
        });
        return WebAssembly.validate(module.toBytes());
      } catch {
        return false;
      }
    });
    expect(accepted).toBe(true);
  });
});

describe('functions', () => {
  test('loops, locals and calls compute a triangular number', () => {
    const module = new ModuleBuilder();
    const add = module.innerFunction('add', 'i32', (f) => {
      const [a, b] = [f.param('i32'), f.param('i32')];
      f.return(i32.add(a, b));
    });
    module.function('triangle', 'i32', (f) => {
      const n = f.param('i32');
      const sum = f.local('i32');
      f.for({ from: 1, to: n }, (i) => f.set(sum, callOf(add, sum, i)));
      f.return(i32.add(sum, n));
    });
    const triangle = exportedFunction(instantiate(module.toBytes()), 'triangle');
    expect([0, 1, 10, 1000].map((n) => triangle(n))).toEqual([0, 1, 55, 500_500]);
  });

  test('blocks are left, conditions choose, select and tee give values', () => {
    const { run } = moduleOf((f) => {
      const n = f.param('i32');
      const steps = f.local('i32');
      f.block((exit) => f.loop((again) => {
        f.branchIf(exit, i32.le_s(n, 1));
        f.if(i32.and(n, 1), () => f.set(n, i32.add(i32.mul(n, 3), 1)), () => f.set(n, i32.shr_u(n, 1)));
        f.set(steps, i32.add(steps, 1));
        f.branch(again);
      }));
      f.return(select(tee(steps, i32.add(steps, 0)), -1, i32.ge_s(n, 1)));
    }, 'i32');
    // Steps of the Collatz sequence (OEIS A006577).
    expect([1, 2, 3, 7, 27].map((n) => run(n))).toEqual([0, 1, 7, 16, 111]);
    expect(run(0)).toBe(-1);
  });

  test('64-bit integers, stores and bulk memory', () => {
    const { run, bytes } = moduleOf((f) => {
      f.store('i64.store', 0, i64.shl(i64.const(-2n), i64.extend_i32_u(i32.const(8))), 8);
      f.fillMemory(16, 0xab, 4);
      f.copyMemory(18, 8, 3);
      f.storeLane('v128.store16_lane', 32, i16x8.const(1, 2, 3, 4, 5, 6, 7, -8), 7);
    });
    run();
    expect([...bytes.slice(8, 21)]).toEqual([0, 254, 255, 255, 255, 255, 255, 255, 0xab, 0xab, 0, 254, 255]);
    expect([...bytes.slice(32, 34)]).toEqual([0xf8, 0xff]);
  });

  test('memory is imported, shared memory included, and data lie in it at the start', () => {
    const module = new ModuleBuilder();
    module.importMemory('env', 'memory', { initial: 1, maximum: 2, shared: true });
    module.data(100, [1, 2, 3]);
    module.function('at', 'i32', (f) => f.return(i32.load8_u(f.param('i32'), 1)));
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
    const at = exportedFunction(instantiate(module.toBytes(), { env: { memory } }), 'at');
    expect([at(98), at(99), at(101)]).toEqual([0, 1, 3]);
    expect([...new Uint8Array(memory.buffer, 100, 3)]).toEqual([1, 2, 3]);
  });

  test.each([0, 1, 63, 64, 127, 128, 16_383, 16_384, -1, -64, -65, -128, 2 ** 31 - 1, -(2 ** 31), 2 ** 32 - 1])('the constant %i comes back', (value) => {
    const { run } = moduleOf((f) => f.return(i32.const(value)), 'i32');
    expect(run()).toBe(value | 0);
  });
});

describe('mistakes are found while the module is built', () => {
  const build = (body: (f: FunctionBuilder) => void) => () => moduleOf(body);
  test.each<readonly [string, (f: FunctionBuilder) => void, RegExp]>([
    ['a fraction as an integer', (f) => f.set(f.local('i32'), 0.5), /0\.5 is no i32/],
    ['a lane that is not there', (f) => f.set(f.local('i32'), i16x8.extract_lane_s(i16x8.const(0), 8)), /0 … 7; 8/],
    ['a shuffle of 15 lanes', (f) => f.set(f.local('v128'), i8x16.shuffle(i8x16.const(0), i8x16.const(0), Array.from({ length: 15 }, () => 0))), /16 lanes; 15/],
    ['a constant of 3 lanes', (f) => f.set(f.local('v128'), i32x4.const(1, 2, 3)), /1 or 4 lanes; 3/],
    ['a parameter after a local', (f) => { f.local('i32'); f.param('i32'); }, /before locals/],
    ['a call with too few values', (f) => f.call({ name: 'gone', index: 0, params: ['i32'], result: 'nothing' }), /gone takes 1 values; 0/],
    ['a shared memory without a maximum', () => { const module = new ModuleBuilder(); module.ownMemory({ initial: 1, shared: true }); module.toBytes(); }, /needs a maximum/],
  ])('%s', (_name, body, message) => expect(build(body)).toThrow(message));
});
