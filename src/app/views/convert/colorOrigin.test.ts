import { expect, test } from 'vitest';
import type { Provenance } from '../../../workers/pixels/protocol.ts';
import { destinationOrigin, sourceOrigin } from './colorOrigin.ts';

const decoded = (fidelity: 'exact' | 'browser'): Provenance => ({ kind: 'decoded', decoder: 'JPEG', fidelity, warnings: [] });
const raw: Provenance = { kind: 'raw', headerOffset: 0, paddedBytes: 0 };

test.each([
  ['a file that says it', 'range', { range: 'full' }, decoded('exact'), 'as the file says'],
  ['a file that says something else only', 'matrix', { range: 'full' }, decoded('exact'), 'assumed'],
  ['what the browser decoded', 'range', { range: 'limited' }, decoded('browser'), 'as the browser says'],
  ['a raw dump whose geometry has it', 'range', { range: 'limited' }, raw, 'assumed'],
  ['a raw dump without', 'range', undefined, raw, 'assumed'],
  ['a sample', 'matrix', { matrix: 'bt709' }, { kind: 'sample', sample: 'bars' }, 'as the sample was made'],
  ['a result', 'matrix', { matrix: 'bt709' }, { kind: 'encoded', encoder: 'ours', bytes: 1 }, 'as it was encoded'],
] as const)('the colours of %s', (_, part, own, provenance, said) => expect(sourceOrigin(part, own, provenance)).toBe(said));

test('YUV goes along with YUV, anything else has a default', () => {
  const [nv12, i420, rgb] = (['nv12', 'yuv420p', 'rgb24'] as const).map((format) => ({ format, width: 2, height: 2 }));
  expect([destinationOrigin({ from: nv12, to: i420 }), destinationOrigin({ from: nv12, to: rgb }), destinationOrigin({ from: rgb, to: nv12 })]).toEqual(['as the source', 'by default', 'by default']);
});
