import type { ResampleFilter } from '../../kernels/index.ts';
import { activeImage, targetSize } from '../state/selectors.ts';
import { setParameters, useLab } from '../state/store.ts';
import { setOptions } from './conversion.ts';

/** How the destination's size is chosen. */
export type Sizing = 'same' | 'decimate' | 'free';

/** The source's own size, every n-th pixel, or a width and height. */
export function setSizing(sizing: Sizing, every = 2): void {
  const lab = useLab.getState();
  const image = activeImage(lab);
  const { resample } = lab.parameters.options;
  if (sizing === 'same' || image === undefined) {
    setParameters({ size: undefined });
    setOptions({ resample: undefined, decimate: undefined });
    return;
  }
  setParameters({ size: sizing === 'free' ? targetSize(lab, image) : undefined });
  setOptions({ resample: resample ?? (sizing === 'free' ? 'box' : 'nearest'), decimate: sizing === 'decimate' ? every : undefined });
}

export const setFilter = (resample: ResampleFilter): void => setOptions({ resample });

/** One side of the destination; the other follows where the shape is kept. */
export function setSide(side: 'width' | 'height', pixels: number, keepsShape: boolean): void {
  const lab = useLab.getState();
  const image = activeImage(lab);
  if (image === undefined) return;
  const now = targetSize(lab, image);
  const { width, height } = image.spec;
  const follow = (own: number, other: number): number => Math.max(1, Math.round((pixels * other) / own));
  if (side === 'width') setParameters({ size: { width: pixels, height: keepsShape ? follow(width, height) : now.height } });
  else setParameters({ size: { width: keepsShape ? follow(height, width) : now.width, height: pixels } });
}
