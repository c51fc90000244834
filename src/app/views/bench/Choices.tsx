import { BENCH_SIZES } from '../../../kernels/tables/benchCases.ts';
import { Button, Note, Section } from '../../ui/controls.tsx';
import { Fold } from '../../ui/Fold.tsx';
import css from './bench.module.css';
import { CASE_GROUPS } from './names.ts';
import { setPlan, useBenchmark, usePlan } from './state.ts';

function Check({ title, says, checked, disabled = false, onChange }: { readonly title: string; readonly says?: string | undefined; readonly checked: boolean; readonly disabled?: boolean; readonly onChange: (checked: boolean) => void }) {
  return <label className={css['check']} title={says}><input type="checkbox" checked={checked} disabled={disabled} onChange={({ target }) => onChange(target.checked)} /><span>{title}</span></label>;
}

const toggled = <T,>(list: readonly T[], item: T, isIn: boolean): readonly T[] => (isIn ? [...list, item] : list.filter((one) => one !== item));

export function Cases() {
  const cases = usePlan().cases;
  return CASE_GROUPS.map((group) => {
    const ids: readonly string[] = group.cases.map(({ id }) => id);
    const chosen = ids.filter((id) => cases.includes(id));
    const others = cases.filter((id) => !ids.includes(id));
    return (
      <Fold key={group.title} title={group.title} aside={`${String(chosen.length)} of ${String(ids.length)}`} open={group.title === 'Conversions'}>
        <div className={css['actions']}>
          <Button look="small" onClick={() => setPlan({ cases: [...others, ...ids] })}>All</Button>
          <Button look="small" onClick={() => setPlan({ cases: others })}>None</Button>
        </div>
        <div className={css['checks']}>{group.cases.map(({ id, title }) => <Check key={id} title={title} checked={cases.includes(id)} onChange={(isIn) => setPlan({ cases: toggled(cases, id, isIn) })} />)}</div>
      </Fold>
    );
  });
}

export function Sizes() {
  const sizes = usePlan().sizes;
  const has = (width: number): boolean => sizes.some(([one]) => one === width);
  return (
    <Section title="Sizes">
      <div className={css['checks']}>{BENCH_SIZES.map((size) => <Check key={size[0]} title={`${String(size[0])}×${String(size[1])}`} checked={has(size[0])} onChange={(isIn) => setPlan({ sizes: BENCH_SIZES.filter((one) => (one === size ? isIn : has(one[0]))) })} />)}</div>
    </Section>
  );
}

/** Numbers of threads that can be tried: powers of two, and all of them. */
function threadCounts(): readonly number[] {
  const most = navigator.hardwareConcurrency;
  return [...new Set([2, 4, 8, 16, 32].filter((count) => count <= most).concat(most < 2 ? [] : most))].toSorted((a, b) => a - b);
}

export function Engines() {
  const facts = useBenchmark((state) => state.engines);
  const { engines, threads } = usePlan();
  const many = facts?.find(({ id }) => id === 'simd×n');
  return (
    <Section title="Engines">
      <div className={css['checks']}>
        {facts?.filter(({ id }) => id !== 'simd×n').map(({ id, title, says, absent }) => <Check key={id} title={title} says={absent ?? says} disabled={absent !== undefined} checked={engines.includes(id) && absent === undefined} onChange={(isIn) => setPlan({ engines: toggled(engines, id, isIn) })} />)}
        {many !== undefined && <Check title={many.title} says={many.absent ?? many.says} disabled={many.absent !== undefined} checked={engines.includes(many.id) && many.absent === undefined} onChange={(isIn) => setPlan({ engines: toggled(engines, many.id, isIn) })} />}
      </div>
      {many?.absent === undefined && engines.includes('simd×n') && (
        <fieldset className={css['threads']}>
          <legend>Threads</legend>
          {threadCounts().map((count) => <Check key={count} title={String(count)} checked={threads.includes(count)} onChange={(isIn) => setPlan({ threads: toggled(threads, count, isIn).toSorted((a, b) => a - b) })} />)}
        </fieldset>
      )}
      {facts?.filter(({ absent }) => absent !== undefined).map(({ id, title, absent }) => <Note key={id}><strong>{title}</strong>: {absent}</Note>)}
    </Section>
  );
}
