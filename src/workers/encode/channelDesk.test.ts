import { describe, expect, test } from 'vitest';
import { encodeJpeg } from '../../kernels/index.ts';
import { texturedImage } from '../../kernels/codecs/jpeg/testing/pictures.ts';
import type { Reply } from '../line/reply.ts';
import { EncodeWorker } from './encode.ts';
import { toWire } from './wire.ts';

const nv12 = texturedImage('nv12', 96, 64);
const wire = toWire(nv12);
const worker = new EncodeWorker();

function value<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new TypeError(reply.error.what);
  return reply.value;
}

describe('a channel’s parameters, through the worker', () => {
  test('quality is 100 where none is given; what is set holds for the next frame and can be read again', async () => {
    const created = value(await worker.createChannel(wire, { buffers: 4, memory: 'system', options: {} }));
    expect(created.params).toMatchObject({ quality: 100, subsampling: 'own', tables: '' });
    await worker.callChannel('start');
    const before = value(await worker.sendFrame(wire, undefined));
    const tables = Array.from({ length: 64 }, (_, at) => at + 1).join(' ');
    expect(value(await worker.setChannelParams({ quality: 30, tables, comment: 'hi' })).params).toMatchObject({ quality: 30, tables, comment: 'hi' });
    value(await worker.setChannelParams({ quality: 30 }));
    expect(value(await worker.getChannelParams())).toMatchObject({ quality: 30, tables: '', comment: '' });
    const after = value(await worker.sendFrame(wire, undefined));
    expect([before.bytes, after.bytes]).toEqual([encodeJpeg(nv12, { quality: 100 }).length, encodeJpeg(nv12, { quality: 30 }).length]);
    expect(after.pts).toBeGreaterThan(before.pts ?? Infinity);
  });

  test('what the channel refuses has JPEGE’s return code, and no word of VPI’s', async () => {
    await worker.createChannel(wire, { buffers: 1, memory: 'system', options: {} });
    const refused = [await worker.setChannelParams({ quality: 0 }), await worker.setChannelParams({ tables: '1 2 3' }), await worker.sendFrame(wire, undefined), await worker.releasePacket(7), await worker.createChannel(wire, { buffers: 99, memory: 'system', options: {} })];
    expect(refused.map((reply) => (reply.ok ? 'taken' : [reply.error.code, reply.error.hiStatus?.name, 'vpiStatus' in reply.error]))).toEqual([
      ['encode/option', 'HI_ERR_VENC_ILLEGAL_PARAM', false], ['jpeg/tables', 'HI_ERR_VENC_ILLEGAL_PARAM', false], ['jpege/wrong-state', 'HI_ERR_VENC_NOT_PERM', false],
      ['jpege/released', 'HI_ERR_VENC_BUF_EMPTY', false], ['jpege/attribute', 'HI_ERR_VENC_ILLEGAL_PARAM', false],
    ]);
  });

  test('the user’s buffer is of the size predicted for the parameters in use', async () => {
    value(await worker.createChannel(wire, { buffers: 2, memory: 'user', options: { quality: 1, subsampling: '4:0:0' } }));
    await worker.callChannel('start');
    await worker.setChannelParams({ subsampling: '4:4:4', comment: 'x'.repeat(60_000) });
    expect((await worker.sendFrame(wire, undefined)).ok).toBe(true);
  });
});
