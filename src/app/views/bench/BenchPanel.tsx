import { useState } from 'react';
import { Button, Note, NumberField, Section, SegmentsField } from '../../ui/controls.tsx';
import { Cases, Engines, Sizes } from './Choices.tsx';
import { Compilation } from './Compilation.tsx';
import { KernelMemory } from './KernelMemory.tsx';
import { Reports } from './Reports.tsx';
import { cancel, run } from './commands.ts';
import { roughly, secondsOf, summary, whyNothing } from './plans.ts';
import { CANCEL_AFTER_MS, setPlan, useBenchmark, usePacedPlan } from './state.ts';

const METHODS = [{ value: 'median', title: 'Median, bootstrap' }, { value: 'vpi', title: 'As VPI' }] as const;

function Method() {
  const plan = usePacedPlan();
  const since = useBenchmark(({ run: now }) => (now.state === 'running' ? now.since : undefined));
  const isChecking = useBenchmark(({ memory, compilation }) => memory.state === 'running' || compilation.state === 'running');
  const [isValid, setValid] = useState(true);
  const nothing = isValid ? whyNothing(plan) : 'Give the seconds a case first.';
  return (
    <Section title="Measure">
      <SegmentsField title="Method" label="Method" value={plan.method} choices={METHODS} onChange={(method) => setPlan({ method })} />
      <NumberField label="Seconds a case" value={plan.seconds} step={0.2} check={(value) => (value >= 0.1 && value <= 60 ? undefined : '0.1 … 60.')} onChange={(seconds) => setPlan({ seconds })} onValid={setValid} />
      <Button look={since === undefined ? 'primary' : 'plain'} disabled={since === undefined && (nothing !== undefined || isChecking)} onClick={() => { if (since === undefined) void run(); else if (Date.now() - since > CANCEL_AFTER_MS) cancel(); }}>{since === undefined ? 'Measure' : 'Cancel'}</Button>
      <Note>{nothing ?? `${summary(plan)}, ${roughly(secondsOf(plan))}. Keep the page in front.`}</Note>
      {!plan.engines.includes('copy') && nothing === undefined && <Note>Without the memory copy there is no ceiling, and no ratio.</Note>}
    </Section>
  );
}

/** What is measured, how, and what becomes of the numbers. */
export function BenchPanel() {
  return (
    <>
      <Method />
      <Cases />
      <Sizes />
      <Engines />
      <Reports />
      <Compilation />
      <KernelMemory />
    </>
  );
}
