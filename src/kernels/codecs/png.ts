import type { Image } from '../image/types.ts';
import type { Codec } from './codec.ts';
import { readPng } from './png/read.ts';
import { PNG_FORMATS, encodePng } from './png/write.ts';

export { encodePng, readPng };

/** The picture alone, for files that are known to be sound. @throws LabError `png/unreadable` */
export const decodePng = (bytes: Uint8Array): Image => readPng(bytes).image;

export const PNG: Codec = {
  id: 'png',
  title: 'PNG',
  says: 'Lossless; 8 or 16 bits a channel, palette, straight alpha.',
  extensions: ['png'],
  mime: 'image/png',
  decode: decodePng,
  encodes: PNG_FORMATS,
  encode: encodePng,
};
