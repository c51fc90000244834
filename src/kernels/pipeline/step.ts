import type { ChromaFilter, SitingId, Subsampling } from '../tables/chroma.ts';
import type { MatrixId, RangeId } from '../tables/colorSpecs.ts';
import type { Component } from '../tables/fields.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import type { ImageSpec } from '../image/types.ts';
import type { ResampleFilter } from '../tables/resampling.ts';
import type { Rounding } from './rounding.ts';

export type { ConvertOptions } from './options.ts';

/** value' = (Σ weight·(value − centre) + add) / denominator, all safe integers: exact. */
export interface RationalRow {
  readonly to: string;
  /** Bits of the result, which is clamped to 0 … 2^bits − 1; 32 for floats, which are not clamped. */
  readonly bits: number;
  readonly terms: readonly { readonly from: string; readonly weight: number; readonly centre: number }[];
  readonly denominator: number;
  readonly add: number;
}

export type NumberType = { readonly kind: 'int'; readonly signed: boolean; readonly bits: number } | { readonly kind: 'float' };

export type LoadStep = { readonly kind: 'load'; readonly format: PixelFormatId; readonly channels: readonly string[] };
export type UnpackStep = { readonly kind: 'unpack'; readonly format: PixelFormatId; readonly components: readonly Component[] };
export type PackStep = { readonly kind: 'pack'; readonly format: PixelFormatId };
export type StoreStep = { readonly kind: 'store'; readonly format: PixelFormatId };
/** Palette index → R G B A, by the source image's palette. */
export type LookupStep = { readonly kind: 'lookup' };
/** R G B A → index of the nearest colour of the destination's palette. */
export type NearestColorStep = { readonly kind: 'nearest-color' };
export type SwizzleStep = { readonly kind: 'swizzle'; readonly order: readonly string[] };
/** Y → R G B, all equal. */
export type SpreadStep = { readonly kind: 'gray2rgb' };
/** Adds channels of one value: opaque alpha, neutral chroma. */
export type FillStep = { readonly kind: 'fill'; readonly name: 'alpha' | 'chroma'; readonly channels: readonly { readonly name: string; readonly value: number; readonly bits: number; readonly float: boolean; readonly sub: Subsampling }[] };
export type PremultiplyStep = { readonly kind: 'premultiply' | 'unpremultiply'; readonly channels: readonly string[]; readonly rounding: Rounding };
/** fp32: f(x) = scale·x + offset. */
export type RangeStep = { readonly kind: 'range'; readonly channels: readonly string[]; readonly scale: number; readonly offset: number };
export type RoundStep = { readonly kind: 'round'; readonly channels: readonly string[]; readonly rounding: Rounding };
export type ClampStep = { readonly kind: 'clamp'; readonly channels: readonly string[]; readonly type: NumberType };
export type CastStep = { readonly kind: 'cast'; readonly channels: readonly string[]; readonly type: NumberType };
/** Changes bit depth or range of components by an exact fraction each; `float`: to 1.0 = full scale. */
export type RescaleStep = { readonly kind: 'rescale'; readonly rows: readonly RationalRow[]; readonly float: boolean; readonly rounding: Rounding; readonly dither: boolean };
/** Changes bit depth by moving bits: `shift` fills with zeros, `replicate` repeats the high bits. */
export type BitDepthStep = { readonly kind: 'bit-depth'; readonly mode: 'replicate' | 'shift'; readonly channels: readonly { readonly name: string; readonly from: number; readonly to: number }[] };
export type MatrixStep = { readonly kind: 'matrix'; readonly name: 'rgb2yuv' | 'yuv2rgb' | 'rgb2gray'; readonly matrix: MatrixId; readonly range: RangeId; readonly rows: readonly RationalRow[]; readonly float: boolean; readonly rounding: Rounding };
/** Y → 0 or 1. Dithered: the threshold depends on the position. */
export type ThresholdStep = { readonly kind: 'threshold'; readonly above: number; readonly dither: boolean };
export type ChromaStep = { readonly kind: 'upsample' | 'downsample'; readonly from: Subsampling; readonly to: Subsampling; readonly filter: ChromaFilter; readonly siting: SitingId };
/** Another size. `ratio`: source pixels per destination pixel, numerator and denominator in lowest terms. */
export interface ResampleStep {
  readonly kind: 'resample';
  readonly filter: ResampleFilter;
  readonly from: { readonly width: number; readonly height: number };
  readonly to: { readonly width: number; readonly height: number };
  readonly ratio: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
}

export type Step =
  | LoadStep | UnpackStep | PackStep | StoreStep | LookupStep | NearestColorStep | SwizzleStep | SpreadStep | FillStep | PremultiplyStep
  | RangeStep | RoundStep | ClampStep | CastStep | RescaleStep | BitDepthStep | MatrixStep | ThresholdStep | ChromaStep | ResampleStep;

/** A conversion: data that can be said, run, simplified and compiled. */
export interface Pipeline {
  readonly from: ImageSpec;
  readonly to: ImageSpec;
  readonly steps: readonly Step[];
}
