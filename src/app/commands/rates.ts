import { isSuperseded } from '../../workers/pixels/client.ts';
import { encoderRow } from '../../workers/encode/client.ts';
import type { EncodePoint, EncoderId } from '../../workers/encode/client.ts';
import { encoders } from '../lab.ts';
import type { Target } from '../state/encoding.ts';
import { activeImage } from '../state/selectors.ts';
import { setEncoding, useLab } from '../state/store.ts';
import { optionsOf, setEncodeOption } from './encoding.ts';
import { searchByTarget } from './targetSearch.ts';

let sweepJob: AbortController | undefined;
let searchJob: AbortController | undefined;

/** What a sweep goes through: the chosen encoder and those it is compared with, where they can be swept. */
export function sweepable(ids: readonly EncoderId[]): readonly EncoderId[] {
  const { absences } = useLab.getState().encoding;
  return [...new Set(ids)].filter((id) => encoderRow(id).sweep !== undefined && absences?.[id] === undefined);
}

/** A curve for each encoder: coarse points of all first, so that the picture is there early. The latest sweep wins. */
export async function sweep(ids: readonly EncoderId[]): Promise<void> {
  const image = activeImage(useLab.getState());
  sweepJob?.abort();
  if (image === undefined) return;
  const job = new AbortController();
  sweepJob = job;
  const jobs = sweepable(ids).flatMap((encoder) => (encoderRow(encoder).sweep?.values ?? []).map((value, index) => ({ encoder, value, order: index % 4 === 0 ? 0 : index % 2 === 0 ? 1 : 2 }))).toSorted((a, b) => a.order - b.order);
  const points: EncodePoint[] = [];
  const total = jobs.length;
  let done = 0;
  setEncoding({ sweep: { state: 'running', done, total, so: points } });
  const one = async ({ encoder, value }: (typeof jobs)[number]): Promise<void> => {
    const option = encoderRow(encoder).sweep?.option ?? 'quality';
    const reply = await encoders.probe({ image: image.id, encoder, options: { ...optionsOf(encoder), [option]: value }, budgetMs: 0, signal: job.signal });
    if (sweepJob !== job || job.signal.aborted) return;
    done += 1;
    if (reply.ok) points.push(reply.value);
    else if (!isSuperseded(reply.error)) {
      job.abort();
      setEncoding({ sweep: { state: 'failed', error: reply.error, so: [...points] } });
      return;
    }
    setEncoding({ sweep: done === total ? { state: 'done', so: [...points] } : { state: 'running', done, total, so: [...points] } });
  };
  // No more at once than there are workers: what a person asks for in the meantime waits for one job, not for all.
  await Promise.all(Array.from({ length: encoders.workers }, async () => {
    for (let next = jobs.shift(); next !== undefined && !job.signal.aborted; next = jobs.shift()) await one(next);
  }));
}

/** Stops the sweep; the points that are there stay. */
export function cancelSweep(): void {
  sweepJob?.abort();
  const { sweep: state } = useLab.getState().encoding;
  if (state.state === 'running') setEncoding({ sweep: { ...state, state: 'cancelled' } });
}

export const setTarget = (change: Partial<Target>): void => setEncoding({ target: { ...useLab.getState().encoding.target, ...change } });

/** The steps of an option from coarse to fine. */
function stepsOf(encoder: EncoderId): readonly number[] {
  const { options, sweep: swept } = encoderRow(encoder);
  const row = options.find(({ id }) => id === swept?.option);
  if (row?.kind !== 'number' || swept === undefined) return [];
  if (!row.whole) return Array.from({ length: 64 }, (_, at) => Number((row.min * (row.max / row.min) ** (at / 63)).toFixed(3)));
  const steps = Array.from({ length: row.max - row.min + 1 }, (_, at) => row.min + at);
  return swept.values[0] > swept.values[swept.values.length - 1] ? steps.toReversed() : steps;
}

/** Searches the setting that fits the target, sets it and says what it makes. What is found is then encoded and shown, so a curve with a dent deceives nobody. */
export async function pickByTarget(): Promise<void> {
  const lab = useLab.getState();
  const image = activeImage(lab);
  const { target } = lab.encoding;
  const { encoder } = lab.parameters.encode;
  const option = encoderRow(encoder).sweep?.option;
  const steps = stepsOf(encoder);
  searchJob?.abort();
  if (image === undefined || option === undefined || steps.length === 0) return;
  const job = new AbortController();
  searchJob = job;
  const isOld = (): boolean => searchJob !== job || activeImage(useLab.getState())?.id !== image.id;
  const total = Math.ceil(Math.log2(steps.length)) + 1;
  const outcome = await searchByTarget(steps, target, (step) => encoders.probe({ image: image.id, encoder, options: { ...optionsOf(encoder), [option]: step }, budgetMs: 0, signal: job.signal }), (so) => {
    if (isOld()) job.abort();
    else setEncoding({ found: undefined, search: { state: 'running', done: so.length, total, so } });
  });
  if (isOld()) {
    if (searchJob === job) setEncoding({ search: { state: 'none' } });
    return;
  }
  const { tried } = outcome;
  if (!outcome.ok) {
    setEncoding({ search: isSuperseded(outcome.error) ? { state: 'cancelled', done: tried.length, total: tried.length, so: tried } : { state: 'failed', error: outcome.error, so: tried } });
    return;
  }
  setEncoding({ search: { state: 'done', so: tried }, found: { option, point: outcome.point, target } });
  setEncodeOption(encoder, option, outcome.step);
}

export const cancelSearch = (): void => searchJob?.abort();
