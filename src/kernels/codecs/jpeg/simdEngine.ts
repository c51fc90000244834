import type { BlockEngine, EngineJob } from './engine.ts';
import { CHUNK_MCUS, SYMBOL_COUNTS, blockComponents, packAll, tableOf } from './engine.ts';
import type { HuffmanTables } from './huffmanTables.ts';
import { divisorLanes } from './simd/divide.ts';
import type { JpegMachine } from './simd/machine.ts';
import { borrowMachine, returnMachine } from './simd/machine.ts';
import { AT, LEVEL_BYTES, MASK_BYTES, STRIP_AT } from './simd/memoryMap.ts';

/** Bytes of one table class's DC and AC codes. */
const CLASS_BYTES = 2048;
/** A block of four-byte groups is read with two loads of 16 bytes from its aligned start. */
const SLACK_BYTES = 64;

/** The encoder's hot part in WebAssembly SIMD. */
export class SimdEngine implements BlockEngine {
  readonly strip: Uint8Array;
  readonly levels: Int16Array;
  readonly predictors: Int32Array;
  readonly counts: Uint32Array;
  readonly #job: EngineJob;
  readonly #machine: JpegMachine;
  readonly #masks: Uint32Array;
  #wordsEnd = AT.words;
  #bytesEnd = AT.bytes;

  constructor(job: EngineJob) {
    this.#job = job;
    this.#machine = borrowMachine(STRIP_AT + job.strip.bytes + SLACK_BYTES);
    const { buffer } = this.#machine.memory;
    const { frame, strip } = job;
    const blocks = CHUNK_MCUS * frame.blocksPerMcu;
    this.strip = new Uint8Array(buffer, STRIP_AT, strip.bytes);
    this.levels = new Int16Array(buffer, AT.levels, blocks * 64);
    this.#masks = new Uint32Array(buffer, AT.masks, blocks * 2);
    this.predictors = new Int32Array(buffer, AT.predictors, frame.components.length).fill(0);
    this.counts = new Uint32Array(buffer, AT.counts, SYMBOL_COUNTS).fill(0);
    new Uint32Array(buffer, AT.pending, 4).fill(0);
    this.#describe();
  }

  transform(firstMcu: number, mcus: number): void {
    const { frame, strip } = this.#job;
    let block = 0;
    for (const [index, { h, v }] of frame.components.entries()) {
      const { at, stride, step, offset } = strip.components[index];
      this.#machine.transform[step](
        STRIP_AT + at + firstMcu * h * 8 * step, stride, offset * 8, h, v, mcus,
        AT.divisors + index * 512, AT.levels + block * LEVEL_BYTES, AT.masks + block * MASK_BYTES,
        frame.blocksPerMcu * LEVEL_BYTES, frame.blocksPerMcu * MASK_BYTES,
      );
      block += h * v;
    }
  }

  blank(block: number, dc: number): void {
    this.levels.fill(0, block * 64, block * 64 + 64);
    this.levels[block * 64] = dc;
    this.#masks.fill(0, block * 2, block * 2 + 2);
  }

  count(firstMcu: number, mcus: number): void {
    this.#machine.count(...this.#run(firstMcu, mcus));
  }

  useCodes(tables: HuffmanTables): void {
    const codes = new Uint32Array(this.#machine.memory.buffer, AT.codes, SYMBOL_COUNTS);
    for (const [index, packed] of packAll(tables).entries()) codes.set(packed, index * 256);
  }

  encode(firstMcu: number, mcus: number): void {
    this.#wordsEnd = this.#machine.encode(...this.#run(firstMcu, mcus), this.#wordsEnd);
  }

  endInterval(): void {
    this.#stuff();
    this.#bytesEnd = this.#machine.flush(this.#bytesEnd);
    this.predictors.fill(0);
  }

  take(): Uint8Array {
    this.#stuff();
    const taken = new Uint8Array(this.#machine.memory.buffer, AT.bytes, this.#bytesEnd - AT.bytes);
    this.#bytesEnd = AT.bytes;
    return taken;
  }

  release(): void {
    returnMachine(this.#machine);
  }

  #stuff(): void {
    this.#bytesEnd = this.#machine.stuff(AT.words, this.#wordsEnd, this.#bytesEnd);
    this.#wordsEnd = AT.words;
  }

  #run(firstMcu: number, mcus: number): readonly [number, number, number, number] {
    const { blocksPerMcu } = this.#job.frame;
    const block = firstMcu * blocksPerMcu;
    return [AT.levels + block * LEVEL_BYTES, AT.masks + block * MASK_BYTES, mcus, blocksPerMcu];
  }

  /** Writes what the module must know of the job: divisors, and each block's predictor and tables. */
  #describe(): void {
    const { buffer } = this.#machine.memory;
    const { frame, tables } = this.#job;
    const descriptors = new Uint32Array(buffer, AT.descriptors, frame.blocksPerMcu * 2);
    for (const [block, component] of blockComponents(frame).entries()) {
      descriptors.set([AT.predictors + component * 4, frame.components[component].tableClass * CLASS_BYTES], block * 2);
    }
    for (const index of frame.components.keys()) new Int16Array(buffer, AT.divisors + index * 512, 256).set(divisorLanes(tableOf(tables, index)));
  }
}
