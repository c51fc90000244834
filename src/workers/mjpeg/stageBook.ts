/** What a frame goes through, in order. */
export const STAGES = {
  read: { title: 'Read', says: 'the frame as it lies in memory, no copy; other formats than R,G,B,A are converted here' },
  crop: { title: 'Crop', says: 'another start and the same stride: arithmetic, no copy' },
  decimate: { title: 'Decimate', says: 'every n-th pixel, or an average, into a smaller R,G,B picture' },
  alpha: { title: 'Drop alpha', says: 'three bytes a pixel of four; an encoder that takes four again gets them here' },
  colour: { title: 'Colour, 4:2:0', says: 'R,G,B to Y,Cb,Cr, chroma averaged over 2 × 2' },
  fused: { title: 'Fused pass', says: 'strided pixels to decimated Y, Cb, Cr planes in one compiled run, into buffers that stay' },
  tables: { title: 'Tables built anew', says: 'the quantisation, Huffman and colour tables that the library makes for each picture: from its call to its first look at the picture' },
  jpeg: { title: 'JPEG', says: 'DCT, quantisation, Huffman; in a library that takes R,G,B the colour conversion too' },
  multipart: { title: 'Multipart', says: 'boundary and headers around the picture' },
} as const;

export type StageId = keyof typeof STAGES;

/** What one stage cost one frame. */
export interface StageCost {
  readonly stage: StageId;
  readonly ms: number;
  readonly copiedBytes: number;
  /** Buffers made anew, and their bytes; reused ones do not count. */
  readonly allocations: number;
  readonly allocatedBytes: number;
}

/** Takes down what each stage of a frame costs. */
export class StageBook {
  private costs: StageCost[] = [];
  private readonly now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** @param account bytes written from one buffer to another, and the buffers that were made for it */
  measure<T>(stage: StageId, work: () => T, account: (made: T) => { readonly copied?: number; readonly made?: readonly number[] } = () => ({})): T {
    const started = this.now();
    const result = work();
    const ms = this.now() - started;
    const { copied = 0, made = [] } = account(result);
    this.costs.push({ stage, ms, copiedBytes: copied, allocations: made.length, allocatedBytes: made.reduce((sum, bytes) => sum + bytes, 0) });
    return result;
  }

  /** As `measure`, for work that says itself when its first stage is over; until then all of it is the second's. */
  measureTwo<T>(first: StageId, second: StageId, work: (isOver: () => void) => T, account: (made: T) => { readonly made: readonly number[] }): T {
    const started = this.now();
    let between = started;
    const result = work(() => { between = this.now(); });
    const ended = this.now();
    const { made } = account(result);
    this.costs.push({ stage: first, ms: between - started, copiedBytes: 0, allocations: 0, allocatedBytes: 0 });
    this.costs.push({ stage: second, ms: ended - between, copiedBytes: 0, allocations: made.length, allocatedBytes: made.reduce((sum, bytes) => sum + bytes, 0) });
    return result;
  }

  /** The costs since the last call. */
  take(): readonly StageCost[] {
    const { costs } = this;
    this.costs = [];
    return costs;
  }
}

/** Total milliseconds of a frame. */
export const totalMs = (costs: readonly StageCost[]): number => costs.reduce((sum, { ms }) => sum + ms, 0);
