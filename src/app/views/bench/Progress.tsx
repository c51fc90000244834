import { secondsLeft } from '../../../kernels/bench/promise.ts';
import { Button, ErrorNote } from '../../ui/controls.tsx';
import { useDelayed } from '../../ui/useDelayed.ts';
import css from './bench.module.css';
import { cancel, run } from './commands.ts';
import { roughly } from './plans.ts';
import { CANCEL_AFTER_MS, useBenchmark } from './state.ts';
import type { Run } from './state.ts';

const leftOf = ({ done, since, promised }: Extract<Run, { state: 'running' }>): string => ` · ${roughly(secondsLeft(promised, done, (Date.now() - since) / 1000))} left`;

/** What a run came to, in words; undefined while it goes on. */
function ended(state: Run, name: string | undefined): string | undefined {
  switch (state.state) {
    case 'done': return `Measured ${state.cases === 1 ? 'one case' : `${String(state.cases)} cases`} in ${state.seconds.toFixed(0)} s.`;
    case 'cancelled': return state.done === 0 ? 'Cancelled before anything was measured.' : `Cancelled after ${String(state.done)} of ${String(state.total)}; what was measured is shown.`;
    case 'none': return name === undefined ? undefined : `“${name}”, a report that was opened.`;
    case 'running': case 'failed': return undefined;
  }
}

/** How far a run is, and how the last one ended. @param onCancel before the button goes */
export function Progress({ onCancel }: { readonly onCancel: () => void }) {
  const state = useBenchmark((bench) => bench.run);
  const name = useBenchmark((bench) => bench.shown?.name);
  const canCancel = useDelayed(state.state === 'running', CANCEL_AFTER_MS);
  if (state.state === 'failed') return <ErrorNote error={state.error}><Button look="small" onClick={() => void run()}>Measure again</Button></ErrorNote>;
  const text = ended(state, name);
  if (state.state === 'none' && text === undefined) return undefined;
  return (
    <div className={css['progress']}>
      {state.state === 'running' && <progress value={state.done} max={Math.max(1, state.total)} aria-label="Measuring" />}
      <span role="status"><span data-volatile={state.state === 'none' ? undefined : true}>{state.state === 'running' ? (state.total === 0 ? 'Getting ready' : `${String(state.done)} of ${String(state.total)} · ${state.now}${leftOf(state)}`) : text}</span></span>
      {canCancel && <Button look="small" onClick={() => { onCancel(); cancel(); }}>Cancel</Button>}
    </div>
  );
}
