import { expect, test } from 'vitest';
import type { RawGeometry } from '../../../workers/pixels/protocol.ts';
import { solveSize } from './solveSize.ts';

const geometry = (width: number, height: number): RawGeometry => ({ spec: { format: 'gray', width, height }, headerOffset: 0, padShort: false });
const sizeOf = (solved: ReturnType<typeof solveSize>): unknown => solved === undefined ? undefined : [solved.spec.format, solved.spec.width, solved.spec.height];

test('the name’s size counts first where the length agrees', () => {
  const solved = solveSize('nv12', geometry(10, 10), { bytes: 64 * 48 * 1.5, hint: { width: 64, height: 48, found: [], doubts: [] } });
  expect([sizeOf(solved), solved?.says]).toEqual([['nv12', 64, 48], '64×48 solved: the name says it, and the length agrees.']);
});

test('then a reading of that format that was found, with its strides and header', () => {
  const spec = { format: 'nv12', width: 62, height: 48, strides: [64, 64] } as const;
  expect(solveSize('nv12', geometry(10, 10), { bytes: 4624 }, [{ spec, headerOffset: 16, score: 1, reasons: ['rows padded to 64 B'] }])).toMatchObject({ spec, headerOffset: 16, says: '62×48 solved: rows padded to 64 B.' });
});

test('else rows of as many bytes, else the height from the length', () => {
  expect(sizeOf(solveSize('yuyv422', geometry(128, 48), { bytes: 6144 }))).toEqual(['yuyv422', 64, 48]);
  expect(sizeOf(solveSize('rgb24', geometry(192, 48), { bytes: 9216 }))).toEqual(['rgb24', 64, 48]);
  expect(sizeOf(solveSize('nv12', geometry(64, 72), { bytes: 4608 }))).toEqual(['nv12', 64, 48]);
});

test('a size that fits already, or a length that nothing explains, stays', () => {
  expect(solveSize('s8', geometry(64, 48), { bytes: 3072 })).toBeUndefined();
  expect(solveSize('rgb24', geometry(11, 11), { bytes: 121 })).toBeUndefined();
});
