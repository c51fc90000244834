import { SITINGS } from '../../../tables/chroma.ts';
import type { ChromaStep } from '../../step.ts';
import type { Signal } from '../../signal.ts';
import { shapeOf } from './frame.ts';
import type { Frame } from './frame.ts';

const n = (value: number): string => String(value);

/** One axis as Python: a list of (indices, weights) and the weights' sum. */
interface AxisCode {
  readonly taps: string;
  readonly denominator: number;
}

const plain = (count: number): AxisCode => ({ taps: `[(np.arange(${n(count)}), np.ones(${n(count)}, np.int64))]`, denominator: 1 });

/** Two neighbours of each fine sample, weighed by their distance in halves of a luma sample. */
function finer(factor: number, siting: number, size: number, count: number): AxisCode {
  const [span, offset] = [2 * factor, 2 * siting * (factor - 1)];
  const place = `2 * np.arange(${n(count)})${offset === 0 ? '' : ` - ${n(offset)}`}`;
  return { denominator: span, taps: `[((${place}) // ${n(span)} + k).clip(0, ${n(size - 1)}) for k in (0, 1)], [${n(span)} - (${place}) % ${n(span)}, (${place}) % ${n(span)}]` };
}

/** A block's mean, or a triangle as wide as the chroma spacing on either side. */
function coarser(filter: 'box' | 'bilinear', factor: number, siting: number, size: number, count: number): AxisCode {
  const centre = siting * (factor - 1);
  const weight = (at: number): number => (filter === 'box' ? 1 : 2 * (factor - Math.abs(at - centre)));
  const first = filter === 'box' ? 0 : Math.ceil(centre - factor);
  const last = filter === 'box' ? factor - 1 : Math.floor(centre + factor);
  const taps = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((at) => weight(at) > 0);
  const pairs = taps.map((at) => `(${n(at)}, ${n(weight(at))})`).join(', ');
  return {
    denominator: taps.reduce((sum, at) => sum + weight(at), 0),
    taps: `[((${n(factor)} * np.arange(${n(count)}) + at).clip(0, ${n(size - 1)}), np.full(${n(count)}, weight)) for at, weight in [${pairs}]]`,
  };
}

/** Chroma samples made more or fewer. */
export function chromaLines(step: ChromaStep, input: Signal, output: Signal, frame: Frame): readonly string[] {
  const up = step.kind === 'upsample';
  const factor = up ? { x: step.from.x / step.to.x, y: step.from.y / step.to.y } : { x: step.to.x / step.from.x, y: step.to.y / step.from.y };
  const names = output.channels.filter(({ name }) => name === 'U' || name === 'V').map(({ name }) => name);
  const { rows, columns } = shapeOf(frame, { sub: step.to });
  if (step.filter === 'nearest' || (up && step.filter === 'box')) return names.map((name) => `${name} = ${name}${up ? repeated(factor, rows, columns) : `[::${n(factor.y)}, ::${n(factor.x)}]`}`);
  const size = { x: Math.ceil(input.width / step.from.x), y: Math.ceil(input.height / step.from.y) };
  const siting = SITINGS[step.siting];
  const axis = (along: 'x' | 'y', count: number): AxisCode => {
    if (factor[along] === 1) return plain(count);
    if (step.filter === 'nearest' || !up) return coarser(step.filter === 'box' ? 'box' : 'bilinear', factor[along], siting[along], size[along], count);
    const { taps, denominator } = finer(factor[along], siting[along], size[along], count);
    return { taps: `list(zip(${taps}))`, denominator };
  };
  const [y, x] = [axis('y', rows), axis('x', columns)];
  return [`ys = ${y.taps}`, `xs = ${x.taps}`, ...names.map((name) => `${name} = resampled(${name}, ys, xs, ${n(y.denominator * x.denominator)})`)];
}

function repeated(factor: { readonly x: number; readonly y: number }, rows: number, columns: number): string {
  const down = factor.y > 1 ? `.repeat(${n(factor.y)}, 0)` : '';
  const across = factor.x > 1 ? `.repeat(${n(factor.x)}, 1)` : '';
  return `${down}${across}[:${n(rows)}, :${n(columns)}]`;
}
