import { BitReader, PADDING_BYTES, unstuff } from './bitReader.ts';
import type { BlockDecoder, DecodeJob, EngineScan, ScanBlock, Strip } from './engine.ts';
import { inverseDct12, inverseDct8 } from './idct.ts';
import { COMPLETE, LOOK_BITS } from './lookup.ts';
import { ZIGZAG } from '../quantTables.ts';
import { RowTransform } from './rowTransform.ts';

/** Natural place of each zigzag position; runs of damaged data that lead past 63 end there. */
const ORDER = Uint8Array.from({ length: 80 }, (_, k) => ZIGZAG[k] ?? 63);

/** The decoder's hot part: entropy decoding in TypeScript; the inverse transform there too, or in WebAssembly SIMD. */
export class HuffmanDecoder implements BlockDecoder {
  readonly strips: readonly Strip[];
  readonly #job: DecodeJob;
  readonly #reader = new BitReader();
  readonly #steps8: readonly Int16Array[];
  readonly #steps: readonly Int32Array[];
  readonly #kept: readonly Int16Array[];
  readonly #block = new Int16Array(64);
  readonly #predictors = new Int32Array(4);
  #data = new Uint8Array(0);
  #scan: EngineScan | undefined;
  #bandRun = 0;
  readonly #rows: RowTransform | undefined;

  /** @param backend 12-bit samples are transformed by `scalar` in any case */
  constructor(job: DecodeJob, backend: 'scalar' | 'simd') {
    this.#job = job;
    const { components, precision } = job.frame;
    this.#rows = backend === 'simd' && precision === 8 ? new RowTransform(job.frame) : undefined;
    this.strips = this.#rows?.strips ?? components.map(({ v, paddedWide }) => {
      const samples = v * 8 * paddedWide * 8;
      return { samples: precision === 8 ? new Uint8Array(samples) : new Uint16Array(samples), stride: paddedWide * 8 };
    });
    this.#steps = components.map(() => new Int32Array(64));
    this.#steps8 = components.map(() => new Int16Array(64));
    this.#kept = components.map(({ paddedWide, paddedHigh }) => new Int16Array(job.keepsLevels ? paddedWide * paddedHigh * 64 : 0));
  }

  get badCodes(): number {
    return this.#reader.badCodes;
  }

  useSteps(component: number, steps: readonly number[]): void {
    this.#steps[component].set(steps);
    this.#steps8[component].set(steps);
    this.#rows?.useSteps(component, steps);
  }

  startScan(scan: EngineScan): void {
    this.#scan = scan;
  }

  startInterval(from: number, to: number): void {
    if (this.#data.length < to - from + PADDING_BYTES) this.#data = new Uint8Array(to - from + PADDING_BYTES);
    const length = unstuff(this.#job.bytes, from, to, this.#data, 0);
    this.#reader.open(this.#data, length);
    this.#predictors.fill(0);
    this.#bandRun = 0;
  }

  sequential(firstMcu: number, mcus: number): number {
    const { blocks, across, down } = this.#scanOf();
    const rows = this.#rows;
    const wide = this.#job.frame.components.map(({ paddedWide }) => paddedWide);
    let decoded = mcus;
    for (let mcu = 0; mcu < mcus; mcu += 1) {
      if (decoded === mcus && this.#reader.isExhausted()) decoded = mcu;
      for (const block of blocks) {
        const { component } = block;
        const x = (firstMcu + mcu) * across[component] + block.across;
        const levels = rows === undefined ? this.#block : rows.levels[component];
        const at = rows === undefined ? 0 : (block.down * wide[component] + x) * 64;
        levels.fill(0, at, at + 64);
        if (decoded === mcus) this.#readBlock(block, levels, at);
        if (rows === undefined) this.#transform(component, levels, 0, x, block.down);
      }
    }
    if (rows !== undefined) {
      for (const [component, count] of across.entries()) for (let y = 0; y < down[component]; y += 1) rows.run(component, y, firstMcu * count, mcus * count);
    }
    return decoded === mcus && this.#reader.isExhausted() ? mcus - 1 : decoded;
  }

  progressive(row: number, firstMcu: number, mcus: number): number {
    const { blocks, across, down, spectralFrom, bitHigh } = this.#scanOf();
    const components = this.#job.frame.components;
    for (let mcu = 0; mcu < mcus; mcu += 1) {
      if (this.#reader.isExhausted()) return mcu;
      for (const block of blocks) {
        const { component } = block;
        const [x, y] = [(firstMcu + mcu) * across[component] + block.across, row * down[component] + block.down];
        const at = (y * components[component].paddedWide + x) * 64;
        const levels = this.#kept[component];
        if (spectralFrom > 0) {
          if (bitHigh === 0) this.#acFirst(block, levels, at);
          else this.#acRefine(block, levels, at);
        } else if (bitHigh === 0) this.#dcFirst(block, levels, at);
        else if (this.#reader.bits(1) === 1) levels[at] |= 1 << this.#scanOf().bitLow;
      }
    }
    return this.#reader.isExhausted() ? mcus - 1 : mcus;
  }

  transformRow(row: number): void {
    for (const [component, { v, paddedWide }] of this.#job.frame.components.entries()) {
      if (this.#rows !== undefined) {
        const samples = v * paddedWide * 64;
        this.#rows.levels[component].set(this.#kept[component].subarray(row * samples, (row + 1) * samples));
        for (let down = 0; down < v; down += 1) this.#rows.run(component, down, 0, paddedWide);
        continue;
      }
      for (let down = 0; down < v; down += 1) {
        for (let x = 0; x < paddedWide; x += 1) this.#transform(component, this.#kept[component], ((row * v + down) * paddedWide + x) * 64, x, down);
      }
    }
  }

  release(): void {
    this.#rows?.release();
    this.#data = new Uint8Array(0);
  }

  #scanOf(): EngineScan {
    if (this.#scan === undefined) throw new TypeError('startScan comes first.');
    return this.#scan;
  }

  #transform(component: number, levels: Int16Array, from: number, x: number, down: number): void {
    const { samples, stride } = this.strips[component];
    const to = down * 8 * stride + x * 8;
    if (samples instanceof Uint8Array) inverseDct8(levels, from, this.#steps8[component], samples, to, stride);
    else inverseDct12(levels, from, this.#steps[component], samples, to, stride);
  }

  /** @source ITU-T T.81, F.2.2 */
  #readBlock({ component, dc, ac }: ScanBlock, levels: Int16Array, at: number): void {
    const reader = this.#reader;
    this.#predictors[component] += reader.level(reader.symbol(dc) & 15);
    levels[at] = this.#predictors[component];
    for (let k = 1; k < 64; k += 1) {
      const window = reader.peek();
      const entry = ac.entries[window >>> (32 - LOOK_BITS)];
      if ((entry & COMPLETE) !== 0) {
        k += (entry >> 12) & 15;
        levels[at + ORDER[k]] = entry >> 16;
        reader.drop(entry & 31);
        continue;
      }
      let symbol = entry >> 8;
      if ((entry & 31) === 0) symbol = reader.longSymbol(ac, window >>> 16);
      else reader.drop(entry & 31);
      const size = symbol & 15;
      if (size === 0 && symbol >> 4 < 15) return;
      k += symbol >> 4;
      if (size > 0) levels[at + ORDER[k]] = reader.level(size);
    }
  }

  /** @source ITU-T T.81, G.1.2.1 */
  #dcFirst({ component, dc }: ScanBlock, levels: Int16Array, at: number): void {
    this.#predictors[component] += this.#reader.level(this.#reader.symbol(dc) & 15);
    levels[at] = this.#predictors[component] << this.#scanOf().bitLow;
  }

  /** @source ITU-T T.81, G.1.2.2 */
  #acFirst({ ac }: ScanBlock, levels: Int16Array, at: number): void {
    if (this.#bandRun > 0) {
      this.#bandRun -= 1;
      return;
    }
    const { spectralFrom, spectralTo, bitLow } = this.#scanOf();
    const reader = this.#reader;
    for (let k = spectralFrom; k <= spectralTo; k += 1) {
      const symbol = reader.symbol(ac);
      const [run, size] = [symbol >> 4, symbol & 15];
      if (size === 0 && run < 15) {
        this.#bandRun = (1 << run) - 1 + reader.bits(run);
        return;
      }
      k += run;
      if (size > 0) levels[at + ORDER[k]] = reader.level(size) << bitLow;
    }
  }

  /** @source ITU-T T.81, G.1.2.3 */
  #acRefine({ ac }: ScanBlock, levels: Int16Array, at: number): void {
    const { spectralFrom, spectralTo, bitLow } = this.#scanOf();
    const reader = this.#reader;
    const one = 1 << bitLow;
    /** A level that is known already takes one more bit. */
    const refine = (index: number): void => {
      if (reader.bits(1) === 1 && (levels[index] & one) === 0) levels[index] += levels[index] >= 0 ? one : -one;
    };
    let k = spectralFrom;
    for (; this.#bandRun === 0 && k <= spectralTo; k += 1) {
      const symbol = reader.symbol(ac);
      let run = symbol >> 4;
      let fresh = 0;
      if ((symbol & 15) > 0) fresh = reader.bits(1) === 1 ? one : -one;
      else if (run < 15) {
        this.#bandRun = (1 << run) + reader.bits(run);
        break;
      }
      for (; k <= spectralTo; k += 1) {
        const index = at + ORDER[k];
        if (levels[index] !== 0) refine(index);
        else if (run === 0) break;
        else run -= 1;
      }
      if (fresh !== 0) levels[at + ORDER[k]] = fresh;
    }
    if (this.#bandRun === 0) return;
    for (; k <= spectralTo; k += 1) if (levels[at + ORDER[k]] !== 0) refine(at + ORDER[k]);
    this.#bandRun -= 1;
  }
}
