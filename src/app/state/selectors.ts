import { pixelFormat } from '../../kernels/index.ts';
import type { ColorSpec, ImageSpec, PixelFormatId } from '../../kernels/index.ts';
import type { Settings } from '../../kernels/search/settingsSearch.ts';
import type { Conversion, Converted, ImageInfo, PairReading } from '../../workers/pixels/protocol.ts';
import type { Source, View } from './document.ts';
import type { EncodeResult } from '../../workers/encode/client.ts';
import { resultOf } from './encoding.ts';
import type { Lab } from './store.ts';

export const activeSource = ({ sources, activeKey }: Lab): Source | undefined => sources.find(({ key }) => key === activeKey);

/** The image of the active source that is being looked at. */
export function activeImage(lab: Lab): ImageInfo | undefined {
  const source = activeSource(lab);
  return source?.views.find(({ id }) => id === source.active);
}

/** Under what a person's word on a source's colours is kept: each way to see a file has its own. */
export const colorKey = ({ key, views }: Pick<Source, 'key' | 'views'>, image: Pick<ImageInfo, 'id'>): string => (views.length > 1 ? image.id : key);

/** What a person said of an image's colours; undefined for what is no source. */
export function sourceColor({ parameters, sources }: Pick<Lab, 'parameters' | 'sources'>, image: Pick<ImageInfo, 'id'>): Partial<ColorSpec> | undefined {
  const source = sources.find(({ views }) => views.some(({ id }) => id === image.id));
  return source === undefined ? undefined : parameters.fromColor[colorKey(source, image)];
}

/** The same of the image that is being looked at. */
export function activeColor(lab: Lab): Partial<ColorSpec> | undefined {
  const image = activeImage(lab);
  return image === undefined ? undefined : sourceColor(lab, image);
}

/** The latest result, also while a newer one is being made. */
export function lastConverted({ result }: Lab): Converted | undefined {
  if (result.state === 'done') return result.converted;
  return result.state === 'none' ? undefined : result.last;
}

/** The destination that a person chose, else a likely one that is not the source's own: RGB to look at of YUV and of raw bytes, NV12 of what is RGB already. */
export function destinationOf({ parameters: { to } }: Pick<Lab, 'parameters'>, { spec: { format }, provenance }: Pick<ImageInfo, 'spec' | 'provenance'>): PixelFormatId {
  if (to !== undefined) return to;
  const isForRgb = pixelFormat(format).family === 'yuv' || provenance.kind === 'raw';
  return isForRgb && format !== 'rgba' ? 'rgba' : 'nv12';
}

/** A palette of 6 × 6 × 6 colours and 40 grays, for pal8 as a destination. */
const PALETTE = Uint8Array.from(
  Array.from({ length: 256 }, (_, index) => {
    if (index < 216) return [(Math.floor(index / 36) % 6) * 51, (Math.floor(index / 6) % 6) * 51, (index % 6) * 51, 255];
    const gray = Math.round(((index - 215) * 255) / 41);
    return [gray, gray, gray, 255];
  }).flat(),
);

const compactColor = (color: Partial<ColorSpec>): Partial<ColorSpec> | undefined => (Object.keys(color).length === 0 ? undefined : color);

/** The levels that a person chose for pictures of a format. */
export function levelsFor({ black, white, levelsOf }: Pick<View, 'black' | 'white' | 'levelsOf'>, format: PixelFormatId): Pick<View, 'black' | 'white'> {
  return levelsOf === undefined || levelsOf === format ? { black, white } : { black: undefined, white: undefined };
}

type Size = Pick<ImageSpec, 'width' | 'height'>;

/** The result's size: as chosen, or every n-th pixel, or the source's. */
export function targetSize({ parameters: { options, size } }: Pick<Lab, 'parameters'>, { spec: { width, height } }: Pick<ImageInfo, 'spec'>): Size {
  const { resample, decimate = 1 } = options;
  // Numbers that are none are the plan's to refuse.
  if (options.decimate !== undefined) return decimate >= 1 ? { width: Math.ceil(width / decimate), height: Math.ceil(height / decimate) } : { width, height };
  return resample === undefined || size === undefined ? { width, height } : size;
}

/** A pixel of one picture in another of the same view: the one under its middle. */
export function placeIn(pixel: { readonly x: number; readonly y: number }, from: Size, to: Size): { readonly x: number; readonly y: number } {
  const along = (at: number, own: number, other: number): number => Math.min(other - 1, own === other ? at : Math.floor(((at + 0.5) * other) / own));
  return { x: along(pixel.x, from.width, to.width), y: along(pixel.y, from.height, to.height) };
}

/** The parameters as a worker takes them, for an image. */
export function conversionOf({ parameters, sources }: Pick<Lab, 'parameters' | 'sources'>, image: Pick<ImageInfo, 'id' | 'spec' | 'provenance'>): Conversion {
  const { spec } = image;
  const { options, toColor } = parameters;
  const to = destinationOf({ parameters }, image);
  const target: ImageSpec = { format: to, ...targetSize({ parameters }, image), colorSpec: compactColor(toColor), palette: pixelFormat(to).family === 'palette' ? (spec.palette ?? PALETTE) : undefined };
  return { to: target, options, fromColor: sourceColor({ parameters, sources }, image) };
}

const NO_COLOR: Partial<ColorSpec> = {};

/** The parameters as a search of settings has them. */
export function settingsOf({ parameters, sources }: Pick<Lab, 'parameters' | 'sources'>, image: Pick<ImageInfo, 'id' | 'spec'>): Settings {
  return { from: image.spec.format, fromColor: sourceColor({ parameters, sources }, image) ?? NO_COLOR, toColor: parameters.toColor, options: parameters.options };
}

/** What the source says of its colours, and what the person said over it. */
export function sourceSpec(lab: Pick<Lab, 'parameters' | 'sources'>, image: Pick<ImageInfo, 'id' | 'spec'>): ImageSpec {
  return { ...image.spec, offsets: undefined, colorSpec: { ...image.spec.colorSpec, ...sourceColor(lab, image) } };
}

/** What the chosen encoder last made of the active image. */
export function encodedResult({ encoding, parameters }: Lab): EncodeResult | undefined {
  return resultOf(encoding.attempts[parameters.encode.encoder]);
}

/** The pictures that the one which is looked at can be held against. */
export const otherPictures = ({ sources, activeKey }: Pick<Lab, 'sources' | 'activeKey'>): readonly Source[] => sources.filter(({ key, active }) => key !== activeKey && active !== undefined);

/** What others are held against, while it is not itself looked at. */
export function referenceImage(lab: Pick<Lab, 'sources' | 'referenceKey' | 'activeKey'>): ImageInfo | undefined {
  const source = otherPictures(lab).find(({ key }) => key === lab.referenceKey);
  return source?.views.find(({ id }) => id === source.active);
}

/** Two pictures to be compared, what each is called, and what a person said of their colours. */
export interface Pair {
  readonly first: ImageInfo;
  readonly second: ImageInfo;
  readonly firstTitle: 'this' | 'source' | 'result';
  readonly secondTitle: 'result' | 'reference';
  readonly firstColor: Partial<ColorSpec> | undefined;
  readonly secondColor: Partial<ColorSpec> | undefined;
}

/** Whether the two were opened on their own; else the second was made of the first. */
export const isWithReference = ({ secondTitle }: Pair): boolean => secondTitle === 'reference';

/** How the two are to be read; undefined: as they were when the second was made of the first. */
export const readingOf = (pair: Pair): PairReading | undefined => (isWithReference(pair) ? { first: pair.firstColor, second: pair.secondColor } : undefined);

/** What is compared: a result with its source, or what a view shows with the reference. */
export function pairOf(lab: Lab): Pair | undefined {
  const [source, reference, { id }] = [activeImage(lab), referenceImage(lab), lab.view];
  const made = id === 'convert' ? lastConverted(lab)?.image : id === 'encode' ? encodedResult(lab)?.image : undefined;
  const held = id === 'inspect' ? source : id === 'convert' ? made : undefined;
  if (held !== undefined && reference !== undefined) return { first: held, second: reference, firstTitle: id === 'inspect' ? 'this' : 'result', secondTitle: 'reference', firstColor: sourceColor(lab, held), secondColor: sourceColor(lab, reference) };
  if (source === undefined || made === undefined) return undefined;
  return { first: source, second: made, firstTitle: 'source', secondTitle: 'result', firstColor: undefined, secondColor: undefined };
}

/** Which of a pair is alone on the stage; undefined: both are. */
function aloneOf(pair: Pair, comparing: View['comparing']): ImageInfo | undefined {
  if (comparing === 'source') return pair.first;
  if (comparing === 'reference') return pair.second;
  // What was made is the second of a source and its result, and the first beside a reference.
  return comparing === 'result' ? (isWithReference(pair) ? pair.first : pair.second) : undefined;
}

/** Which images the stage shows: the first alone, or both. */
export function shownImages(lab: Lab): { readonly main: ImageInfo | undefined; readonly other: ImageInfo | undefined } {
  const pair = pairOf(lab);
  if (pair === undefined) return { main: activeImage(lab), other: undefined };
  const alone = aloneOf(pair, lab.view.comparing);
  return alone === undefined ? { main: pair.first, other: pair.second } : { main: alone, other: undefined };
}
