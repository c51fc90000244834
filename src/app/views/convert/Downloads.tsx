import { DEFAULT_COLOR, MATRICES, pixelFormat } from '../../../kernels/index.ts';
import { VALUE_MAPPINGS, planWriting, sayChanges } from '../../../kernels/codecs/writing.ts';
import type { ValueMapping, Writing } from '../../../kernels/codecs/writing.ts';
import { download, setRowAlignment, setValueMapping } from '../../commands/conversion.ts';
import { lastConverted } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, Note, Section, SelectField } from '../../ui/controls.tsx';
import controls from '../../ui/controls.module.css';

const KINDS = [{ kind: 'raw', title: 'Raw + JSON' }, { kind: 'png', title: 'PNG' }, { kind: 'jpeg', title: 'JPEG' }, { kind: 'ppm', title: 'PPM' }, { kind: 'y4m', title: 'Y4M' }, { kind: 'qoi', title: 'QOI' }] as const;

const ALIGNMENTS = ([1, 16, 32, 64, 128, 256] as const).map((bytes) => ({ bytes, value: String(bytes), title: bytes === 1 ? 'tight' : `padded to ${String(bytes)} B` }));

const MAPPINGS = Object.entries(VALUE_MAPPINGS).map(([id, { title, says }]) => ({ value: id, title: `${title}: ${says}` }));
const isMapping = (id: string): id is ValueMapping => Object.hasOwn(VALUE_MAPPINGS, id);

/** What a kind of file makes of the result, before it is made. */
function hint(kind: (typeof KINDS)[number]['kind'], writing: Writing | undefined): string | undefined {
  if (kind === 'raw') return 'Every byte as it is, and a JSON file that says the layout.';
  if (writing === undefined) return undefined;
  return sayChanges(writing) ?? 'Every value is kept.';
}

/** The result as files. */
export function Downloads() {
  const format = useLab((lab) => lastConverted(lab)?.image.spec.format);
  const alignment = useLab(({ rowAlignment }) => rowAlignment);
  const mapping = useLab(({ valueMapping }) => valueMapping);
  const matrix = useLab((lab) => { const spec = lastConverted(lab)?.image.spec; return spec === undefined || !['yuv', 'gray'].includes(pixelFormat(spec.format).family) ? DEFAULT_COLOR.matrix : (spec.colorSpec?.matrix ?? DEFAULT_COLOR.matrix); });
  const writingAs = (kind: (typeof KINDS)[number]['kind']): Writing | undefined => (format === undefined || kind === 'raw' ? undefined : planWriting(format, kind));
  return (
    <Section title="Download the result">
      <div className={controls['actions']}>
        {KINDS.map(({ kind, title }) => <Button key={kind} disabled={format === undefined} title={hint(kind, writingAs(kind))} onClick={() => void download('result', kind)}>{title}</Button>)}
      </div>
      {writingAs('png')?.asksMapping === true && <SelectField label="Values in pictures" value={mapping} choices={MAPPINGS} onChange={(value) => { if (isMapping(value)) setValueMapping(value); }} />}
      <SelectField label="Raw rows" value={String(alignment)} choices={ALIGNMENTS} onChange={(value) => setRowAlignment(ALIGNMENTS.find((row) => row.value === value)?.bytes ?? 1)} />
      {matrix !== DEFAULT_COLOR.matrix && <Note>{`Y4M has no field for the matrix: that it is ${MATRICES[matrix].title} stands in a comment which only Swizzle reads. Tell it to other programs.`}</Note>}
    </Section>
  );
}
