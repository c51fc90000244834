import { beforeAll, expect, test } from 'vitest';
import { FrameLedger } from './frameLedger.ts';
import { TrackSource } from './track.ts';

/** As much of a VideoFrame as a source touches: 2×1 pixels of one value. */
class FakeFrame {
  readonly format = 'RGBA';
  readonly colorSpace = { matrix: null, fullRange: null };
  readonly visibleRect = { x: 0, y: 0, width: 2, height: 1 };
  readonly timestamp: number;
  readonly value: number;
  isClosed = false;

  constructor(value: number) {
    this.value = value;
    this.timestamp = 1_000_000 + value * 40_000;
  }

  allocationSize(): number {
    return 8;
  }

  copyTo(bytes: Uint8Array): Promise<{ offset: number; stride: number }[]> {
    if (this.isClosed) return Promise.reject(new TypeError('closed'));
    bytes.fill(this.value);
    return Promise.resolve([{ offset: 0, stride: 8 }]);
  }

  close(): void {
    this.isClosed = true;
  }
}

let camera: ReadableStreamDefaultController<unknown>;
let ledger: FrameLedger;

function stream(): ReadableStream<VideoFrame> {
  return new ReadableStream({ start(controller) { camera = controller; } });
}

/** Lets everything that waits go on. */
const settle = async (): Promise<void> => { for (let turn = 0; turn < 20; turn += 1) await Promise.resolve(); };

async function open(): Promise<TrackSource> {
  ledger = new FrameLedger();
  const opening = TrackSource.open({ kind: 'camera', frames: stream(), title: 'Fake', fps: 25 }, ledger);
  camera.enqueue(new FakeFrame(0));
  return opening;
}

beforeAll(() => { expect(typeof ReadableStream).toBe('function'); });

test('of the frames that came while nobody asked the newest is given, the others are closed and counted', async () => {
  const source = await open();
  for (const value of [1, 2, 3]) camera.enqueue(new FakeFrame(value));
  await settle();
  const frame = await source.next();
  expect([frame?.index, frame?.timestamp, frame?.image.planes[0]?.bytes[0]]).toEqual([3, 0, 3]);
  expect([source.dropped, ledger.opened, ledger.closed]).toEqual([3, 4, 4]);
});

test('a frame asked for before it comes is waited for', async () => {
  const source = await open();
  await source.next();
  const waiting = source.next();
  camera.enqueue(new FakeFrame(9));
  expect((await waiting)?.image.planes[0]?.bytes[0]).toBe(9);
  expect(source.dropped).toBe(0);
});

test('an unplugged camera ends what waits, and says why; nothing stays open', async () => {
  const source = await open();
  await source.next();
  const waiting = source.next();
  camera.close();
  expect(await waiting).toBeUndefined();
  expect(source.ending).toMatchObject({ code: 'stream/camera-ended' });
  expect(ledger.closed).toBe(ledger.opened);
});

test('a camera that fails in the middle ends like one unplugged', async () => {
  const source = await open();
  await source.next();
  camera.error(new TypeError('gone'));
  await settle();
  expect(await source.next()).toBeUndefined();
  expect(source.ending?.code).toBe('stream/camera-ended');
});

test('one that we close has no reason to give, and its last frame is closed', async () => {
  const source = await open();
  source.close();
  source.close();
  expect(await source.next()).toBeUndefined();
  expect([source.ending, ledger.opened, ledger.closed]).toEqual([undefined, 1, 1]);
});

test('a camera without a single frame is an error in words, and a live source cannot be moved', async () => {
  const opening = TrackSource.open({ kind: 'screen', frames: stream(), title: 'x', fps: 0 }, new FrameLedger());
  camera.close();
  await expect(opening).rejects.toThrow('The sharing of the tab, window or screen was stopped');
  await expect((await open()).seek()).rejects.toThrow('A live source has no earlier or later frames');
});
