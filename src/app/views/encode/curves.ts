import { encoderRow } from '../../../workers/encode/client.ts';
import type { EncodePoint, EncoderId } from '../../../workers/encode/client.ts';
import { onePsnr } from './figures.ts';

export type Measure = 'ssim' | 'psnr';

export interface CurvePoint {
  /** Bits a pixel. */
  readonly x: number;
  readonly y: number;
  readonly bytes: number;
  /** Where `y` is drawn. */
  readonly height: number;
  /** The swept option's value. */
  readonly setting: number;
}

export interface Curve {
  readonly encoder: EncoderId;
  readonly title: string;
  readonly points: readonly CurvePoint[];
}

/** A likeness of 0.99 is as far from 0.9 as 0.9 is from 0: drawn by what is missing, in dB. */
export const heightOf = (measure: Measure, y: number): number => (measure === 'ssim' ? -10 * Math.log10(Math.max(1e-6, 1 - y)) : y);

/** One curve an encoder, its points from few bits to many; lossless points have no dB and are left out. */
export function curvesOf(points: readonly EncodePoint[], pixels: number, measure: Measure): readonly Curve[] {
  const ids = [...new Set(points.map(({ encoder }) => encoder))].toSorted((a, b) => encoderRow(a).title.localeCompare(encoderRow(b).title));
  return ids.map((encoder) => {
    const option = encoderRow(encoder).sweep?.option ?? '';
    const own = points.filter((point) => point.encoder === encoder).map(({ facts, options }) => ({ x: (facts.bytes * 8) / pixels, y: measure === 'ssim' ? (facts.ssim ?? Number.NaN) : onePsnr(facts), bytes: facts.bytes, setting: Number(options[option]) }));
    return { encoder, title: encoderRow(encoder).title, points: own.filter(({ y }) => Number.isFinite(y)).map((point) => ({ ...point, height: heightOf(measure, point.y) })).toSorted((a, b) => a.x - b.x) };
  });
}

/** Hue and dash of a curve: never told apart by colour alone. */
const LOOKS: readonly { readonly hue: string; readonly dash: readonly number[] }[] = [
  { hue: '--accent', dash: [] }, { hue: '--v', dash: [6, 3] }, { hue: '--g', dash: [2, 2] }, { hue: '--u', dash: [8, 3, 2, 3] }, { hue: '--r', dash: [] }, { hue: '--a', dash: [6, 3] },
  { hue: '--i', dash: [2, 2] }, { hue: '--warn', dash: [8, 3, 2, 3] }, { hue: '--y', dash: [] }, { hue: '--b', dash: [6, 3] }, { hue: '--ok', dash: [2, 2] },
];

/** By the encoder, not by its place in the chart: a curve keeps its look when others come and go. */
export function lookOf(index: number): { readonly hue: string; readonly dash: readonly number[] } {
  return LOOKS[index % LOOKS.length];
}
