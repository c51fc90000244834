import { autoLevels, leadingHistograms } from '../../kernels/pipeline/levels.ts';
import { isSuperseded } from '../../workers/pixels/client.ts';
import type { ImageInfo } from '../../workers/pixels/protocol.ts';
import { client } from '../lab.ts';
import type { View } from '../state/document.ts';
import { levelsFor } from '../state/selectors.ts';
import { report, setView, useLab } from '../state/store.ts';
import { busy } from './files.ts';

/** Bins enough for one value each up to 16 bits. */
const FINE_BINS = 65_536;

/** Which numbers of pictures of this format are shown black and white. */
export function setLevels({ spec: { format } }: Pick<ImageInfo, 'spec'>, change: Partial<Pick<View, 'black' | 'white'>>): void {
  setView({ ...levelsFor(useLab.getState().view, format), ...change, levelsOf: format });
}

export const resetLevels = (): void => setView({ black: undefined, white: undefined, levelsOf: undefined });

/** Black and white by what occurs in a picture: half a percent of the samples lies outside on either side. */
export async function autoLevel(image: ImageInfo): Promise<void> {
  const { solo } = useLab.getState().view;
  const reply = await busy(client.histogram(image.id, undefined, FINE_BINS, 'auto-levels'));
  if (!reply.ok) {
    if (!isSuperseded(reply.error)) report(reply.error);
    return;
  }
  const levels = autoLevels(leadingHistograms(image.spec.format, reply.value.some(({ component }) => component === solo) ? solo : undefined, reply.value));
  if (levels !== undefined) setLevels(image, levels);
}
