import type { Encoder } from '../encoder.ts';
import { decodeStill } from '../decodeStill.ts';
import { isOn, numberOf } from '../options.ts';
import type { OptionValues } from '../options.ts';
import { RGBA_NOTE, rgbaBytes } from './rgba.ts';

/** Loaded when it is first used: 250 KB that nobody else needs. */
const load = () => import('@jsquash/jpeg/encode.js');

function settings(values: OptionValues) {
  const isAuto = values['subsampling'] === 'auto';
  return {
    quality: numberOf(values, 'quality'),
    progressive: isOn(values, 'progressive'),
    trellis_multipass: isOn(values, 'trellis'),
    trellis_opt_zero: isOn(values, 'trellis'),
    trellis_opt_table: isOn(values, 'trellis'),
    auto_subsample: isAuto,
    // The shift of the chroma grid, plus one: 1 is 4:4:4, 2 is 4:2:0.
    chroma_subsample: values['subsampling'] === '4:4:4' ? 1 : 2,
  };
}

export const MOZJPEG: Encoder = {
  absence: () => Promise.resolve(typeof ImageData === 'undefined' ? 'It takes ImageData, which only browsers have.' : undefined),
  encode: async (image, values, stages) => {
    const { default: encode } = await load();
    const data = rgbaBytes(image, stages);
    const pixels = new ImageData(data, image.width, image.height);
    const encoded = await stages.wait('Encode', () => encode(pixels, settings(values)));
    const bytes = new Uint8Array(encoded.slice(0));
    return { bytes, notes: [RGBA_NOTE], decode: () => decodeStill(bytes, 'image/jpeg', image) };
  },
};
