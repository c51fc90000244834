import * as v from 'valibot';
import { CHROMA_FILTERS, MATRICES, RANGES, RESAMPLE_FILTERS, ROUNDINGS, SITINGS, isPixelFormatId } from '../../kernels/index.ts';
import type { PixelFormatId } from '../../kernels/index.ts';
import { ENCODER_ROWS, isEncoderId } from '../../workers/encodeClient.ts';
import { openSample } from '../commands/files.ts';
import { START_PARAMETERS, START_VIEW } from './document.ts';
import type { EncodeChoice } from './encoding.ts';
import type { Lab } from './store.ts';
import { report, setParameters, setView, useLab } from './store.ts';
import { activeSource, colorKey } from './selectors.ts';

const keys = <T extends string>(row: Readonly<Record<T, unknown>>): v.PicklistSchema<T[], undefined> => v.picklist(Object.keys(row).filter((key): key is T => Object.hasOwn(row, key)));
const format = v.custom<PixelFormatId>((value) => typeof value === 'string' && isPixelFormatId(value));
const maybe = v.exactOptional;
const color = v.object({ matrix: maybe(keys(MATRICES)), range: maybe(keys(RANGES)), siting: maybe(keys(SITINGS)) });
const alpha = v.picklist(['straight', 'premultiplied']);
const options = v.object({
  scale: maybe(v.number()), offset: maybe(v.number()), policy: maybe(v.picklist(['clamp', 'cast'])), chromaUp: maybe(keys(CHROMA_FILTERS)), chromaDown: maybe(keys(CHROMA_FILTERS)), dither: maybe(v.picklist(['none', 'ordered'])),
  rounding: maybe(keys(ROUNDINGS)), depthMode: maybe(v.picklist(['exact', 'replicate', 'shift'])), alphaFrom: maybe(alpha), alphaTo: maybe(alpha), resample: maybe(keys(RESAMPLE_FILTERS)), decimate: maybe(v.pipe(v.number(), v.integer(), v.minValue(1))), backend: maybe(v.picklist(['reference', 'scalar', 'simd'])),
});
const pixels = v.pipe(v.number(), v.integer(), v.minValue(1));
const point = v.object({ x: v.number(), y: v.number() });
const rawGeometry = v.object({
  spec: v.object({ format, width: v.number(), height: v.number(), colorSpec: v.optional(color), strides: v.optional(v.array(v.number())), offsets: v.optional(v.array(v.number())) }),
  headerOffset: v.number(),
  padShort: v.boolean(),
});

/** Names of encoders, each with plain values; what an encoder makes of them is its own business. */
const plainValues = v.record(v.string(), v.union([v.number(), v.string(), v.boolean()]));
const isEncoderOptions = (value: unknown): boolean => v.is(v.record(v.custom<string>((id) => typeof id === 'string' && isEncoderId(id)), plainValues), value);
const encode = v.object({ encoder: v.picklist(ENCODER_ROWS.map(({ id }) => id)), options: v.custom<EncodeChoice['options']>(isEncoderOptions) });

/** Names of cases and engines that are not there are nothing to be measured. */
const names = v.array(v.string());
const edge = v.pipe(pixels, v.maxValue(16_384));
const bench = v.object({ cases: names, sizes: v.array(v.strictTuple([edge, edge])), engines: names, threads: v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64))), method: v.picklist(['median', 'vpi']), seconds: v.pipe(v.number(), v.minValue(0.1), v.maxValue(60)) });

const Link = v.object({
  sample: v.optional(v.string()),
  file: v.optional(v.string()),
  to: v.optional(format, START_PARAMETERS.to),
  options: v.optional(options, {}),
  size: v.optional(v.object({ width: pixels, height: pixels })),
  fromColor: v.optional(color),
  toColor: v.optional(color, {}),
  geometry: v.optional(rawGeometry),
  encode: v.optional(encode, START_PARAMETERS.encode),
  bench: v.optional(bench),
  view: v.optional(v.object({
    id: maybe(v.picklist(['inspect', 'convert', 'encode', 'stream', 'bench'])), zoom: maybe(v.pipe(v.number(), v.minValue(0), v.maxValue(96))), center: maybe(point), pixel: maybe(point), solo: maybe(v.string()), black: maybe(v.number()), white: maybe(v.number()), notation: maybe(v.picklist(['dec', 'hex', 'bin', 'norm'])),
    comparing: maybe(v.picklist(['result', 'source', 'swipe', 'difference', 'heat'])), swipe: maybe(v.number()), gain: maybe(v.number()), drawer: maybe(v.picklist(['derivation', 'bytes', 'scopes', 'log', 'encoders', 'rates', 'jpeg'])), panel: maybe(v.boolean()), theme: maybe(v.picklist(['system', 'light', 'dark'])),
  }), {}),
});

/** Only what differs from the start is in a link. */
function changed(view: Lab['view']): Partial<Lab['view']> {
  const start: Readonly<Record<string, unknown>> = { ...START_VIEW };
  return Object.fromEntries(Object.entries(view).filter(([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(start[key])));
}

export function linkOf(lab: Lab): string {
  const source = activeSource(lab);
  const { geometry: geometries, fromColor: colors, ...parameters } = lab.parameters;
  const [first] = source?.views ?? [];
  const changedFrom = <T>(start: T, value: T): T | undefined => (JSON.stringify(value) === JSON.stringify(start) ? undefined : value);
  // While its file is not here, what a link says of it goes on into the next.
  const own = source === undefined ? lab.awaited : { name: source.file.name, geometry: geometries[source.key], fromColor: first === undefined ? undefined : colors[colorKey(source, first)] };
  const link = { sample: source?.sample, file: source?.sample === undefined ? own?.name : undefined, ...parameters, fromColor: own?.fromColor, encode: changedFrom(START_PARAMETERS.encode, parameters.encode), bench: changedFrom(START_PARAMETERS.bench, parameters.bench), geometry: own?.geometry, view: changed(lab.view) };
  return encodeURIComponent(JSON.stringify(link)).replaceAll('%22', "'").replaceAll('%3A', ':').replaceAll('%2C', ',');
}

/** Keeps the address at what is seen, a moment after it changed. */
export function writeUrl(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  useLab.subscribe((lab) => {
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, '', `#${linkOf(lab)}`), 150);
  });
}

/** Brings back what a link says. Files are not in a link: it says so, kindly. */
export async function restoreFromUrl(): Promise<void> {
  const text = location.hash.slice(1);
  if (text === '') return;
  let parsed: v.InferOutput<typeof Link>;
  try {
    parsed = v.parse(Link, JSON.parse(decodeURIComponent(text.replaceAll("'", '%22'))));
  } catch {
    report({ code: 'link/unreadable', what: 'The link could not be read; it is damaged or from another version.', remedy: 'Open a file or a sample instead.' });
    return;
  }
  const { sample, file, geometry, fromColor, view, to, ...parameters } = parsed;
  setParameters({ to, options: parameters.options, size: parameters.size, toColor: parameters.toColor, encode: parameters.encode, bench: parameters.bench ?? START_PARAMETERS.bench });
  setView(view);
  useLab.setState({ awaited: sample === undefined && file !== undefined ? { name: file, geometry, fromColor } : undefined });
  if (sample !== undefined) await openSample(sample, { geometry, fromColor });
  else if (file !== undefined) {
    report({ code: 'link/file', what: `This link was made with “${file}”, which is on the machine of whoever made it: pictures never travel in links.`, remedy: 'Open that file: the link’s geometry, formats and options are kept for it.' });
  }
  setView(view);
  useLab.temporal.getState().clear();
}
