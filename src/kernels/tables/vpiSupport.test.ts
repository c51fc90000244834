import { expect, test } from 'vitest';
import { vpiSupport } from './vpiSupport.ts';

test.each([
  ['nv12', 'rgba', true, 640, 480, { cpu: true, cuda: true, vic: true, pva: false }],
  ['nv12', 'rgb24', true, 640, 480, { cpu: true, cuda: true, vic: false, pva: false, vicReason: 'takes no rgb24' }],
  ['gray', 's16le', false, 640, 480, { cpu: true, cuda: true, vic: false, pva: false, vicReason: 'takes no s16le' }],
  ['rgba', 'bgra', false, 640, 480, { cpu: true, cuda: true, vic: false, pva: false, vicReason: 'scale 1, offset 0 and clamp only' }],
  ['rgba', 'bgra', true, 641, 480, { cpu: true, cuda: true, vic: false, pva: false, vicReason: 'even sizes only' }],
  ['nv12', 'nv24', true, 640, 480, { cpu: false, cuda: false, vic: true, pva: false, reason: 'VPI converts NV12 and NV24 not between themselves.' }],
  ['yuyv422', 'rgba', true, 640, 480, { cpu: false, cuda: false, vic: true, pva: false, reason: 'VPI’s CPU and CUDA backends take no yuyv422.' }],
  ['rgb565le', 'rgba', true, 640, 480, { cpu: false, cuda: false, vic: false, pva: false, reason: 'VPI’s CPU and CUDA backends take no rgb565le.', vicReason: 'takes no rgb565le' }],
] as const)('VPI, %s → %s, plain %s, %i×%i', (from, to, plain, width, height, support) => {
  expect(vpiSupport(from, to, plain, width, height)).toEqual(support);
});
