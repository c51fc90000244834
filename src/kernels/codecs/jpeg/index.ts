import type { Image } from '../../image/types.ts';
import { encodePlanes } from './encode.ts';
import type { JpegOptions } from './options.ts';
import { resolveOptions } from './options.ts';
import { GrowingOutput } from './output.ts';
import { stageClock } from './stages.ts';

export function encodeJpeg(image: Image, options: JpegOptions = {}): Uint8Array<ArrayBuffer> {
  const settings = resolveOptions(options);
  const clock = stageClock(settings.onStage);
  const out = new GrowingOutput((image.width * image.height) / 4);
  encodePlanes(image, settings, clock, out);
  clock.report();
  return out.view().slice();
}
