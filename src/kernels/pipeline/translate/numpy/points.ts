import { ERROR_COLOR } from '../../steps/channels.ts';
import { limits } from '../../steps/depth.ts';
import type { Signal } from '../../signal.ts';
import { channelNamed } from '../../signal.ts';
import type { BitDepthStep, CastStep, ClampStep, FillStep, Pipeline, PremultiplyStep, RangeStep, RoundStep, ThresholdStep } from '../../step.ts';
import { paletteFrom } from '../../../image/palette.ts';
import { planeLayouts } from '../../../image/layout.ts';
import type { PaletteInput } from '../../../image/types.ts';
import { shapeOf } from './frame.ts';
import type { Frame } from './frame.ts';

const n = (value: number): string => String(value);
const isFloat = (input: Signal, name: string): boolean => channelNamed(input, name).kind === 'float';

/** fp32, two roundings. */
export const rangeLines = ({ channels, scale, offset }: RangeStep): readonly string[] =>
  channels.map((name) => `${name} = np.float32(${n(scale)}) * ${name}.astype(np.float32) + np.float32(${n(offset)})`);

export const roundLines = ({ channels }: RoundStep): readonly string[] => channels.map((name) => `${name} = rounded(${name})`);

export function clampLines({ channels, type }: ClampStep, input: Signal): readonly string[] {
  const { min, max } = limits(type);
  return channels.map((name) => {
    if (type.kind === 'float') return `${name} = ${name}.astype(np.float32)`;
    if (!isFloat(input, name)) return `${name} = ${name}.clip(${n(min)}, ${n(max)})`;
    return `${name} = np.where(np.isnan(${name}), 0, ${name}).clip(${n(min)}, ${n(max)}).astype(np.int64)`;
  });
}

export function castLines({ channels, type }: CastStep): readonly string[] {
  const { min } = limits(type);
  return channels.map((name) => (type.kind === 'float' ? `${name} = ${name}.astype(np.float32)` : `${name} = wrapped(${name}, ${n(min)}, ${n(2 ** type.bits)})`));
}

/** Where the copies of a value's bits go: shifts to the left, the last one perhaps to the right. */
function copies(from: number, to: number): readonly string[] {
  const shifts: string[] = [];
  for (let left = to - from; left > -from; left -= from) shifts.push(left === 0 ? '' : left > 0 ? ` << ${n(left)}` : ` >> ${n(-left)}`);
  return shifts;
}

export function bitDepthLines({ mode, channels }: BitDepthStep): readonly string[] {
  return channels.flatMap(({ name, from, to }) => {
    if (from === to) return [];
    if (to < from) return [`${name} = ${name} >> ${n(from - to)}`];
    if (mode === 'shift') return [`${name} = ${name} << ${n(to - from)}`];
    return [`${name} = ${copies(from, to).map((shift) => (shift === '' ? name : `(${name}${shift})`)).join(' | ')}`];
  });
}

export function fillLines({ channels }: FillStep, frame: Frame): readonly string[] {
  return channels.map(({ name, value, float, sub }) => {
    const { rows, columns } = shapeOf(frame, { sub });
    return `${name} = np.full((${n(rows)}, ${n(columns)}), ${n(value)}, ${float ? 'np.float32' : 'np.int64'})`;
  });
}

export function premultiplyLines({ kind, channels }: PremultiplyStep, input: Signal): readonly string[] {
  const max = n(2 ** channelNamed(input, 'A').bits - 1);
  return channels.map((name) => {
    if (kind === 'premultiply') return isFloat(input, name) ? `${name} = ${name} * A` : `${name} = ratio(${name} * A, ${max})`;
    if (isFloat(input, name)) return `${name} = np.where(A == 0, np.float32(0), ${name} / np.where(A == 0, np.float32(1), A))`;
    return `${name} = np.where(A == 0, 0, ratio(${name} * ${max}, np.maximum(A, 1)).clip(0, ${max}))`;
  });
}

export const thresholdLines = ({ above, dither }: ThresholdStep): readonly string[] =>
  [dither ? `Y = (Y > bayer(Y.shape) * ${n(above * 2 - 1)}).astype(np.int64)` : `Y = (Y > ${n(above)}).astype(np.int64)`];

const HEX_A_LINE = 128;

/** A palette as a table of 256 R,G,B,A; places past its end are the colour that marks an error. */
function paletteLines(name: string, palette: PaletteInput, places: number): readonly string[] {
  const { colors } = paletteFrom(palette);
  const all = Array.from({ length: Math.max(places * 4, colors.length) }, (_, index) => colors[index] ?? ERROR_COLOR[index % 4] ?? 0);
  const hex = all.map((value) => value.toString(16).padStart(2, '0')).join('');
  const lines = hex.match(new RegExp(`.{1,${n(HEX_A_LINE)}}`, 'g')) ?? [];
  return [`${name} = np.frombuffer(bytes.fromhex("""`, ...lines, `"""), np.uint8).reshape(-1, 4).astype(np.int64)`];
}

const COLOUR = ['R', 'G', 'B', 'A'] as const;

export function lookupLines({ from }: Pipeline, output: Signal): readonly string[] {
  const trailing = planeLayouts(from)[1];
  const table = from.palette === undefined
    ? [`palette = np.frombuffer(data, np.uint8, 1024, ${n(trailing?.offset ?? 0)}).reshape(256, 4)[:, [2, 1, 0, 3]].astype(np.int64)`]
    : paletteLines('palette', from.palette, 256);
  return [...table, ...COLOUR.flatMap((name, part) => (output.channels.some((channel) => channel.name === name) ? [`${name} = palette[I, ${n(part)}]`] : []))];
}

export function nearestColorLines({ to }: Pipeline): readonly string[] {
  return [
    ...paletteLines('target', to.palette ?? new Uint8Array(4), 0),
    'I, nearest = np.zeros_like(R), np.full(R.shape, 1 << 20)',
    'for index, (r, g, b, a) in enumerate(target):',
    '    distance = (R - r) ** 2 + (G - g) ** 2 + (B - b) ** 2 + (A - a) ** 2',
    '    I, nearest = np.where(distance < nearest, index, I), np.minimum(distance, nearest)',
  ];
}
