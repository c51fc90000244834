import type { ReactNode } from 'react';
import css from './Fold.module.css';

/** A section that is closed until it is wanted. */
export function Fold({ title, aside, open = false, children }: { readonly title: string; readonly aside?: string | undefined; readonly open?: boolean; readonly children: ReactNode }) {
  return (
    <details className={css['fold']} open={open}>
      <summary><span>{title}</span>{aside !== undefined && <span className={css['aside']}>{aside}</span>}</summary>
      <section className={css['body']} aria-label={title}>{children}</section>
    </details>
  );
}
