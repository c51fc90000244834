import { beforeEach, describe, expect, test } from 'vitest';
import type { Image } from '../../kernels/index.ts';
import type { Outcome, Packet } from './packet.ts';
import { IDLE_MS } from './route.ts';
import type { Capabilities, FrameOptions } from './route.ts';
import { Session } from './session.ts';
import { FakeClock, FakeEncoder, rawFrame } from './testing/fakes.ts';

const KINDS: Capabilities = { passthrough: false, jpeg: true, video: [{ codec: 'vp9', rgbFormats: ['BGRX'], csc: ['YUV420P', 'YUV444P'] }, { codec: 'h264', rgbFormats: ['BGRX'], csc: ['YUV420P'] }] };
const ASKED: FrameOptions = { rgb_format: 'BGRX', proxy: true };

let clock: FakeClock;
let made: FakeEncoder[];
let jpegs: { readonly image: Image; readonly quality: number | undefined }[];
let logged: string[];
let refuses: readonly string[];
let session: Session;

beforeEach(() => {
  clock = new FakeClock();
  made = [];
  jpegs = [];
  logged = [];
  refuses = [];
  session = new Session(KINDS, {
    clock,
    makeEncoder: (facts) => {
      if (refuses.includes(facts.codec)) return Promise.reject(new TypeError('No such encoder.'));
      const encoder = new FakeEncoder(facts);
      made.push(encoder);
      return Promise.resolve(encoder);
    },
    encodeJpeg: (image, { quality }) => {
      jpegs.push({ image, quality });
      return Promise.resolve(Uint8Array.of(0xff, 0xd8));
    },
    log: (window, text) => logged.push(`${String(window)}: ${text}`),
  });
});

function packetOf(outcome: Outcome): Packet {
  if (outcome.state !== 'sent') throw new TypeError(`It was dropped: ${outcome.why}.`);
  return outcome.packet;
}

describe('the encoders of a session', () => {
  test('one encoder for a hundred frames; only the first is a key frame', async () => {
    for (let sequence = 0; sequence < 100; sequence += 1) await session.send(rawFrame(1, sequence), ASKED);
    expect(made.map(({ jobs, closed }) => [jobs.length, closed, jobs.filter(({ keyFrame }) => keyFrame).length])).toEqual([[100, 0, 1]]);
  });

  test('the options for the encoder reach it: as they came, and the quality, speed and key frame that they ask for', async () => {
    for (const [sequence, options] of [undefined, { quality: 5, b_frames: 2 }, { key_frame: true }, undefined].entries()) await session.send(rawFrame(1, sequence), { ...ASKED, quality: 60, options });
    expect(made.map(({ jobs }) => jobs.map(({ quality, keyFrame, options }) => [quality, keyFrame, options]))).toEqual([[[60, true, undefined], [5, false, { quality: 5, b_frames: 2 }], [60, true, { key_frame: true }], [60, false, undefined]]]);
  });

  test('compressed pixels are forwarded byte for byte, with the mark that says what they are', async () => {
    const { packet, decision } = await session.send({ ...rawFrame(1, 0), payload: Uint8Array.of(4, 5, 6) }, { ...ASKED, lz4: 1 }).then((outcome) => ({ packet: packetOf(outcome), decision: outcome.decision }));
    expect([decision.row, packet.encoding, packet.payload, packet.options.lz4, packet.isMarkedCompressed]).toEqual([2, 'rgb32', Uint8Array.of(4, 5, 6), 1, true]);
    expect(made).toHaveLength(0);
  });

  test('every window has its own, with its own dst_formats, which are said once and remembered', async () => {
    await session.send(rawFrame(1, 0), { ...ASKED, dst_formats: ['YUV444P'] });
    await session.send(rawFrame(2, 0), { ...ASKED, dst_formats: ['YUV420P'] });
    await session.send(rawFrame(1, 1, 8), ASKED);
    await session.send(rawFrame(2, 1, 8), ASKED);
    expect(made.map(({ facts: { csc, width } }) => [csc, width])).toEqual([['YUV444P', 4], ['YUV420P', 4], ['YUV444P', 8], ['YUV420P', 8]]);
  });

  test('dst_formats are remembered though no encoder was made of the frame that said them', async () => {
    await session.send(rawFrame(1, 0), { ...ASKED, dst_formats: ['YUV420P'] });
    for (const [sequence, dst_formats] of [[1, ['YUV422P']], [2, undefined], [3, undefined]] as const) expect(packetOf(await session.send(rawFrame(1, sequence), { ...ASKED, dst_formats })).encoding).toBe('jpeg');
    expect(made).toHaveLength(1);
  });

  test('another size closes the encoder once, makes another, starts with a key frame, logs both values', async () => {
    await session.send(rawFrame(1, 0), ASKED);
    await session.send(rawFrame(1, 1, 8, 6), ASKED);
    expect(made.map(({ closed, jobs }) => [closed, jobs.map(({ keyFrame }) => keyFrame)])).toEqual([[1, [true]], [0, [true]]]);
    expect(logged).toContain('1: Closed the vp9 encoder of 4×2: size 4×2 → 8×6.');
  });

  test('every log line that a change makes can be written: codec and scaling, both values', async () => {
    await session.send(rawFrame(1, 0), { ...ASKED, codec: 'vp9' });
    await session.send(rawFrame(1, 1), { ...ASKED, codec: 'h264' });
    await session.send(rawFrame(1, 2), { ...ASKED, codec: 'h264', scaling: [1, 2] });
    expect(logged.filter((line) => line.includes('Closed'))).toEqual(['1: Closed the vp9 encoder of 4×2: codec vp9 → h264.', '1: Closed the h264 encoder of 4×2: scaling 1:1 → 1:2.']);
    expect(logged.some((line) => line.includes('undefined'))).toBe(false);
  });

  test('after 5 s without a frame the encoder is closed and gone from the table; the next frame makes another', async () => {
    await session.send(rawFrame(1, 0), ASKED);
    clock.advance(IDLE_MS - 1);
    expect(made[0]?.closed).toBe(0);
    clock.advance(1);
    expect([made[0]?.closed, session.encoderOf(1), clock.timers]).toEqual([1, undefined, 0]);
    const outcome = await session.send(rawFrame(1, 1), ASKED);
    expect([outcome.decision.row, made.length, made[0]?.jobs.length, made[1]?.jobs[0]?.keyFrame]).toEqual([11, 2, 1, true]);
    expect((await session.send(rawFrame(1, 2), ASKED)).decision.row).toBe(9);
  });

  test('a frame puts idleness off', async () => {
    await session.send(rawFrame(1, 0), ASKED);
    clock.advance(4000);
    await session.send(rawFrame(1, 1), ASKED);
    clock.advance(4000);
    expect([made.length, made[0]?.closed]).toEqual([1, 0]);
  });

  test('quality and speed are the frame’s; below 0 they are nobody’s', async () => {
    await session.send(rawFrame(1, 0), { ...ASKED, quality: 80, speed: 10 });
    await session.send(rawFrame(1, 1), { ...ASKED, quality: -1, speed: -1 });
    await session.send(rawFrame(1, 2), { ...ASKED, quality: 0 });
    expect(made[0]?.jobs.map(({ quality, speed }) => [quality, speed])).toEqual([[80, 10], [undefined, undefined], [0, undefined]]);
  });

  test('options that the encoder gave stay; the client’s fill in the rest', async () => {
    const { options } = packetOf(await session.send(rawFrame(1, 0), { ...ASKED, timestamp: 40_000, depth: 24, csc: 'client’s', quality: 9 }));
    expect(options).toEqual({ csc: 'YUV420P', timestamp: 40_000, depth: 24, rgb_format: 'BGRX' });
  });

  test('the end closes every encoder', async () => {
    await session.send(rawFrame(1, 0), ASKED);
    await session.send(rawFrame(2, 0), ASKED);
    await session.close();
    expect([made.map(({ closed }) => closed), clock.timers]).toEqual([[1, 1], 0]);
  });
});

describe('lost windows', () => {
  test('a frame is dropped before encoding, other windows go on', async () => {
    await session.send(rawFrame(1, 0), ASKED);
    session.lose(1);
    const outcome = await session.send(rawFrame(1, 1), ASKED);
    expect([outcome.state, outcome.decision.row, made[0]?.jobs.length, made[0]?.closed]).toEqual(['dropped', 5, 1, 1]);
    expect((await session.send(rawFrame(2, 0), ASKED)).state).toBe('sent');
  });

  test('a frame whose window goes while it is encoded is dropped before sending', async () => {
    await session.send(rawFrame(1, 0), ASKED);
    let open: () => void = () => undefined;
    const [encoder] = made;
    if (encoder !== undefined) encoder.gate = new Promise<void>((resolve) => { open = resolve; });
    const answer = session.send(rawFrame(1, 1), ASKED);
    await Promise.resolve();
    session.lose(1);
    open();
    const outcome = await answer;
    expect([outcome.state, outcome.decision.reasons.map(({ row }) => row)]).toEqual(['dropped', [9, 10, 5]]);
  });

  test('a raw frame of a lost window is not sent either', async () => {
    session.setCapabilities({ ...KINDS, passthrough: true });
    session.lose(1);
    expect((await session.send(rawFrame(1, 0), ASKED)).decision.row).toBe(5);
  });

  test('a window that comes back starts afresh', async () => {
    await session.send(rawFrame(1, 0), ASKED);
    session.lose(1);
    await session.send(rawFrame(1, 1), ASKED);
    session.regain(1);
    expect([(await session.send(rawFrame(1, 2), ASKED)).decision.row, made.length]).toEqual([8, 2]);
  });
});

describe('falling back', () => {
  test('no video encoder: JPEG of the very pixels, without a quality of −1', async () => {
    const packet = packetOf(await session.send(rawFrame(1, 5, 4, 2, 24), { ...ASKED, codec: 'av1', quality: -1 }));
    expect([packet.encoding, packet.isMarkedCompressed, packet.rowstride]).toEqual(['jpeg', true, 0]);
    expect(jpegs.map(({ image: { format, planes }, quality }) => [format, planes[0]?.stride, quality])).toEqual([['bgr0', 24, undefined]]);
  });

  test('nor JPEG: raw with X cleared, the padding between rows as it is, the real stride', async () => {
    session.setCapabilities({ ...KINDS, video: [{ codec: 'vp9', rgbFormats: [], csc: ['YUV420P'] }], jpeg: false });
    const { payload, rowstride, encoding } = packetOf(await session.send(rawFrame(1, 5, 1, 2, 8), ASKED));
    expect([[...payload], rowstride, encoding]).toEqual([[5, 5, 5, 255, 5, 5, 5, 5, 5, 5, 5, 255, 5, 5, 5, 5], 8, 'rgb32']);
  });

  test('clearing alpha takes whole pixels of any length, and leaves the sender’s bytes alone', async () => {
    session.setCapabilities({ ...KINDS, passthrough: true });
    const frame = rawFrame(1, 5, 3, 1);
    const { payload } = packetOf(await session.send({ ...frame, payload: frame.payload.subarray(0, 12) }, ASKED));
    expect([payload.length, payload[3], payload[11], frame.payload[3]]).toEqual([12, 255, 255, 5]);
  });

  test('alpha is never stripped from compressed bytes', async () => {
    session.setCapabilities({ ...KINDS, passthrough: true });
    const frame = { ...rawFrame(1, 5), encoding: 'jpeg' };
    expect(packetOf(await session.send(frame, ASKED)).payload).toBe(frame.payload);
  });

  test('rgb24 passes as rgb24', async () => {
    session.setCapabilities({ ...KINDS, passthrough: true });
    const frame = { ...rawFrame(1, 5), encoding: 'rgb24', rowstride: 12 };
    const packet = packetOf(await session.send(frame, { ...ASKED, rgb_format: 'RGB', rowstride: 0 }));
    expect([packet.encoding, packet.rowstride, packet.payload === frame.payload]).toEqual(['rgb24', 12, true]);
  });

  test('an encoder that cannot be made gives its place to the next codec, then to JPEG', async () => {
    refuses = ['vp9'];
    expect(packetOf(await session.send(rawFrame(1, 0), ASKED)).encoding).toBe('h264');
    refuses = ['vp9', 'h264'];
    expect(packetOf(await session.send(rawFrame(2, 0), ASKED)).encoding).toBe('jpeg');
    expect(packetOf(await session.send(rawFrame(2, 1), ASKED)).encoding).toBe('jpeg');
    expect(logged.filter((line) => line.startsWith('2: vp9 failed'))).toHaveLength(1);
  });

  test('an encoder that fails is closed, and the very frame takes another way', async () => {
    await session.send(rawFrame(1, 0), ASKED);
    const [encoder] = made;
    if (encoder !== undefined) encoder.fails = true;
    const packet = packetOf(await session.send(rawFrame(1, 1), ASKED));
    expect([packet.encoding, packet.sequence, encoder?.closed]).toEqual(['h264', 1, 1]);
    refuses = [];
    expect(packetOf(await session.send(rawFrame(1, 2, 8), { ...ASKED, codec: 'vp9' })).encoding).toBe('vp9');
  });

  test('a frame that rate control leaves out is said to be dropped', async () => {
    await session.send(rawFrame(1, 0), ASKED);
    const [encoder] = made;
    if (encoder !== undefined) encoder.leavesOut = true;
    expect(await session.send(rawFrame(1, 1), ASKED)).toMatchObject({ state: 'dropped', why: 'the encoder’s rate control left it out' });
  });
});
