import { expect, test } from 'vitest';
import type { Reply } from './reply.ts';
import { Waiting } from './waiting.ts';

const CRASH = { code: 'worker/crashed', what: 'It stopped.', remedy: 'Again.' };

test('an answer is passed on, and nothing of its question is kept', async () => {
  const waiting = new Waiting();
  const answers = Array.from({ length: 50 }, (_, value) => waiting.guard(Promise.resolve<Reply<number>>({ ok: true, value })));
  expect(waiting.count).toBe(50);
  expect((await Promise.all(answers)).map((reply) => reply.ok && reply.value)).toEqual(Array.from({ length: 50 }, (_, value) => value));
  expect(waiting.count).toBe(0);
});

test('what is thrown becomes a reply, and is kept no longer either', async () => {
  const waiting = new Waiting();
  const reply = await waiting.guard(Promise.reject(new RangeError('far')));
  expect(reply.ok ? '' : reply.error.what).toContain('far');
  expect(waiting.count).toBe(0);
});

test('a crash answers whoever waits; a late reply changes nothing', async () => {
  const waiting = new Waiting();
  let late: (reply: Reply<number>) => void = () => undefined;
  const answer = waiting.guard(new Promise<Reply<number>>((resolve) => { late = resolve; }));
  waiting.crash(CRASH);
  late({ ok: true, value: 1 });
  expect(await answer).toEqual({ ok: false, error: CRASH });
  expect(waiting.count).toBe(0);
});
