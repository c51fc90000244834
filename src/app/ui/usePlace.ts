import { activeImage, placeIn, shownImages, targetSize } from '../state/selectors.ts';
import { useLab } from '../state/store.ts';

/** The picked pixel in the source's or the result's own columns and rows: it is picked in whichever the stage shows. */
export function usePlace(side: 'source' | 'result'): { readonly x: number; readonly y: number } | undefined {
  const pixel = useLab(({ view }) => view.pixel);
  const shown = useLab((lab) => shownImages(lab).main);
  const image = useLab(activeImage);
  const parameters = useLab((lab) => lab.parameters);
  if (pixel === undefined || image === undefined) return undefined;
  return placeIn(pixel, shown?.spec ?? image.spec, side === 'source' ? image.spec : targetSize({ parameters }, image));
}
