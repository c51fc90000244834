import { describe, expect, test } from 'vitest';
import { LabError } from '../../labError.ts';
import { JPEGE_FAULTS, encodeJpeg, predictJpegSize } from './index.ts';
import type { ChannelCall, ChannelState, JpegChannel } from './index.ts';
import { channelWith, file, frame, gatedEncoder, started } from './testing/channels.ts';
import { errorOf, rejectionOf } from '../../testing/errorOf.ts';
import { texturedImage } from './testing/pictures.ts';

describe('the life of a channel', () => {
  test('create, set parameters, start, send, take, stop, destroy', async () => {
    const channel = channelWith();
    channel.setParams({ quality: 60 });
    channel.start();
    const packet = await channel.sendFrame(frame);
    expect(packet.take().bytes).toEqual(encodeJpeg(frame, { quality: 60 }));
    await channel.stop();
    expect(channel.query()).toMatchObject({ state: 'stopped', framesDone: 1, buffersInUse: 0 });
    channel.start();
    await channel.stop();
    channel.destroy();
    expect(channel.query().state).toBe('destroyed');
  });

  test('a channel whose parameters nobody set encodes at qfactor 100, as JPEGE does', async () => {
    expect((await started().sendFrame(frame)).bytes).toEqual(file);
  });

  test('parameters hold for the frames sent after them', async () => {
    const channel = started();
    const first = channel.sendFrame(frame);
    channel.setParams({ quality: 10 });
    const second = channel.sendFrame(frame);
    expect((await first).bytes).toEqual(file);
    expect((await second).bytes).toEqual(encodeJpeg(frame, { quality: 10 }));
  });

  test('parameters that are left out are JPEGE’s: quality 100, whatever else is set', async () => {
    const channel = started();
    channel.setParams({ optimizeHuffman: true });
    expect((await channel.sendFrame(frame)).bytes).toEqual(encodeJpeg(frame, { quality: 100, optimizeHuffman: true }));
    channel.setParams({ quality: undefined, subsampling: '4:0:0' });
    expect((await channel.sendFrame(frame)).bytes).toEqual(encodeJpeg(frame, { quality: 100, subsampling: '4:0:0' }));
  });

  test('the parameters in use can be read, changed and set again; what was given may change without them', async () => {
    const channel = started();
    expect(channel.getParams()).toMatchObject({ quality: 100, optimizeHuffman: false, restartInterval: 0, mode: 'convert' });
    const given = { quality: 30, restartInterval: 4 };
    channel.setParams(given);
    given.quality = 90;
    expect(channel.getParams()).toMatchObject({ quality: 30, restartInterval: 4 });
    channel.setParams({ ...channel.getParams(), quality: 40 });
    expect((await channel.sendFrame(frame)).bytes).toEqual(encodeJpeg(frame, { quality: 40, restartInterval: 4 }));
  });

  test('a packet carries the time of its frame, and none where the frame had none', async () => {
    const channel = started({ buffers: 3 });
    const sent = [channel.sendFrame(frame, { pts: 40_000 }), channel.sendFrame(frame), channel.sendFrame(frame, { pts: 0 })];
    expect((await Promise.all(sent)).map(({ sequence, pts }) => [sequence, pts])).toEqual([[0, 40_000], [1, undefined], [2, 0]]);
  });

  test.each([-1, 0.5, Infinity, 2 ** 60])('a frame of pts %s is refused, and takes no buffer', async (pts) => {
    const channel = started();
    expect(await rejectionOf(channel.sendFrame(frame, { pts }))).toMatchObject({ code: 'jpege/pts', hiStatus: { name: 'HI_ERR_VENC_ILLEGAL_PARAM' } });
    expect(channel.query().buffersInUse).toBe(0);
  });

  const reach: Record<ChannelState, () => JpegChannel | Promise<JpegChannel>> = {
    created: () => channelWith(),
    started: () => started(),
    stopping: () => {
      const channel = started({ encode: gatedEncoder().encode });
      channel.sendFrame(frame).catch(() => undefined);
      void channel.stop();
      return channel;
    },
    stopped: async () => {
      const channel = started();
      await channel.stop();
      return channel;
    },
    destroyed: () => {
      const channel = channelWith();
      channel.destroy();
      return channel;
    },
  };
  const calls: Record<ChannelCall, (channel: JpegChannel) => unknown> = {
    setParams: (channel) => channel.setParams({ quality: 50 }),
    getParams: (channel) => channel.getParams(),
    start: (channel) => channel.start(),
    sendFrame: (channel) => channel.sendFrame(frame),
    predictedSize: (channel) => channel.predictedSize({ format: 'nv12', width: 64, height: 48 }),
    stop: (channel) => channel.stop(),
    destroy: (channel) => channel.destroy(),
  };
  const rows = Object.entries(reach).flatMap(([state, make]) => Object.entries(calls).map(([call, run]) => ({ state, make, call, run })));

  /** The life cycle as the vendor's guide tells it, written out beside the table that the channel uses. */
  const MAY: Record<string, string> = {
    created: 'setParams getParams start predictedSize destroy', started: 'setParams getParams sendFrame predictedSize stop destroy',
    stopping: 'setParams getParams predictedSize destroy', stopped: 'setParams getParams start predictedSize destroy', destroyed: '',
  };

  test.each(rows)('$call when $state', async ({ state, make, call, run }) => {
    const channel = await make();
    const outcome = await Promise.race([(async () => { await run(channel); })().then(() => 'done', (thrown: unknown) => thrown), Promise.resolve().then(() => new Promise((resolve) => { setTimeout(resolve, 20, 'under way'); }))]);
    if (MAY[state].split(' ').includes(call)) expect(['done', 'under way']).toContain(outcome);
    else {
      expect(outcome).toBeInstanceOf(LabError);
      const { code, what, hiStatus, vpiStatus } = errorOf(() => { throw outcome; });
      expect(code).toBe('jpege/wrong-state');
      expect([hiStatus?.name, vpiStatus]).toEqual([state === 'destroyed' ? 'HI_ERR_VENC_UNEXIST' : 'HI_ERR_VENC_NOT_PERM', undefined]);
      expect(what).toContain(state);
      expect(what).toContain(call);
    }
  });

  test('every error a channel gives has a meaning among JPEGE’s', () => {
    expect(Object.keys(JPEGE_FAULTS)).toEqual(expect.arrayContaining(['jpege/wrong-state', 'jpege/no-buffer', 'jpege/time-out', 'jpeg/buffer-too-small', 'jpeg/quality', 'jpeg/straight-colour']));
  });
});

describe('buffers', () => {
  test('a packet that is not released keeps its buffer; the next frame waits until one is', async () => {
    const channel = started({ buffers: 1 });
    const first = await channel.sendFrame(frame);
    const second = channel.sendFrame(frame);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect(channel.query()).toMatchObject({ waiting: 1, buffersInUse: 1, framesDone: 1 });
    first.release();
    expect((await second).bytes).toEqual(file);
  });

  test('frames that wait are encoded in the order they were sent', async () => {
    const channel = started({ buffers: 1 });
    const order: number[] = [];
    await Promise.all([0, 1, 2, 3].map(async () => {
      const packet = await channel.sendFrame(frame);
      order.push(packet.sequence);
      packet.release();
    }));
    expect(order).toEqual([0, 1, 2, 3]);
  });

  test('a frame that may not wait is refused at once; one that may wait 10 ms, after that', async () => {
    const channel = started({ buffers: 1 });
    const held = await channel.sendFrame(frame);
    const atOnce = await rejectionOf(channel.sendFrame(frame, { timeoutMs: 0 }));
    const later = await rejectionOf(channel.sendFrame(frame, { timeoutMs: 10 }));
    expect([atOnce.code, later.code]).toEqual(['jpege/no-buffer', 'jpege/time-out']);
    expect(atOnce.what).toContain('all 1 buffers');
    expect(later.what).toContain('10 ms');
    held.release();
    expect(channel.query()).toMatchObject({ waiting: 0, buffersInUse: 0, framesFailed: 1 });
    expect((await channel.sendFrame(frame, { timeoutMs: 0 })).sequence).toBe(2);
  });

  test('a time-out that comes after the frame was taken does nothing', async () => {
    const { encode, finish } = gatedEncoder();
    const channel = started({ encode });
    const sent = channel.sendFrame(frame, { timeoutMs: 5 });
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    finish();
    expect((await sent).bytes).toEqual(file);
  });

  test('a released packet is gone: its bytes are an error, a second release does nothing', async () => {
    const channel = started();
    const packet = await channel.sendFrame(frame);
    packet.release();
    packet.release();
    expect(channel.query().buffersInUse).toBe(0);
    expect(errorOf(() => packet.bytes).code).toBe('jpege/released');
    expect(errorOf(() => packet.take()).code).toBe('jpege/released');
  });

  test('buffers are used again: the second frame lies where the first one lay', async () => {
    const channel = started({ buffers: 1 });
    const first = await channel.sendFrame(frame);
    const { buffer } = first.bytes;
    first.release();
    expect((await channel.sendFrame(frame)).bytes.buffer).toBe(buffer);
  });

  test('as many frames are in the encoder as it may have at a time', async () => {
    const { encode, finish, inside } = gatedEncoder();
    const channel = started({ encode, buffers: 4, parallel: 2 });
    const sent = [0, 1, 2].map(() => channel.sendFrame(frame));
    expect([inside(), channel.query().waiting]).toEqual([2, 1]);
    finish();
    await sent[0];
    expect([inside(), channel.query().waiting]).toEqual([2, 0]);
    finish();
    finish();
    await Promise.all(sent);
  });
});

describe('memory', () => {
  test('the user’s: the stream lies in the buffer that came with the frame', async () => {
    const channel = started({ memory: { mode: 'user' } });
    const into = new Uint8Array(channel.predictedSize({ format: 'nv12', width: 64, height: 48 }).bytes);
    const packet = await channel.sendFrame(frame, { into });
    expect(packet.bytes.buffer).toBe(into.buffer);
    expect(into.subarray(0, packet.byteLength)).toEqual(file);
  });

  test('the predicted size is that of the parameters', () => {
    const channel = channelWith();
    channel.setParams({ quality: 20 });
    expect(channel.predictedSize({ format: 'nv12', width: 64, height: 48 })).toEqual(predictJpegSize({ format: 'nv12', width: 64, height: 48 }, { quality: 20 }));
  });

  test.each([
    ['the user’s, without a buffer', { mode: 'user' } as const, undefined],
    ['the system’s, with a buffer', { mode: 'system', bufferBytes: 2048 } as const, new Uint8Array(9000)],
  ])('%s: refused', async (_name, memory, into) => {
    expect((await rejectionOf(started({ memory }).sendFrame(frame, { into }))).code).toBe('jpege/attribute');
  });

  test.each([
    ['system', { mode: 'system', bufferBytes: 1024 } as const, undefined],
    ['user', { mode: 'user' } as const, new Uint8Array(1024)],
  ])('a %s buffer that is too small fails the frame, not the channel', async (_name, memory, into) => {
    const channel = started({ memory, buffers: 1 });
    expect((await rejectionOf(channel.sendFrame(frame, { into }))).code).toBe('jpeg/buffer-too-small');
    expect(channel.query()).toMatchObject({ state: 'started', buffersInUse: 0, framesFailed: 1 });
    const small = texturedImage('gray', 8, 8);
    expect((await channel.sendFrame(small, { into })).bytes).toEqual(encodeJpeg(small, { quality: 100 }));
  });
});
