import { Button, Note, NumberField, Section, SegmentsField } from '../../ui/controls.tsx';
import { Cases, Engines, Sizes } from './Choices.tsx';
import { Compilation } from './Compilation.tsx';
import { KernelMemory } from './KernelMemory.tsx';
import { Reports } from './Reports.tsx';
import { cancel, run } from './commands.ts';
import { estimate, isEmpty, summary } from './plans.ts';
import { setPlan, useBenchmark, usePlan } from './state.ts';

const METHODS = [{ value: 'median', title: 'Median, bootstrap' }, { value: 'vpi', title: 'As VPI' }] as const;

function Method() {
  const plan = usePlan();
  const isRunning = useBenchmark((state) => state.run.state === 'running');
  const hasNothing = isEmpty(plan);
  return (
    <Section title="Measure">
      <SegmentsField title="Method" label="Method" value={plan.method} choices={METHODS} onChange={(method) => setPlan({ method })} />
      <NumberField label="Seconds a case" value={plan.seconds} step={0.2} check={(value) => (value >= 0.1 && value <= 60 ? undefined : '0.1 … 60.')} onChange={(seconds) => setPlan({ seconds })} />
      {isRunning ? <Button onClick={cancel}>Cancel</Button> : <Button look="primary" disabled={hasNothing} onClick={() => void run()}>Measure</Button>}
      <Note>{hasNothing ? 'Choose at least one case, one size and one engine.' : `${summary(plan)}, ${estimate(plan)}. Keep the page in front.`}</Note>
      {!plan.engines.includes('copy') && !hasNothing && <Note>Without the memory copy there is no ceiling, and no ratio.</Note>}
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
