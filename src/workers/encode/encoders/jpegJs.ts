import { encode } from 'jpeg-js';
import type { Encoder } from '../encoder.ts';
import { decodeStill } from '../decodeStill.ts';
import { numberOf } from '../options.ts';
import { withBuffer } from '../../../kernels/codecs/withBuffer.ts';
import { RGBA_NOTE, rgbaBytes } from './rgba.ts';

export const JPEG_JS: Encoder = {
  absence: () => Promise.resolve(undefined),
  encode: (image, values, stages) => {
    const data = rgbaBytes(image, stages);
    const { width, height } = image;
    const encoded: { readonly data: Uint8Array } = stages.measure('Encode', () => withBuffer(() => encode({ data, width, height }, numberOf(values, 'quality'))));
    const bytes = Uint8Array.from(encoded.data);
    return Promise.resolve({ bytes, notes: [RGBA_NOTE, 'Chroma is kept at full size (4:4:4): it has no other.'], decode: () => decodeStill(bytes, 'image/jpeg', image) });
  },
};
