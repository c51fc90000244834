import { LabError } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import type { EncodedFile } from './encoder.ts';
import { ENCODERS } from './encoders/index.ts';
import type { OptionValues } from './options.ts';
import { resolveValues } from './options.ts';
import type { Timing } from './protocol.ts';
import { encoderRow } from './rows.ts';
import type { EncoderId } from './rows.ts';
import type { Stage } from './stages.ts';
import { Stages } from './stages.ts';

const MOST_RUNS = 31;
/** An encoder that takes longer is not run twice just to warm up. */
const PATIENCE_MS = 1500;

interface Run {
  readonly ms: number;
  readonly file: EncodedFile;
  readonly stages: readonly Stage[];
}

export interface Measured {
  readonly file: EncodedFile;
  readonly timing: Timing;
  /** Of the run in the middle. */
  readonly stages: readonly Stage[];
}

/**
 * Encodes until the budget is spent. The first run warms up and does not count where there is another.
 * @param budgetMs 0: one run
 * @throws LabError `encode/option`, `encode/absent`, `encode/failed`, and the encoder's own
 */
export async function measure(image: Image, id: EncoderId, values: OptionValues, budgetMs: number): Promise<Measured> {
  const row = encoderRow(id);
  const options = resolveValues(row.options, values);
  const absence = await ENCODERS[id].absence();
  if (absence !== undefined) throw new LabError({ code: 'encode/absent', what: `${row.title} is not to be had here. ${absence}`, remedy: 'Choose another encoder, or another browser.' });
  const once = async (): Promise<Run> => {
    const stages = new Stages();
    const started = performance.now();
    const file = await ENCODERS[id].encode(image, options, stages);
    return { ms: performance.now() - started, file, stages: stages.list() };
  };
  const started = performance.now();
  const runs = [await once()];
  // What is compiled and allocated in the first run is no part of the encoder's speed.
  if (budgetMs > 0 && runs[0].ms < PATIENCE_MS) runs.push(await once());
  while (runs.length < MOST_RUNS && performance.now() - started + (runs.at(-1)?.ms ?? 0) < budgetMs) runs.push(await once());
  const counted = (runs.length > 1 ? runs.slice(1) : runs).toSorted((a, b) => a.ms - b.ms);
  const middle = counted[counted.length >> 1];
  return { file: middle.file, stages: middle.stages, timing: { medianMs: middle.ms, leastMs: counted[0].ms, mostMs: counted[counted.length - 1].ms, runs: counted.length } };
}
