import { convert, imageBytes, restride } from '../../kernels/index.ts';
import type { Image, ImageSpec, PixelFormatId } from '../../kernels/index.ts';
import { colorBars, gradient, paint, zonePlate } from '../../kernels/analysis/patterns.ts';
import { wrapImage } from '../../kernels/index.ts';
import type { SampleId } from './samples.ts';

/** A raw sample as a file would bring it: bytes, the name, and the true geometry (left out: to be guessed). */
export interface RawSample {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly spec: ImageSpec;
}

/** Bars, a zone plate and a ramp: texture in every direction. */
function testCard(width: number, height: number): Image {
  const [bars, rings] = [colorBars(width, height), zonePlate(Math.floor(height / 2))];
  const [barBytes, ringBytes] = [bars.planes[0]?.bytes ?? new Uint8Array(0), rings.planes[0]?.bytes ?? new Uint8Array(0)];
  const [size, left] = [Math.floor(height / 2), Math.floor(width / 4)];
  return paint(width, height, (x, y) => {
    const [dx, dy] = [x - left, y - Math.floor(height / 8)];
    const inside = dx >= 0 && dy >= 0 && dx < size && dy < size;
    const at = inside ? (dy * rings.width + dx) * 3 : (y * width + x) * 3;
    const bytes = inside ? ringBytes : barBytes;
    return [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
  });
}

/** Every plane with its stride, one after another. */
function paddedBytes(image: Image): Uint8Array {
  const parts = image.planes.map(({ bytes, stride }, index) => {
    const rows = Math.ceil(image.height / (index === 0 ? 1 : 2));
    const part = new Uint8Array(stride * rows);
    part.set(bytes);
    return part;
  });
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function raw(name: string, source: Image, format: PixelFormatId, stride?: number): RawSample {
  const image = convert(source, format);
  const { width, height } = image;
  if (stride === undefined) return { name, bytes: imageBytes(image), spec: { format, width, height } };
  const strides = image.planes.map(() => stride);
  return { name, bytes: paddedBytes(restride(image, strides)), spec: { format, width, height, strides } };
}

/** 6 × 6 × 6 colours and their indices; the top rows use an index that the palette does not have. */
function paletted(): Image {
  const colors = Uint8Array.from({ length: 216 }, (_, index) => index).reduce<number[]>((list, index) => [...list, (index % 6) * 51, (Math.floor(index / 6) % 6) * 51, Math.floor(index / 36) * 51, 255], []);
  const indices = Uint8Array.from({ length: 72 * 72 }, (_, at) => { const [x, y] = [at % 72, Math.floor(at / 72)]; return y < 4 && x < 8 ? 240 : (Math.floor(x / 12) + Math.floor(y / 12) * 6 + 36 * (Math.floor((x + y) / 24) % 6)) % 216; });
  return wrapImage(indices, { format: 'pal8', width: 72, height: 72, palette: Uint8Array.from(colors) });
}

/** Red grows to the right, alpha downward: every pair of a value and an alpha occurs once. */
function everyAlpha(): Image {
  const bytes = Uint8Array.from({ length: 256 * 256 * 4 }, (_, at) => [(at >> 2) & 255, 255 - ((at >> 2) & 255), 160, at >> 10][at & 3] ?? 0);
  return wrapImage(bytes, { format: 'rgba', width: 256, height: 256 });
}

/** A sample made here: a picture, or the bytes of a raw dump. */
export function makeSample(id: SampleId): { readonly image: Image; readonly name: string } | RawSample | undefined {
  switch (id) {
    case 'bars': return { image: colorBars(640, 360), name: 'colour bars' };
    case 'gradient': return { image: gradient(), name: 'every value' };
    case 'alpha': return { image: everyAlpha(), name: 'every alpha' };
    case 'palette': return { image: paletted(), name: 'palette' };
    case 'nv12-stride': return raw('test-card_720x480_nv12_s768.yuv', testCard(720, 480), 'nv12', 768);
    case 'rgb565-padded': return raw('test-card-600x400-rgb565le-s1280.raw', testCard(600, 400), 'rgb565le', 1280);
    case 'r210': return raw('test-card-500x300-r210.raw', testCard(500, 300), 'r210');
    case 'broken': {
      const whole = raw('broken_768x480_nv12.yuv', testCard(768, 480), 'nv12');
      return { ...whole, bytes: whole.bytes.subarray(0, whole.bytes.length - 1) };
    }
    default: return undefined;
  }
}
