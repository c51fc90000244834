import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { JPEG_DECODE_CASES } from '../codecs/jpeg/bench.ts';
import { decodePng } from '../codecs/png.ts';
import { runJpegDecode } from './jpeg.ts';

test.each(JPEG_DECODE_CASES)('$id: our decoders are exact, jpeg-js is near, each beside a copy', async (one) => {
  const photo = decodePng(readFileSync(new URL('../../../public/samples/coffee.png', import.meta.url)));
  const hooks = { now: () => performance.now(), random: () => 0.5, isCancelled: () => false, breathe: () => Promise.resolve() };
  const found = await runJpegDecode(one, photo, ['copy', 'simd', 'scalar', 'jpeg-js'], { width: 96, height: 64, method: 'median', budgetMs: 20, frames: 2 }, hooks);
  const rows = found?.rows ?? [];
  expect(rows.map(({ engine, mismatchPercent }) => [engine, mismatchPercent === 0])).toEqual([['copy', false], ['simd', true], ['scalar', true], ['jpeg-js', false]]);
  expect(rows[0]?.mismatchPercent).toBeNull();
  for (const { medianMs, ratioToCopy } of rows) expect([medianMs > 0, (ratioToCopy ?? 0) > 0]).toEqual([true, true]);
});
