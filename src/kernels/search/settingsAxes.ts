import { formatLayout } from '../image/formatLayout.ts';
import { ROUNDINGS } from '../pipeline/rounding.ts';
import type { ConvertOptions } from '../pipeline/step.ts';
import { SITINGS } from '../tables/chroma.ts';
import { MATRICES, RANGES } from '../tables/colorSpecs.ts';
import type { ColorSpec } from '../tables/colorSpecs.ts';
import { pixelFormat } from '../tables/pixelFormats.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';

/** All that decides what is made of an image's bytes in a destination format. */
export interface Settings {
  /** As which format of the same layout the bytes are read: red and blue may be exchanged. */
  readonly from: PixelFormatId;
  readonly fromColor: Partial<ColorSpec>;
  readonly toColor: Partial<ColorSpec>;
  readonly options: ConvertOptions;
}

/** One way to change settings; each gives one value of an axis. */
export type Change = (settings: Settings) => Settings;

/** Values of which one is right. */
export type Axis = readonly Change[];

const keysOf = <T extends string>(row: Readonly<Record<T, unknown>>): readonly T[] => Object.keys(row).filter((key): key is T => Object.hasOwn(row, key));

type Side = 'fromColor' | 'toColor';

const colored = (side: Side, color: Partial<ColorSpec>): Change => (settings) => ({ ...settings, [side]: { ...settings[side], ...color } });
const optioned = (options: ConvertOptions): Change => (settings) => ({ ...settings, options: { ...settings.options, ...options } });

const ranges = (side: Side): Axis => keysOf(RANGES).map((range) => colored(side, { range }));
const coloursOf = (side: Side): Axis => keysOf(MATRICES).filter((matrix) => matrix !== 'rgb').flatMap((matrix) => keysOf(RANGES).map((range) => colored(side, { matrix, range })));

/** Every value of one axis with every value of another; of an axis without values, the other alone. */
const each = (outer: Axis, inner: Axis): Axis => (outer.length === 0 ? inner : inner.length === 0 ? outer : outer.flatMap((first) => inner.map((second): Change => (settings) => second(first(settings)))));

/** A filter that looks at places, at each place; the others where chroma is anywhere. */
function chroma(option: 'chromaUp' | 'chromaDown', side: Side): Axis {
  const placed = keysOf(SITINGS).map((siting): Change => (settings) => colored(side, { siting })(optioned({ [option]: 'bilinear' })(settings)));
  return [optioned({ [option]: 'nearest' }), optioned({ [option]: 'box' }), ...placed];
}

const isSubsampled = (format: PixelFormatId): boolean => { const { x, y } = formatLayout(format).chroma; return x * y > 1; };
const depthsOf = (format: PixelFormatId): string => formatLayout(format).components.map(({ bits }) => bits).join();

/**
 * What may be set otherwise in a conversion whose result is held against a reference, the likeliest cause of a difference first.
 * The destination's colours are asked for only where the reference has such numbers itself.
 * @param twins formats as which the source's bytes might be read as well
 */
export function axesOf(from: PixelFormatId, to: PixelFormatId, reference: PixelFormatId, twins: readonly PixelFormatId[]): readonly Axis[] {
  const [source, target, other] = [from, to, reference].map((id) => pixelFormat(id).family);
  const hasAlpha = (format: PixelFormatId): boolean => formatLayout(format).components.some(({ component }) => component === 'A');
  const isAsked = other === target;
  const sourceColours = source === 'yuv' ? coloursOf('fromColor') : [];
  const targetColours = isAsked && (target === 'yuv' || target === 'gray') ? coloursOf('toColor') : [];
  const axes: readonly (Axis | false)[] = [
    // Together: with red and blue exchanged, a wrong matrix may well come nearest.
    each(each(twins.map((twin): Change => (settings) => ({ ...settings, from: twin })), targetColours), sourceColours),
    isSubsampled(from) && chroma('chromaUp', 'fromColor'),
    isSubsampled(to) && chroma('chromaDown', 'toColor'),
    depthsOf(from) !== depthsOf(to) && (['exact', 'replicate', 'shift'] as const).map((depthMode) => optioned({ depthMode })),
    hasAlpha(from) && (['straight', 'premultiplied'] as const).map((alphaFrom) => optioned({ alphaFrom })),
    hasAlpha(to) && (['straight', 'premultiplied'] as const).map((alphaTo) => optioned({ alphaTo })),
    source !== 'yuv' && ranges('fromColor'),
    isAsked && targetColours.length === 0 && ranges('toColor'),
    keysOf(ROUNDINGS).map((rounding) => optioned({ rounding })),
    (['clamp', 'cast'] as const).map((policy) => optioned({ policy })),
  ];
  return axes.filter((axis) => axis !== false);
}
