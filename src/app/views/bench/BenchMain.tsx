import { useEffect } from 'react';
import { Button, ErrorNote } from '../../ui/controls.tsx';
import { Shown } from './Shown.tsx';
import css from './bench.module.css';
import { cancel, enter, putErrorAway, run } from './commands.ts';
import { estimate, isEmpty, summary } from './plans.ts';
import { useBenchmark, usePlan } from './state.ts';

/** Before anything was measured: what this is, and the quickest way to see it. */
function Welcome() {
  const plan = usePlan();
  return (
    <div className={css['welcome']}>
      <h2>How near does a conversion come to the memory’s speed?</h2>
      <p>Every engine converts the same frames in one interleaved run, beside a plain copy of as many bytes: nothing that reads and writes them can be much quicker. Each number comes with its spread, and each result is compared with the reference, sample by sample.</p>
      <Button look="primary" disabled={isEmpty(plan)} onClick={() => void run()}>{`Measure ${summary(plan)}`}</Button>
      <p>{isEmpty(plan) ? 'Nothing is chosen to be measured.' : `It takes ${estimate(plan)}.`} Cases, sizes and engines are chosen at the side; a report that was saved can be opened there too.</p>
    </div>
  );
}

function Progress() {
  const state = useBenchmark((bench) => bench.run);
  if (state.state === 'failed') return <ErrorNote error={state.error}><Button look="small" onClick={() => void run()}>Measure again</Button></ErrorNote>;
  if (state.state === 'cancelled') return <p role="status" className={css['progress']}>Cancelled after {state.done} of {state.total}; what was measured is shown.</p>;
  if (state.state !== 'running') return undefined;
  return (
    <div className={css['progress']}>
      <progress value={state.done} max={Math.max(1, state.total)} aria-label="Measuring" />
      <span role="status"><span data-volatile>{state.total === 0 ? 'Getting ready' : `${String(state.done)} of ${String(state.total)} · ${state.now}`}</span></span>
      <Button look="small" onClick={cancel}>Cancel</Button>
    </div>
  );
}

/** Charts and tables of what was measured. */
export function BenchMain() {
  const shown = useBenchmark((state) => state.shown);
  const isIdle = useBenchmark(({ run: { state } }) => state !== 'running');
  const error = useBenchmark((state) => state.error);
  useEffect(enter, []);
  return (
    <div className={css['main']} role="region" aria-label="Bench" tabIndex={0}>
      {error !== undefined && <ErrorNote error={error}><Button look="small" onClick={putErrorAway}>Put away</Button></ErrorNote>}
      <Progress />
      {shown !== undefined ? <Shown shown={shown} /> : isIdle && <Welcome />}
    </div>
  );
}
