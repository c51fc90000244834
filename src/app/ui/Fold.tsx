import type { ReactNode } from 'react';
import { create } from 'zustand';
import css from './Fold.module.css';

/** Folds that a person opened or closed, by their titles: a view that comes back looks as it was left. */
const useFolds = create<Readonly<Record<string, boolean>>>()(() => ({}));

/** A section that is closed until it is wanted. */
export function Fold({ title, aside, open = false, children }: { readonly title: string; readonly aside?: string | undefined; readonly open?: boolean; readonly children: ReactNode }) {
  const isOpen = useFolds((folds) => folds[title]) ?? open;
  return (
    <details className={css['fold']} open={isOpen} onToggle={({ currentTarget }) => { if (currentTarget.open !== isOpen) useFolds.setState({ [title]: currentTarget.open }); }}>
      <summary><span>{title}</span>{aside !== undefined && <span className={css['aside']}>{aside}</span>}</summary>
      <section className={css['body']} aria-label={title}>{children}</section>
    </details>
  );
}
