import { LabError, allocImage, specOf } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import { formatLayout } from '../../kernels/image/formatLayout.ts';

/** Each pixel of the result is the source's pixel at its place: packed formats, one block a pixel. @throws LabError `stream/scale` */
export function scaleImage(image: Image, { width, height }: { readonly width: number; readonly height: number }): Image {
  if (image.width === width && image.height === height) return image;
  const { planes: [facts, ...others] } = formatLayout(image.format);
  const target = allocImage({ ...specOf(image), width, height, strides: undefined });
  const [from, to] = [image.planes[0], target.planes[0]];
  if (facts === undefined || others.length > 0 || facts.blockWidth !== 1 || from === undefined || to === undefined) throw new LabError({ code: 'stream/scale', what: `${image.format} cannot be scaled here.`, remedy: 'Choose a packed RGB layout for the window.' });
  const { blockBytes } = facts;
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * image.height) / height) * from.stride;
    for (let x = 0; x < width; x += 1) {
      const source = row + Math.floor((x * image.width) / width) * blockBytes;
      const at = y * to.stride + x * blockBytes;
      for (let byte = 0; byte < blockBytes; byte += 1) to.bytes[at + byte] = from.bytes[source + byte] ?? 0;
    }
  }
  return target;
}
