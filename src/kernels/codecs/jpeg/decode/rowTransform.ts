import type { Expr, FunctionBuilder, Local, NumericFunction } from '../../../wasm/index.ts';
import { ModuleBuilder, exportedFunction, i16x8, i32, i32x4, i8x16, v128 } from '../../../wasm/index.ts';
import { CONST_BITS, DCT } from '../fdct.ts';
import type { Block } from '../simd/lanes.ts';
import { interleaveHigh, interleaveLow, transpose } from '../simd/lanes.ts';
import type { Strip } from './engine.ts';
import type { DecodeFrame } from './readFile.ts';

type Vector = Expr<'v128'>;
const PASS_BITS = 2;
const PAGE_BYTES = 65_536;
const LARGEST_MEMORY_PAGES = 65_536;
const STEPS_BYTES = 128;

const pair = (first: number, second: number): Vector => i16x8.const(first, second, first, second, first, second, first, second);

/** One pass of the inverse transform in eight lanes at once: the numbers of `inverseDct8`. */
function pass(f: FunctionBuilder, x: Block, shift: number): Block {
  const keep = (value: Vector): Local<'v128'> => f.let(value);
  const half = i32x4.const(1 << (shift - 1));
  const zero = i16x8.const(0);
  /** Both halves of the lanes, with two factors. */
  const rotated = (a: Vector, b: Vector, factors: Vector): readonly Local<'v128'>[] => [interleaveLow(a, b, 2), interleaveHigh(a, b, 2)].map((lanes) => keep(i32x4.dot_i16x8_s(lanes, factors)));
  /** Lanes as the upper halves of 32 bits, brought down to 13 fraction bits, and the rounding. */
  const scaled = (value: Local<'v128'>): readonly Local<'v128'>[] => [interleaveLow(zero, value, 2), interleaveHigh(zero, value, 2)].map((lanes) => keep(i32x4.add(i32x4.shr_s(lanes, 16 - CONST_BITS), half)));
  const add = (a: readonly Vector[], b: readonly Vector[]): readonly Local<'v128'>[] => a.map((lanes, index) => keep(i32x4.add(lanes, b[index])));
  const sub = (a: readonly Vector[], b: readonly Vector[]): readonly Local<'v128'>[] => a.map((lanes, index) => keep(i32x4.sub(lanes, b[index])));
  const [a, b] = [scaled(keep(i16x8.add(x[0], x[4]))), scaled(keep(i16x8.sub(x[0], x[4])))];
  const t2 = rotated(x[2], x[6], pair(DCT.c0_541, DCT.c0_541 - DCT.c1_847));
  const t3 = rotated(x[2], x[6], pair(DCT.c0_541 + DCT.c0_765, DCT.c0_541));
  const even = [add(a, t3), add(b, t2), sub(b, t2), sub(a, t3)];
  const [z3, z4] = [keep(i16x8.add(x[3], x[7])), keep(i16x8.add(x[1], x[5]))];
  const s3 = rotated(z3, z4, pair(DCT.c1_175 - DCT.c1_961, DCT.c1_175));
  const s4 = rotated(z3, z4, pair(DCT.c1_175, DCT.c1_175 - DCT.c0_390));
  const odd = [
    add(rotated(x[7], x[1], pair(-DCT.c0_899, DCT.c1_501 - DCT.c0_899)), s4),
    add(rotated(x[5], x[3], pair(-DCT.c2_562, DCT.c3_072 - DCT.c2_562)), s3),
    add(rotated(x[5], x[3], pair(DCT.c2_053 - DCT.c2_562, -DCT.c2_562)), s4),
    add(rotated(x[7], x[1], pair(DCT.c0_298 - DCT.c0_899, -DCT.c0_899)), s3),
  ];
  const narrowed = ([low, high]: readonly Vector[]): Local<'v128'> => keep(i16x8.narrow_i32x4_s(i32x4.shr_s(low, shift), i32x4.shr_s(high, shift)));
  const [y0, y1, y2, y3] = even.map((lanes, k) => narrowed(add(lanes, odd[k])));
  const [y7, y6, y5, y4] = even.map((lanes, k) => narrowed(sub(lanes, odd[k])));
  return [y0, y1, y2, y3, y4, y5, y6, y7];
}

const blockOf = (rows: readonly Local<'v128'>[]): Block => [rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7]];

/** `transform(levels, steps, out, stride, blocks)`: blocks side by side; levels 128 bytes apart, samples 8. */
function buildModule(): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  module.importMemory('env', 'memory', { initial: 1, maximum: LARGEST_MEMORY_PAGES });
  module.function('transform', 'nothing', (f) => {
    const [levels, steps, out, stride, blocks] = Array.from({ length: 5 }, () => f.param('i32'));
    const row = f.local('i32');
    const columns = Array.from({ length: 8 }, () => f.local('v128'));
    f.for({ to: blocks }, () => {
      const quantised = Array.from({ length: 8 }, (_, y) => f.let(v128.load(levels, y * 16)));
      const scaled = quantised.map((lanes, y) => f.let(i16x8.mul(lanes, v128.load(steps, y * 16))));
      const below = quantised.slice(1).map((lanes): Vector => lanes).reduce((a, b) => v128.or(a, b));
      f.if(v128.any_true(below), () => {
        for (const [y, lanes] of pass(f, blockOf(scaled), CONST_BITS - PASS_BITS).entries()) f.set(columns[y], lanes);
      }, () => {
        for (const lanes of columns) f.set(lanes, i16x8.shl(scaled[0], PASS_BITS));
      });
      const done = transpose(f, pass(f, transpose(f, blockOf(columns)), CONST_BITS + PASS_BITS + 3));
      f.set(row, out);
      for (let y = 0; y < 8; y += 2) {
        const two = f.let(i8x16.add(i8x16.narrow_i16x8_s(done[y], done[y + 1]), i8x16.const(-128)));
        for (const lane of [0, 1]) {
          f.storeLane('v128.store64_lane', row, two, lane);
          f.set(row, i32.add(row, stride));
        }
      }
      f.set(levels, i32.add(levels, 128));
      f.set(out, i32.add(out, 8));
    });
  });
  return module.toBytes();
}

interface Machine {
  readonly memory: WebAssembly.Memory;
  readonly transform: NumericFunction;
}

let compiled: WebAssembly.Module | undefined;
/** Machines that nobody uses: a memory takes address space, which frames of a stream must not use up. */
const idle: Machine[] = [];
/** Larger memories are not kept. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

function borrowMachine(bytes: number): Machine {
  compiled ??= new WebAssembly.Module(buildModule());
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const known = idle.pop();
  if (known !== undefined) {
    const missing = pages - known.memory.buffer.byteLength / PAGE_BYTES;
    if (missing > 0) known.memory.grow(missing);
    return known;
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: LARGEST_MEMORY_PAGES });
  return { memory, transform: exportedFunction(new WebAssembly.Instance(compiled, { env: { memory } }), 'transform') };
}

/** Levels of one row of MCUs and their samples, in a memory of the module's, transformed by WebAssembly SIMD. */
export class RowTransform {
  /** By component: i16, blocks row by row. */
  readonly levels: readonly Int16Array[];
  readonly strips: readonly Strip[];
  readonly #machine: Machine;
  readonly #steps: readonly Int16Array[];
  readonly #wide: readonly number[];

  constructor({ components }: DecodeFrame) {
    const samples = components.map(({ v, paddedWide }) => v * paddedWide * 64);
    const total = samples.reduce((sum, count) => sum + count * 3, components.length * STEPS_BYTES);
    this.#machine = borrowMachine(total);
    const { buffer } = this.#machine.memory;
    let next = 0;
    const take = (bytes: number): number => {
      next += bytes;
      return next - bytes;
    };
    this.#steps = components.map(() => new Int16Array(buffer, take(STEPS_BYTES), 64));
    this.levels = samples.map((count) => new Int16Array(buffer, take(count * 2), count));
    this.strips = samples.map((count, index) => ({ samples: new Uint8Array(buffer, take(count), count), stride: components[index].paddedWide * 8 }));
    this.#wide = components.map(({ paddedWide }) => paddedWide);
  }

  useSteps(component: number, steps: readonly number[]): void {
    this.#steps[component].set(steps);
  }

  /** Blocks of one row of blocks. @param down its place in the row of MCUs */
  run(component: number, down: number, first: number, blocks: number): void {
    const { samples, stride } = this.strips[component];
    const levels = this.levels[component].byteOffset + (down * this.#wide[component] + first) * 128;
    this.#machine.transform(levels, this.#steps[component].byteOffset, samples.byteOffset + down * 8 * stride + first * 8, stride, blocks);
  }

  /** Gives the memory back; nothing of this may be used after. */
  release(): void {
    if (this.#machine.memory.buffer.byteLength <= MOST_KEPT_BYTES) idle.push(this.#machine);
  }
}
