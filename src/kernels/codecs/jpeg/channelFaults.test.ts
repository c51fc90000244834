import { describe, expect, test, vi } from 'vitest';
import type { Image } from '../../image/types.ts';
import type { ChannelAttributes, ChannelStatus } from './index.ts';
import { channelWith, file, frame, gatedEncoder, started } from './testing/channels.ts';
import { errorOf, rejectionOf } from './testing/errorOf.ts';
import { texturedImage } from './testing/pictures.ts';

describe('what goes wrong', () => {
  test.each<readonly [string, Partial<ChannelAttributes>, string]>([
    ['a width of 0', { maxWidth: 0 }, 'largest width'],
    ['a height of 65 536', { maxHeight: 65_536 }, '65536'],
    ['no buffer', { buffers: 0 }, 'number of buffers'],
    ['buffers of 10 B', { memory: { mode: 'system', bufferBytes: 10 } }, 'buffer size'],
    ['half a frame in parallel', { parallel: 0.5 }, '0.5'],
  ])('a channel with %s is not created', (_name, attributes, what) => {
    const error = errorOf(() => channelWith(attributes));
    expect(error.code).toBe('jpege/attribute');
    expect(error.what).toContain(what);
  });

  test('bad parameters are refused and the old ones stay', async () => {
    const channel = started();
    expect(errorOf(() => channel.setParams({ quality: 101 })).code).toBe('jpeg/quality');
    expect((await channel.sendFrame(frame)).bytes).toEqual(file);
  });

  test('a frame larger than the channel is refused', async () => {
    const error = await rejectionOf(started({ maxWidth: 60 }).sendFrame(frame));
    expect(error).toMatchObject({ code: 'jpege/frame-size', what: 'The channel was created for frames up to 60×1080; this one is 64×48.' });
  });

  test('a limited-range frame in straight mode is refused before it takes a buffer', async () => {
    const channel = started();
    channel.setParams({ mode: 'straight' });
    const limited: Image = { ...frame, colorSpec: { range: 'limited' } };
    expect((await rejectionOf(channel.sendFrame(limited))).code).toBe('jpeg/straight-colour');
    expect(channel.query().buffersInUse).toBe(0);
  });

  test('an encoder that fails in the middle fails its frame with a plain error, and frees the buffer', async () => {
    const { encode, fail, finish } = gatedEncoder();
    const channel = started({ encode, buffers: 1 });
    const sent = channel.sendFrame(frame);
    fail(new RangeError('out of memory'));
    const error = await rejectionOf(sent);
    expect(error).toMatchObject({ code: 'jpege/encoder-failed', what: 'The encoder failed at frame 0: RangeError: out of memory' });
    expect(channel.query()).toMatchObject({ state: 'started', buffersInUse: 0, encoding: 0, framesFailed: 1 });
    const next = channel.sendFrame(frame);
    finish();
    expect((await next).bytes).toEqual(file);
  });

  test('a cancelled frame that waits is dropped; one in the encoder is dropped when that is done', async () => {
    const { encode, finish, wasCancelled } = gatedEncoder();
    const channel = started({ encode, buffers: 2 });
    const [first, second] = [new AbortController(), new AbortController()];
    const inEncoder = rejectionOf(channel.sendFrame(frame, { cancel: first.signal }));
    const waiting = rejectionOf(channel.sendFrame(frame, { cancel: second.signal }));
    second.abort();
    first.abort();
    expect([(await inEncoder).code, (await waiting).code]).toEqual(['jpege/cancelled', 'jpege/cancelled']);
    expect(wasCancelled()).toBe(true);
    expect(channel.query()).toMatchObject({ waiting: 0, encoding: 1, buffersInUse: 1 });
    finish();
    await vi.waitFor(() => expect(channel.query()).toMatchObject({ encoding: 0, buffersInUse: 0, framesFailed: 2, framesDone: 0 }));
  });

  test('a frame cancelled in the middle ends the encoder after the row it is in', async () => {
    const rows: number[] = [];
    const controller = new AbortController();
    const channel = started();
    channel.setParams({ checkpoint: (done) => {
      rows.push(done);
      if (done === 2) controller.abort();
    } });
    const error = await rejectionOf(channel.sendFrame(texturedImage('nv12', 64, 480), { cancel: controller.signal }));
    expect(error.code).toBe('jpege/cancelled');
    expect(rows).toEqual([1, 2]);
  });

  test('a frame cancelled before it is sent is never encoded', async () => {
    const channel = started({ encode: () => { throw new TypeError('must not be called'); } });
    expect((await rejectionOf(channel.sendFrame(frame, { cancel: AbortSignal.abort() }))).code).toBe('jpege/cancelled');
  });

  test('stop lets frames on their way finish and takes no new ones', async () => {
    const { encode, finish } = gatedEncoder();
    const channel = started({ encode });
    const sent = channel.sendFrame(frame);
    const stopped = channel.stop();
    expect(channel.query().state).toBe('stopping');
    expect((await rejectionOf(channel.sendFrame(frame))).code).toBe('jpege/wrong-state');
    finish();
    expect((await sent).bytes).toEqual(file);
    await stopped;
    expect(channel.query().state).toBe('stopped');
  });

  test('stop gives up frames that wait for packets which nobody releases, and the packets stay readable', async () => {
    const channel = started({ buffers: 1 });
    const held = await channel.sendFrame(frame);
    const waiting = [0, 1].map(async () => rejectionOf(channel.sendFrame(frame)));
    await channel.stop({ patienceMs: 10 });
    const errors = await Promise.all(waiting);
    expect(errors.map(({ code }) => code)).toEqual(['jpege/no-buffer', 'jpege/no-buffer']);
    expect(errors[0].what).toContain('all 1 buffers');
    expect(channel.query()).toMatchObject({ state: 'stopped', waiting: 0, buffersInUse: 1, framesFailed: 2 });
    expect(held.bytes).toEqual(file);
    held.release();
    channel.start();
    expect((await channel.sendFrame(frame)).bytes).toEqual(file);
  });

  test('stop finishes frames that wait for packets which are released one by one', async () => {
    const channel = started({ buffers: 1 });
    const sent = [0, 1, 2].map(async () => {
      const packet = await channel.sendFrame(frame);
      setTimeout(() => packet.release(), 5);
      return packet.sequence;
    });
    await channel.stop({ patienceMs: 2000 });
    expect(await Promise.all(sent)).toEqual([0, 1, 2]);
    expect(channel.query()).toMatchObject({ state: 'stopped', framesDone: 3, framesFailed: 0 });
  });

  test('destroy rejects the frames on their way, takes the packets with it and frees all buffers', async () => {
    const { encode, finish } = gatedEncoder();
    const channel = started({ encode, buffers: 2 });
    const done = channel.sendFrame(frame);
    finish();
    const packet = await done;
    const sent = [0, 1].map(async () => rejectionOf(channel.sendFrame(frame)));
    channel.destroy();
    expect((await Promise.all(sent)).map(({ code }) => code)).toEqual(['jpege/destroyed', 'jpege/destroyed']);
    const error = errorOf(() => packet.bytes);
    expect(error.code).toBe('jpege/released');
    expect(error.what).toContain('with its channel');
    packet.release();
    finish();
    await Promise.resolve();
    expect(channel.query()).toMatchObject({ state: 'destroyed', waiting: 0, buffersInUse: 0 });
  });

  test('every change is told, the last one last', async () => {
    const heard: ChannelStatus[] = [];
    const channel = started({ onStatus: (status) => heard.push(status) });
    (await channel.sendFrame(frame)).release();
    await channel.stop();
    expect(heard.at(-1)).toEqual(channel.query());
    expect(heard.some(({ encoding, buffersInUse }) => encoding === 1 && buffersInUse === 1)).toBe(true);
  });
});
