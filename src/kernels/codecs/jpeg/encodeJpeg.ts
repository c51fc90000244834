import { OBJECT } from '../../arguments.ts';
import { checkBytes, checkImage } from '../../image/checks.ts';
import type { Image } from '../../image/types.ts';
import { encodePlanes } from './encode.ts';
import { checkJpegSize } from './frame.ts';
import type { JpegOptions } from './options.ts';
import { resolveOptions } from './options.ts';
import { FixedOutput, GrowingOutput } from './output.ts';
import type { Output } from './output.ts';
import { stageClock } from './stages.ts';
import { toPlanes } from './toPlanes.ts';

/** What a JPEG cannot have is said as such before anything else of the image. @throws LabError `jpeg/size` and those of `checkImage` */
export function checkPicture(image: Image): void {
  if (OBJECT.is(image) && 'width' in image && 'height' in image) checkJpegSize(image);
  checkImage(image);
}

function encodeTo(image: Image, options: JpegOptions, out: Output): void {
  const settings = resolveOptions(options);
  const clock = stageClock(settings.onStage);
  const planes = clock.measure('convert', () => toPlanes(image, settings));
  encodePlanes(planes, settings, clock, out);
  clock.report();
}

/** Bytes a pixel usually takes at most; only a first guess of the buffer. */
const EXPECTED_BYTES_PER_PIXEL = 0.25;

/**
 * A baseline JPEG (JFIF). Equal bytes on every machine and with either backend.
 * YUV of 8 bits and gray are read where they lie; other formats, and colours other than BT.601 full range, are converted first.
 * @throws LabError `jpeg/quality`, `jpeg/tables`, `jpeg/option`, `jpeg/subsampling`, `jpeg/size`, `jpeg/segment`, `jpeg/straight-…`, `image/detached`
 */
export function encodeJpeg(image: Image, options: JpegOptions = {}): Uint8Array<ArrayBuffer> {
  checkPicture(image);
  const out = new GrowingOutput(image.width * image.height * EXPECTED_BYTES_PER_PIXEL);
  encodeTo(image, options, out);
  return out.view().slice();
}

/**
 * As `encodeJpeg`, into the caller's buffer, without the last copy.
 * @returns bytes written
 * @throws LabError also `jpeg/buffer-too-small`
 */
export function encodeJpegInto(target: Uint8Array, image: Image, options: JpegOptions = {}): number {
  checkBytes(target);
  checkPicture(image);
  const out = new FixedOutput(target);
  encodeTo(image, options, out);
  return out.length;
}
