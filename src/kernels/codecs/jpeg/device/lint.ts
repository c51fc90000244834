import { planeLayouts } from '../../../image/layout.ts';
import type { ImageSpec } from '../../../image/types.ts';
import type { ConvertOptions } from '../../../pipeline/options.ts';
import { pixelFormat } from '../../../tables/pixelFormats.ts';
import type { PixelFormatId } from '../../../tables/pixelFormats.ts';
import { PLAIN_SCALING, unlikePlain } from '../../../tables/vpiSupport.ts';
import type { ScalingPart } from '../../../tables/vpiSupport.ts';
import { asChannelFault } from '../channelFaults.ts';
import type { DeviceId, DeviceLimits } from './limits.ts';
import { DEVICE_LIMITS } from './limits.ts';

/** What would make an image acceptable. `crop` keeps the top left; `pad` repeats the last column and row. */
export type ImageFix =
  | { readonly kind: 'convert'; readonly format: PixelFormatId }
  | { readonly kind: 'crop'; readonly width: number; readonly height: number }
  | { readonly kind: 'pad'; readonly width: number; readonly height: number }
  | { readonly kind: 'restride'; readonly strides: readonly number[] };

/** What would make it acceptable: another image, or one option of the conversion as it is when left out. */
export type DeviceFix = ImageFix | { readonly kind: 'option'; readonly option: ScalingPart };

export interface DeviceFinding {
  readonly rule: 'format' | 'too-large' | 'too-small' | 'odd-size' | 'stride' | ScalingPart;
  /** What is wrong, with numbers. */
  readonly what: string;
  /** What its button says. */
  readonly fixTitle: string;
  readonly fix: DeviceFix;
}

type Rule = (spec: ImageSpec, limits: DeviceLimits) => DeviceFinding | undefined;

const upTo = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;
const downTo = (value: number, multiple: number): number => Math.floor(value / multiple) * multiple;
const sized = (width: number, height: number): string => `${String(width)}×${String(height)}`;

const format: Rule = (spec, { title, formats, preferredFormat }) => (formats.includes(spec.format) ? undefined : {
  rule: 'format',
  what: `${title} does not take ${spec.format} (${pixelFormat(spec.format).title}); it takes ${formats.join(', ')}.`,
  fixTitle: `Convert to ${preferredFormat}`,
  fix: { kind: 'convert', format: preferredFormat },
});

const tooLarge: Rule = ({ width, height }, { title, most }) => {
  if (width <= most && height <= most) return undefined;
  const [w, h] = [Math.min(width, most), Math.min(height, most)];
  return { rule: 'too-large', what: `${title} takes at most ${sized(most, most)}; the image is ${sized(width, height)}.`, fixTitle: `Crop to ${sized(w, h)}`, fix: { kind: 'crop', width: w, height: h } };
};

const tooSmall: Rule = ({ width, height }, { title, least }) => {
  if (width >= least && height >= least) return undefined;
  const [w, h] = [Math.max(width, least), Math.max(height, least)];
  return { rule: 'too-small', what: `${title} takes at least ${sized(least, least)}; the image is ${sized(width, height)}.`, fixTitle: `Pad to ${sized(w, h)}`, fix: { kind: 'pad', width: w, height: h } };
};

const oddSize: Rule = ({ format: id, width, height }, { title, sizeMultiple, anyHeight, least }) => {
  const isFree = anyHeight.includes(id);
  const rows = isFree ? 1 : sizeMultiple;
  if (width % sizeMultiple === 0 && height % rows === 0) return undefined;
  const what = `${title} takes ${isFree ? `${id} of any height, in widths` : 'sizes'} in steps of ${String(sizeMultiple)}; the image is ${sized(width, height)}.`;
  const [w, h] = [downTo(width, sizeMultiple), downTo(height, rows)];
  if (w < least || h < least) {
    const [padW, padH] = [upTo(Math.max(width, least), sizeMultiple), upTo(Math.max(height, least), rows)];
    return { rule: 'odd-size', what, fixTitle: `Pad to ${sized(padW, padH)}`, fix: { kind: 'pad', width: padW, height: padH } };
  }
  return { rule: 'odd-size', what, fixTitle: `Crop to ${sized(w, h)}`, fix: { kind: 'crop', width: w, height: h } };
};

const stride: Rule = (spec, { title, strideMultiple }) => {
  const strides = planeLayouts(spec).map((plane) => plane.stride);
  if (strides.every((bytes) => bytes % strideMultiple === 0)) return undefined;
  const padded = strides.map((bytes) => upTo(bytes, strideMultiple));
  return { rule: 'stride', what: `${title} takes strides in steps of ${String(strideMultiple)} B; the planes have ${strides.join(', ')} B.`, fixTitle: `Copy with strides of ${padded.join(', ')} B`, fix: { kind: 'restride', strides: padded } };
};

/** What of a conversion a device does not do. */
function optionFindings({ title, plainOnly }: DeviceLimits, options: ConvertOptions): readonly DeviceFinding[] {
  if (!plainOnly) return [];
  return unlikePlain(options).map((option) => ({
    rule: option,
    what: `${title} converts with ${option} ${String(PLAIN_SCALING[option])} only; the conversion’s is ${String(options[option])}.`,
    fixTitle: `Set the ${option} to ${String(PLAIN_SCALING[option])}`,
    fix: { kind: 'option', option },
  }));
}

/** In the order in which fixes are best applied: a conversion may change strides, a crop may not. */
const RULES: readonly Rule[] = [format, tooLarge, tooSmall, oddSize, stride];

/**
 * What a device would refuse about an image, each with the fix that mends it. Apply the first, then ask again.
 * @param options of the conversion that the device is to do; a device that only encodes has none to look at
 * @throws LabError as `planeLayouts` for a spec that is no image at all
 */
export function lintForDevice(device: DeviceId, spec: ImageSpec, options: ConvertOptions = {}): readonly DeviceFinding[] {
  try {
    planeLayouts(spec);
  } catch (thrown) {
    throw device === 'jpege' ? asChannelFault(thrown) : thrown;
  }
  const limits = DEVICE_LIMITS[device];
  return [...RULES.flatMap((rule) => rule(spec, limits) ?? []), ...optionFindings(limits, options)];
}
