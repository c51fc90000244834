import { DEFAULT_COLOR, MATRICES, RANGES, SITINGS, pixelFormat } from '../../../kernels/index.ts';
import type { ColorSpec, MatrixId, RangeId, SitingId } from '../../../kernels/index.ts';
import { formatLayout } from '../../../kernels/image/formatLayout.ts';
import type { ImageInfo } from '../../../workers/pixels/protocol.ts';
import { clearColor, setColor } from '../../commands/conversion.ts';
import { activeColor } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, Note, SegmentsField, SelectField } from '../../ui/controls.tsx';
import type { Choice } from '../../ui/controls.tsx';
import { usePlan } from '../../ui/usePlan.ts';
import { destinationOrigin, sourceOrigin } from './colorOrigin.ts';
import type { Ask, Control } from './inUse.ts';

const choicesOf = <T extends string>(rows: Readonly<Record<T, { readonly title: string }>>, ids: readonly T[]): readonly Choice<T>[] => ids.map((value) => ({ value, title: rows[value].title }));

const matrices = choicesOf<MatrixId>(MATRICES, ['bt601', 'bt709', 'bt2020', 'smpte240m', 'fcc', 'ycgco', 'rgb']);
const ranges = choicesOf<RangeId>(RANGES, ['full', 'limited']);
const sitings = choicesOf<SitingId>(SITINGS, ['left', 'center', 'topleft', 'top', 'bottomleft', 'bottom']);

type Side = 'fromColor' | 'toColor';
type Part = keyof ColorSpec;

/** Which controls a side has. */
const CONTROLS: Readonly<Record<Side, Readonly<Record<Part, Control>>>> = {
  fromColor: { matrix: 'fromMatrix', range: 'fromRange', siting: 'fromSiting' },
  toColor: { matrix: 'toMatrix', range: 'toRange', siting: 'toSiting' },
};

/** A value that nobody chose has no id of its own: it goes along with what it is taken from. */
const UNCHOSEN = '';

/** One part of the colours: what is in use, also where nobody chose it. */
function PartField<T extends string>({ label, chosen, used, origin, choices, onChange, onClear }: { readonly label: string; readonly chosen: T | undefined; readonly used: T; readonly origin: string; readonly choices: readonly Choice<T>[]; readonly onChange: (value: T) => void; readonly onClear: () => void }) {
  const title = choices.find(({ value }) => value === used)?.title ?? used;
  return (
    <SelectField<T | ''>
      label={label}
      value={chosen ?? UNCHOSEN}
      choices={[{ value: UNCHOSEN, title: chosen === undefined ? `${origin}: ${title}` : origin }, ...choices]}
      onChange={(value) => { if (value === UNCHOSEN) onClear(); else onChange(value); }}
    />
  );
}

/** Matrix, range and siting of one side; always visible, for they are what goes wrong most. Each shows what is in use. */
export function ColorFields({ side, ask, inUse, image }: { readonly side: Side; readonly ask: Ask; readonly inUse: ReadonlySet<Control>; readonly image: ImageInfo }) {
  const chosen = useLab((lab) => (side === 'fromColor' ? activeColor(lab) : lab.parameters.toColor));
  const plan = usePlan();
  const spec = side === 'fromColor' ? ask.from : ask.to;
  const planned = plan !== undefined && 'pipeline' in plan ? plan.pipeline[side === 'fromColor' ? 'from' : 'to'].colorSpec : undefined;
  const { family } = pixelFormat(spec.format);
  if (family === 'palette') return <Note>Colours come from the palette.</Note>;
  const used = { ...DEFAULT_COLOR, ...spec.colorSpec, ...planned };
  const { x, y } = formatLayout(spec.format).chroma;
  const parts = [family === 'yuv' || (family === 'gray' && side === 'toColor') ? 'matrix' : undefined, 'range', x * y > 1 ? 'siting' : undefined].filter((part): part is Part => part !== undefined);
  const unused = parts.filter((part) => !inUse.has(CONTROLS[side][part]));
  const origin = (part: Part): string => (side === 'fromColor' ? sourceOrigin(part, image.spec.colorSpec, image.provenance) : destinationOrigin(ask));
  return (
    <>
      {parts.includes('matrix') && <PartField label="Matrix" chosen={chosen?.matrix} used={used.matrix} origin={origin('matrix')} choices={matrices} onChange={(matrix) => setColor(side, { matrix })} onClear={() => clearColor(side, 'matrix')} />}
      <SegmentsField title="Range" label={`Range of the ${side === 'fromColor' ? 'source' : 'destination'}`} value={used.range} choices={ranges} onChange={(range) => setColor(side, { range })} />
      {chosen?.range === undefined ? <Note>{`Range ${origin('range')}: ${RANGES[used.range].title}.`}</Note> : <p><Button look="small" onClick={() => clearColor(side, 'range')}>{`Range ${origin('range')}`}</Button></p>}
      {parts.includes('siting') && <PartField label="Siting" chosen={chosen?.siting} used={used.siting} origin={origin('siting')} choices={sitings} onChange={(siting) => setColor(side, { siting })} onClear={() => clearColor(side, 'siting')} />}
      {unused.length > 0 && <Note>{`No step uses the ${unused.join(' or the ')}${side === 'toColor' ? ': the result is only labelled so' : ''}.`}</Note>}
    </>
  );
}
