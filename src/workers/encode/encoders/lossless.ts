import { convert } from '../../../kernels/index.ts';
import { decodePng, encodePng } from '../../../kernels/codecs/png.ts';
import { PNG_FORMATS } from '../../../kernels/codecs/png/write.ts';
import { decodeQoi, encodeQoi } from '../../../kernels/codecs/qoi.ts';
import type { Codec } from '../../../kernels/codecs/codec.ts';
import type { Image } from '../../../kernels/index.ts';
import { fittingFormat } from '../../export.ts';
import type { Encoder } from '../encoder.ts';

interface Lossless {
  readonly encodes: NonNullable<Codec['encodes']>;
  readonly encode: (image: Image) => Uint8Array<ArrayBuffer>;
  readonly decode: (bytes: Uint8Array) => Image;
}

/** A codec that keeps every sample of the formats it has; others are converted first, which may cost something. */
export const lossless = ({ encodes, encode, decode }: Lossless): Encoder => ({
  absence: () => Promise.resolve(undefined),
  encode: (image, _values, stages) => {
    const format = fittingFormat(image, encodes) ?? 'rgb24';
    const fitted = stages.measure(`To ${format}`, () => (image.format === format ? image : convert(image, format, { chromaUp: 'bilinear', depthMode: 'exact' })));
    const bytes = stages.measure('Encode', () => encode(fitted));
    const notes = image.format === format ? ['Every sample is kept.'] : [`${image.format} was converted to ${format} first; what that costs is in the numbers.`];
    return Promise.resolve({ bytes, notes, decode: () => Promise.resolve(decode(bytes)) });
  },
});

export const PNG_ENCODER = lossless({ encodes: PNG_FORMATS, encode: encodePng, decode: decodePng });
export const QOI_ENCODER = lossless({ encodes: ['rgb24', 'rgba'], encode: encodeQoi, decode: decodeQoi });
