import { componentLayout, formatLayout } from './formatLayout.ts';
import type { ComponentLayout } from './formatLayout.ts';
import { readWord, wordToNumber } from './locate.ts';
import type { Image } from './types.ts';
import type { Component } from '../tables/fields.ts';

/** Columns and rows of a component's own grid. */
export function componentSize(image: Pick<Image, 'width' | 'height'>, layout: ComponentLayout): { readonly width: number; readonly height: number } {
  return { width: Math.ceil(image.width / layout.sub.x), height: Math.ceil(image.height / layout.sub.y) };
}

function readBytes(bytes: Uint8Array, first: number, step: number, out: Float64Array): void {
  for (let x = 0, at = first; x < out.length; x += 1, at += step) out[x] = bytes[at] ?? 0;
}

/**
 * One row of one component's samples, as stored numbers.
 * @param y row of the component's own grid   @param out as many samples as the row has, or fewer
 */
export function readComponentRow(image: Image, layout: ComponentLayout, y: number, out: Float64Array): void {
  const plane = image.planes[layout.plane];
  const blockBytes = formatLayout(image.format).planes[layout.plane]?.blockBytes ?? 1;
  if (plane === undefined) return;
  const { samples, wordBytes, bigEndian, kind, bits } = layout;
  const whole = bits === wordBytes * 8;
  const start = y * plane.stride;
  if (whole && wordBytes === 1 && kind === 'unsigned' && samples.length === 1) {
    readBytes(plane.bytes, start + (samples[0]?.word ?? 0), blockBytes, out);
    return;
  }
  const span = 2 ** bits;
  for (let x = 0; x < out.length; x += 1) {
    const sample = samples[x % samples.length];
    const word = readWord(plane, start + Math.floor(x / samples.length) * blockBytes + (sample?.word ?? 0) * wordBytes, wordBytes, bigEndian);
    out[x] = whole ? wordToNumber(word, wordBytes, kind) : Math.floor(word / 2 ** (sample?.shift ?? 0)) % span;
  }
}

/** All samples of one component, row after row. */
export function componentSamples(image: Image, component: Component): Float64Array | undefined {
  const layout = componentLayout(image.format, component);
  if (layout === undefined) return undefined;
  const { width, height } = componentSize(image, layout);
  const out = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1) readComponentRow(image, layout, y, out.subarray(y * width, (y + 1) * width));
  return out;
}
