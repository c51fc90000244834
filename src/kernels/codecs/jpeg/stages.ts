/** What an encoder spends its time on. */
export const JPEG_STAGES = {
  convert: { title: 'Convert', says: 'other colours or depths to JFIF’s planes, by the pipeline' },
  gather: { title: 'Gather', says: 'rows copied from the image’s planes, edges repeated' },
  transform: { title: 'DCT, quantise', says: 'forward DCT, division by the tables, zigzag order' },
  count: { title: 'Count', says: 'symbols counted for Huffman tables of the picture’s own' },
  entropy: { title: 'Huffman', says: 'coefficients to bits, 0xFF bytes stuffed' },
  container: { title: 'Container', says: 'markers, and entropy-coded bytes copied behind them' },
} as const;

export type JpegStage = keyof typeof JPEG_STAGES;

export interface StageTime {
  readonly stage: JpegStage;
  readonly ms: number;
  /** Bytes copied in this stage from one buffer to another as they are. */
  readonly copiedBytes: number;
}

/** Gets every stage that took part, once, when the encoding is done. */
export type StageListener = (times: readonly StageTime[]) => void;

/** Measures stages that alternate; costs nothing but a call where nobody listens. */
export interface StageClock {
  measure<T>(stage: JpegStage, work: () => T): T;
  copied(stage: JpegStage, bytes: number): void;
  report(): void;
}

const SILENT: StageClock = { measure: (_stage, work) => work(), copied: () => undefined, report: () => undefined };

/** @param now milliseconds from any start */
export function stageClock(listener: StageListener | undefined, now: () => number = () => performance.now()): StageClock {
  if (listener === undefined) return SILENT;
  const sums = new Map<JpegStage, { ms: number; copiedBytes: number }>();
  const sumOf = (stage: JpegStage): { ms: number; copiedBytes: number } => {
    const sum = sums.get(stage) ?? { ms: 0, copiedBytes: 0 };
    sums.set(stage, sum);
    return sum;
  };
  return {
    measure: (stage, work) => {
      const started = now();
      const result = work();
      sumOf(stage).ms += now() - started;
      return result;
    },
    copied: (stage, bytes) => { sumOf(stage).copiedBytes += bytes; },
    report: () => listener(Array.from(sums, ([stage, sum]) => ({ stage, ...sum }))),
  };
}
