import type { ResampleStep } from '../../step.ts';
import type { Signal } from '../../signal.ts';
import { shapeOf } from './frame.ts';
import type { Frame } from './frame.ts';

const text = (value: number): string => String(value);

/** One axis as Python: a list of (indices, weights), in the order of the source's pixels. */
function axisCode(filter: ResampleStep['filter'], [n, d]: readonly [number, number], size: number, count: number): { readonly taps: string; readonly denominator: number } {
  const i = `np.arange(${text(count)})`;
  const last = text(size - 1);
  if (n === d || filter === 'nearest') return { denominator: 1, taps: `[((${i} * ${text(n)} // ${text(d)}).clip(0, ${last}), np.ones(${text(count)}, np.int64))]` };
  if (filter === 'bilinear') {
    const place = `((2 * ${i} + 1) * ${text(n)} - ${text(d)})`;
    const span = text(2 * d);
    return { denominator: 2 * d, taps: `[((${place} // ${span} + k).clip(0, ${last}), ${place} % ${span} if k else ${span} - ${place} % ${span}) for k in (0, 1)]` };
  }
  const at = `(${i} * ${text(n)} // ${text(d)} + k)`;
  const overlap = `(np.minimum((${i} + 1) * ${text(n)}, (${at} + 1) * ${text(d)}) - np.maximum(${i} * ${text(n)}, ${at} * ${text(d)})).clip(0)`;
  return { denominator: n, taps: `[(${at}.clip(0, ${last}), ${overlap}) for k in range(${text(Math.ceil(n / d) + 1)})]` };
}

/** All channels at another size. */
export function resampleLines({ filter, ratio, from }: ResampleStep, output: Signal, frame: Frame): readonly string[] {
  const { rows, columns } = shapeOf(frame, { sub: { x: 1, y: 1 } });
  const [y, x] = [axisCode(filter, ratio.y, from.height, rows), axisCode(filter, ratio.x, from.width, columns)];
  const denominator = text(y.denominator * x.denominator);
  return [`ys = ${y.taps}`, `xs = ${x.taps}`, ...output.channels.map(({ name, kind }) => (filter === 'nearest' ? `${name} = ${name}[np.ix_(ys[0][0], xs[0][0])]` : `${name} = ${kind === 'float' ? 'resized' : 'resampled'}(${name}, ys, xs, ${denominator})`))];
}
