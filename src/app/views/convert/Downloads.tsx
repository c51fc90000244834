import { download } from '../../commands/conversion.ts';
import { lastConverted } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, Section } from '../../ui/controls.tsx';
import controls from '../../ui/controls.module.css';

const KINDS = [{ kind: 'raw', title: 'Raw + JSON' }, { kind: 'png', title: 'PNG' }, { kind: 'jpeg', title: 'JPEG' }, { kind: 'ppm', title: 'PPM' }, { kind: 'y4m', title: 'Y4M' }, { kind: 'qoi', title: 'QOI' }] as const;

/** The result as files. */
export function Downloads() {
  const has = useLab((lab) => lastConverted(lab) !== undefined);
  return (
    <Section title="Download the result">
      <div className={controls['actions']}>
        {KINDS.map(({ kind, title }) => <Button key={kind} disabled={!has} onClick={() => void download('result', kind)}>{title}</Button>)}
      </div>
    </Section>
  );
}
