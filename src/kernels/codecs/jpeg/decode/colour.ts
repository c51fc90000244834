import type { PixelFormatId } from '../../../tables/pixelFormats.ts';
import type { ColorSpec } from '../../../tables/colorSpecs.ts';
import type { JpegFile } from './readFile.ts';

/** What a file's components are. */
export type JpegModel = 'gray' | 'grayAndSecond' | 'ycbcr' | 'rgb' | 'cmyk' | 'ycck';

export interface ColourDecision {
  readonly model: JpegModel;
  /** How it was decided, as a sentence. */
  readonly why: string;
  /** Nothing in the file says so. */
  readonly isAssumed: boolean;
}

const said = (model: JpegModel, why: string): ColourDecision => ({ model, why, isAssumed: false });
const assumed = (model: JpegModel, why: string): ColourDecision => ({ model, why, isAssumed: true });

function ofThree({ frame, jfif, adobeTransform }: Pick<JpegFile, 'frame' | 'jfif' | 'adobeTransform'>): ColourDecision {
  const ids = frame.components.map(({ id }) => id).join();
  if (jfif) return said('ycbcr', 'JFIF marker: Y, Cb, Cr.');
  if (adobeTransform === 0) return said('rgb', 'Adobe marker, transform 0: R, G, B.');
  if (adobeTransform === 1) return said('ycbcr', 'Adobe marker, transform 1: Y, Cb, Cr.');
  if (adobeTransform !== undefined) return assumed('ycbcr', `Adobe marker with transform ${String(adobeTransform)}, which three components do not have: read as Y, Cb, Cr.`);
  if (ids === '82,71,66') return said('rgb', 'No marker; the components are named R, G, B.');
  if (ids === '1,2,3') return said('ycbcr', 'No marker; the components are numbered 1, 2, 3: Y, Cb, Cr.');
  return assumed('ycbcr', `No marker; the components are numbered ${ids.replaceAll(',', ', ')}: read as Y, Cb, Cr.`);
}

function ofFour(adobeTransform: number | undefined): ColourDecision {
  if (adobeTransform === 0) return said('cmyk', 'Adobe marker, transform 0: C, M, Y, K, stored inverted.');
  if (adobeTransform === 2) return said('ycck', 'Adobe marker, transform 2: Y, Cb, Cr, K, stored inverted.');
  if (adobeTransform !== undefined) return assumed('ycck', `Adobe marker with transform ${String(adobeTransform)}, which four components do not have: read as Y, Cb, Cr, K, inverted.`);
  return assumed('cmyk', 'Four components without Adobe’s marker: read as C, M, Y, K stored inverted, as djpeg and Chromium do.');
}

/** What the components mean, by the rules of libjpeg. @source libjpeg jdapimin.c, default_decompress_parms; JFIF 1.02; Adobe TN 5116 §18 */
export function decideColour(file: Pick<JpegFile, 'frame' | 'jfif' | 'adobeTransform'>): ColourDecision {
  switch (file.frame.components.length) {
    case 1: return said('gray', 'One component: luma.');
    case 2: return assumed('grayAndSecond', 'Two components have no meaning that a standard gives: read as gray and alpha.');
    case 3: return ofThree(file);
    default: return ofFour(file.adobeTransform);
  }
}

/** JFIF’s colour: BT.601, full range, chroma in the centre. @source JFIF 1.02 */
const JFIF_COLOUR: ColorSpec = { matrix: 'bt601', range: 'full', siting: 'center' };

/** A row of the format table that the planes of a file can be, and the pixels that one of its chroma samples covers. */
interface Target {
  readonly format: PixelFormatId;
  readonly x: number;
  readonly y: number;
}

/** The coarsest first. */
const YUV_8: readonly Target[] = [
  { format: 'yuv410p', x: 4, y: 4 }, { format: 'yuv420p', x: 2, y: 2 }, { format: 'yuv411p', x: 4, y: 1 },
  { format: 'yuv422p', x: 2, y: 1 }, { format: 'yuv440p', x: 1, y: 2 }, { format: 'yuv444p', x: 1, y: 1 },
];
const YUV_12: readonly Target[] = [{ format: 'yuv420p12le', x: 2, y: 2 }, { format: 'yuv422p12le', x: 2, y: 1 }, { format: 'yuv444p12le', x: 1, y: 1 }];

/** What the picture becomes: a format, and for each component of the file the pixels that one of its samples covers there. */
export interface PlaneTarget {
  readonly format: PixelFormatId;
  readonly cells: readonly { readonly x: number; readonly y: number }[];
  readonly colorSpec: ColorSpec;
}

const ONE = { x: 1, y: 1 } as const;

/** The format whose planes the file’s own planes are, or the next finer one. */
export function chooseTarget({ frame }: Pick<JpegFile, 'frame'>, { model }: ColourDecision): PlaneTarget {
  const { components, precision, hMax, vMax } = frame;
  const full = components.map(() => ONE);
  const deep = precision === 12;
  switch (model) {
    case 'gray': return { format: deep ? 'gray12le' : 'gray', cells: full, colorSpec: JFIF_COLOUR };
    case 'grayAndSecond': return { format: deep ? 'gray12le' : 'ya8', cells: full, colorSpec: JFIF_COLOUR };
    case 'rgb': return { format: deep ? 'rgb48le' : 'gbrp', cells: full, colorSpec: { ...JFIF_COLOUR, matrix: 'rgb' } };
    case 'cmyk': case 'ycck': return { format: 'rgb24', cells: full, colorSpec: { ...JFIF_COLOUR, matrix: 'rgb' } };
    case 'ycbcr': break;
  }
  const fits = ({ x, y }: Target): boolean => components.slice(1).every(({ h, v }) => hMax % h === 0 && vMax % v === 0 && (hMax / h) % x === 0 && (vMax / v) % y === 0);
  const targets = deep ? YUV_12 : YUV_8;
  const { format, x, y } = targets.find(fits) ?? targets[targets.length - 1];
  return { format, cells: components.map((_, index) => (index === 0 ? ONE : { x, y })), colorSpec: JFIF_COLOUR };
}
