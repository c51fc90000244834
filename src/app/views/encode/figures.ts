import { group } from '../../ui/format.ts';
import type { EncodeFacts, Timing } from '../../../workers/encode/client.ts';
import type { ImageInfo } from '../../../workers/pixels/protocol.ts';

export const pixelsOf = ({ spec }: Pick<ImageInfo, 'spec'>): number => spec.width * spec.height;

export const bitsPerPixel = (bytes: number, pixels: number): string => ((bytes * 8) / pixels).toFixed(3);

export const megapixelsPerSecond = ({ medianMs }: Timing, pixels: number): string => (pixels / 1000 / medianMs).toFixed(1);

/** dB of luma, or the mean of R, G and B; for one curve. */
export function onePsnr({ components }: Pick<EncodeFacts, 'components'>): number {
  const luma = components.find(({ component }) => component === 'Y');
  if (luma !== undefined) return luma.psnr;
  const colours = components.filter(({ component }) => component !== 'A');
  return colours.reduce((sum, { psnr }) => sum + psnr, 0) / colours.length;
}


/** `34`, or `34 950 of 65 535` where a step is not one of 8 bits. */
export const largestError = ({ maxError, fullScale }: Pick<EncodeFacts, 'maxError' | 'fullScale'>): string => {
  const error = Number.isInteger(maxError) ? group(maxError) : String(Number(maxError.toPrecision(4)));
  return fullScale === 255 ? error : `${error} of ${group(fullScale)}`;
};
