import type { BenchReport } from '../../../kernels/bench/report.ts';
import { Fold } from '../../ui/Fold.tsx';
import css from './bench.module.css';
import { caseTitle, engineTitle } from './names.ts';

/** Where and how a report was measured: no number means anything without it. */
export function factsOf({ machine, method }: BenchReport): readonly string[] {
  const { cpu, threads, runtime, isolated, timerStepMs, date } = machine;
  return [
    runtime, `processor ${cpu}`, `${String(threads)} threads`, isolated ? 'isolated' : 'not isolated',
    `clock steps ${timerStepMs < 0.001 ? '< 1' : String(Math.round(timerStepMs * 1000))} µs`, date.slice(0, 16).replace('T', ' '),
    method === 'vpi' ? 'trimmed median ± half the spread (VPI’s method)' : 'median, 95 % interval by bootstrap',
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

function Absences({ absent }: Pick<BenchReport, 'absent'>) {
  return (
    <Fold title="Not measured, and why" aside={String(absent.length)}>
      <ul className={css['absences']}>
        {reasonsOf(absent).map(({ engine, reason, cases }) => <li key={`${engine}${reason}`}><strong>{engineTitle(engine)}</strong> {reason} <span className={css['dim']}>{cases.join(' · ')}</span></li>)}
      </ul>
    </Fold>
  );
}

export function Facts({ report }: { readonly report: BenchReport }) {
  const { machine, wasHidden, absent } = report;
  return (
    <section className={css['facts']} aria-label="How it was measured">
      {wasHidden && <p role="note" className={css['warning']}>The page was hidden for a part of the run: browsers slow hidden pages down. Rows that it touched are marked.</p>}
      {!machine.isolated && <p role="note" className={css['warning']}>The page was not isolated: the clock is coarse, and there were no threads.</p>}
      <p className={css['dim']}>{factsOf(report).join(' · ')}</p>
      {absent.length > 0 && <Absences absent={absent} />}
    </section>
  );
}
