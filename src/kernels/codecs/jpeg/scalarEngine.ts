import { BitWriter } from './bitWriter.ts';
import type { BlockEngine, EngineJob } from './engine.ts';
import { CHUNK_MCUS, END_OF_BLOCK, LENGTH_MASK, LONGEST_BLOCK_BYTES, RUN_OF_16, SYMBOL_COUNTS, blockComponents, countsAt, packAll, tableOf } from './engine.ts';
import { forwardDct } from './fdct.ts';
import type { HuffmanTables } from './huffmanTables.ts';
import { quantise } from './quantise.ts';
import { ZIGZAG } from './quantTables.ts';

/** Bits of a magnitude: the size category of a level. @source ITU-T T.81, tables F.1 and F.2 */
export const sizeOf = (level: number): number => 32 - Math.clz32(Math.abs(level));

/** The bits that follow a symbol: the level itself, or one less than its low bits when negative. */
const extraBits = (level: number, size: number): number => (level + (level >> 31)) & ((1 << size) - 1);

const TAKE_EVERY_BYTES = 2 * LONGEST_BLOCK_BYTES;

/** Receives a block's symbols one by one. */
type SymbolVisitor = (table: number, symbol: number, level: number) => void;

/** The encoder's hot part in plain TypeScript: the reference of the vector code. */
export class ScalarEngine implements BlockEngine {
  readonly strip: Uint8Array;
  readonly levels: Int16Array;
  readonly predictors: Int32Array;
  readonly counts = new Uint32Array(SYMBOL_COUNTS);
  readonly #job: EngineJob;
  readonly #componentOfBlock: readonly number[];
  readonly #coefficients = new Int32Array(64);
  readonly #bits: BitWriter;
  #codes: readonly Uint32Array[] = [];

  constructor(job: EngineJob) {
    const { frame, strip } = job;
    const blocks = CHUNK_MCUS * frame.blocksPerMcu;
    this.#job = job;
    this.#componentOfBlock = blockComponents(frame);
    this.strip = new Uint8Array(strip.bytes);
    this.levels = new Int16Array(blocks * 64);
    this.predictors = new Int32Array(frame.components.length);
    this.#bits = new BitWriter((blocks + 1) * TAKE_EVERY_BYTES);
  }

  transform(firstMcu: number, mcus: number): void {
    const { frame, strip, tables } = this.#job;
    let firstBlock = 0;
    for (const [index, { h, v }] of frame.components.entries()) {
      const { at, stride, step, offset } = strip.components[index];
      const table = tableOf(tables, index);
      for (let block = 0; block < mcus * h * v; block += 1) {
        const mcu = Math.floor(block / (h * v));
        const [across, down] = [block % h, Math.floor(block / h) % v];
        const from = at + offset + ((firstMcu + mcu) * h + across) * 8 * step + down * 8 * stride;
        forwardDct(this.strip, from, stride, step, this.#coefficients);
        quantise(this.#coefficients, table, this.levels, (mcu * frame.blocksPerMcu + firstBlock + down * h + across) * 64);
      }
      firstBlock += h * v;
    }
  }

  blank(block: number, dc: number): void {
    this.levels.fill(0, block * 64, block * 64 + 64);
    this.levels[block * 64] = dc;
  }

  count(firstMcu: number, mcus: number): void {
    this.#visit(firstMcu, mcus, (table, symbol) => { this.counts[table * 256 + symbol] += 1; });
  }

  useCodes(tables: HuffmanTables): void {
    this.#codes = packAll(tables);
  }

  encode(firstMcu: number, mcus: number): void {
    const codes = this.#codes;
    this.#visit(firstMcu, mcus, (table, symbol, level) => {
      const packed = codes[table][symbol];
      this.#bits.put((packed >>> 5) | extraBits(level, symbol & 15), packed & LENGTH_MASK);
    });
  }

  endInterval(): void {
    this.#bits.pad();
    this.predictors.fill(0);
  }

  take(): Uint8Array {
    return this.#bits.take();
  }

  release(): void {
    // Its arrays are the collector's.
  }

  /** @source ITU-T T.81, F.1.2.1 and F.1.2.2 */
  #visit(firstMcu: number, mcus: number, visit: SymbolVisitor): void {
    const { levels, predictors } = this;
    const { frame } = this.#job;
    for (let block = firstMcu * frame.blocksPerMcu; block < (firstMcu + mcus) * frame.blocksPerMcu; block += 1) {
      const component = this.#componentOfBlock[block % frame.blocksPerMcu];
      const { tableClass } = frame.components[component];
      const difference = levels[block * 64] - predictors[component];
      predictors[component] = levels[block * 64];
      visit(countsAt(tableClass, 'dc') / 256, sizeOf(difference), difference);
      visitAc(levels, block * 64, countsAt(tableClass, 'ac') / 256, visit);
    }
  }
}

function visitAc(levels: Int16Array, at: number, table: number, visit: SymbolVisitor): void {
  let run = 0;
  for (let k = 1; k < 64; k += 1) {
    const level = levels[at + ZIGZAG[k]];
    if (level === 0) {
      run += 1;
      continue;
    }
    for (; run > 15; run -= 16) visit(table, RUN_OF_16, 0);
    visit(table, (run << 4) | sizeOf(level), level);
    run = 0;
  }
  if (run > 0) visit(table, END_OF_BLOCK, 0);
}
