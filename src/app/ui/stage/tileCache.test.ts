import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ImageId, Tile } from '../../../workers/pixels/protocol.ts';
import { TileCache } from './tileCache.ts';

const isImageId = (id: string): id is ImageId => id.startsWith('image-');

function imageId(id: string): ImageId {
  if (!isImageId(id)) throw new Error(`${id} is no image.`);
  return id;
}
const TILE: Tile = { width: 1, height: 1, rgba: new Uint8ClampedArray(4) };

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }); });
afterEach(() => { vi.useRealTimers(); });

/** A cache over a row of tiles, drawn anew whenever it says so. @param fails how often the bitmap of each column fails */
function drawn(columns: number, fails: (column: number) => number): { readonly seen: () => readonly number[]; readonly faults: readonly string[] } {
  const id = imageId('image-1');
  const faults: string[] = [];
  const [tries, made] = [new Map<number, number>(), new Set<number>()];
  let column = 0;
  const cache = new TileCache({
    paint: ({ rect }) => { column = rect.x / 256; return Promise.resolve({ ...TILE, width: column + 1 }); },
    toBitmap: ({ width }) => {
      const at = width - 1;
      tries.set(at, (tries.get(at) ?? 0) + 1);
      if ((tries.get(at) ?? 0) <= fails(at)) return Promise.reject(new Error('no memory'));
      made.add(at);
      return Promise.resolve({ width, height: 1, close: () => undefined });
    },
    onTile: () => draw(),
    onFault: (text) => faults.push(text),
  });
  function draw(): void {
    cache.beginFrame();
    for (let at = 0; at < columns; at += 1) cache.get({ image: id, step: 1, column: at, row: 0, display: { solo: [] }, against: undefined }, { width: columns * 256, height: 256 });
    cache.endFrame();
  }
  draw();
  return { seen: () => [...made].toSorted((a, b) => a - b), faults };
}

test('two bitmaps that fail do not stop the others, and are told and tried again', async () => {
  const { seen, faults } = drawn(6, (column) => (column < 2 ? 1 : 0));
  await vi.advanceTimersByTimeAsync(0);
  expect(seen()).toEqual([2, 3, 4, 5]);
  expect(faults).toHaveLength(2);
  expect(faults[0]).toContain('no memory');
  await vi.advanceTimersByTimeAsync(300);
  expect(seen()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('what always fails is given up after four times', async () => {
  const { seen, faults } = drawn(3, (column) => (column === 1 ? Infinity : 0));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seen()).toEqual([0, 2]);
  expect(faults).toHaveLength(4);
});
