import { useEffect, useRef } from 'react';
import { Button, ErrorNote } from '../../ui/controls.tsx';
import { Welcome } from '../../ui/Welcome.tsx';
import { Progress } from './Progress.tsx';
import { Shown } from './Shown.tsx';
import css from './bench.module.css';
import { enter, putErrorAway, run } from './commands.ts';
import { roughly, secondsOf, summary, whyNothing } from './plans.ts';
import { useBenchmark, usePacedPlan } from './state.ts';

/** Before anything was measured. @param onStart before the button goes */
function Start({ onStart }: { readonly onStart: () => void }) {
  const plan = usePacedPlan();
  const nothing = whyNothing(plan);
  return (
    <Welcome
      title="How near does a conversion come to the memory’s speed?"
      action={<Button look="primary" disabled={nothing !== undefined} onClick={() => { onStart(); void run(); }}>{`Measure ${summary(plan)}`}</Button>}
      aside={`${nothing ?? `It takes ${roughly(secondsOf(plan))}.`} Cases, sizes and engines are chosen at the side; a report that was saved can be opened there too.`}
    >
      Every engine converts the same frames in one interleaved run, beside a plain copy of as many bytes: nothing that reads and writes them can be much quicker. Each number comes with its spread, and each result is compared with the reference, sample by sample.
    </Welcome>
  );
}

/** Charts and tables of what was measured. */
export function BenchMain() {
  const region = useRef<HTMLDivElement>(null);
  const shown = useBenchmark((state) => state.shown);
  const isIdle = useBenchmark(({ run: { state } }) => state !== 'running');
  const error = useBenchmark((state) => state.error);
  useEffect(enter, []);
  // Buttons that go away with what they start leave the focus here.
  const keepFocus = (): void => region.current?.focus({ preventScroll: true });
  return (
    <div ref={region} className={css['main']} role="region" aria-label="Bench" tabIndex={0}>
      {error !== undefined && <ErrorNote error={error}><Button look="small" onClick={putErrorAway}>Put away</Button></ErrorNote>}
      <Progress onCancel={keepFocus} />
      {shown !== undefined ? <Shown shown={shown} /> : isIdle && <Start onStart={keepFocus} />}
    </div>
  );
}
