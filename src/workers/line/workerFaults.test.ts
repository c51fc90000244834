import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BenchClient } from '../bench/client.ts';
import { MjpegClient } from '../mjpeg/client.ts';
import { StreamClient } from '../stream/client.ts';
import { ThreadlessWorker } from '../testing/threadless.ts';
import type { WorkerLike } from './life.ts';

const WORKERS = join(import.meta.dirname, '..');

/** A worker that never answers, as one does whose answer was lost. */
const silent = { engines: forever, memory: forever, compilation: forever, run: forever, cancel: forever, snapshot: forever, seek: forever, step: forever, inspect: forever, record: forever };

function forever(): Promise<never> {
  return new Promise(() => undefined);
}

type Question = () => Promise<{ readonly ok: boolean; readonly error?: { readonly code: string; readonly what: string } }>;

const clients: readonly (readonly [string, (start: () => WorkerLike) => readonly Question[]])[] = [
  ['bench', (start) => { const client = new BenchClient(start); return [() => client.engines(), () => client.memory(), () => client.compilation()]; }],
  ['stream', (start) => { const client = new StreamClient(start); return [() => client.snapshot(), () => client.seek(3), () => client.step(1)]; }],
  ['mjpeg', (start) => { const client = new MjpegClient(start); return [() => client.snapshot(), () => client.inspect(), () => client.record()]; }],
];

describe.each(clients)('the %s client', (_, make) => {
  test.each([
    ['an exception', 'out of memory', (worker: ThreadlessWorker) => worker.crash('out of memory')],
    ['a message that cannot be read', 'a message could not be read', (worker: ThreadlessWorker) => worker.dispatchEvent(new Event('messageerror'))],
  ] as const)('%s answers each of several questions, and the next one starts another worker', async (_name, cause, end) => {
    const workers: ThreadlessWorker[] = [];
    const questions = make(() => { const worker = new ThreadlessWorker(silent); workers.push(worker); return worker; });
    const answers = questions.map((ask) => ask());
    expect(workers).toHaveLength(1);
    end(workers[0] ?? new ThreadlessWorker(undefined));
    for (const answer of await Promise.all(answers)) expect([answer.ok, answer.error?.code, answer.error?.what.includes(cause)]).toEqual([false, 'worker/crashed', true]);
    void questions[0]?.();
    expect(workers).toHaveLength(2);
    for (const worker of workers) worker.terminate();
  });
});

test('every worker tells what nobody caught, and nobody listens for errors without hearing of unreadable messages', () => {
  const files = readdirSync(WORKERS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => ({ name, text: readFileSync(join(WORKERS, name), 'utf8') }));
  const workers = files.filter(({ name }) => name.endsWith('.worker.ts') && name !== join('service', 'service.worker.ts'));
  expect(workers.length).toBeGreaterThanOrEqual(7);
  expect(workers.filter(({ text }) => !text.includes('tellFaults()')).map(({ name }) => name)).toEqual([]);
  expect(files.filter(({ text }) => /addEventListener\('error'|\.onerror/.test(text) && !text.includes("'messageerror'")).map(({ name }) => name)).toEqual([]);
});
