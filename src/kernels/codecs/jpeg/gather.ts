import type { Image } from '../../image/types.ts';
import type { Frame, StripLayout } from './frame.ts';

/** Repeats each component's last sample up to the end of its last block. */
function repeatRight(strip: Uint8Array, layout: StripLayout, frame: Frame): void {
  for (const [index, { at, stride, step, offset, plane }] of layout.components.entries()) {
    const { width, blocksWide } = frame.components[index];
    if (width === blocksWide * 8) continue;
    for (let row = 0; row < layout.planes[plane].rows; row += 1) {
      const first = at + row * stride + offset;
      const last = strip[first + (width - 1) * step];
      for (let x = width; x < blocksWide * 8; x += 1) strip[first + x * step] = last;
    }
  }
}

/**
 * Copies the rows under one row of MCUs into the strip; right of and below the image its edge is repeated.
 * @param strip u8[layout.bytes]   @returns bytes copied
 */
export function gatherStrip(image: Image, frame: Frame, layout: StripLayout, mcuRow: number, strip: Uint8Array): number {
  let copied = 0;
  for (const [index, { at, stride, rows, subY, rowBytes }] of layout.planes.entries()) {
    if (rows === 0) continue;
    const plane = image.planes[index];
    const present = Math.min(rows, Math.ceil(image.height / subY) - mcuRow * rows);
    const first = mcuRow * rows * plane.stride;
    if (plane.stride === stride) {
      strip.set(plane.bytes.subarray(first, first + (present - 1) * stride + rowBytes), at);
    } else {
      for (let row = 0; row < present; row += 1) strip.set(plane.bytes.subarray(first + row * plane.stride, first + row * plane.stride + rowBytes), at + row * stride);
    }
    copied += present * rowBytes;
  }
  repeatRight(strip, layout, frame);
  repeatDown(image, layout, mcuRow, strip);
  return copied;
}

/** Repeats the last row where the image ends inside the strip. */
function repeatDown(image: Image, layout: StripLayout, mcuRow: number, strip: Uint8Array): void {
  for (const { at, stride, rows, subY } of layout.planes) {
    const present = Math.min(rows, Math.ceil(image.height / subY) - mcuRow * rows);
    for (let row = present; row < rows; row += 1) strip.copyWithin(at + row * stride, at + (present - 1) * stride, at + present * stride);
  }
}
