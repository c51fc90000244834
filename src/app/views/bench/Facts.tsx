import type { BenchReport } from '../../../kernels/bench/report.ts';
import { Fold } from '../../ui/Fold.tsx';
import css from './bench.module.css';
import { doubtOf } from './figures.ts';
import { caseTitle, engineTitle, enginesOf, kindOf, timeOf } from './names.ts';
import { useBenchmark } from './state.ts';

/** Where and how a report was measured: no number means anything without it. */
export function factsOf({ machine, method, wasHidden }: BenchReport): readonly string[] {
  const { cpu, threads, runtime, isolated, timerStepMs, date } = machine;
  return [
    runtime, `processor ${cpu}`, `${String(threads)} logical ${threads === 1 ? 'processor' : 'processors'}`, isolated ? 'isolated' : 'not isolated',
    `clock steps ${timerStepMs < 0.001 ? '< 1' : String(Math.round(timerStepMs * 1000))} µs`, timeOf(date),
    method === 'vpi' ? 'VPI’s method: median of the batches without the lowest and highest 5 %, ± half their spread' : 'median, 95 % interval by bootstrap',
    ...(wasHidden ? ['the page was hidden for a part of the run'] : []),
  ];
}

interface Reason {
  readonly engine: string;
  readonly reason: string;
  readonly cases: readonly string[];
}

/** Every reason once, with the cases that it holds for. */
function reasonsOf(absent: BenchReport['absent']): readonly Reason[] {
  const keyOf = ({ engine, reason }: Pick<Reason, 'engine' | 'reason'>): string => `${engine}\n${reason}`;
  const firsts = new Map(absent.map((one) => [keyOf(one), one]));
  return [...firsts].map(([key, { engine, reason }]) => ({ engine, reason, cases: [...new Set(absent.filter((one) => keyOf(one) === key).map((one) => caseTitle(one.case)))] }));
}

function Absences({ absent, open }: Pick<BenchReport, 'absent'> & { readonly open: boolean }) {
  return (
    <Fold title="Not measured, and why" aside={String(reasonsOf(absent).length)} open={open}>
      <ul className={css['absences']}>
        {reasonsOf(absent).map(({ engine, reason, cases }) => <li key={`${engine}${reason}`}><strong>{engineTitle(engine)}</strong> {reason} <span className={css['dim']}>{cases.join(' · ')}</span></li>)}
      </ul>
    </Fold>
  );
}

const IMAGE_MODEL = 'The image model’s own operation, into memory that is not cleared first.';

/** What each engine of a report is, and what its time includes. */
function Compared({ report }: { readonly report: BenchReport }) {
  const known = useBenchmark(({ engines }) => engines);
  const saysOf = (engine: string): string | undefined => (engine === 'image model' ? IMAGE_MODEL : known?.find(({ id }) => id === kindOf(engine))?.says);
  const rows = enginesOf(report).map((engine) => ({ engine, says: saysOf(engine) })).filter(({ says }) => says !== undefined);
  if (rows.length === 0) return undefined;
  return (
    <Fold title="What was compared" aside={String(rows.length)}>
      <ul className={css['absences']}>{rows.map(({ engine, says }) => <li key={engine}><strong>{engineTitle(engine)}</strong> {says}</li>)}</ul>
    </Fold>
  );
}

export function Facts({ report }: { readonly report: BenchReport }) {
  const { machine, wasHidden, absent } = report;
  const baseline = useBenchmark((state) => state.baseline?.report);
  const doubt = baseline === undefined ? undefined : doubtOf(report, baseline);
  return (
    <section className={css['facts']} aria-label="How it was measured">
      {wasHidden && <p role="note" className={css['warning']}>The page was hidden for a part of the run: browsers slow hidden pages down. Rows that it touched are marked.</p>}
      {!machine.isolated && <p role="note" className={css['warning']}>The page was not isolated: the clock is coarse, and there were no threads.</p>}
      <p className={css['dim']}>{factsOf(report).join(' · ')}</p>
      {doubt !== undefined && <p role="note" className={css['warning']}>{doubt}</p>}
      <Compared report={report} />
      {absent.length > 0 && <Absences absent={absent} open={report.rows.length === 0} />}
    </section>
  );
}
