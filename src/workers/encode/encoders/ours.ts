import { LabError, encodeJpeg } from '../../../kernels/index.ts';
import type { JpegOptions } from '../../../kernels/index.ts';
import { JPEG_CHROMA } from '../../../kernels/codecs/jpeg/options.ts';
import type { JpegSettings } from '../../../kernels/codecs/jpeg/options.ts';
import type { OwnTables } from '../../../kernels/codecs/jpeg/quantTables.ts';
import { JPEG_STAGES } from '../../../kernels/codecs/jpeg/stages.ts';
import type { StageListener } from '../../../kernels/codecs/jpeg/stages.ts';
import { straightObstacle } from '../../../kernels/codecs/jpeg/toPlanes.ts';
import type { Encoder } from '../encoder.ts';
import { decodeStill } from '../decodeStill.ts';
import { isOn, numberOf, textOf } from '../options.ts';
import type { OptionValues } from '../options.ts';

const TABLE = 64;

/** 64, 128 or 192 whole numbers in plain digits, separated by blanks, commas or semicolons. @throws LabError `jpeg/tables` */
export function parseTables(text: string): OwnTables | undefined {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  if (words.length === 0) return undefined;
  // `Number` would take 0x10, 1e1, +16 and 16.0 as well, of which nobody knows whether they were meant.
  const wrong = words.findIndex((word) => !/^[0-9]+$/.test(word));
  if (wrong >= 0) throw new LabError({ code: 'jpeg/tables', what: `Number ${String(wrong + 1)} of the own tables is “${words[wrong]?.slice(0, 20) ?? ''}”, which is no whole number in digits alone.`, remedy: 'Give steps of 1 … 255 in decimal digits, without signs, points, exponents or 0x.', vpiStatus: 'INVALID_ARGUMENT' });
  const steps = words.map(Number);
  if (![TABLE, 2 * TABLE, 3 * TABLE].includes(steps.length)) throw new LabError({ code: 'jpeg/tables', what: `The own tables have ${String(steps.length)} numbers; 64, 128 or 192 are needed.`, remedy: 'Give 64 steps for Y, then 64 for Cb and 64 for Cr where they differ.', vpiStatus: 'INVALID_ARGUMENT' });
  const part = (index: number): readonly number[] | undefined => (steps.length > index * TABLE ? steps.slice(index * TABLE, (index + 1) * TABLE) : undefined);
  return { y: part(0) ?? [], cb: part(1), cr: part(2) };
}

/** The form's values as our encoder's options. @throws LabError `jpeg/tables` */
export function jpegOptions(values: OptionValues, backend: 'simd' | 'scalar'): JpegOptions {
  const subsampling = JPEG_CHROMA.find((chroma) => chroma === values['subsampling']);
  const comment = textOf(values, 'comment');
  return {
    quality: numberOf(values, 'quality'),
    tables: parseTables(textOf(values, 'tables')),
    subsampling,
    optimizeHuffman: isOn(values, 'optimizeHuffman'),
    restartInterval: numberOf(values, 'restartInterval'),
    comment: comment === '' ? undefined : comment,
    mode: values['mode'] === 'straight' ? 'straight' : 'convert',
    backend,
  };
}

/** The same as the form's values, for whoever shows what is in use. */
export function optionValues({ quality, tables, subsampling, optimizeHuffman, restartInterval, mode, comment }: JpegSettings): OptionValues {
  const steps = tables === undefined ? [] : [tables.y, tables.cb ?? [], tables.cr ?? []].flatMap((part) => Array.from(part));
  return { quality, subsampling: subsampling ?? 'own', optimizeHuffman, restartInterval, mode, tables: steps.join(' '), comment: comment ?? '' };
}

export const ours = (backend: 'simd' | 'scalar'): Encoder => ({
  absence: () => Promise.resolve(undefined),
  encode: (image, values, stages) => {
    const options = jpegOptions(values, backend);
    const isStraight = straightObstacle(image, options.subsampling) === undefined;
    const onStage: StageListener = (times) => {
      // Where nothing is converted, that stage is the time of a call that does nothing.
      for (const { stage, ms, copiedBytes } of times) if (stage !== 'convert' || !isStraight) stages.add(JPEG_STAGES[stage].title, ms, copiedBytes);
    };
    const bytes = encodeJpeg(image, { ...options, onStage });
    const notes = [isStraight ? `Nothing was converted: rows of the ${image.format} planes were gathered as they are.` : `${image.format} was converted to JFIF’s planes first.`];
    return Promise.resolve({ bytes, notes, decode: () => decodeStill(bytes, 'image/jpeg', image) });
  },
});
