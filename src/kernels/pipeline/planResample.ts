import { LabError } from '../labError.ts';
import { MOST_RESAMPLED_SIDE, RESAMPLE_FILTERS } from '../tables/resampling.ts';
import type { ImageSpec } from '../image/types.ts';
import { checkSize } from '../image/checks.ts';
import { fraction } from './fraction.ts';
import { checkOptions } from './options.ts';
import type { ConvertOptions, ResampleStep } from './step.ts';

type Size = Pick<ImageSpec, 'width' | 'height'>;

const sayFilters = Object.keys(RESAMPLE_FILTERS).join(', ');
const say = ({ width, height }: Size): string => `${String(width)}×${String(height)}`;

function refuse(code: string, what: string, remedy: string): never {
  throw new LabError({ code, what, remedy, vpiStatus: 'INVALID_ARGUMENT' });
}

/** The size of a result whose destination states none: the source's, or ⌈w/n⌉ × ⌈h/n⌉ when decimated; throws as `checkOptions`. */
export function resultSize(size: Size, options: ConvertOptions): Size {
  checkSize(size);
  checkOptions(options);
  const { width, height } = size;
  const { decimate = 1 } = options;
  return { width: Math.ceil(width / decimate), height: Math.ceil(height / decimate) };
}

const ratioOf = (source: number, destination: number): readonly [number, number] => {
  const { n, d } = fraction(source, destination);
  return [Number(n), Number(d)];
};

/**
 * The step between two sizes, or none.
 * @throws LabError `convert/size` when the sizes differ and no filter is chosen, `resample/decimate`, `resample/filter`, `resample/size`
 */
export function resampleStep(from: Size, to: Size, options: ConvertOptions): ResampleStep | undefined {
  const { decimate } = options;
  const sizes = { from: { width: from.width, height: from.height }, to: { width: to.width, height: to.height } };
  const isSame = from.width === to.width && from.height === to.height;
  if (decimate !== undefined) {
    const wanted = resultSize(from, options);
    if (wanted.width !== to.width || wanted.height !== to.height) {
      refuse('resample/decimate', `Every ${String(decimate)}-th pixel of ${say(from)} makes ${say(wanted)}; the destination is ${say(to)}.`, `Give the destination ${say(wanted)}, or choose a filter without decimation.`);
    }
    return isSame ? undefined : { kind: 'resample', filter: options.resample ?? 'nearest', ...sizes, ratio: { x: [decimate, 1], y: [decimate, 1] } };
  }
  if (isSame) return undefined;
  if (options.resample === undefined) {
    refuse('convert/size', `The source is ${say(from)}, the destination ${say(to)}; a conversion keeps the size unless it is told how to resample.`, `Give both the same width and height, or choose how to resample: ${sayFilters}.`);
  }
  for (const [axis, pixels] of [['width', to.width], ['height', to.height], ['width', from.width], ['height', from.height]] as const) {
    if (pixels > MOST_RESAMPLED_SIDE) refuse('resample/size', `Resampling ${say(from)} to ${say(to)}: a ${axis} of ${String(pixels)} pixels is more than ${String(MOST_RESAMPLED_SIDE)}.`, `Keep widths and heights within ${String(MOST_RESAMPLED_SIDE)}.`);
  }
  return { kind: 'resample', filter: options.resample, ...sizes, ratio: { x: ratioOf(from.width, to.width), y: ratioOf(from.height, to.height) } };
}
