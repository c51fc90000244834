import { afterEach, expect, test, vi } from 'vitest';
import { allocImage } from '../../../kernels/index.ts';
import { FrameLedger } from '../sources/frameLedger.ts';
import { BrowserEncoder } from './video.ts';

const FACTS = { codec: 'vp8', csc: 'YUV420P', width: 16, height: 16, scaling: [1, 1], depth: 24 } as const;
const image = allocImage({ format: 'bgr0', width: 16, height: 16 });

class FakeFrame {
  close(): void { /* nothing is held */ }
}

/** @param flushCosts whether a key frame follows each flush   @param holdsBack whether frames come with a flush only */
function stubEncoder(flushCosts: boolean, holdsBack: boolean): { readonly flushes: () => number } {
  let flushes = 0;
  class FakeEncoder {
    state = 'configured';
    private isFresh = true;
    private held: (() => void)[] = [];
    private given: Promise<void> = Promise.resolve();
    private readonly output: (chunk: object) => void;

    constructor({ output }: { readonly output: (chunk: object) => void }) {
      this.output = output;
    }

    configure(): void { /* any will do */ }

    encode(_: FakeFrame, { keyFrame }: { readonly keyFrame: boolean }): void {
      const type = keyFrame || this.isFresh ? 'key' : 'delta';
      this.isFresh = false;
      const give = (): void => this.output({ type, byteLength: 1, copyTo: () => undefined });
      if (holdsBack) this.held.push(give);
      else this.given = new Promise((resolve) => { setTimeout(() => { give(); resolve(); }, 5); });
    }

    async flush(): Promise<void> {
      flushes += 1;
      this.isFresh = flushCosts;
      for (const give of this.held.splice(0)) give();
      await this.given;
    }
  }
  vi.stubGlobal('VideoEncoder', FakeEncoder);
  vi.stubGlobal('VideoFrame', FakeFrame);
  return { flushes: () => flushes };
}

async function encodeFrames(count: number): Promise<readonly (boolean | undefined)[]> {
  const encoder = new BrowserEncoder(FACTS, { by: 'bitrate' }, new FrameLedger());
  const keys: (boolean | undefined)[] = [];
  for (let frame = 0; frame < count; frame += 1) keys.push((await encoder.encode({ image, timestamp: frame, keyFrame: frame === 0, quality: undefined, speed: undefined }))?.keyFrame);
  return keys;
}

afterEach(() => { vi.unstubAllGlobals(); });

test('every frame is flushed out where that costs nothing', async () => {
  const { flushes } = stubEncoder(false, false);
  expect(await encodeFrames(5)).toEqual([true, false, false, false, false]);
  expect(flushes()).toBe(5);
});

test('an encoder that begins anew after a flush is flushed no more once that is seen', async () => {
  const { flushes } = stubEncoder(true, false);
  expect(await encodeFrames(6)).toEqual([true, true, true, false, false, false]);
  expect(flushes()).toBe(2);
});

test('one that begins anew and holds frames back is waited for once, then flushed always: no frame is lost', async () => {
  const { flushes } = stubEncoder(true, true);
  expect(await encodeFrames(5)).toEqual([true, true, true, true, true]);
  expect(flushes()).toBe(5);
});
