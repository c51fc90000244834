import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PIXEL_FORMAT_IDS, planConversion } from '../../index.ts';
import type { ConvertOptions, ImageSpec, PixelFormatId } from '../../index.ts';
import { ALL_PAIRS, specFor } from '../../testing/images.ts';
import { translate } from './index.ts';
import type { Request, ToolId, Translation } from './index.ts';

function requestFor(from: Partial<ImageSpec> & Pick<ImageSpec, 'format'>, to: Partial<ImageSpec> & Pick<ImageSpec, 'format'>, options: ConvertOptions = {}): Request {
  const size = { width: 720, height: 480 };
  return { pipeline: planConversion({ ...size, ...from }, { ...size, ...to }, options), options, input: 'input.raw', output: 'output.raw', headerBytes: 0 };
}

function said(tool: ToolId, request: Request): Translation {
  const found = translate(request).find((one) => one.tool === tool);
  if (found === undefined) throw new Error(`No translation for ${tool}.`);
  return found;
}

const LIMITED = { matrix: 'bt601', range: 'limited' } as const;

const EXAMPLES: readonly (readonly [title: string, Request])[] = [
  ['nv12 with padded rows → rgba', requestFor({ format: 'nv12', strides: [768, 768] }, { format: 'rgba' })],
  ['rgb24 → nv12 of limited range', requestFor({ format: 'rgb24' }, { format: 'nv12', colorSpec: LIMITED })],
  ['gray → s16le, scaled and cast', requestFor({ format: 'gray' }, { format: 's16le' }, { scale: 1.7, offset: -13.3, policy: 'cast' })],
  ['rgba → rgb565le, dithered', requestFor({ format: 'rgba' }, { format: 'rgb565le' }, { dither: 'ordered' })],
  ['yuv420p → v210, bilinear', requestFor({ format: 'yuv420p' }, { format: 'v210' }, { chromaUp: 'bilinear' })],
];

describe('the same conversion in other words', () => {
  test('reads as the golden file has it', async () => {
    const text = EXAMPLES.flatMap(([title, request]) => [
      `######## ${title}`,
      ...translate(request).map(({ title: tool, verdict, reason, code }) => `==== ${tool}: ${verdict}\n${reason}\n${code ?? '(no code)\n'}`),
    ]).join('\n');
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, '../testdata/translations.golden.txt'));
  });

  test('NumPy has code for all 4 489 pairs, and every name in it is defined before its use', () => {
    for (const [a, b] of ALL_PAIRS) {
      const { code = '' } = said('numpy', requestFor(specFor(a, 720, 480), specFor(b, 720, 480)));
      const body = code.slice(code.indexOf('data = np.fromfile'));
      const known = new Set(['data', 'out']);
      for (const line of body.split('\n').filter((text) => !text.startsWith('#'))) {
        const parts = line.split(' = ');
        const used = parts[parts.length - 1]?.match(/(?<![.\w"])[A-Z]{1,4}\b(?!\()/g) ?? [];
        expect(used.filter((name) => !known.has(name)), `${a} → ${b}: ${line}`).toEqual([]);
        for (const name of parts.slice(0, -1).flatMap((targets) => targets.split(', '))) known.add(name.trim());
      }
    }
  });

  test.each<[ToolId, PixelFormatId, PixelFormatId, string]>([
    ['ffmpeg', 's16le', 'gray', 'swscale cannot read s16le.'],
    ['ffmpeg', 'rgb24', 'r210', 'swscale cannot write r210.'],
    ['gstreamer', 'rgb24', 'gray10le', 'videoconvert has no gray10le.'],
    ['opencv', 'rgb24', 'p010le', 'OpenCV has no code from rgb24 to p010le.'],
    ['vpi', 'rgb24', 'p010le', 'VPI’s CPU and CUDA backends take no p010le.'],
  ])('%s says why it cannot do %s → %s', (tool, from, to, reason) => {
    expect(said(tool, requestFor({ format: from }, { format: to }))).toMatchObject({ verdict: 'impossible', reason });
    expect(said(tool, requestFor({ format: from }, { format: to })).code).toBeUndefined();
  });

  test('a re-packing is exact everywhere it was measured', () => {
    for (const tool of ['ffmpeg', 'gstreamer'] as const) expect(said(tool, requestFor({ format: 'nv12' }, { format: 'yuv420p' })).verdict).toBe('exact');
    expect(said('opencv', requestFor({ format: 'rgb24' }, { format: 'bgr24' })).verdict).toBe('exact');
  });

  test('OpenCV reads NV12 as limited range: the literal reading differs, and it says so', () => {
    const literal = said('opencv', requestFor({ format: 'nv12' }, { format: 'rgb24' }));
    expect(literal.verdict).toBe('differs');
    expect(literal.reason).toContain('whatever is chosen here');
    expect(said('opencv', requestFor({ format: 'nv12', colorSpec: LIMITED }, { format: 'rgb24' })).reason).not.toContain('whatever');
  });

  test.each<[string, ConvertOptions]>([['a filter', { chromaUp: 'bilinear' }], ['dither', { dither: 'ordered' }], ['rounding', { rounding: 'truncate' }]])('with %s nothing was measured, and nothing is claimed', (_, options) => {
    expect(said('ffmpeg', requestFor({ format: 'nv12' }, { format: 'rgba' }, options)).verdict).toBe('unmeasured');
  });

  test('VPI is never called exact: it was not run', () => {
    const verdicts = new Set(PIXEL_FORMAT_IDS.flatMap((format) => PIXEL_FORMAT_IDS.filter((to) => !(format === 'nv12' && to === 'nv12')).map((to) => said('vpi', requestFor(specFor(format, 720, 480), specFor(to, 720, 480))).verdict)));
    expect([...verdicts].toSorted()).toEqual(['impossible', 'unmeasured']);
  });

  test('a header and padded rows reach the code', () => {
    const request = { ...requestFor({ format: 'nv12', strides: [768, 768] }, { format: 'rgba' }), headerBytes: 64 };
    expect(said('numpy', request).code).toContain('np.fromfile("input.raw", np.uint8, offset=64)');
    expect(said('ffmpeg', request).code).toContain('-video_size 768x480 -skip_initial_bytes 64');
    expect(said('ffmpeg', request).code).toContain('crop=720:480:0:0:exact=1,');
    expect(said('vpi', request).code).toContain('[:, :360]');
  });
});
