import { lazy, Suspense } from 'react';
import type { ComponentType } from 'react';
import { describeSteps } from '../../kernels/index.ts';
import { Boundary } from '../Boundary.tsx';
import { toggleDrawer } from '../commands/view.ts';
import type { DrawerTab } from '../state/document.ts';
import { useLab } from '../state/store.ts';
import { Arrowed } from '../ui/Arrowed.tsx';
import { usePlan } from '../ui/usePlan.ts';
import { VIEWS } from '../views/index.ts';
import css from './drawer.module.css';

const TABS: readonly { readonly id: DrawerTab; readonly title: string; readonly Body: ComponentType }[] = [
  { id: 'derivation', title: 'Derivation', Body: lazy(() => import('./Derivation.tsx')) },
  { id: 'bytes', title: 'Bytes', Body: lazy(() => import('./Bytes.tsx')) },
  { id: 'scopes', title: 'Histogram', Body: lazy(() => import('./Scopes.tsx')) },
  { id: 'log', title: 'Log', Body: lazy(() => import('./Log.tsx')) },
];

/** The conversion in a line, while the drawer is closed. */
function Summary() {
  const plan = usePlan();
  const isConverting = useLab(({ view }) => view.id === 'convert');
  const text = plan === undefined ? '' : 'error' in plan ? plan.error.what : describeSteps(plan.pipeline).map(({ title }) => title).join(' → ');
  return <span className={css['summary']}><Arrowed text={isConverting ? text : ''} /></span>;
}

export function Drawer() {
  const open = useLab(({ view }) => view.drawer);
  const view = useLab(({ view: { id } }) => id);
  const tabs = [...(VIEWS.find(({ id }) => id === view)?.tabs ?? []), ...TABS];
  const shown = tabs.find(({ id }) => id === open);
  const Body = shown?.Body;
  return (
    <section className={css['drawer']} aria-label="Drawer">
      <div className={css['tabs']}>
        {tabs.map(({ id, title }) => <button key={id} type="button" aria-expanded={id === open} onClick={() => toggleDrawer(id)}>{title}</button>)}
        <Summary />
      </div>
      {Body !== undefined && <div className={css['body']} tabIndex={0} role="region" aria-label={shown?.title}><Boundary title={shown?.title ?? ''}><Suspense><Body /></Suspense></Boundary></div>}
    </section>
  );
}
