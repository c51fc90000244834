import type { EncoderId, OptionValues } from '../../workers/encode/client.ts';
import { client, encoders } from '../lab.ts';
import type { BatchEntry } from '../state/encoding.ts';
import { log, report, setEncoding, useLab } from '../state/store.ts';
import { fileName, optionsOf } from './encoding.ts';
import { saveFile } from './saveFile.ts';

let batchJob: AbortController | undefined;

/** Opens one file, encodes it and lets its pixels go; only the encoded bytes stay. */
async function encodeFile(file: File, encoder: EncoderId, options: OptionValues, signal: AbortSignal): Promise<BatchEntry> {
  const opened = await client.open(file, file.name, {}, 'batch');
  if (!opened.ok) return { name: file.name, outcome: opened };
  const { file: facts, images } = opened.value;
  const [image] = images;
  const reply = image === undefined ? undefined : await encoders.encode({ image: image.id, encoder, options, budgetMs: 0, signal });
  await client.release([facts.id, ...images.map(({ id }) => id)]);
  if (reply === undefined) return { name: file.name, outcome: { ok: false, error: { code: 'batch/raw', what: `${file.name} is a raw dump: its format is not in it.`, remedy: 'Open it by itself and give its geometry.' } } };
  if (!reply.ok) return { name: file.name, outcome: reply };
  await client.release([reply.value.image.id]);
  const { bytes, ssim } = reply.value.facts;
  return { name: fileName(file.name, encoder), outcome: { ok: true, bytes, ssim, file: reply.value.file } };
}

/** Many files with the settings of now; one that fails does not keep the others. */
export async function runBatch(files: readonly File[]): Promise<void> {
  batchJob?.abort();
  if (files.length === 0) return;
  const job = new AbortController();
  batchJob = job;
  const { batch: before } = useLab.getState().encoding;
  if (before.state !== 'none') encoders.forget(before.so.flatMap(({ outcome }) => (outcome.ok ? [outcome.file] : [])));
  const { encoder } = useLab.getState().parameters.encode;
  const options = optionsOf(encoder);
  const entries: BatchEntry[] = [];
  for (const file of files) {
    setEncoding({ batch: { state: 'running', done: entries.length, total: files.length, so: [...entries] } });
    const entry = await encodeFile(file, encoder, options, job.signal);
    if (batchJob !== job) return;
    if (job.signal.aborted) {
      setEncoding({ batch: { state: 'cancelled', done: entries.length, total: files.length, so: entries } });
      return;
    }
    if (!entry.outcome.ok) log('error', `${entry.name}: ${entry.outcome.error.what}`);
    entries.push(entry);
  }
  setEncoding({ batch: { state: 'done', so: entries } });
}

export const cancelBatch = (): void => batchJob?.abort();

/** A name that is already there gets a number. */
function distinct(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : name.replace(/(\.[^.]+)$/, `-${String(count)}$1`);
  });
}

export async function downloadBatch(): Promise<void> {
  const { batch } = useLab.getState().encoding;
  if (batch.state === 'none') return;
  const made = batch.so.flatMap(({ name, outcome }) => (outcome.ok ? [{ name, file: outcome.file }] : []));
  const names = distinct(made.map(({ name }) => name));
  const reply = await encoders.zip(made.map(({ file }, index) => ({ name: names[index], file })));
  if (reply.ok) saveFile('encoded.zip', new Blob([reply.value], { type: 'application/zip' }));
  else report(reply.error);
}
