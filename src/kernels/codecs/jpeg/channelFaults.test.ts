import { describe, expect, test, vi } from 'vitest';
import { allocImage } from '../../image/image.ts';
import type { Image } from '../../image/types.ts';
import type { HiStatus } from '../../labError.ts';
import { JPEGE_FAULTS } from './index.ts';
import type { ChannelAttributes, ChannelStatus, JpegChannel, JpegOptions } from './index.ts';
import { channelWith, file, frame, gatedEncoder, started } from './testing/channels.ts';
import { errorOf, rejectionOf } from '../../testing/errorOf.ts';
import { texturedImage } from './testing/pictures.ts';

/** Macros and codes as the vendor's page “VENC/JPEGE Return Codes” lists them; two codes have no macro there. */
const RETURN_CODES: Record<string, string | undefined> = {
  '0xA0088003': 'HI_ERR_VENC_ILLEGAL_PARAM', '0xA0088005': 'HI_ERR_VENC_UNEXIST', '0xA0088006': 'HI_ERR_VENC_NULL_PTR', '0xA0088008': 'HI_ERR_VENC_NOT_SUPPORT', '0xA0088009': 'HI_ERR_VENC_NOT_PERM',
  '0xA008800D': 'HI_ERR_VENC_NO_BUF', '0xA008800E': 'HI_ERR_VENC_BUF_EMPTY', '0xA0088013': undefined, '0xA0088014': undefined, '0xA0088015': 'HI_ERR_VENC_SYS_ERROR',
};

/** What it throws comes as a rejection. */
const startedWith = (params: JpegOptions): Promise<JpegChannel> => new Promise((resolve) => {
  const channel = started();
  channel.setParams(params);
  resolve(channel);
});

describe('what JPEGE returns', () => {
  test('every code that is named is the vendor’s', () => {
    for (const { code, ...rest } of Object.values<HiStatus>(JPEGE_FAULTS)) expect([code, rest.name]).toEqual([code, RETURN_CODES[code]]);
    expect(Object.values<HiStatus>(JPEGE_FAULTS).every(({ code }) => Object.hasOwn(RETURN_CODES, code))).toBe(true);
  });

  test.each<readonly [string, () => Promise<unknown>, string | undefined]>([
    ['a quality of 0', () => startedWith({ quality: 0 }), 'HI_ERR_VENC_ILLEGAL_PARAM'],
    ['own tables with a step of 0', () => startedWith({ tables: { y: new Array<number>(64).fill(0) } }), 'HI_ERR_VENC_ILLEGAL_PARAM'],
    ['a comment that no segment holds', async () => (await startedWith({ comment: 'x'.repeat(70_000) })).sendFrame(frame), 'HI_ERR_VENC_ILLEGAL_PARAM'],
    ['an rgb24 frame in straight mode', async () => (await startedWith({ mode: 'straight' })).sendFrame(allocImage({ format: 'rgb24', width: 8, height: 8 })), 'HI_ERR_VENC_NOT_SUPPORT'],
    ['a frame with a buffer where the channel has its own', () => started().sendFrame(frame, { into: new Uint8Array(9000) }), 'HI_ERR_VENC_NOT_SUPPORT'],
    ['a frame without a buffer where it must bring one', () => started({ memory: { mode: 'user' } }).sendFrame(frame), 'HI_ERR_VENC_NULL_PTR'],
    ['a buffer too small', () => started({ memory: { mode: 'user' } }).sendFrame(frame, { into: new Uint8Array(10) }), undefined],
    ['an encoder that fails', () => started({ encode: async () => Promise.reject(new RangeError('no')) }).sendFrame(frame), 'HI_ERR_VENC_SYS_ERROR'],
    ['a size predicted for what is no image', async () => (await startedWith({})).predictedSize({ format: 'nv12', width: 0, height: 8 }), 'HI_ERR_VENC_NOT_SUPPORT'],
  ])('%s', async (_name, work, name) => {
    const error = await rejectionOf(work());
    expect(error.hiStatus?.name).toBe(name);
    expect(error).not.toHaveProperty('vpiStatus');
  });
});

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
