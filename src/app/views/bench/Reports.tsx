import { Button, FileButton, Note, Section } from '../../ui/controls.tsx';
import css from './bench.module.css';
import { dropBaseline, keepBaseline, openReport, saveReport } from './commands.ts';
import { timeOf } from './names.ts';
import { useBenchmark } from './state.ts';

const REPORTS = 'application/json,.json';
const open = (role: 'shown' | 'baseline') => (file: File): void => void openReport(file, role);

/** Reports as files, and the one that is compared with. */
export function Reports() {
  const shown = useBenchmark((state) => state.shown);
  const baseline = useBenchmark((state) => state.baseline);
  return (
    <Section title="Reports">
      <div className={css['actions']}>
        <Button look="small" disabled={shown === undefined} onClick={() => saveReport('json')}>Save JSON</Button>
        <Button look="small" disabled={shown === undefined} onClick={() => saveReport('csv')}>Save CSV</Button>
        <FileButton look="small" label="Open a report…" accept={REPORTS} onFile={open('shown')} />
      </div>
      <div className={css['actions']}>
        <Button look="small" disabled={shown === undefined} onClick={() => void keepBaseline()}>Keep as baseline</Button>
        <FileButton look="small" label="Compare with a report…" accept={REPORTS} onFile={open('baseline')} />
        {baseline !== undefined && <Button look="small" onClick={() => void dropBaseline()}>Drop the baseline</Button>}
      </div>
      {baseline === undefined ? <Note>A baseline stays in this browser; the table then says what became faster or slower.</Note> : <Note>Compared with {baseline.name}, <span data-volatile>{baseline.report.machine.runtime}, {timeOf(baseline.report.machine.date)}</span>. Differences are told where the intervals do not meet.</Note>}
    </Section>
  );
}
