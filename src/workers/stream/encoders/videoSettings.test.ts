import { describe, expect, test } from 'vitest';
import { bitrateOf, configOf, inputSpec, latencyOf, quantizerOf, scaledSize } from './videoSettings.ts';

const FACTS = { codec: 'vp9', csc: 'YUV420P', width: 641, height: 361, scaling: [1, 2], depth: 24 } as const;

describe('what quality and speed mean to an encoder', () => {
  test.each([[100, 0], [75, 16], [50, 32], [0, 63], [120, 0]])('quality %i is the quantizer %i of 0 … 63', (quality, quantizer) => expect(quantizerOf(quality, 63)).toBe(quantizer));

  test.each([[0, 0.02], [20, 0.04], [100, 0.64]])('quality %i is %d bits a pixel', (quality, bits) => expect(bitrateOf(quality, 100, 100)).toBe(Math.round(bits * 10_000 * 30)));

  test.each([[undefined, 'realtime'], [19, 'quality'], [20, 'realtime'], [100, 'realtime']])('speed %s is the latency mode %s', (speed, mode) => expect(latencyOf(speed)).toBe(mode));

  test('codecs with a quantizer have no bitrate; H.264 comes with its parameter sets apart, as MP4 wants them', () => {
    expect(configOf(FACTS, 75, undefined)).toEqual({ codec: 'vp09.00.41.08', width: 320, height: 180, framerate: 30, latencyMode: 'realtime', bitrateMode: 'quantizer' });
    expect(configOf({ ...FACTS, codec: 'h264' }, 75, undefined)).toMatchObject({ bitrateMode: 'variable', avc: { format: 'avc' } });
  });
});

describe('the size of a stream', () => {
  test.each([['vp9', [1, 1], 641, 361], ['h264', [1, 1], 640, 360], ['vp9', [2, 3], 427, 240], ['h264', [2, 3], 426, 240], ['vp9', [1, 400], 2, 2]] as const)('641×361 as %s at %j is %i×%i', (codec, scaling, width, height) => {
    expect(scaledSize({ ...FACTS, codec, scaling })).toEqual({ width, height });
  });

  test('a layout that no encoder makes is refused', () => {
    expect(inputSpec({ ...FACTS, csc: 'YUV444P' }).format).toBe('yuv444p');
    expect(() => inputSpec({ ...FACTS, csc: 'NV12' })).toThrow('No encoder here makes NV12.');
  });
});
