import { SITINGS } from '../../tables/chroma.ts';
import type { ChromaFilter } from '../../tables/chroma.ts';
import type { Axis, Behaviour, Tap } from '../behaviour.ts';
import type { Signal } from '../signal.ts';
import type { ChromaStep } from '../step.ts';

const isChroma = (name: string): boolean => name === 'U' || name === 'V';
const clampTo = (index: number, size: number): number => Math.min(size - 1, Math.max(0, index));

/** Where chroma sample 0 sits, in luma samples from the first: siting × (factor − 1). */
const sitingOffset = (siting: number, factor: number): number => siting * (factor - 1);

const identityAxis: Axis = { taps: (index) => [{ at: index, weight: 1 }], denominator: 1 };

/**
 * Fine samples from coarse ones: nearest and box repeat; bilinear weighs the two neighbours.
 * Weights are integers over 2·factor: sitings are halves of a luma sample at the finest.
 */
function finer(filter: ChromaFilter, factor: number, siting: number, coarseSize: number): Axis {
  if (factor === 1) return identityAxis;
  if (filter !== 'bilinear') return { taps: (index) => [{ at: Math.floor(index / factor), weight: 1 }], denominator: 1 };
  const offset2 = 2 * sitingOffset(siting, factor);
  const denominator = 2 * factor;
  return {
    denominator,
    taps: (index) => {
      const position2 = 2 * index - offset2;
      const low = Math.floor(position2 / denominator);
      const upper = position2 - low * denominator;
      return [{ at: clampTo(low, coarseSize), weight: denominator - upper }, { at: clampTo(low + 1, coarseSize), weight: upper }].filter(({ weight }) => weight > 0);
    },
  };
}

/** Coarse samples from fine ones: nearest takes the first, box the mean of the block, bilinear a triangle as wide as the chroma spacing on either side. */
function coarser(filter: ChromaFilter, factor: number, siting: number, fineSize: number): Axis {
  if (factor === 1) return identityAxis;
  if (filter === 'nearest') return { taps: (index) => [{ at: index * factor, weight: 1 }], denominator: 1 };
  const spread = filter === 'box' ? boxWeights(factor) : triangleWeights(factor, sitingOffset(siting, factor));
  const denominator = spread.reduce((sum, { weight }) => sum + weight, 0);
  return { denominator, taps: (index) => spread.map(({ at, weight }) => ({ at: clampTo(index * factor + at, fineSize), weight })) };
}

const boxWeights = (factor: number): readonly Tap[] => Array.from({ length: factor }, (_, at) => ({ at, weight: 1 }));

/** Weights 2·(factor − distance), distances in halves of a luma sample: integers. */
function triangleWeights(factor: number, centre: number): readonly Tap[] {
  const taps: Tap[] = [];
  for (let at = Math.ceil(centre - factor); at <= centre + factor; at += 1) {
    const weight = 2 * (factor - Math.abs(at - centre));
    if (weight > 0) taps.push({ at, weight });
  }
  return taps;
}

/** More or fewer chroma samples. Weighted sums are exact; they are rounded once, half away from zero; edges repeat. */
export function chroma(step: ChromaStep): Behaviour {
  const up = step.kind === 'upsample';
  const factor = { x: up ? step.from.x / step.to.x : step.to.x / step.from.x, y: up ? step.from.y / step.to.y : step.to.y / step.from.y };
  const siting = SITINGS[step.siting];
  const axis = up ? finer : coarser;
  const says = step.filter === 'bilinear' ? `bilinear, ${step.siting}` : step.filter;
  const times = [factor.x > 1 ? `${String(factor.x)}× in x` : '', factor.y > 1 ? `${String(factor.y)}× in y` : ''].filter((part) => part !== '').join(', ');
  return {
    title: step.kind,
    params: `U V ${times}, ${says}`,
    output: (input) => ({ ...input, channels: input.channels.map((channel) => (isChroma(channel.name) ? { ...channel, sub: step.to } : channel)) }),
    isIdentity: () => factor.x === 1 && factor.y === 1,
    needs: (live) => live,
    action: (input: Signal) => ({
      type: 'site',
      rounding: 'half-away',
      axes: (channel) => {
        if (!isChroma(channel.name)) return undefined;
        const size = { x: Math.ceil(input.width / step.from.x), y: Math.ceil(input.height / step.from.y) };
        return { x: axis(step.filter, factor.x, siting.x, size.x), y: axis(step.filter, factor.y, siting.y, size.y) };
      },
    }),
  };
}
