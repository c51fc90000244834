import { CHROMA_FILTERS, ROUNDINGS } from '../../../kernels/index.ts';
import type { ChromaFilter, ConvertOptions } from '../../../kernels/index.ts';
import { setOptions } from '../../commands/conversion.ts';
import { useLab } from '../../state/store.ts';
import { SelectField } from '../../ui/controls.tsx';
import type { Choice } from '../../ui/controls.tsx';
import { depthByDefault } from './inUse.ts';
import type { Ask, Control } from './inUse.ts';
import css from './convert.module.css';

const filters: readonly Choice<ChromaFilter>[] = (['nearest', 'box', 'bilinear'] as const).map((value) => ({ value, title: CHROMA_FILTERS[value].title }));
const roundings = (['half-away', 'half-even', 'truncate'] as const).map((value) => ({ value, title: ROUNDINGS[value].title }));
const depths: readonly Choice<NonNullable<ConvertOptions['depthMode']>>[] = [{ value: 'exact', title: 'exact: v·(2ᵐ−1)/(2ⁿ−1)' }, { value: 'replicate', title: 'replicate bits (FFmpeg, libyuv)' }, { value: 'shift', title: 'shift bits (xpra)' }];
const dithers = [{ value: 'none', title: 'none' }, { value: 'ordered', title: 'ordered 8×8' }] as const;
const alphas = [{ value: 'straight', title: 'straight' }, { value: 'premultiplied', title: 'premultiplied' }] as const;
const backends = [{ value: 'best', title: 'the quickest that can do it' }, { value: 'simd', title: 'simd: a WebAssembly loop made for it' }, { value: 'scalar', title: 'scalar: typed-array rows' }, { value: 'reference', title: 'reference: sample by sample' }] as const;

/** Why an option has no say in a conversion. */
const UNUSED = { rounding: 'no step rounds', depthMode: 'no step changes the depth', chromaUp: 'chroma is not upsampled', chromaDown: 'chroma is not downsampled', dither: 'no step dithers', alphaFrom: 'no step uses alpha', alphaTo: 'no step uses alpha' } as const;

/** The options beyond VPI; the default of each is VPI's way. */
export function MoreOptions({ ask, inUse }: { readonly ask: Ask; readonly inUse: ReadonlySet<Control> }) {
  const { options } = useLab(({ parameters }) => parameters);
  const unused = (control: keyof typeof UNUSED): string | undefined => (inUse.has(control) ? undefined : UNUSED[control]);
  const ownDepth = depthByDefault(ask) === 'exact' ? 'as the formats have it: exact' : 'as VPI has it: values kept';
  const set = (change: ConvertOptions): void => setOptions(change);
  return (
    <div className={css['stack']}>
      <SelectField label="Rounding" unused={unused('rounding')} value={options.rounding ?? 'half-away'} choices={roundings} onChange={(value) => set({ rounding: value === 'half-away' ? undefined : value })} />
      <SelectField label="Bit depth" unused={unused('depthMode')} value={options.depthMode ?? 'vpi'} choices={[{ value: 'vpi', title: ownDepth }, ...depths]} onChange={(value) => set({ depthMode: value === 'vpi' ? undefined : value })} />
      <SelectField label="Chroma up" unused={unused('chromaUp')} value={options.chromaUp ?? 'nearest'} choices={filters} onChange={(value) => set({ chromaUp: value === 'nearest' ? undefined : value })} />
      <SelectField label="Chroma down" unused={unused('chromaDown')} value={options.chromaDown ?? 'nearest'} choices={filters} onChange={(value) => set({ chromaDown: value === 'nearest' ? undefined : value })} />
      <SelectField label="Dither" unused={unused('dither')} value={options.dither ?? 'none'} choices={dithers} onChange={(value) => set({ dither: value === 'none' ? undefined : value })} />
      <SelectField label="Alpha of source" unused={unused('alphaFrom')} value={options.alphaFrom ?? 'straight'} choices={alphas} onChange={(value) => set({ alphaFrom: value === 'straight' ? undefined : value })} />
      <SelectField label="Alpha of result" unused={unused('alphaTo')} value={options.alphaTo ?? 'straight'} choices={alphas} onChange={(value) => set({ alphaTo: value === 'straight' ? undefined : value })} />
      <SelectField label="Backend" value={options.backend ?? 'best'} choices={backends} onChange={(value) => set({ backend: value === 'best' ? undefined : value })} />
    </div>
  );
}
