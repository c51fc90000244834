import { BitReader, PADDING_BYTES, unstuff } from './bitReader.ts';
import type { BlockDecoder, DecodeJob, EngineScan, ScanBlock, Strip } from './engine.ts';
import { inverseDct12, inverseDct8 } from './idct.ts';
import { COMPLETE, LOOK_BITS } from './lookup.ts';
import { ZIGZAG } from '../quantTables.ts';

/** Natural place of each zigzag position; runs of damaged data that lead past 63 end there. */
const ORDER = Uint8Array.from({ length: 80 }, (_, k) => ZIGZAG[k] ?? 63);

/** The decoder's hot part in TypeScript. */
export class ScalarDecoder implements BlockDecoder {
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

  constructor(job: DecodeJob) {
    this.#job = job;
    const { components, precision } = job.frame;
    this.strips = components.map(({ v, paddedWide }) => {
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
    const { blocks, across } = this.#scanOf();
    for (let mcu = 0; mcu < mcus; mcu += 1) {
      if (this.#reader.isExhausted()) {
        this.#block.fill(0);
        for (let rest = mcu; rest < mcus; rest += 1) {
          for (const block of blocks) this.#transform(block.component, this.#block, 0, (firstMcu + rest) * across[block.component] + block.across, block.down);
        }
        return mcu;
      }
      for (const block of blocks) {
        this.#readBlock(block);
        this.#transform(block.component, this.#block, 0, (firstMcu + mcu) * across[block.component] + block.across, block.down);
      }
    }
    return this.#reader.isExhausted() ? mcus - 1 : mcus;
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
      for (let down = 0; down < v; down += 1) {
        for (let x = 0; x < paddedWide; x += 1) this.#transform(component, this.#kept[component], ((row * v + down) * paddedWide + x) * 64, x, down);
      }
    }
  }

  release(): void {
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
  #readBlock({ component, dc, ac }: ScanBlock): void {
    const [reader, levels] = [this.#reader, this.#block];
    levels.fill(0);
    this.#predictors[component] += reader.level(reader.symbol(dc) & 15);
    levels[0] = this.#predictors[component];
    for (let k = 1; k < 64; k += 1) {
      const window = reader.peek();
      const entry = ac.entries[window >>> (32 - LOOK_BITS)];
      if ((entry & COMPLETE) !== 0) {
        k += (entry >> 12) & 15;
        levels[ORDER[k]] = entry >> 16;
        reader.drop(entry & 31);
        continue;
      }
      let symbol = entry >> 8;
      if ((entry & 31) === 0) symbol = reader.longSymbol(ac, window >>> 16);
      else reader.drop(entry & 31);
      const size = symbol & 15;
      if (size === 0 && symbol >> 4 < 15) return;
      k += symbol >> 4;
      if (size > 0) levels[ORDER[k]] = reader.level(size);
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
