import { DEFAULT_COLOR, MATRICES, pixelFormat } from '../../../kernels/index.ts';
import { download, setRowAlignment } from '../../commands/conversion.ts';
import { lastConverted } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, Note, Section, SelectField } from '../../ui/controls.tsx';
import controls from '../../ui/controls.module.css';

const KINDS = [{ kind: 'raw', title: 'Raw + JSON' }, { kind: 'png', title: 'PNG' }, { kind: 'jpeg', title: 'JPEG' }, { kind: 'ppm', title: 'PPM' }, { kind: 'y4m', title: 'Y4M' }, { kind: 'qoi', title: 'QOI' }] as const;

const ALIGNMENTS = ([1, 16, 32, 64, 128, 256] as const).map((bytes) => ({ bytes, value: String(bytes), title: bytes === 1 ? 'tight' : `padded to ${String(bytes)} B` }));

/** The result as files. */
export function Downloads() {
  const has = useLab((lab) => lastConverted(lab) !== undefined);
  const alignment = useLab(({ rowAlignment }) => rowAlignment);
  const matrix = useLab((lab) => { const spec = lastConverted(lab)?.image.spec; return spec === undefined || !['yuv', 'gray'].includes(pixelFormat(spec.format).family) ? DEFAULT_COLOR.matrix : (spec.colorSpec?.matrix ?? DEFAULT_COLOR.matrix); });
  return (
    <Section title="Download the result">
      <div className={controls['actions']}>
        {KINDS.map(({ kind, title }) => <Button key={kind} disabled={!has} onClick={() => void download('result', kind)}>{title}</Button>)}
      </div>
      <SelectField label="Raw rows" value={String(alignment)} choices={ALIGNMENTS} onChange={(value) => setRowAlignment(ALIGNMENTS.find((row) => row.value === value)?.bytes ?? 1)} />
      {matrix !== DEFAULT_COLOR.matrix && <Note>{`Y4M has no field for the matrix: that it is ${MATRICES[matrix].title} stands in a comment which only Swizzle reads. Tell it to other programs.`}</Note>}
    </Section>
  );
}
