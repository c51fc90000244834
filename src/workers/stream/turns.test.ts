import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

const later = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 1); });

test('work never overlaps, and keeps the order in which it was asked', async () => {
  const [turns, notes] = [new Turns(), new Array<string>()];
  const work = (name: string) => async (): Promise<void> => {
    notes.push(`${name} begins`);
    await later();
    notes.push(`${name} ends`);
  };
  await Promise.all([turns.take(work('a')), turns.takeNewest(work('b')), turns.take(work('c'))]);
  expect(notes).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('of what is asked as the newest only the last is done', async () => {
  const [turns, done] = [new Turns(), new Array<number>()];
  const first = turns.take(later);
  await Promise.all([first, ...[1, 2, 3].map((place) => turns.takeNewest(() => { done.push(place); return Promise.resolve(); }))]);
  expect(done).toEqual([3]);
});

test('what fails tells only the one who asked', async () => {
  const turns = new Turns();
  const failing = turns.take(() => Promise.reject(new TypeError('broken')));
  const next = turns.take(() => Promise.resolve(7));
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe(7);
  await turns.done;
});
