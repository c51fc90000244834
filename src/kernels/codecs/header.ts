import { LabError } from '../labError.ts';

/** What a header claims, read before anything is allocated. */
export interface Claim {
  readonly width: number;
  readonly height: number;
  /** Bytes that decoding allocates, the picture's own included. */
  readonly bytes: number;
}

/** Above this many bytes a person is asked first: 512 MiB. */
export const ASK_ABOVE_BYTES = 512 * 2 ** 20;

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/** @throws LabError `memory/ask` when more than 512 MiB would be allocated and nobody agreed */
export function checkMemory({ width, height, bytes }: Claim, allowLarge: boolean): void {
  if (bytes <= ASK_ABOVE_BYTES || allowLarge) return;
  throw new LabError({ code: 'memory/ask', what: `The picture claims ${String(width)}×${String(height)} pixels: decoding it takes ${mebibytes(bytes)}, above the ${mebibytes(ASK_ABOVE_BYTES)} that are allocated without asking.`, remedy: 'Open it all the same only if you trust the file and have the memory.' });
}

/** The most a typed array can hold here. */
export const LARGEST_ALLOCATION_BYTES = 2 ** 32 - 1;

/** @throws LabError `memory/impossible` when no agreement would help */
export function checkPossible({ width, height, bytes }: Claim): void {
  if (bytes <= LARGEST_ALLOCATION_BYTES) return;
  throw new LabError({ code: 'memory/impossible', what: `The picture claims ${String(width)}×${String(height)} pixels: ${mebibytes(bytes)} decoded, more than the ${mebibytes(LARGEST_ALLOCATION_BYTES)} that one image can have here.`, remedy: 'The header is probably damaged; if not, cut the picture into parts.' });
}
