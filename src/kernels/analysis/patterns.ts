import { allocImage } from '../image/image.ts';
import type { Image } from '../image/types.ts';

/** A picture from a function of place: R, G, B of 0 … 255. */
export function paint(width: number, height: number, color: (x: number, y: number) => readonly [number, number, number]): Image {
  const image = allocImage({ format: 'rgb24', width, height });
  const bytes = image.planes[0]?.bytes ?? new Uint8Array(0);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) bytes.set(color(x, y), (y * width + x) * 3);
  return image;
}

const BARS: readonly (readonly [number, number, number])[] = [[235, 235, 235], [191, 191, 0], [0, 191, 191], [0, 191, 0], [191, 0, 191], [191, 0, 0], [0, 0, 191], [16, 16, 16]];

/** Eight bars of 75 % colour over a ramp of grays. @source after SMPTE RP 219 */
export function colorBars(width: number, height: number): Image {
  const ramp = Math.floor((height * 3) / 4);
  return paint(width, height, (x, y) => {
    const gray = Math.floor((x * 256) / width);
    return y < ramp ? (BARS[Math.floor((x * BARS.length) / width)] ?? [0, 0, 0]) : [gray, gray, gray];
  });
}

/** 256 × 256: red grows to the right, green downward, blue against both; every value of each occurs. */
export function gradient(): Image {
  return paint(256, 256, (x, y) => [x, y, 255 - ((x + y) >> 1)]);
}

/** Rings whose frequency grows outward: resampling faults show as moiré. */
export function zonePlate(size: number): Image {
  return paint(size, size, (x, y) => {
    const value = Math.round(127.5 + 127.5 * Math.cos(((x - size / 2) ** 2 + (y - size / 2) ** 2) * (Math.PI / size)));
    return [value, value, value];
  });
}
