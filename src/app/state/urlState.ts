import * as v from 'valibot';
import { ENCODER_ROWS, isEncoderId } from '../../workers/encode/client.ts';
import { openSample } from '../commands/files.ts';
import { START_PARAMETERS, START_VIEW } from './document.ts';
import type { EncodeChoice } from './encoding.ts';
import { bench, color, format, maybe, options, pixels } from './schemas.ts';
import type { Lab } from './store.ts';
import { report, setParameters, setView, useLab } from './store.ts';
import { activeSource, colorKey } from './selectors.ts';

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

const Link = v.object({
  sample: v.optional(v.string()),
  file: v.optional(v.string()),
  to: v.optional(format),
  options: v.optional(options, {}),
  size: v.optional(v.object({ width: pixels, height: pixels })),
  fromColor: v.optional(color),
  toColor: v.optional(color, {}),
  geometry: v.optional(rawGeometry),
  encode: v.optional(encode, START_PARAMETERS.encode),
  bench: v.optional(bench),
  view: v.optional(v.object({
    id: maybe(v.picklist(['inspect', 'convert', 'encode', 'stream', 'bench'])), zoom: maybe(v.pipe(v.number(), v.minValue(0), v.maxValue(96))), center: maybe(point), pixel: maybe(point), solo: maybe(v.string()), black: maybe(v.number()), white: maybe(v.number()), levelsOf: maybe(format), notation: maybe(v.picklist(['dec', 'hex', 'bin', 'norm'])),
    comparing: maybe(v.picklist(['result', 'source', 'reference', 'swipe', 'difference', 'heat'])), swipe: maybe(v.number()), gain: maybe(v.number()), drawer: maybe(v.picklist(['derivation', 'bytes', 'scopes', 'log', 'encoders', 'rates', 'jpeg'])), panel: maybe(v.boolean()), theme: maybe(v.picklist(['system', 'light', 'dark'])),
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
