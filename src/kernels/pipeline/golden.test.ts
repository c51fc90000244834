import { expect, test } from 'vitest';
import { PIXEL_FORMAT_IDS, describePipeline, describeSteps, planConversion } from '../index.ts';
import type { ConvertOptions, ImageSpec, PixelFormatId } from '../index.ts';
import { ALL_PAIRS, specFor } from '../testing/images.ts';

const SIZE = [8, 6] as const;

/** Pairs by the shape of their list: `load · upsample · yuv2rgb · store`, then who has it. */
function shapes(): string {
  const byShape = new Map<string, Map<PixelFormatId, PixelFormatId[]>>();
  for (const [from, to] of ALL_PAIRS) {
    const shape = describeSteps(planConversion(specFor(from, ...SIZE), specFor(to, ...SIZE))).map(({ title }) => title).join(' · ');
    const sources = byShape.get(shape) ?? new Map<PixelFormatId, PixelFormatId[]>();
    byShape.set(shape, sources.set(from, [...(sources.get(from) ?? []), to]));
  }
  const say = ([shape, sources]: [string, Map<PixelFormatId, PixelFormatId[]>]): string => {
    // Sources with the same destinations share a line.
    const lines = new Map<string, PixelFormatId[]>();
    for (const [from, targets] of sources) lines.set(targets.join(' '), [...(lines.get(targets.join(' ')) ?? []), from]);
    return `${shape}\n${[...lines].map(([targets, from]) => `    ${from.join(' ')}  →  ${targets}`).join('\n')}`;
  };
  return [...byShape].sort(([a], [b]) => a.split(' · ').length - b.split(' · ').length || (a < b ? -1 : 1)).map(say).join('\n\n');
}

const REPRESENTATIVE: readonly (readonly [PixelFormatId, PixelFormatId, ConvertOptions, Partial<ImageSpec>?, Partial<ImageSpec>?])[] = [
  ['gray', 's16le', { scale: 257, offset: -32768, policy: 'cast' }],
  ['grayf32le', 'gray', {}],
  ['gray', 'nv12', {}],
  ['nv12', 'gray16le', {}],
  ['gray16le', 'rgba', { scale: 1 / 257 }],
  ['bgra', 'gray', {}],
  ['rgba', 'nv12', { scale: 0.5 }],
  ['nv12', 'bgra', { scale: 2 }],
  ['rgba', 'bgr24', {}],
  ['rgb24', 'bgra', { scale: 2, policy: 'cast' }],
  ['nv12', 'rgba', {}, { colorSpec: { range: 'limited', matrix: 'bt709' } }],
  ['p010le', 'rgba', {}, { colorSpec: { range: 'limited', matrix: 'bt2020' } }],
  ['nv12', 'yuv420p', {}],
  ['nv12', 'p010le', {}],
  ['yuv420p', 'yuv422p', { chromaUp: 'bilinear' }],
  ['yuv411p', 'yuv420p', { chromaDown: 'box' }],
  ['yuv420p', 'yuv420p', {}, { colorSpec: { matrix: 'bt601' } }, { colorSpec: { matrix: 'bt709', range: 'limited' } }],
  ['v210', 'rgb565le', {}],
  ['r210', 'x2rgb10le', {}],
  ['rgb565le', 'rgba', { depthMode: 'replicate' }],
  ['rgbaf32le', 'yuva420p', {}],
  ['rgba', 'monob', { dither: 'ordered' }],
  ['pal8', 'nv12', {}],
  ['rgba', 'pal8', { alphaFrom: 'premultiplied' }],
  ['rgba', 'yuv420p', { decimate: 2 }, {}, { width: 4, height: 3 }],
  ['nv12', 'yuv420p', { resample: 'box' }, {}, { width: 5, height: 4 }],
  ['v210', 'gray', { resample: 'bilinear' }, {}, { width: 12, height: 9 }],
];

function inFull(): string {
  return REPRESENTATIVE.map(([from, to, options, fromSpec, toSpec]) => {
    const pipeline = planConversion({ ...specFor(from, ...SIZE), ...fromSpec }, { ...specFor(to, ...SIZE), ...toSpec }, options);
    const notes = [options, fromSpec?.colorSpec, toSpec?.colorSpec].flatMap((part) => (part === undefined || Object.keys(part).length === 0 ? [] : [JSON.stringify(part)]));
    return `${from} → ${to}${notes.length === 0 ? '' : `  ${notes.join('  ')}`}\n${describePipeline(pipeline).replace(/^/gm, '    ')}`;
  }).join('\n\n');
}

test('every pair has the list of steps that was reviewed', async () => {
  expect(PIXEL_FORMAT_IDS).toHaveLength(81);
  await expect(`# Some pipelines in full\n\n${inFull()}\n\n# All ${String(ALL_PAIRS.length)} pairs, by the shape of their list\n\n${shapes()}\n`).toMatchFileSnapshot('testdata/pipelines.golden.txt');
});
