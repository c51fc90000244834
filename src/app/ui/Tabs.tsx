import css from './tabs.module.css';

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly title: string }[];
  readonly chosen: T;
  readonly onChoose: (id: T) => void;
  /** The id of the panel below; a tab's own is `<panel>-<tab>`. */
  readonly panel: string;
  /** A look of its own instead of a row with a rule below it. */
  readonly className?: string | undefined;
}

/** Views of which one is shown. Tab reaches the chosen one; arrows, Home and End go to the others. */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose, panel, className = css['tabs'] }: TabsProps<T>) {
  const step = (event: React.KeyboardEvent<HTMLDivElement>): void => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const last = tabs.length - 1;
    const steps: Partial<Record<string, number>> = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last };
    const to = steps[event.key];
    const next = to === undefined ? undefined : tabs[to];
    if (to === undefined || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next.id);
    const button = event.currentTarget.children[to];
    if (button instanceof HTMLElement) button.focus();
  };
  return (
    <div className={className} role="tablist" aria-label={label} onKeyDown={step}>
      {tabs.map(({ id, title }) => <button key={id} id={`${panel}-${id}`} type="button" role="tab" aria-selected={id === chosen} aria-controls={panel} tabIndex={id === chosen ? 0 : -1} onClick={() => onChoose(id)}>{title}</button>)}
    </div>
  );
}
