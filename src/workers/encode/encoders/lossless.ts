import { convert } from '../../../kernels/index.ts';
import { decodePng, encodePng } from '../../../kernels/codecs/png.ts';
import { PNG_FORMATS } from '../../../kernels/codecs/png/write.ts';
import { decodeQoi, encodeQoi } from '../../../kernels/codecs/qoi.ts';
import { mapValues } from '../../../kernels/codecs/valueMapping.ts';
import { VALUE_MAPPINGS, planWithin } from '../../../kernels/codecs/writing.ts';
import type { Codec } from '../../../kernels/codecs/codec.ts';
import type { Image } from '../../../kernels/index.ts';
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
    const { format, mapped } = planWithin(image.format, encodes);
    const fitted = stages.measure(`To ${format}`, () => {
      const source = mapped === undefined ? image : mapValues(image, mapped, 'full');
      return source.format === format ? source : convert(source, format, { chromaUp: 'bilinear', depthMode: 'exact' });
    });
    const bytes = stages.measure('Encode', () => encode(fitted));
    const notes = image.format === format ? ['Every sample is kept.'] : [`${image.format} was converted to ${format} first; what that costs is in the numbers.`, ...(mapped === undefined ? [] : [`Its values were mapped: ${VALUE_MAPPINGS.full.says}.`])];
    return Promise.resolve({ bytes, notes, decode: () => Promise.resolve(decode(bytes)) });
  },
});

export const PNG_ENCODER = lossless({ encodes: PNG_FORMATS, encode: encodePng, decode: decodePng });
export const QOI_ENCODER = lossless({ encodes: ['rgb24', 'rgba'], encode: encodeQoi, decode: decodeQoi });
