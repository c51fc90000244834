import type { BenchPlan } from '../../../workers/benchClient.ts';
import { Button, Note, NumberField, Section, SegmentsField } from '../../ui/controls.tsx';
import { Cases, Engines, Sizes } from './Choices.tsx';
import { KernelMemory } from './KernelMemory.tsx';
import { Reports } from './Reports.tsx';
import { cancel, run } from './commands.ts';
import { setPlan, useBenchmark } from './state.ts';

const METHODS = [{ value: 'median', title: 'Median, bootstrap' }, { value: 'vpi', title: 'As VPI' }] as const;

/** Warm-up and preparation of a case, beside the seconds that are measured; of one engine. */
const AROUND_SECONDS = 0.35;

function estimate({ cases, sizes, engines, seconds }: BenchPlan): string {
  const all = cases.length * sizes.length * (seconds + engines.length * AROUND_SECONDS);
  return all < 90 ? `about ${String(Math.ceil(all / 5) * 5)} s` : `about ${String(Math.ceil(all / 60))} min`;
}

function Method() {
  const plan = useBenchmark((state) => state.plan);
  const isRunning = useBenchmark((state) => state.run.state === 'running');
  const steps = plan.cases.length * plan.sizes.length;
  const isEmpty = steps === 0 || plan.engines.length === 0;
  return (
    <Section title="Measure">
      <SegmentsField title="Method" label="Method" value={plan.method} choices={METHODS} onChange={(method) => setPlan({ method })} />
      <NumberField label="Seconds a case" value={plan.seconds} step={0.2} check={(value) => (value >= 0.1 && value <= 60 ? undefined : '0.1 … 60.')} onChange={(seconds) => setPlan({ seconds })} />
      {isRunning ? <Button onClick={cancel}>Cancel</Button> : <Button look="primary" disabled={isEmpty} onClick={() => void run()}>Measure</Button>}
      <Note>{isEmpty ? 'Choose at least one case, one size and one engine.' : `${String(steps)} ${steps === 1 ? 'case' : 'cases'}, ${estimate(plan)}. Leave the page in front meanwhile.`}</Note>
      {!plan.engines.includes('copy') && !isEmpty && <Note>Without the memory copy there is no ceiling, and no ratio.</Note>}
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
      <KernelMemory />
    </>
  );
}
