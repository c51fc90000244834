import type { SitingId } from './chroma.ts';

/** An exact decimal as numerator over denominator, e.g. 0.299 = [299, 1000]. */
export type Ratio = readonly [numerator: number, denominator: number];

interface MatrixRow {
  readonly title: string;
  readonly source: string;
  /** Luma weights of red and blue, where the matrix is defined by them. */
  readonly kr?: Ratio;
  readonly kb?: Ratio;
  /** H.273 MatrixCoefficients code. */
  readonly h273: number;
  /** Names elsewhere. */
  readonly aka: { readonly ffmpeg: string; readonly webcodecs?: string };
}

export const MATRICES = {
  bt601: { title: 'BT.601', source: 'ITU-R BT.601-7 §2.5.1; JFIF 1.02', kr: [299, 1000], kb: [114, 1000], h273: 6, aka: { ffmpeg: 'smpte170m', webcodecs: 'smpte170m' } },
  bt709: { title: 'BT.709', source: 'ITU-R BT.709-6 §3.2', kr: [2126, 10000], kb: [722, 10000], h273: 1, aka: { ffmpeg: 'bt709', webcodecs: 'bt709' } },
  bt2020: { title: 'BT.2020', source: 'ITU-R BT.2020-2 table 4, non-constant luminance', kr: [2627, 10000], kb: [593, 10000], h273: 9, aka: { ffmpeg: 'bt2020nc', webcodecs: 'bt2020-ncl' } },
  smpte240m: { title: 'SMPTE 240M', source: 'SMPTE ST 240:1999', kr: [212, 1000], kb: [87, 1000], h273: 7, aka: { ffmpeg: 'smpte240m' } },
  fcc: { title: 'FCC', source: '47 CFR 73.682(a)(20)', kr: [30, 100], kb: [11, 100], h273: 4, aka: { ffmpeg: 'fcc' } },
  ycgco: { title: 'YCgCo', source: 'ITU-T H.273 (03/24) equations 46…53', h273: 8, aka: { ffmpeg: 'ycgco' } },
  rgb: { title: 'RGB (identity)', source: 'ITU-T H.273, MatrixCoefficients 0: Y=G, Cb=B, Cr=R', h273: 0, aka: { ffmpeg: 'gbr', webcodecs: 'rgb' } },
} as const satisfies Record<string, MatrixRow>;

export type MatrixId = keyof typeof MATRICES;

export const RANGES = {
  full: { title: 'full', says: '0 … 2ⁿ−1', aka: { ffmpeg: 'pc', jpeg: 'JFIF' } },
  limited: { title: 'limited', says: 'luma 16 … 235, chroma 16 … 240 (× 2ⁿ⁻⁸)', aka: { ffmpeg: 'tv', jpeg: 'studio' } },
} as const;

export type RangeId = keyof typeof RANGES;

/** How the numbers of an image are to be read as colour. */
export interface ColorSpec {
  readonly matrix: MatrixId;
  readonly range: RangeId;
  readonly siting: SitingId;
}

/** The literal reading of VPI's formulas: BT.601, full range. */
export const DEFAULT_COLOR: ColorSpec = { matrix: 'bt601', range: 'full', siting: 'left' };
