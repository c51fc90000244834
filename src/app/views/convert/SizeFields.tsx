import { useState } from 'react';
import { RESAMPLE_FILTERS } from '../../../kernels/index.ts';
import type { ResampleFilter } from '../../../kernels/index.ts';
import { setFilter, setSide, setSizing } from '../../commands/size.ts';
import { targetSize } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Note, NumberField, Section, SegmentsField, SelectField } from '../../ui/controls.tsx';
import type { Choice } from '../../ui/controls.tsx';
import type { ImageInfo } from '../../../workers/pixels/protocol.ts';
import css from './convert.module.css';

type Preset = 'same' | '2' | '4' | 'every' | 'free';

const PRESETS: readonly Choice<Preset>[] = [{ value: 'same', title: '1 : 1' }, { value: '2', title: '½' }, { value: '4', title: '¼' }, { value: 'every', title: '1 / n' }, { value: 'free', title: 'W × H' }];
const FILTERS: readonly Choice<ResampleFilter>[] = (['nearest', 'box', 'bilinear'] as const).map((value) => ({ value, title: RESAMPLE_FILTERS[value].title }));

const checkWhole = (value: number): string | undefined => (Number.isInteger(value) ? undefined : 'A whole number of pixels.');

/** Width and height of the result, one following the other where the shape is kept. */
function FreeSize({ image }: { readonly image: ImageInfo }) {
  const parameters = useLab((lab) => lab.parameters);
  const [keepsShape, setKeepsShape] = useState(true);
  const { width, height } = targetSize({ parameters }, image);
  return (
    <>
      <NumberField label="Width" value={width} min={1} check={checkWhole} onChange={(value) => setSide('width', value, keepsShape)} />
      <NumberField label="Height" value={height} min={1} check={checkWhole} onChange={(value) => setSide('height', value, keepsShape)} />
      <label className={css['check']}><input type="checkbox" checked={keepsShape} onChange={(event) => setKeepsShape(event.target.checked)} />Keep the source’s shape</label>
    </>
  );
}

/** The result's size, and how its pixels come from the source's. */
export function SizeFields({ image }: { readonly image: ImageInfo }) {
  const parameters = useLab((lab) => lab.parameters);
  const [wantsEvery, setWantsEvery] = useState(false);
  const { resample, decimate } = parameters.options;
  const { width, height } = targetSize({ parameters }, image);
  const isNamed = decimate === 2 || decimate === 4;
  const preset: Preset = decimate !== undefined ? (isNamed && !wantsEvery ? (decimate === 2 ? '2' : '4') : 'every') : resample === undefined ? 'same' : 'free';
  const choose = (value: Preset): void => {
    setWantsEvery(value === 'every');
    if (value === 'same' || value === 'free') setSizing(value);
    else setSizing('decimate', value === 'every' ? (decimate ?? 3) : Number(value));
  };
  return (
    <Section title="Size" aside={<span className="mono">{`${String(width)} × ${String(height)}`}</span>}>
      <SegmentsField title="Result" label="Size of the result" value={preset} choices={PRESETS} onChange={choose} />
      {preset === 'every' && <NumberField label="Every n-th" value={decimate ?? 3} min={1} check={checkWhole} onChange={(value) => setSizing('decimate', value)} />}
      {preset === 'free' && <FreeSize image={image} />}
      {preset !== 'same' && <SelectField label="Filter" value={resample ?? 'nearest'} choices={FILTERS} onChange={setFilter} />}
      {preset !== 'same' && <Note>{`${RESAMPLE_FILTERS[resample ?? 'nearest'].title}: ${RESAMPLE_FILTERS[resample ?? 'nearest'].says}.`}</Note>}
    </Section>
  );
}
