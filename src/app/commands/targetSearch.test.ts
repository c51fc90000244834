import { describe, expect, test } from 'vitest';
import type { EncodePoint } from '../../workers/encode/client.ts';
import { searchByTarget } from './targetSearch.ts';

const QUALITIES = Array.from({ length: 100 }, (_, at) => at + 1);

/** An encoder whose files grow by 1000 B with each step of quality, and whose likeness grows with it. */
const probe = (quality: number) => Promise.resolve({ ok: true, value: pointOf(quality) } as const);

function pointOf(quality: number): EncodePoint {
  const timing = { medianMs: 1, leastMs: 1, mostMs: 1, runs: 1 };
  return { encoder: 'ours', options: { quality }, facts: { components: [], fullScale: 255, ssim: 1 - 1 / (quality + 1), maxError: 0, bytes: quality * 1000, timing, stages: [], notes: [] } };
}

describe('the attempt that is reported is the one that fits', () => {
  test.each([[50_000, 50], [50_999, 50], [63_500, 63], [1000, 1], [1e9, 100]])('at most %i B: quality %i', async (value, quality) => {
    const found = await searchByTarget(QUALITIES, { measure: 'bytes', value }, probe, () => undefined);
    expect(found).toMatchObject({ ok: true, step: quality, point: { options: { quality }, facts: { bytes: quality * 1000 } } });
    expect(found.tried.length).toBeLessThanOrEqual(7);
  });

  test.each([[0.9, 9], [0.97, 33], [0.5, 1]])('an SSIM of at least %f: quality %i', async (value, quality) => {
    expect(await searchByTarget(QUALITIES, { measure: 'ssim', value }, probe, () => undefined)).toMatchObject({ ok: true, step: quality, point: { options: { quality } } });
  });

  test('it is seldom the last that was tried', async () => {
    const found = await searchByTarget(QUALITIES, { measure: 'bytes', value: 62_500 }, probe, () => undefined);
    expect(found.tried.at(-1)?.options['quality']).not.toBe(62);
    expect(found).toMatchObject({ step: 62 });
  });
});

test('what no setting reaches is said with the nearest', async () => {
  expect(await searchByTarget(QUALITIES, { measure: 'bytes', value: 999 }, probe, () => undefined)).toMatchObject({ ok: false, error: { code: 'encode/target', what: 'Even the coarsest setting takes 1\u202f000 B; at most 999 B were asked.' } });
  expect(await searchByTarget(QUALITIES, { measure: 'ssim', value: 0.999 }, probe, () => undefined)).toMatchObject({ ok: false, error: { what: 'Even the finest setting reaches an SSIM of 0.9901; 0.999 was asked.' } });
});

test('an attempt that fails ends the search with its error', async () => {
  const error = { code: 'x', what: 'No.', remedy: 'None.' };
  expect(await searchByTarget(QUALITIES, { measure: 'bytes', value: 5000 }, () => Promise.resolve({ ok: false, error }), () => undefined)).toEqual({ ok: false, error, tried: [] });
});
