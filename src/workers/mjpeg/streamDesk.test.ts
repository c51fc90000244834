import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StreamDesk, UNCLAIMED_MS } from './streamDesk.ts';

const ID = 'f81d4fae-7dec-41d0-8765-00a0c91e6bf6';
const opening = (id: string = ID) => ({ type: 'mjpeg-stream', id });

describe('channels and requests for them', () => {
  let refused: string[];
  let desk: StreamDesk<string>;

  beforeEach(() => {
    vi.useFakeTimers();
    refused = [];
    desk = new StreamDesk((port) => refused.push(port));
  });
  afterEach(() => { vi.useRealTimers(); });

  test('meet when the channel comes first', async () => {
    desk.offer(opening(), 'page', 'port');
    expect(await desk.claim(ID, 'page')).toBe('port');
  });

  test('meet when the request comes first', async () => {
    const claimed = desk.claim(ID, 'page');
    desk.offer(opening(), 'page', 'port');
    expect(await claimed).toBe('port');
  });

  test('meet once: a second request gets nothing', async () => {
    desk.offer(opening(), 'page', 'port');
    await desk.claim(ID, 'page');
    const second = desk.claim(ID, 'page');
    await vi.advanceTimersByTimeAsync(UNCLAIMED_MS);
    expect(await second).toBeUndefined();
  });

  test('a new window may claim what it knows the id of', async () => {
    desk.offer(opening(), 'page', 'port');
    expect(await desk.claim(ID, undefined)).toBe('port');
  });

  test('another client’s request gets nothing, and the channel stays for its own', async () => {
    desk.offer(opening(), 'page', 'port');
    expect(await desk.claim(ID, 'other')).toBeUndefined();
    expect(await desk.claim(ID, 'page')).toBe('port');
  });

  test('another client cannot feed a stream that a page has asked for, nor take the place of one that waits', async () => {
    const claimed = desk.claim(ID, 'page');
    desk.offer(opening(), 'other', 'forged');
    desk.offer(opening(), 'page', 'port');
    expect(await claimed).toBe('port');
    desk.offer(opening(), 'page', 'first');
    desk.offer(opening(), 'other', 'second');
    expect(await desk.claim(ID, 'page')).toBe('first');
    expect(refused).toEqual(['forged', 'second']);
  });

  test('a channel that nobody claims ends after ten seconds', async () => {
    desk.offer(opening(), 'page', 'port');
    await vi.advanceTimersByTimeAsync(UNCLAIMED_MS - 1);
    expect(refused).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(refused).toEqual(['port']);
  });

  test.each([null, undefined, 7, 'mjpeg-stream', {}, { type: 'mjpeg-stream' }, { type: 'mjpeg-stream', id: 7 }, opening('1764302400000-1'), opening('../../x')])('%j is no opening', (data) => {
    desk.offer(data, 'page', 'port');
    expect(refused).toEqual(['port']);
  });

  test('so many wait at most', () => {
    for (let index = 0; index < 20; index += 1) desk.offer(opening(`${String(10_000_000 + index)}-7dec-41d0-8765-00a0c91e6bf6`), 'page', `port ${String(index)}`);
    expect(refused).toHaveLength(4);
  });
});
