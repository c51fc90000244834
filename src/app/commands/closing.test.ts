import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { Pixels } from '../../workers/pixels/pixels.ts';
import { Recording, make, noSamples, started } from '../../workers/testing/clients.ts';
import { setParameters, useLab } from '../state/store.ts';

/** Answers conversions when it is let. */
let gate = Promise.resolve();
class Gated extends Recording {
  override async convert(...given: Parameters<Pixels['convert']>): ReturnType<Pixels['convert']> {
    const reply = await super.convert(...given);
    await gate;
    return reply;
  }
}

vi.mock('../lab.ts', () => ({ client: make(() => new Gated(noSamples)), encoders: { closed: () => undefined, forget: () => undefined } }));
const { client } = await import('../lab.ts');
const { removeSource, openRaw } = await import('./files.ts');
const { convertNow, dropResult } = await import('./conversion.ts');

const opened = async (name: string): Promise<string> => {
  await openRaw(name, new Uint8Array(64), { spec: { format: 'gray', width: 8, height: 8 }, headerOffset: 0, padShort: false });
  const key = useLab.getState().activeKey;
  if (key === undefined) throw new Error('Nothing was opened.');
  return key;
};

beforeEach(async () => {
  for (const { key } of useLab.getState().sources) removeSource(key);
  dropResult();
  gate = Promise.resolve();
  setParameters({ to: 'rgb24' });
  await expect.poll(() => client.memory()).toBe(0);
});

afterAll(() => { for (const { worker } of started) worker.terminate(); });

test('a result goes with its source, not with another', async () => {
  const first = await opened('a.raw');
  expect((await convertNow())?.ok).toBe(true);
  const other = await opened('b.raw');
  removeSource(other);
  dropResult();
  expect(useLab.getState().result.state).toBe('done');
  removeSource(first);
  dropResult();
  expect(useLab.getState().result.state).toBe('none');
  await expect.poll(() => client.memory()).toBe(0);
});

test('a picture that is finished after its source was closed is shown to nobody, and kept by nobody', async () => {
  const key = await opened('a.raw');
  let open = (): void => undefined;
  gate = new Promise((resolve) => { open = resolve; });
  const converted = convertNow();
  await expect.poll(() => client.memory()).toBe(64 + 192);
  removeSource(key);
  dropResult();
  open();
  await converted;
  expect(useLab.getState().result.state).toBe('none');
  await expect.poll(() => client.memory()).toBe(0);
});

test('a result goes with the last source although the view asks for the next one first', async () => {
  const key = await opened('a.raw');
  await convertNow();
  removeSource(key);
  expect(await convertNow()).toBeUndefined();
  dropResult();
  await expect.poll(() => client.memory()).toBe(0);
});

test('the result from before goes too when the source is closed while the next one is made', async () => {
  const key = await opened('a.raw');
  await convertNow();
  let open = (): void => undefined;
  gate = new Promise((resolve) => { open = resolve; });
  setParameters({ to: 'bgra' });
  const converted = convertNow();
  await expect.poll(() => client.memory()).toBe(64 + 192 + 256);
  removeSource(key);
  dropResult();
  expect(useLab.getState().result).toMatchObject({ last: undefined });
  open();
  await converted;
  expect(useLab.getState().result.state).toBe('none');
  await expect.poll(() => client.memory()).toBe(0);
});
