import type { Reply } from '../line/reply.ts';
import type { EncodePool } from './pool.ts';
import type { Encoded, EncodeRequest } from './protocol.ts';

interface Made {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly ms: number;
  readonly stages: Encoded['facts']['stages'];
}

/** All values, or the first error. */
function all<T>(replies: readonly Reply<T>[]): Reply<readonly T[]> {
  const failed = replies.find((reply) => !reply.ok);
  return failed?.ok === false ? failed : { ok: true, value: replies.flatMap((reply) => (reply.ok ? [reply.value] : [])) };
}

/** One picture cut into bands, each on a worker of its own, and joined: two rounds of messages, three with own Huffman tables. */
async function once(pool: EncodePool, { image, options }: EncodeRequest, bands: number, signal: AbortSignal | undefined): Promise<Reply<Made>> {
  const started = performance.now();
  const shares = Array.from({ length: bands }, (_, index) => ({ index, bands }));
  const counted = options['optimizeHuffman'] === true ? all(await Promise.all(shares.map((share) => pool.run((api) => api.countBand(image, share, options), signal)))) : undefined;
  if (counted?.ok === false) return counted;
  const tables = counted === undefined ? undefined : await pool.run((api) => api.bandTables(counted.value), signal);
  if (tables?.ok === false) return tables;
  const countMs = performance.now() - started;
  const parts = all(await Promise.all(shares.map((share) => pool.run((api) => api.encodeBand(image, share, options, tables?.value), signal))));
  if (!parts.ok) return parts;
  const bandsMs = performance.now() - started;
  const copiedBytes = parts.value.reduce((sum, part) => sum + part.length, 0);
  const file = await pool.run((api) => api.joinBands(image.spec, bands, parts.value, options, tables?.value), signal);
  if (!file.ok) return file;
  const ms = performance.now() - started;
  const counting = countMs > 0.05 ? [{ title: 'Count symbols', ms: countMs, copiedBytes: 0 }] : [];
  return { ok: true, value: { file: file.value, ms, stages: [...counting, { title: `${String(bands)} bands at once`, ms: bandsMs - countMs, copiedBytes: 0 }, { title: 'Join', ms: ms - bandsMs, copiedBytes }] } };
}

const MOST_RUNS = 31;

/**
 * Our encoder on several workers: the bytes are those of the sequential encoder with the same restart interval.
 * Messages between the threads are part of the time.
 */
export async function encodeInBands(pool: EncodePool, request: EncodeRequest, signal: AbortSignal | undefined): Promise<Reply<Encoded>> {
  const planned = await pool.run((api) => api.planBands(request.image.spec, request.options, pool.size), signal);
  if (!planned.ok) return planned;
  const { bands, restartInterval } = planned.value;
  const runs: Made[] = [];
  const started = performance.now();
  do {
    const reply = await once(pool, request, bands.length, signal);
    if (!reply.ok) return reply;
    runs.push(reply.value);
  } while (runs.length < MOST_RUNS && performance.now() - started + runs[runs.length - 1].ms < request.budgetMs);
  const counted = (runs.length > 1 ? runs.slice(1) : runs).toSorted((a, b) => a.ms - b.ms);
  const { file, ms, stages } = counted[counted.length >> 1];
  const judged = await pool.run((api) => api.judge(request.image, file, 'image/jpeg'), signal);
  if (!judged.ok) return judged;
  const notes = [`${String(bands.length)} bands on ${String(pool.size)} workers, a restart marker every ${String(restartInterval)} MCUs.`];
  const timing = { medianMs: ms, leastMs: counted[0].ms, mostMs: counted[counted.length - 1].ms, runs: counted.length };
  return { ok: true, value: { facts: { ...judged.value.judgement, bytes: file.length, timing, stages, notes }, file, decoded: judged.value.decoded } };
}
