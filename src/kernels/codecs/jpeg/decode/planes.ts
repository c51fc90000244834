import { fillBytes } from '../../../image/arena.ts';
import { allocImage } from '../../../image/image.ts';
import type { Image, Plane } from '../../../image/types.ts';
import type { ColourDecision, JpegModel, PlaneTarget } from './colour.ts';
import type { Strip } from './engine.ts';
import type { DecodeFrame } from './readFile.ts';

type Samples = Uint8Array | Uint16Array;

/** Samples of a component at its own resolution. */
export interface OwnPlane {
  readonly samples: Samples;
  /** Samples from row to row. */
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/** Formats of one component a plane take samples as they are decoded. */
const ARE_PLANES: Record<JpegModel, boolean> = { gray: true, ycbcr: true, rgb: true, grayAndSecond: false, cmyk: false, ycck: false };
/** The plane of each component: FFmpeg's gbrp has green first. */
const planeOf = (model: JpegModel, component: number): number => (model === 'rgb' ? [2, 0, 1][component] : component);

/** Whether a component's samples are those of a plane of the target, one for one. */
export function isDirect({ hMax, vMax, components }: DecodeFrame, { cells, format }: PlaneTarget, { model }: ColourDecision, component: number): boolean {
  const { h, v } = components[component];
  return ARE_PLANES[model] && format !== 'rgb48le' && cells[component].x * h === hMax && cells[component].y * v === vMax;
}

const samplesOf = ({ bytes }: Plane, deep: boolean): Samples => (deep ? new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1) : bytes);

/** The picture under construction: planes that components are decoded into, and what becomes of them. */
export class PictureBuilder {
  readonly #image: Image;
  readonly #frame: DecodeFrame;
  readonly #target: PlaneTarget;
  readonly #colour: ColourDecision;
  readonly #own: readonly OwnPlane[];
  /** Rows of each component that were written. */
  readonly #done: number[];

  /** @param height of the rows that are decoded, pixels */
  constructor(frame: DecodeFrame, target: PlaneTarget, colour: ColourDecision) {
    [this.#frame, this.#target, this.#colour] = [frame, target, colour];
    this.#image = allocImage({ format: target.format, width: frame.width, height: frame.height, colorSpec: target.colorSpec });
    const deep = frame.precision === 12;
    this.#own = frame.components.map(({ width, height }, component): OwnPlane => {
      if (!isDirect(frame, target, colour, component)) return { samples: deep ? new Uint16Array(width * height) : new Uint8Array(width * height), stride: width, width, height };
      const plane = this.#image.planes[planeOf(colour.model, component)];
      return { samples: samplesOf(plane, deep), stride: deep ? plane.stride >> 1 : plane.stride, width, height };
    });
    this.#done = frame.components.map(() => 0);
  }

  /** Takes rows of a component from its strip. @param y first row of the component */
  put(component: number, { samples, stride: from }: Strip, y: number, rows: number): void {
    const { samples: plane, stride, width, height } = this.#own[component];
    const last = Math.min(height, y + rows);
    for (let row = y; row < last; row += 1) plane.set(samples.subarray((row - y) * from, (row - y) * from + width), row * stride);
    this.#done[component] = Math.max(this.#done[component], last);
  }

  /** The picture; rows that were not written are mid-grey. */
  finish(): Image {
    for (const [component, { samples, stride }] of this.#own.entries()) {
      const rest = samples.subarray(Math.min(samples.length, this.#done[component] * stride));
      if (rest instanceof Uint8Array) fillBytes(rest, 128);
      else rest.fill(2048);
    }
    this.#compose();
    return this.#image;
  }

  #compose(): void {
    const { model } = this.#colour;
    const { planes, format } = this.#image;
    if (model === 'cmyk' || model === 'ycck') this.#inks(planes[0]);
    else if (model === 'grayAndSecond' && format === 'ya8') this.#interleave(planes[0], 2, (value) => value);
    else if (format === 'rgb48le') this.#interleave(planes[0], 3, (value) => (value << 4) | (value >> 8));
    else {
      for (const component of this.#own.keys()) {
        if (planeOf(model, component) < planes.length && !isDirect(this.#frame, this.#target, this.#colour, component)) this.#repeat(component, planes[planeOf(model, component)]);
      }
    }
  }

  /** For each sample of an axis of the picture, the component's sample that covers it. */
  #axis(component: number, axis: 'x' | 'y', cell: number, count: number): Int32Array {
    const { components, hMax, vMax } = this.#frame;
    const { h, v } = components[component];
    const [own, most] = axis === 'x' ? [h, hMax] : [v, vMax];
    return Int32Array.from({ length: count }, (_, index) => Math.floor((index * cell * own) / most));
  }

  /** Brings a component to a finer plane by repeating its samples. */
  #repeat(component: number, plane: Plane): void {
    const deep = this.#frame.precision === 12;
    const target = samplesOf(plane, deep);
    const targetStride = deep ? plane.stride >> 1 : plane.stride;
    const { x: cellX, y: cellY } = this.#target.cells[component];
    const { samples, stride } = this.#own[component];
    const xs = this.#axis(component, 'x', cellX, Math.ceil(this.#frame.width / cellX));
    for (const [y, from] of this.#axis(component, 'y', cellY, Math.ceil(this.#frame.height / cellY)).entries()) {
      for (let x = 0; x < xs.length; x += 1) target[y * targetStride + x] = samples[from * stride + xs[x]];
    }
  }

  /** Every pixel's samples side by side, at full resolution. */
  #interleave(plane: Plane, channels: number, scale: (value: number) => number): void {
    const wide = this.#image.format === 'rgb48le';
    const target = samplesOf(plane, wide);
    const targetStride = wide ? plane.stride >> 1 : plane.stride;
    const { width, height } = this.#frame;
    for (let component = 0; component < channels; component += 1) {
      const { samples, stride } = this.#own[component];
      const xs = this.#axis(component, 'x', 1, width);
      for (const [y, from] of this.#axis(component, 'y', 1, height).entries()) {
        for (let x = 0; x < width; x += 1) target[y * targetStride + x * channels + component] = scale(samples[from * stride + xs[x]]);
      }
    }
  }

  /**
   * C, M, Y, K, stored inverted, become R = C × K / 255 and so on, rounded; Y, Cb, Cr before that become inverted R, G, B.
   * The same as djpeg, PIL and Chromium show.
   */
  #inks(plane: Plane): void {
    const { width, height, precision } = this.#frame;
    const drop = precision - 8;
    const isYcck = this.#colour.model === 'ycck';
    const xs = [0, 1, 2, 3].map((component) => this.#axis(component, 'x', 1, width));
    const ys = [0, 1, 2, 3].map((component) => this.#axis(component, 'y', 1, height));
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const [c, m, b, k] = this.#own.map(({ samples, stride }, component) => samples[ys[component][y] * stride + xs[component][x]] >> drop);
        const inks = isYcck ? invertedRgb(c, m - 128, b - 128) : [c, m, b];
        for (let channel = 0; channel < 3; channel += 1) plane.bytes[y * plane.stride + x * 3 + channel] = Math.floor((inks[channel] * k) / 255 + 0.5);
      }
    }
  }
}

const clamp = (value: number): number => Math.min(255, Math.max(0, value));

/** @source libjpeg jdcolor.c, ycck_cmyk_convert: 16 fraction bits, green's constants summed before they are rounded */
function invertedRgb(y: number, cb: number, cr: number): readonly number[] {
  const red = y + ((91_881 * cr + 32_768) >> 16);
  const green = y + ((-22_554 * cb - 46_802 * cr + 32_768) >> 16);
  const blue = y + ((116_130 * cb + 32_768) >> 16);
  return [red, green, blue].map((value) => clamp(255 - value));
}
