import { describe, expect, test } from 'vitest';
import type { ConvertOptions, ImageSpec, PixelFormatId } from '../../../kernels/index.ts';
import { controlsInUse, depthByDefault } from './inUse.ts';
import type { Control } from './inUse.ts';

const spec = (format: PixelFormatId, colorSpec: ImageSpec['colorSpec'] = {}): ImageSpec => ({ format, width: 8, height: 8, colorSpec });
const inUse = (from: ImageSpec, to: ImageSpec, options: ConvertOptions = {}): readonly Control[] => [...controlsInUse({ from, to, options })].toSorted();

describe('a control has a say where its values lead to other steps', () => {
  test.each<readonly [PixelFormatId, PixelFormatId, ConvertOptions, readonly Control[]]>([
    ['rgba', 'bgra', {}, ['alphaFrom', 'alphaTo', 'fromRange', 'toRange']],
    ['nv12', 'rgb24', {}, ['chromaUp', 'fromMatrix', 'fromRange', 'rounding', 'toRange']],
    ['nv12', 'rgb24', { chromaUp: 'bilinear' }, ['chromaUp', 'fromMatrix', 'fromRange', 'fromSiting', 'rounding', 'toRange']],
    ['rgb24', 'nv12', {}, ['chromaDown', 'fromRange', 'rounding', 'toMatrix', 'toRange']],
    ['gray', 'gray16le', {}, ['depthMode', 'fromRange', 'toRange']],
    ['gray16le', 'gray', {}, ['depthMode', 'fromRange', 'policy', 'toRange']],
  ])('%s → %s %o', (from, to, options, controls) => expect(inUse(spec(from), spec(to), options)).toEqual(controls));

  test('another matrix of the destination of YUV leads through RGB', () => {
    expect(inUse(spec('nv12', { matrix: 'bt709', range: 'limited' }), spec('yuv420p', undefined))).toEqual(expect.arrayContaining(['toMatrix', 'toRange']));
  });

  test.each([['rgb24', 'gray16le', 'kept'], ['rgb24', 'rgb48le', 'exact'], ['yuv420p10le', 'nv12', 'exact']] as const)('depth of %s → %s is %s where nothing is chosen', (from, to, depth) => {
    expect(depthByDefault({ from: spec(from), to: spec(to), options: {} })).toBe(depth);
  });
});
