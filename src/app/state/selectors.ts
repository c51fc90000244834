import { pixelFormat } from '../../kernels/index.ts';
import type { ColorSpec, ImageSpec } from '../../kernels/index.ts';
import type { Settings } from '../../kernels/search/settingsSearch.ts';
import type { Conversion, Converted, ImageInfo, PairReading } from '../../workers/protocol.ts';
import type { Source, View } from './document.ts';
import type { EncodeResult } from '../../workers/encodeClient.ts';
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

/** A palette of 6 × 6 × 6 colours and 40 grays, for pal8 as a destination. */
const PALETTE = Uint8Array.from(
  Array.from({ length: 256 }, (_, index) => {
    if (index < 216) return [(Math.floor(index / 36) % 6) * 51, (Math.floor(index / 6) % 6) * 51, (index % 6) * 51, 255];
    const gray = Math.round(((index - 215) * 255) / 41);
    return [gray, gray, gray, 255];
  }).flat(),
);

const compactColor = (color: Partial<ColorSpec>): Partial<ColorSpec> | undefined => (Object.keys(color).length === 0 ? undefined : color);

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
export function conversionOf({ parameters, sources }: Pick<Lab, 'parameters' | 'sources'>, image: Pick<ImageInfo, 'id' | 'spec'>): Conversion {
  const { spec } = image;
  const { to, options, toColor } = parameters;
  const target: ImageSpec = { format: to, ...targetSize({ parameters }, image), colorSpec: compactColor(toColor), palette: pixelFormat(to).family === 'palette' ? (spec.palette ?? PALETTE) : undefined };
  return { to: target, options, fromColor: sourceColor({ parameters, sources }, image) };
}

/** The parameters as a search of settings has them. */
export function settingsOf({ parameters, sources }: Pick<Lab, 'parameters' | 'sources'>, image: Pick<ImageInfo, 'id' | 'spec'>): Settings {
  return { from: image.spec.format, fromColor: sourceColor({ parameters, sources }, image) ?? {}, toColor: parameters.toColor, options: parameters.options };
}

/** What the source says of its colours, and what the person said over it. */
export function sourceSpec(lab: Pick<Lab, 'parameters' | 'sources'>, image: Pick<ImageInfo, 'id' | 'spec'>): ImageSpec {
  return { ...image.spec, offsets: undefined, colorSpec: { ...image.spec.colorSpec, ...sourceColor(lab, image) } };
}

/** What the chosen encoder last made of the active image. */
export function encodedResult({ encoding, parameters }: Lab): EncodeResult | undefined {
  return resultOf(encoding.attempts[parameters.encode.encoder]);
}

/** The source that others are held against, while it is not the one that is being looked at. */
export function referenceSource({ sources, referenceKey, activeKey }: Pick<Lab, 'sources' | 'referenceKey' | 'activeKey'>): Source | undefined {
  return referenceKey === activeKey ? undefined : sources.find(({ key }) => key === referenceKey);
}

export function referenceImage(lab: Lab): ImageInfo | undefined {
  const source = referenceSource(lab);
  return source?.views.find(({ id }) => id === source.active);
}

/** Two pictures to be compared, and what each is called. */
export interface Pair {
  readonly first: ImageInfo;
  readonly second: ImageInfo;
  readonly titles: readonly [string, string];
  /** How the two are to be read that were opened on their own; left out: the second was made of the first. */
  readonly reading: PairReading | undefined;
}

function pairWithReference(lab: Lab, first: ImageInfo | undefined, title: string): Pair | undefined {
  const second = referenceImage(lab);
  if (first === undefined || second === undefined) return undefined;
  return { first, second, titles: [title, 'reference'], reading: { first: sourceColor(lab, first), second: sourceColor(lab, second) } };
}

/** What is compared: a result with its source, or what a view shows with the reference. */
export function pairOf(lab: Lab): Pair | undefined {
  const source = activeImage(lab);
  if (lab.view.id === 'inspect') return pairWithReference(lab, source, 'this');
  if (lab.view.id !== 'convert' && lab.view.id !== 'encode') return undefined;
  const made = lab.view.id === 'convert' ? lastConverted(lab)?.image : encodedResult(lab)?.image;
  const withReference = lab.view.id === 'convert' ? pairWithReference(lab, made, 'result') : undefined;
  return withReference ?? (source === undefined || made === undefined ? undefined : { first: source, second: made, titles: ['source', 'result'], reading: undefined });
}

/** Which of a pair is alone on the stage; undefined: both are. */
function aloneOf({ first, second, reading }: Pair, comparing: View['comparing']): ImageInfo | undefined {
  if (comparing === 'source') return first;
  if (comparing === 'reference') return second;
  // What was made is the second of a source and its result, and the first beside a reference.
  return comparing === 'result' ? (reading === undefined ? second : first) : undefined;
}

/** Which images the stage shows: the first alone, or both. */
export function shownImages(lab: Lab): { readonly main: ImageInfo | undefined; readonly other: ImageInfo | undefined } {
  const pair = pairOf(lab);
  if (pair === undefined) return { main: activeImage(lab), other: undefined };
  const alone = aloneOf(pair, lab.view.comparing);
  return alone === undefined ? { main: pair.first, other: pair.second } : { main: alone, other: undefined };
}
