import { describe, expect, test } from 'vitest';
import { guessLayouts, planeLayouts, pixelAt, wrapImage } from '../index.ts';
import { storedRows, withStoredRows } from '../image/storedRows.ts';

/** NV12 of 320×180 as a decoder with a slice height of 192 writes it: U is 200, V is 60 everywhere, padding 0. */
function sliced(rows: number): Uint8Array {
  const bytes = new Uint8Array((320 * rows * 3) / 2);
  for (let y = 0; y < 180; y += 1) bytes.subarray(y * 320, (y + 1) * 320).fill(16 + y);
  for (let at = 320 * rows; at < 320 * (rows + 90); at += 2) bytes.set([200, 60], at);
  return bytes;
}

describe('more rows stored than shown', () => {
  test.each([184, 192])('NV12 of 320×180 in %i rows is found first, its chroma where it lies', (rows) => {
    const bytes = sliced(rows);
    const [best] = guessLayouts(bytes, { width: 320, height: 180, format: 'nv12' });
    expect(best?.spec).toMatchObject({ format: 'nv12', width: 320, height: 180, offsets: [0, 320 * rows] });
    expect(best?.reasons[0]).toContain(`stored in ${String(rows)} rows`);
    const image = wrapImage(bytes, best?.spec ?? { format: 'nv12', width: 1, height: 1 });
    for (const [x, y] of [[0, 0], [319, 0], [0, 179], [319, 179]] as const) expect(pixelAt(image, x, y).filter(({ component }) => component !== 'Y').map(({ value }) => value)).toEqual([200, 60]);
  });

  test('a size alone is enough; three planes follow as well', () => {
    expect(guessLayouts(sliced(192), { width: 320, height: 180 })[0]?.spec).toMatchObject({ height: 180 });
    expect(guessLayouts(sliced(192), { width: 320, height: 180 })[0]?.spec.offsets).toContain(320 * 192);
    expect(planeLayouts(withStoredRows({ format: 'yuv420p', width: 320, height: 180 }, 192)).map(({ offset }) => offset)).toEqual([0, 61_440, 76_800]);
  });

  test('stored rows are read back from the starts of planes, and only from such', () => {
    const spec = { format: 'nv12', width: 320, height: 180 } as const;
    expect([storedRows(spec), storedRows(withStoredRows(spec, 192)), storedRows({ ...spec, offsets: [0, 57_601] }), storedRows({ format: 'gray', width: 4, height: 4 })]).toEqual([180, 192, undefined, undefined]);
    expect(withStoredRows(withStoredRows(spec, 192), 180).offsets).toBeUndefined();
  });
});
