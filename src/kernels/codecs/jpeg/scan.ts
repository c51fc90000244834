import type { Image } from '../../image/types.ts';
import type { BlockEngine, EngineJob } from './engine.ts';
import { CHUNK_MCUS } from './engine.ts';
import type { Frame } from './frame.ts';
import { gatherStrip } from './gather.ts';
import { restartMarker } from './markers.ts';
import type { Output } from './output.ts';
import type { StageClock } from './stages.ts';

/** Rows of MCUs to code: `from` ≤ row < `to`; they start a restart interval unless they start the picture. */
export interface McuRows {
  readonly from: number;
  readonly to: number;
  /** Index of the first interval, which names the restart markers. */
  readonly firstInterval: number;
}

export interface ScanJob extends EngineJob {
  readonly image: Image;
  readonly engine: BlockEngine;
  readonly restartInterval: number;
  readonly clock: StageClock;
  readonly checkpoint?: ((doneRows: number, rows: number) => void) | undefined;
}

/** Which blocks of an MCU at (column, row) lie beyond the picture, in the order of coding. */
function blocksBeyond(frame: Frame, column: number, row: number): readonly number[] {
  let first = 0;
  return frame.components.flatMap(({ h, v, blocksWide, blocksHigh }) => {
    const beyond: number[] = [];
    for (let down = 0; down < v; down += 1) {
      for (let across = 0; across < h; across += 1) {
        if (column * h + across >= blocksWide || row * v + down >= blocksHigh) beyond.push(first + down * h + across);
      }
    }
    first += h * v;
    return beyond;
  });
}

/**
 * Makes the blocks beyond the picture cheap, as libjpeg does: the DC of the block before, no AC.
 * @param mcus in `engine.levels`, the first being `firstMcu` of the row
 */
function blankBeyond({ frame, engine }: ScanJob, row: number, firstMcu: number, mcus: number): void {
  const last = firstMcu + mcus === frame.mcusPerRow ? mcus - 1 : mcus;
  const everywhere = blocksBeyond(frame, 0, row);
  for (let mcu = 0; mcu < mcus; mcu += 1) {
    const beyond = mcu === last ? blocksBeyond(frame, firstMcu + mcu, row) : everywhere;
    for (const block of beyond) {
      const at = mcu * frame.blocksPerMcu + block;
      engine.blank(at, engine.levels[(at - 1) * 64]);
    }
  }
}

/** Puts the levels of chunk after chunk of one row of MCUs into the engine. */
function transformRow(job: ScanJob, row: number, visit: (firstMcu: number, mcus: number) => void): void {
  const { frame, engine, clock, image, strip } = job;
  clock.copied('gather', clock.measure('gather', () => gatherStrip(image, frame, strip, row, engine.strip)));
  for (let firstMcu = 0; firstMcu < frame.mcusPerRow; firstMcu += CHUNK_MCUS) {
    const mcus = Math.min(CHUNK_MCUS, frame.mcusPerRow - firstMcu);
    clock.measure('transform', () => {
      engine.transform(firstMcu, mcus);
      blankBeyond(job, row, firstMcu, mcus);
    });
    visit(firstMcu, mcus);
  }
}

/** Splits a chunk at the ends of restart intervals. @param done MCUs before the chunk */
function forIntervals(interval: number, done: number, mcus: number, visit: (first: number, count: number, endsInterval: boolean) => void): void {
  for (let first = 0; first < mcus;) {
    const left = interval === 0 ? Infinity : interval - ((done + first) % interval);
    const count = Math.min(left, mcus - first);
    visit(first, count, count === left);
    first += count;
  }
}

/** Counts the symbols of the rows into `engine.counts`. */
export function countRows(job: ScanJob, rows: McuRows): void {
  const { frame, engine, clock, restartInterval, checkpoint } = job;
  for (let row = rows.from; row < rows.to; row += 1) {
    transformRow(job, row, (firstMcu, mcus) => clock.measure('count', () => {
      forIntervals(restartInterval, row * frame.mcusPerRow + firstMcu, mcus, (first, count, ends) => {
        engine.count(first, count);
        if (ends) engine.predictors.fill(0);
      });
    }));
    checkpoint?.(row + 1 - rows.from, rows.to - rows.from);
  }
  engine.predictors.fill(0);
}

/** The entropy-coded bytes of the rows, with the restart markers between their intervals, none behind the last. */
export function encodeRows(job: ScanJob, rows: McuRows, out: Output): void {
  const { frame, engine, clock, restartInterval, checkpoint } = job;
  const end = (rows.to - rows.from) * frame.mcusPerRow;
  let interval = rows.firstInterval;
  let done = 0;
  const endInterval = (): void => {
    engine.endInterval();
    out.bytes(engine.take());
    if (done === end) return;
    out.bytes(restartMarker(interval));
    interval += 1;
  };
  for (let row = rows.from; row < rows.to; row += 1) {
    transformRow(job, row, (_firstMcu, mcus) => clock.measure('entropy', () => {
      const before = done;
      forIntervals(restartInterval, before, mcus, (first, count, ends) => {
        engine.encode(first, count);
        done += count;
        const bytes = engine.take();
        clock.copied('entropy', bytes.length);
        out.bytes(bytes);
        if (ends || done === end) endInterval();
      });
    }));
    checkpoint?.(row + 1 - rows.from, rows.to - rows.from);
  }
}
