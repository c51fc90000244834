import { decode, encode } from 'fast-png';
import type { DecodedPng } from 'fast-png';
import { LabError } from '../labError.ts';
import { unreadable } from './unreadable.ts';
import { imageBytes, wrapImage } from '../image/image.ts';
import type { Image } from '../image/types.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import type { Codec } from './codec.ts';

function refuse(what: string, remedy: string): never {
  throw new LabError({ code: 'png/unreadable', what, remedy });
}

function parse(bytes: Uint8Array): DecodedPng {
  const [depth, interlace] = [bytes[24] ?? 8, bytes[28] ?? 0];
  if (interlace !== 0 && depth < 8) refuse(`This PNG is interlaced at ${String(depth)} bits a sample, which the exact reader does not take.`, 'Save it without interlacing, or open it through the browser.');
  try {
    return decode(bytes, { checkCrc: true });
  } catch (thrown) {
    throw unreadable('PNG', bytes, thrown);
  }
}

/** Samples of 1, 2 or 4 bits, most significant first, rows padded to a byte, to one byte each. */
function widen({ data, width, height, depth }: DecodedPng): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const out = new Uint8Array(width * height);
  const [mask, perByte] = [2 ** depth - 1, 8 / depth];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const byte = data[y * rowBytes + Math.floor(x / perByte)] ?? 0;
      out[y * width + x] = (byte >> (8 - depth * ((x % perByte) + 1))) & mask;
    }
  }
  return out;
}

/** A PNG's palette as 256 or fewer R,G,B,A. */
function paletteColors(palette: NonNullable<DecodedPng['palette']>): Uint8Array {
  return Uint8Array.from(palette.flatMap((color) => [color[0] ?? 0, color[1] ?? 0, color[2] ?? 0, color[3] ?? 255]));
}

const COLOR_TYPE_PALETTE = 3;
const EIGHT: Record<number, PixelFormatId> = { 1: 'gray', 2: 'ya8', 3: 'rgb24', 4: 'rgba' };
const SIXTEEN: Record<number, PixelFormatId> = { 1: 'gray16le', 3: 'rgb48le', 4: 'rgba64le' };

/** 16-bit gray with alpha has no row of its own: its gray is spread over R, G and B. */
function spreadGrayAlpha(data: Uint16Array): Uint16Array {
  const out = new Uint16Array(data.length * 2);
  for (let pixel = 0; pixel * 2 < data.length; pixel += 1) {
    const gray = data[pixel * 2] ?? 0;
    out.set([gray, gray, gray, data[pixel * 2 + 1] ?? 0], pixel * 4);
  }
  return out;
}

const toBytes = (data: Uint8Array | Uint8ClampedArray | Uint16Array): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** The one colour that the file declares transparent becomes alpha 0, every other is opaque. @source PNG specification, §11.3.1.1 tRNS */
function keyed(data: Uint8Array | Uint8ClampedArray | Uint16Array, channels: number, key: Uint16Array, opaque: number): Uint8Array {
  const pixels = data.length / channels;
  const out = data instanceof Uint16Array ? new Uint16Array(pixels * (channels + 1)) : new Uint8Array(pixels * (channels + 1));
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    let isKey = true;
    for (let part = 0; part < channels; part += 1) {
      const value = data[pixel * channels + part] ?? 0;
      out[pixel * (channels + 1) + part] = value;
      isKey &&= value === key[part];
    }
    out[pixel * (channels + 1) + channels] = isKey ? 0 : opaque;
  }
  return toBytes(out);
}

const KEYED: Partial<Record<PixelFormatId, PixelFormatId>> = { gray: 'ya8', rgb24: 'rgba', rgb48le: 'rgba64le' };

/** The file's own samples: palette indices stay indices, 16 bits stay 16 bits. @throws LabError `png/unreadable` */
export function decodePng(bytes: Uint8Array): Image {
  const png = parse(bytes);
  const { width, height, depth, channels } = png;
  // A PLTE in an RGB file is only a suggestion: the colour type decides.
  if (png.palette !== undefined && bytes[25] === COLOR_TYPE_PALETTE) return wrapImage(depth < 8 ? widen(png) : toBytes(png.data), { format: 'pal8', width, height, palette: paletteColors(png.palette) });
  if (depth < 8) {
    const factor = 255 / (2 ** depth - 1);
    return wrapImage(widen(png).map((value) => value * factor), { format: 'gray', width, height });
  }
  if (depth === 16 && channels === 2 && png.data instanceof Uint16Array) return wrapImage(toBytes(spreadGrayAlpha(png.data)), { format: 'rgba64le', width, height });
  const format = (depth === 16 ? SIXTEEN : EIGHT)[channels];
  if (format === undefined) return refuse(`The PNG has ${String(channels)} channels of ${String(depth)} bits.`, 'Save it as gray, RGB or RGBA.');
  const withAlpha = KEYED[format];
  if (png.transparency === undefined || withAlpha === undefined) return wrapImage(toBytes(png.data), { format, width, height });
  return wrapImage(keyed(png.data, channels, png.transparency, 2 ** depth - 1), { format: withAlpha, width, height });
}

const CHANNELS = { gray: 1, ya8: 2, rgb24: 3, rgba: 4, gray16le: 1, rgb48le: 3, rgba64le: 4 } as const;

const isWritable = (format: PixelFormatId): format is keyof typeof CHANNELS => Object.hasOwn(CHANNELS, format);

/** @throws LabError `png/format` for formats that PNG has no type for */
export function encodePng(image: Image): Uint8Array<ArrayBuffer> {
  const { format, width, height } = image;
  if (!isWritable(format)) throw new LabError({ code: 'png/format', what: `PNG has no type for ${format}.`, remedy: `Convert to one of ${Object.keys(CHANNELS).join(', ')} first.` });
  const bytes = imageBytes(image);
  const depth = format.endsWith('16le') || format === 'rgb48le' || format === 'rgba64le' ? 16 : 8;
  const data = depth === 16 ? new Uint16Array(bytes.buffer, 0, bytes.length / 2) : bytes;
  return Uint8Array.from(encode({ width, height, data, depth, channels: CHANNELS[format] }));
}

export const PNG: Codec = {
  id: 'png',
  title: 'PNG',
  says: 'Lossless; 8 or 16 bits a channel, palette, straight alpha.',
  extensions: ['png'],
  mime: 'image/png',
  decode: decodePng,
  encodes: ['gray', 'ya8', 'rgb24', 'rgba', 'gray16le', 'rgb48le', 'rgba64le'],
  encode: encodePng,
};
