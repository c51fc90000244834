import { DEFAULT_COLOR, MATRICES, RANGES, SITINGS, pixelFormat } from '../../../kernels/index.ts';
import type { ColorSpec, MatrixId, PixelFormatId, RangeId, SitingId } from '../../../kernels/index.ts';
import { formatLayout } from '../../../kernels/image/formatLayout.ts';
import { setColor } from '../../commands/conversion.ts';
import { activeColor } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Note, SegmentsField, SelectField } from '../../ui/controls.tsx';
import type { Choice } from '../../ui/controls.tsx';

const choicesOf = <T extends string>(rows: Readonly<Record<T, { readonly title: string }>>, ids: readonly T[]): readonly Choice<T>[] => ids.map((value) => ({ value, title: rows[value].title }));

const matrices = choicesOf<MatrixId>(MATRICES, ['bt601', 'bt709', 'bt2020', 'smpte240m', 'fcc', 'ycgco', 'rgb']);
const ranges = choicesOf<RangeId>(RANGES, ['full', 'limited']);
const sitings = choicesOf<SitingId>(SITINGS, ['left', 'center', 'topleft', 'top', 'bottomleft', 'bottom']);

/** Matrix, range and siting of one side; always visible, for they are what goes wrong most. */
export function ColorFields({ side, format, own }: { readonly side: 'fromColor' | 'toColor'; readonly format: PixelFormatId; readonly own: Partial<ColorSpec> | undefined }) {
  const chosen = useLab((lab) => (side === 'fromColor' ? activeColor(lab) : lab.parameters.toColor));
  const { family } = pixelFormat(format);
  if (family === 'palette') return <Note>Colours come from the palette.</Note>;
  const isYuv = family === 'yuv';
  const inherited = side === 'fromColor' || isYuv ? own : undefined;
  const color = { ...DEFAULT_COLOR, ...inherited, ...chosen };
  const { x, y } = formatLayout(format).chroma;
  return (
    <>
      {(isYuv || (family === 'gray' && side === 'toColor')) && <SelectField label="Matrix" value={color.matrix} choices={matrices} onChange={(matrix) => setColor(side, { matrix })} />}
      <SegmentsField title="Range" label={`Range of the ${side === 'fromColor' ? 'source' : 'destination'}`} value={color.range} choices={ranges} onChange={(range) => setColor(side, { range })} />
      {x * y > 1 && <SelectField label="Siting" value={color.siting} choices={sitings} onChange={(siting) => setColor(side, { siting })} />}
    </>
  );
}
