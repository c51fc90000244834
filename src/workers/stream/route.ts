import { heededOptions, sayEncoderOptions } from './encoderOptions.ts';
import { isRawEncoding, paddingByte } from './rawFormats.ts';
import { COMPRESSORS } from './routeTypes.ts';
import type { Capabilities, Decision, EncoderFacts, EncoderKind, FrameOptions, RouteAction, RouteReason, RouteRowId, RoutedFrame, Scaling, WindowState } from './routeTypes.ts';

export type * from './routeTypes.ts';

/** A window that sent nothing for so long loses its encoder. */
export const IDLE_MS = 5000;
const NOT_SCALED: Scaling = [1, 1];
const USUAL_DEPTH = 24;
/** What every decoder takes; for clients that never said what they decode. */
const USUAL_DST_FORMATS: readonly string[] = ['YUV420P'];
const UNTOUCHED: readonly string[] = ['mmap', 'scroll'];
/** Options that go with the stream where the encoder said nothing of them. */
export const COPIED_OPTIONS = ['timestamp', 'rgb_format', 'depth', 'csc'] as const;

interface Context {
  readonly frame: RoutedFrame;
  readonly options: FrameOptions | undefined;
  readonly capabilities: Capabilities;
  readonly state: WindowState;
  /** The window's encoder, unless it stood idle for too long. */
  readonly current: EncoderFacts | undefined;
  readonly wanted: EncoderFacts | undefined;
  readonly dstFormats: readonly string[];
  readonly rowstride: number;
}

/** What a row says when it has a say; with an action it is the last word. */
interface Outcome {
  readonly says: string;
  readonly action?: RouteAction;
  readonly closes?: string;
}

interface Row {
  readonly row: RouteRowId;
  /** The condition and the consequence, for people. */
  readonly title: string;
  readonly decide: (context: Context) => Outcome | undefined;
}

const size = ({ width, height }: { readonly width: number; readonly height: number }): string => `${String(width)}×${String(height)}`;
const ratio = ([numerator, denominator]: Scaling): string => `${String(numerator)}:${String(denominator)}`;

/** What the bytes of raw pixels are compressed with, where something says that they are. */
function compressorOf({ compressed }: RoutedFrame, options: FrameOptions | undefined): string | undefined {
  if (compressed !== undefined && compressed !== '') return compressed;
  return COMPRESSORS.find((name) => options?.[name] !== undefined && options[name] !== false && options[name] !== 0);
}

/** Below 0, and left out, mean: as the encoder is set. */
const setting = (value: number | undefined): number | undefined => (value === undefined || value < 0 ? undefined : value);

function videoKind({ video }: Capabilities, { rgb_format: format = '', codec }: FrameOptions, current: EncoderFacts | undefined, dstFormats: readonly string[]): EncoderKind | undefined {
  const fits = video.filter((kind) => kind.rgbFormats.includes(format) && kind.csc.some((csc) => dstFormats.includes(csc)));
  return codec === undefined ? (fits.find((kind) => kind.codec === current?.codec) ?? fits[0]) : fits.find((kind) => kind.codec === codec);
}

function contextOf(frame: RoutedFrame, options: FrameOptions | undefined, capabilities: Capabilities, state: WindowState): Context {
  const current = state.idleMs >= IDLE_MS ? undefined : state.encoder;
  const dstFormats = options?.dst_formats ?? state.dstFormats ?? USUAL_DST_FORMATS;
  const kind = videoKind(capabilities, options ?? {}, current, dstFormats);
  const csc = dstFormats.find((format) => kind?.csc.includes(format));
  const wanted = kind === undefined || csc === undefined ? undefined : { codec: kind.codec, csc, width: frame.width, height: frame.height, scaling: options?.scaling ?? NOT_SCALED, depth: options?.depth ?? USUAL_DEPTH };
  const asked = options?.rowstride ?? 0;
  return { frame, options, capabilities, state, current, wanted, dstFormats, rowstride: asked > 0 ? asked : frame.rowstride };
}

/** What differs between the encoder there is and what is asked, both values named; undefined when nothing does. */
function difference({ frame, options, current, wanted }: Context): string | undefined {
  if (current === undefined) return undefined;
  const scaling = options?.scaling ?? NOT_SCALED;
  const codec = options?.codec ?? wanted?.codec ?? current.codec;
  const csc = wanted?.csc ?? current.csc;
  const parts = [
    current.width === frame.width && current.height === frame.height ? '' : `size ${size(current)} → ${size(frame)}`,
    current.scaling[0] * scaling[1] === current.scaling[1] * scaling[0] ? '' : `scaling ${ratio(current.scaling)} → ${ratio(scaling)}`,
    current.codec === codec ? '' : `codec ${current.codec} → ${codec}`,
    current.csc === csc ? '' : `csc ${current.csc} → ${csc}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.join(', ');
}

function passthroughOf({ frame, options, rowstride }: Context, alpha: 'clear' | 'keep'): { readonly action: RouteAction; readonly what: string } {
  const format = options?.rgb_format ?? '';
  const hasPadding = paddingByte(format) !== undefined;
  const what = alpha === 'keep' ? 'its bytes as they are' : hasPadding ? `the X byte of ${format} set to 255` : `${format === '' ? 'this layout' : format} has no X byte, so nothing is cleared`;
  return { action: { do: 'passthrough', encoding: frame.encoding, alpha: alpha === 'clear' && hasPadding ? 'clear' : 'keep', rowstride }, what: `${what}; ${frame.encoding}, stride ${String(rowstride)} B` };
}

function whyForwarded({ capabilities, options }: Context): string | undefined {
  if (capabilities.video.length === 0) return 'There is no video encoder here';
  if (options === undefined || Object.keys(options).length === 0) return 'The client gave no options';
  return options.proxy === true ? undefined : 'The proxy flag is not set: the frame is not ours to encode';
}

type EncoderSort = 'video' | 'jpeg';

/** What the encoder is set to for this frame: its own options first, then the frame's. */
function settings(options: FrameOptions | undefined, sort: EncoderSort): { readonly quality: number | undefined; readonly speed: number | undefined } {
  const { quality, speed } = heededOptions(options?.options, sort);
  return { quality: quality ?? setting(options?.quality), speed: speed ?? setting(options?.speed) };
}

function say(options: FrameOptions | undefined, sort: EncoderSort): string {
  const { quality, speed } = settings(options, sort);
  if (quality === undefined && speed === undefined) return 'quality and speed as they are set';
  return `quality ${quality === undefined ? 'as it is set' : String(quality)}, speed ${speed === undefined ? 'as it is set' : String(speed)}`;
}

function video(context: Context, make: Extract<RouteAction, { do: 'video' }>['make']): RouteAction | undefined {
  const { wanted, rowstride, dstFormats, options } = context;
  return wanted === undefined ? undefined : { do: 'video', rowstride, encoder: wanted, make, dstFormats, ...settings(options, 'video'), keyFrame: heededOptions(options?.options, 'video').keyFrame === true };
}

/** The table, in its order: the first row with an action settles the frame, those before it that apply are told too. */
export const ROUTE_TABLE: readonly Row[] = [
  { row: 1, title: 'mmap or scroll: untouched', decide: ({ frame }) => (UNTOUCHED.includes(frame.encoding) ? { says: `${frame.encoding} carries no pixels of its own: never touched.`, action: { do: 'untouched' } } : undefined) },
  { row: 2, title: 'not raw pixels: forwarded as it is', decide: ({ frame, options }) => {
    if (!isRawEncoding(frame.encoding)) return { says: `${frame.encoding} is compressed already: every byte forwarded as it is.`, action: { do: 'forward' } };
    const compressor = compressorOf(frame, options);
    return compressor === undefined ? undefined : { says: `The ${frame.encoding} pixels are compressed with ${compressor}: their bytes are no pixels, and every one is forwarded as it is.`, action: { do: 'forward' } };
  } },
  { row: 3, title: 'raw passthrough is on: forwarded raw', decide: (context) => {
    if (!context.capabilities.passthrough) return undefined;
    const isProxied = context.options?.proxy === true;
    const { action, what } = passthroughOf(context, isProxied ? 'clear' : 'keep');
    return { says: `Raw passthrough is on and the proxy flag is ${isProxied ? 'set' : 'not set'}: ${what}.`, action };
  } },
  { row: 4, title: 'nothing to encode with or for: marked compressed, forwarded', decide: (context) => {
    const why = whyForwarded(context);
    return why === undefined ? undefined : { says: `${why}: marked as compressed and forwarded.`, action: { do: 'forward' } };
  } },
  { row: 5, title: 'the window is lost: dropped', decide: ({ frame, state }) => (state.isLost ? { says: `Window ${String(frame.window)} is gone: dropped before encoding.`, action: { do: 'drop' } } : undefined) },
  { row: 6, title: 'the encoder is for something else: closed, another made', decide: (context) => {
    const closes = difference(context);
    if (closes === undefined) return undefined;
    const action = video(context, 'changed');
    return { says: `The window’s encoder is for something else (${closes}): closed${action === undefined ? '.' : ', another is made, a key frame follows.'}`, closes, ...(action === undefined ? {} : { action }) };
  } },
  { row: 7, title: 'no video encoder for this format: JPEG, else raw', decide: (context) => {
    if (context.wanted !== undefined) return undefined;
    const { options, capabilities, dstFormats, rowstride } = context;
    const lacking = `No video encoder${options?.codec === undefined ? '' : ` for ${options.codec}`} takes ${options?.rgb_format ?? 'a frame without rgb_format'} to ${dstFormats.join(' or ')}`;
    if (capabilities.jpeg) return { says: `${lacking}: sent as JPEG.`, action: { do: 'jpeg', rowstride, ...settings(options, 'jpeg') } };
    const { action, what } = passthroughOf(context, 'clear');
    return { says: `${lacking}, and JPEG is absent: raw, ${what}.`, action };
  } },
  { row: 11, title: 'idle for 5 s: its encoder was closed, another is made', decide: (context) => {
    const isStale = context.state.encoder !== undefined && context.current === undefined;
    const action = isStale || (context.state.wasIdle && context.current === undefined) ? video(context, 'idle') : undefined;
    return action === undefined ? undefined : { says: `The window sent nothing for ${String(IDLE_MS / 1000)} s, so its encoder was closed: another is made.`, action };
  } },
  { row: 8, title: 'first frame of a window: its encoder is made', decide: (context) => {
    const { wanted, dstFormats } = context;
    const action = context.current === undefined ? video(context, 'first') : undefined;
    return action === undefined || wanted === undefined ? undefined : { says: `First frame of the window: ${wanted.codec} is made for ${size(wanted)}, scaling ${ratio(wanted.scaling)}, depth ${String(wanted.depth)}, ${wanted.csc} of the client’s ${dstFormats.join(', ')}.`, action };
  } },
  { row: 9, title: 'encoded by the window’s encoder', decide: (context) => {
    const action = video(context, undefined);
    return action === undefined ? undefined : { says: `The window’s ${context.wanted?.codec ?? 'video'} encoder goes on, with ${say(context.options, 'video')}.`, action };
  } },
];

/** What a row says, and what became of the client's options for the encoder: a row speaks once. */
function withOptions(says: string, options: FrameOptions | undefined, sort: EncoderSort | undefined): string {
  const own = sayEncoderOptions(options ?? {}, sort);
  return own === undefined ? says : `${says} ${own}`;
}

/** Rows that follow once a frame is encoded: what applies to it, and what is copied. */
function encodingReasons({ options }: Context, settledBy: RouteRowId, sort: EncoderSort): readonly RouteReason[] {
  const copied = COPIED_OPTIONS.filter((name) => options?.[name] !== undefined);
  return [
    ...(settledBy === 9 ? [] : [{ row: 9, says: withOptions(`Encoded with ${say(options, sort)}.`, options, sort) } as const]),
    ...(copied.length === 0 ? [] : [{ row: 10, says: `Where the encoder gives none, the client’s ${copied.join(', ')} go with the stream.` } as const]),
  ];
}

/**
 * What becomes of a frame. Pure: the same arguments give the same decision, and nothing is changed.
 * @param options undefined, or empty: the client asked for nothing
 * @source xpra's proxy encoder, `process_draw`
 */
export function route(frame: RoutedFrame, options: FrameOptions | undefined, capabilities: Capabilities, state: WindowState): Decision {
  const context = contextOf(frame, options, capabilities, state);
  const told: RouteReason[] = [];
  let closes: string | undefined;
  for (const { row, decide } of ROUTE_TABLE) {
    const outcome = decide(context);
    if (outcome === undefined) continue;
    closes ??= outcome.closes;
    const { action, says } = outcome;
    if (action === undefined) {
      told.push({ row, says });
      continue;
    }
    const sort = action.do === 'video' || action.do === 'jpeg' ? action.do : undefined;
    if (sort === undefined) return { action, row, closes, reasons: [...told, { row, says: withOptions(says, options, undefined) }] };
    return { action, row, closes, reasons: [...told, { row, says: row === 9 ? withOptions(says, options, sort) : says }, ...encodingReasons(context, row, sort)] };
  }
  // The rows leave no frame over: without a video encoder row 7 settles it, with one row 9 does.
  throw new TypeError(`No row settles ${JSON.stringify(frame)}.`);
}
