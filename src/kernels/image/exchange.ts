import { LabError } from '../labError.ts';
import type { Component } from '../tables/fields.ts';
import { componentLayout, formatLayout } from './formatLayout.ts';
import type { ComponentLayout } from './formatLayout.ts';
import { readWord, writeWord } from './locate.ts';
import type { Image, Plane } from './types.ts';
import { cloneImage } from './views.ts';

/** What is needed to reach the samples of one component in its plane. */
interface Samples {
  readonly plane: Plane;
  readonly layout: ComponentLayout;
  readonly blockBytes: number;
}

function samplesOf(image: Image, component: Component): Samples {
  const layout = componentLayout(image.format, component);
  const plane = layout === undefined ? undefined : image.planes[layout.plane];
  if (layout === undefined || plane === undefined) throw new LabError({ code: 'exchange/component', what: `${image.format} has no ${component}.`, remedy: 'Choose a format that has U and V.' });
  return { plane, layout, blockBytes: formatLayout(image.format).planes[layout.plane]?.blockBytes ?? 1 };
}

/** Puts a value where a sample is, the other bits of its word as they are. @returns what was there */
function replace({ plane, layout: { samples, wordBytes, bigEndian, bits }, blockBytes }: Samples, start: number, at: number, value: number | undefined): number {
  const { word: index, shift } = samples[at % samples.length] ?? { word: 0, shift: 0 };
  const byte = start + Math.floor(at / samples.length) * blockBytes + index * wordBytes;
  const word = readWord(plane, byte, wordBytes, bigEndian);
  const old = Math.floor(word / 2 ** shift) % 2 ** bits;
  if (value !== undefined) writeWord(plane, byte, wordBytes, bigEndian, word + (value - old) * 2 ** shift);
  return old;
}

/**
 * A copy in whose bytes U is where V was and V where U was: what lies in memory the other way round, and has no format of
 * its own, is read so. Strides and bits that belong to no sample stay.
 * @throws LabError `exchange/component` for a format without U and V
 */
export function exchangeChroma(image: Image): Image {
  const copy = cloneImage(image);
  const [u, v] = [samplesOf(copy, 'U'), samplesOf(copy, 'V')];
  const { sub, samples } = u.layout;
  const perRow = Math.ceil(image.width / (sub.x * samples.length)) * samples.length;
  for (let y = 0; y < Math.ceil(image.height / sub.y); y += 1) {
    const [rowOfU, rowOfV] = [y * u.plane.stride, y * v.plane.stride];
    for (let at = 0; at < perRow; at += 1) replace(v, rowOfV, at, replace(u, rowOfU, at, replace(v, rowOfV, at, undefined)));
  }
  return copy;
}

/** Whether U and V lie in one plane, so that no order of the planes exchanges them. */
export function sharesChroma(format: Image['format']): boolean {
  const [u, v] = [componentLayout(format, 'U'), componentLayout(format, 'V')];
  return u !== undefined && u.plane === v?.plane;
}
