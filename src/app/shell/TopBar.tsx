import { Command, HelpCircle, Link, Moon, PanelRight, Redo2, Undo2 } from 'lucide-react';
import { useStore } from 'zustand';
import { copyLink, redo, show, showView, toggleTheme, undo } from '../commands/view.ts';
import { setView, useLab } from '../state/store.ts';
import { Button } from '../ui/controls.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { VIEWS } from '../views/index.ts';
import css from './shell.module.css';

const ICON = 16;

/** Four pixels, two of them exchanged. */
function Mark() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <rect x="1" y="1" width="8.5" height="8.5" rx="1.5" fill="#4d7dff" />
      <rect x="10.5" y="1" width="8.5" height="8.5" rx="1.5" fill="currentColor" />
      <rect x="1" y="10.5" width="8.5" height="8.5" rx="1.5" fill="currentColor" opacity="0.5" />
      <rect x="10.5" y="10.5" width="8.5" height="8.5" rx="1.5" fill="#ff5a4d" />
    </svg>
  );
}

export function TopBar() {
  const viewId = useLab(({ view }) => view.id);
  const panel = useLab(({ view }) => view.panel);
  const past = useStore(useLab.temporal, ({ pastStates }) => pastStates.length);
  const future = useStore(useLab.temporal, ({ futureStates }) => futureStates.length);
  return (
    <header className={css['bar']}>
      <h1 className={css['brand']}><Mark /><span className={css['brandName']}>Swizzle</span></h1>
      <Tabs label="Views" tabs={VIEWS} chosen={viewId} onChoose={showView} panel="view" className={css['tabs']} />
      <div className={css['spacer']} />
      <div className={css['group']}>
        <Button look="icon" aria-label="Undo" disabled={past === 0} onClick={undo}><Undo2 size={ICON} /></Button>
        <Button look="icon" aria-label="Redo" disabled={future === 0} onClick={redo}><Redo2 size={ICON} /></Button>
      </div>
      <div className={css['group']}>
        <Button look="icon" aria-label="All commands" onClick={() => show('palette')}><Command size={ICON} /></Button>
        <Button look="icon" aria-label="Copy a link to this view" onClick={() => void copyLink()}><Link size={ICON} /></Button>
        <Button look="icon" aria-label="Light or dark" onClick={toggleTheme}><Moon size={ICON} /></Button>
        <span className={css['optional']}><Button look="icon" aria-label="Keyboard" onClick={() => show('help')}><HelpCircle size={ICON} /></Button></span>
        <Button look="icon" aria-label="Panel" aria-pressed={panel} onClick={() => setView({ panel: !panel })}><PanelRight size={ICON} /></Button>
      </div>
    </header>
  );
}
