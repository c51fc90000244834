import { sayValue } from '../arguments.ts';
import { LabError } from '../labError.ts';
import type { Component } from '../tables/fields.ts';
import type { ComponentLayout } from './formatLayout.ts';
import { formatLayout } from './formatLayout.ts';
import { checkImage } from './checks.ts';
import type { Image, Plane } from './types.ts';

/** Where one sample lives. */
export interface SampleLocation {
  readonly plane: number;
  /** Byte of the word that holds the sample, counted from the plane's first byte. */
  readonly byte: number;
  readonly wordBytes: number;
  readonly bigEndian: boolean;
  /** Bits below the sample inside its word. */
  readonly shift: number;
  readonly bits: number;
  readonly kind: ComponentLayout['kind'];
}

/** A component's sample at a pixel: chroma is that of the block the pixel belongs to. `stride` in bytes. */
export function locateSample(layout: ComponentLayout, blockBytes: number, stride: number, x: number, y: number): SampleLocation {
  const column = Math.floor(x / layout.sub.x);
  const perBlock = layout.samples.length;
  const { word, shift } = layout.samples[column % perBlock] ?? { word: 0, shift: 0 };
  const byte = Math.floor(y / layout.sub.y) * stride + Math.floor(column / perBlock) * blockBytes + word * layout.wordBytes;
  return { plane: layout.plane, byte, wordBytes: layout.wordBytes, bigEndian: layout.bigEndian, shift, bits: layout.bits, kind: layout.kind };
}

/** @throws LabError `pixel/outside` */
export function assertInside(image: Pick<Image, 'width' | 'height'>, x: number, y: number): void {
  if (Number.isInteger(x) && Number.isInteger(y) && x >= 0 && y >= 0 && x < image.width && y < image.height) return;
  throw new LabError({ code: 'pixel/outside', what: `There is no pixel (${sayValue(x)}, ${sayValue(y)}) in an image of ${String(image.width)}×${String(image.height)}.`, remedy: `x is 0 … ${String(image.width - 1)}, y is 0 … ${String(image.height - 1)}.`, vpiStatus: 'INVALID_ARGUMENT' });
}

/** Where each component of the pixel lives, in the order of memory. */
export function locate(image: Image, x: number, y: number, component: Component): SampleLocation | undefined {
  checkImage(image);
  assertInside(image, x, y);
  const { components, planes } = formatLayout(image.format);
  const layout = components.find((candidate) => candidate.component === component);
  if (layout === undefined) return undefined;
  return locateSample(layout, planes[layout.plane]?.blockBytes ?? 0, image.planes[layout.plane]?.stride ?? 0, x, y);
}

/** The unsigned word of 1, 2 or 4 bytes at `byte`. */
export function readWord(plane: Plane, byte: number, wordBytes: number, bigEndian: boolean): number {
  let value = 0;
  for (let at = 0; at < wordBytes; at += 1) value = value * 256 + (plane.bytes[byte + (bigEndian ? at : wordBytes - 1 - at)] ?? 0);
  return value;
}

export function writeWord(plane: Plane, byte: number, wordBytes: number, bigEndian: boolean, value: number): void {
  let rest = value;
  for (let at = 0; at < wordBytes; at += 1) {
    plane.bytes[byte + (bigEndian ? wordBytes - 1 - at : at)] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

const scratch = new DataView(new ArrayBuffer(4));

/** An unsigned word's bits read as the given kind. */
export function wordToNumber(word: number, wordBytes: number, kind: ComponentLayout['kind']): number {
  if (kind === 'unsigned') return word;
  if (kind === 'signed') return word >= 2 ** (wordBytes * 8 - 1) ? word - 2 ** (wordBytes * 8) : word;
  scratch.setUint32(0, word);
  return scratch.getFloat32(0);
}

/** The unsigned word that stores a number of the given kind. */
export function numberToWord(value: number, wordBytes: number, kind: ComponentLayout['kind']): number {
  if (kind === 'unsigned') return value;
  if (kind === 'signed') return value < 0 ? value + 2 ** (wordBytes * 8) : value;
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}

export interface PixelSample extends SampleLocation {
  readonly component: Component;
  /** The sample as stored: unsigned, signed or float. */
  readonly value: number;
}

/**
 * Every component of one pixel: its value and where it lives.
 * @throws LabError `pixel/outside`, `image/detached`
 */
export function pixelAt(image: Image, x: number, y: number): readonly PixelSample[] {
  checkImage(image);
  assertInside(image, x, y);
  const { components, planes } = formatLayout(image.format);
  return components.flatMap((layout) => {
    const plane = image.planes[layout.plane];
    if (plane === undefined) return [];
    const where = locateSample(layout, planes[layout.plane]?.blockBytes ?? 0, plane.stride, x, y);
    const word = readWord(plane, where.byte, where.wordBytes, where.bigEndian);
    const whole = where.bits === where.wordBytes * 8;
    const value = whole ? wordToNumber(word, where.wordBytes, where.kind) : Math.floor(word / 2 ** where.shift) % 2 ** where.bits;
    return [{ ...where, component: layout.component, value }];
  });
}
