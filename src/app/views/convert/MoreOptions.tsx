import { CHROMA_FILTERS, ROUNDINGS } from '../../../kernels/index.ts';
import type { ChromaFilter, ConvertOptions } from '../../../kernels/index.ts';
import { setOptions } from '../../commands/conversion.ts';
import { useLab } from '../../state/store.ts';
import { SelectField } from '../../ui/controls.tsx';
import type { Choice } from '../../ui/controls.tsx';
import css from './convert.module.css';

const filters: readonly Choice<ChromaFilter>[] = (['nearest', 'box', 'bilinear'] as const).map((value) => ({ value, title: CHROMA_FILTERS[value].title }));
const roundings = (['half-away', 'half-even', 'truncate'] as const).map((value) => ({ value, title: ROUNDINGS[value].title }));
const depths = [{ value: 'vpi', title: 'as the format pair has it' }, { value: 'exact', title: 'exact: v·(2ᵐ−1)/(2ⁿ−1)' }, { value: 'replicate', title: 'replicate bits (FFmpeg, libyuv)' }, { value: 'shift', title: 'shift bits (xpra)' }] as const;
const dithers = [{ value: 'none', title: 'none' }, { value: 'ordered', title: 'ordered 8×8' }] as const;
const alphas = [{ value: 'straight', title: 'straight' }, { value: 'premultiplied', title: 'premultiplied' }] as const;
const backends = [{ value: 'best', title: 'the quickest that can do it' }, { value: 'simd', title: 'simd: a WebAssembly loop made for it' }, { value: 'scalar', title: 'scalar: typed-array rows' }, { value: 'reference', title: 'reference: sample by sample' }] as const;

/** The options beyond VPI; the default of each is VPI's way. */
export function MoreOptions({ hasChroma }: { readonly hasChroma: boolean }) {
  const { options } = useLab(({ parameters }) => parameters);
  const set = (change: ConvertOptions): void => setOptions(change);
  return (
    <div className={css['stack']}>
      <SelectField label="Rounding" value={options.rounding ?? 'half-away'} choices={roundings} onChange={(value) => set({ rounding: value === 'half-away' ? undefined : value })} />
      <SelectField label="Bit depth" value={options.depthMode ?? 'vpi'} choices={depths} onChange={(value) => set({ depthMode: value === 'vpi' ? undefined : value })} />
      <SelectField label="Chroma up" disabled={!hasChroma} value={options.chromaUp ?? 'nearest'} choices={filters} onChange={(value) => set({ chromaUp: value === 'nearest' ? undefined : value })} />
      <SelectField label="Chroma down" disabled={!hasChroma} value={options.chromaDown ?? 'nearest'} choices={filters} onChange={(value) => set({ chromaDown: value === 'nearest' ? undefined : value })} />
      <SelectField label="Dither" value={options.dither ?? 'none'} choices={dithers} onChange={(value) => set({ dither: value === 'none' ? undefined : value })} />
      <SelectField label="Alpha of source" value={options.alphaFrom ?? 'straight'} choices={alphas} onChange={(value) => set({ alphaFrom: value === 'straight' ? undefined : value })} />
      <SelectField label="Alpha of result" value={options.alphaTo ?? 'straight'} choices={alphas} onChange={(value) => set({ alphaTo: value === 'straight' ? undefined : value })} />
      <SelectField label="Backend" value={options.backend ?? 'best'} choices={backends} onChange={(value) => set({ backend: value === 'best' ? undefined : value })} />
    </div>
  );
}
