import type { Image } from '../../image/types.ts';
import { withEngine } from './encode.ts';
import { checkPicture } from './encodeJpeg.ts';
import { CHUNK_MCUS, blockComponents } from './engine.ts';
import { gatherStrip } from './gather.ts';
import { betterTables, totalBits } from './histogram.ts';
import { STANDARD_HUFFMAN } from './huffmanTables.ts';
import type { JpegOptions } from './options.ts';
import { resolveOptions } from './options.ts';
import { intervalsOf, markerBytes } from './predict.ts';
import type { ScanJob } from './scan.ts';
import { stageClock } from './stages.ts';
import { toPlanes } from './toPlanes.ts';

export interface SizeEstimate {
  readonly bytes: number;
  readonly sampledMcus: number;
  readonly mcus: number;
}

/** MCUs that are counted side by side: long enough that DC differences are the picture's own. */
const RUN_MCUS = 4;
/** One run in so many is counted, at another place in each row. */
const ONE_IN = 6;
/** Steps through 0 … ONE_IN − 1 without a pattern that a picture's columns would follow. */
const STRIDE = 5;
/** Below that many MCUs all are counted. */
const SMALL = 600;
/** One byte in 256 is 0xFF when bits are as good as random, and is stuffed. */
const STUFFING = 1 + 1 / 256;

/** Counts one run; the MCU before it only gives its DC levels. @returns MCUs counted */
function countRun(job: ScanJob, firstMcu: number, mcus: number): number {
  const { engine, frame } = job;
  const before = firstMcu === 0 ? 0 : 1;
  engine.transform(firstMcu - before, mcus + before);
  if (before === 1) for (const [block, component] of blockComponents(frame).entries()) engine.predictors[component] = engine.levels[block * 64];
  engine.count(before, mcus);
  return mcus;
}

/** @returns MCUs counted */
function countSample(job: ScanJob): number {
  const { frame, engine } = job;
  const oneIn = frame.mcusPerRow * frame.mcuRows < SMALL ? 1 : ONE_IN;
  const run = oneIn === 1 ? CHUNK_MCUS - 1 : RUN_MCUS;
  let sampled = 0;
  for (let row = 0; row < frame.mcuRows; row += 1) {
    gatherStrip(job.image, frame, job.strip, row, engine.strip);
    for (let first = ((row * STRIDE) % oneIn) * run; first < frame.mcusPerRow; first += oneIn * run) {
      sampled += countRun(job, first, Math.min(run, frame.mcusPerRow - first));
    }
  }
  return sampled;
}

/**
 * The size an encoding would have, from a sample of its blocks: a sixth of them, spread over the picture.
 * On photographs within 15 %; a picture that is flat but for one corner may be further off.
 * @throws LabError as `encodeJpeg`
 */
export function estimateJpegSize(image: Image, options: JpegOptions = {}): SizeEstimate {
  checkPicture(image);
  const settings = resolveOptions(options);
  const planes = toPlanes(image, settings);
  return withEngine(planes, settings, stageClock(undefined), (job) => {
    const { headerBytes, restartBytes } = markerBytes(job, settings);
    const sampledMcus = countSample(job);
    const mcus = job.frame.mcusPerRow * job.frame.mcuRows;
    const huffman = settings.optimizeHuffman ? betterTables(job.engine.counts.slice()) : STANDARD_HUFFMAN;
    const scanBytes = ((totalBits(job.engine.counts, huffman) / 8) * STUFFING * mcus) / sampledMcus;
    const paddingBytes = intervalsOf(mcus, settings.restartInterval) / 2;
    return { bytes: Math.round(headerBytes + restartBytes + scanBytes + paddingBytes), sampledMcus, mcus };
  });
}
