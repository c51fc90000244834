import type { ReactNode } from 'react';
import css from './Welcome.module.css';

/** Before there is anything to see: what a view is for, the quickest way to see it (`action`), and other ways (`aside`). */
export function Welcome({ title, action, aside, children }: { readonly title: string; readonly action: ReactNode; readonly aside: string; readonly children: ReactNode }) {
  return (
    <div className={css['welcome']}>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
      <p>{aside}</p>
    </div>
  );
}
