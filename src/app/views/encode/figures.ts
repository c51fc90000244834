import type { EncodeFacts, Timing } from '../../../workers/encodeClient.ts';
import type { ImageInfo } from '../../../workers/protocol.ts';

export const pixelsOf = ({ spec }: Pick<ImageInfo, 'spec'>): number => spec.width * spec.height;

export const bitsPerPixel = (bytes: number, pixels: number): string => ((bytes * 8) / pixels).toFixed(3);

export const megapixelsPerSecond = ({ medianMs }: Timing, pixels: number): string => (pixels / 1000 / medianMs).toFixed(1);

export const similarity = (ssim: number | undefined): string => (ssim === undefined ? 'n/a' : ssim === 1 ? '1' : ssim.toFixed(4));

/** `Y 41.2  U 44.0  V 43.6`, for narrow places. */
export const psnrOf = ({ components }: Pick<EncodeFacts, 'components'>): readonly { readonly component: string; readonly psnr: number }[] => components.map(({ component, psnr }) => ({ component, psnr }));

/** dB of luma, or the mean of R, G and B; for one curve. */
export function onePsnr({ components }: Pick<EncodeFacts, 'components'>): number {
  const luma = components.find(({ component }) => component === 'Y');
  if (luma !== undefined) return luma.psnr;
  const colours = components.filter(({ component }) => component !== 'A');
  return colours.reduce((sum, { psnr }) => sum + psnr, 0) / colours.length;
}

