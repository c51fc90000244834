import type { HuffmanLookup } from './lookup.ts';
import type { DecodeFrame } from './readFile.ts';

/** One block of an MCU, in the order of coding. */
export interface ScanBlock {
  /** Index in the frame header. */
  readonly component: number;
  /** Its place in the MCU. */
  readonly across: number;
  readonly down: number;
  readonly dc: HuffmanLookup;
  readonly ac: HuffmanLookup;
}

/** A scan as the engines see it. */
export interface EngineScan {
  readonly blocks: readonly ScanBlock[];
  /** Blocks of each component of the frame that one MCU has, 0 for those that the scan does not carry. */
  readonly across: readonly number[];
  readonly down: readonly number[];
  readonly spectralFrom: number;
  readonly spectralTo: number;
  readonly bitHigh: number;
  readonly bitLow: number;
}

/** Samples of a component under one row of MCUs; rows `stride` samples apart. */
export interface Strip {
  readonly samples: Uint8Array | Uint16Array;
  readonly stride: number;
}

/** What a decoder is made for. */
export interface DecodeJob {
  readonly bytes: Uint8Array;
  readonly frame: DecodeFrame;
  /** Whether coefficients of the whole picture are kept: progressive files need them all before the first sample. */
  readonly keepsLevels: boolean;
}

/** The hot part of the decoder. */
export interface BlockDecoder {
  /** By component of the frame. */
  readonly strips: readonly Strip[];
  /** Steps of a component, row by row; before its first block. */
  useSteps(component: number, steps: readonly number[]): void;
  startScan(scan: EngineScan): void;
  /** Predictors are 0 and bits are those of bytes `from` ≤ at < `to`. */
  startInterval(from: number, to: number): void;
  /** Decodes MCUs of a sequential scan into the strips. @returns MCUs that had bits; those behind are mid-grey */
  sequential(firstMcu: number, mcus: number): number;
  /** Adds what a progressive scan says of MCUs to the kept levels. @returns MCUs that had bits; those behind are left as they were */
  progressive(row: number, firstMcu: number, mcus: number): number;
  /** One row of MCUs of kept levels into the strips. */
  transformRow(row: number): void;
  /** Codes read so far that no table has. */
  readonly badCodes: number;
  /** The engine must not be used after. */
  release(): void;
}
