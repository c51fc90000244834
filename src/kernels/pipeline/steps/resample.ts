import type { Axis, Behaviour, Tap } from '../behaviour.ts';
import { formatValue } from '../behaviour.ts';
import type { Signal } from '../signal.ts';
import type { ResampleStep } from '../step.ts';

const clampTo = (index: number, size: number): number => Math.min(size - 1, Math.max(0, index));

/**
 * The source pixels behind each destination pixel, along one axis; the ratio n/d is source pixels per destination pixel.
 * nearest: floor(i·n/d). box: the overlaps of i·n/d … (i+1)·n/d with the source pixels, in units of 1/d. bilinear: the neighbours
 * of the centre (i + ½)·n/d − ½, in units of 1/2d. Places beyond the edge repeat the edge.
 */
function axisOf(filter: ResampleStep['filter'], [n, d]: readonly [number, number], size: number): Axis {
  if (n === d) return { denominator: 1, taps: (index) => [{ at: clampTo(index, size), weight: 1 }] };
  if (filter === 'nearest') return { denominator: 1, taps: (index) => [{ at: clampTo(Math.floor((index * n) / d), size), weight: 1 }] };
  if (filter === 'bilinear') {
    return {
      denominator: 2 * d,
      taps: (index) => {
        const place = (2 * index + 1) * n - d;
        const low = Math.floor(place / (2 * d));
        const upper = place - low * 2 * d;
        return [{ at: clampTo(low, size), weight: 2 * d - upper }, { at: clampTo(low + 1, size), weight: upper }].filter(({ weight }) => weight > 0);
      },
    };
  }
  return {
    denominator: n,
    taps: (index) => {
      const [start, end] = [index * n, (index + 1) * n];
      const taps: Tap[] = [];
      for (let at = Math.floor(start / d); at * d < end; at += 1) taps.push({ at: clampTo(at, size), weight: Math.min(end, (at + 1) * d) - Math.max(start, at * d) });
      return taps;
    },
  };
}

export function resampleAxes({ filter, ratio, from }: ResampleStep): { readonly x: Axis; readonly y: Axis } {
  return { x: axisOf(filter, ratio.x, from.width), y: axisOf(filter, ratio.y, from.height) };
}

/** The source pixel that weighs most in a destination pixel; the first of equals. */
export function mainSource(step: ResampleStep, x: number, y: number): { readonly x: number; readonly y: number } {
  const axes = resampleAxes(step);
  const heaviest = (taps: readonly Tap[]): number => taps.reduce((best, tap) => (tap.weight > best.weight ? tap : best), { at: 0, weight: 0 }).at;
  return { x: heaviest(axes.x.taps(x)), y: heaviest(axes.y.taps(y)) };
}

const sayRatio = ([n, d]: readonly [number, number]): string => (d === 1 ? String(n) : n % d === 0 ? String(n / d) : `${String(n)}/${String(d)} = ${formatValue(n / d)}`);

/** Another size: weighted sums of source pixels, exact, rounded once, halves away from zero; edges repeat. */
export function resample(step: ResampleStep): Behaviour {
  const { from, to, ratio, filter } = step;
  const [x, y] = [sayRatio(ratio.x), sayRatio(ratio.y)];
  return {
    title: 'resample',
    params: `${String(from.width)}×${String(from.height)} → ${String(to.width)}×${String(to.height)}, ${filter}, ${x === y ? x : `${x} × ${y}`} source pixels a pixel${x === y ? ', each way' : ''}`,
    output: (input: Signal) => ({ ...input, width: to.width, height: to.height }),
    isIdentity: () => ratio.x[0] === ratio.x[1] && ratio.y[0] === ratio.y[1] && from.width === to.width && from.height === to.height,
    needs: (live) => live,
    action: () => ({ type: 'site', rounding: 'half-away', axes: () => resampleAxes(step) }),
  };
}
